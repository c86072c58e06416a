"""The folder in which a mail server, or a person, drops mail that came back."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from notifications.bounce import MAX_BOUNCE

DONE, STRANGE = "verwerkt", "niet-begrepen"
PER_ROUND = 200  # files; the rest waits for the next round


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """Files are read, never changed, and then moved to a folder beside them.

    A file must get its name in one step (written elsewhere, then renamed), as a Maildir
    does; names that begin with a dot are left alone.
    """

    folder: Path

    def waiting(self) -> Iterator[tuple[Path, bytes]]:
        """Each file that was dropped, by name, with its first bytes; OSError: no such folder."""
        names = sorted(one for one in self.folder.iterdir() if not one.name.startswith("."))
        for file in [one for one in names if one.is_file()][:PER_ROUND]:
            with file.open("rb") as opened:
                yield file, opened.read(MAX_BOUNCE + 1)

    def put_away(self, file: Path, *, understood: bool) -> None:
        """Out of the way: to `verwerkt`, or to `niet-begrepen` for a person to look at."""
        target = self.folder / (DONE if understood else STRANGE)
        target.mkdir(exist_ok=True)
        file.replace(target / file.name)
