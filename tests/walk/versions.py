"""An organisation's folder to change while cases run, and files to put in it."""

import re
import shutil
from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[2] / "definitions" / "regio_gv"


class Folder:
    """A copy of the shipped definitions in which nothing is published."""

    def __init__(self, path: Path) -> None:
        ignored = shutil.ignore_patterns("voorbeelden", "gepubliceerd.yaml")
        self.path = Path(shutil.copytree(SHIPPED, path, ignore=ignored))

    def change(self, name: str, old: str, new: str) -> None:
        """Replace a text in one file; it must be there."""
        file = self.path / name
        text = file.read_text(encoding="utf-8")
        assert old in text, (name, old)
        file.write_text(text.replace(old, new), encoding="utf-8")

    def next_version(self, route: str, *changes: tuple[str, str], keep: bool = True) -> None:
        """The next version of a route with texts replaced; without `keep` the newest file goes."""
        file = sorted((self.path / "routes").glob(f"{route}*.yaml"))[-1]
        known = file.read_text(encoding="utf-8")
        version = int(re.findall(r"(?m)^versie: (\d+)", known)[0]) + 1
        text = re.sub(r"(?m)^versie: \d+", f"versie: {version}", known)
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        (file.parent / f"{route}_{version}.yaml").write_text(text, encoding="utf-8")
        if not keep:
            file.unlink()
