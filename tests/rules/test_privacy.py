"""Nothing in the repository leads to a real person, a machine or a download host."""

import re
from hashlib import sha256

from tests.rules import source

# SHA-256 of lower-case family names and numbers in the papers that this product was
# conceived from: a check against accidents, which does not repeat the names.
REAL_PEOPLE = frozenset(
    {
        "3254c79b3804f5d6982635c46b28d455357e24378e1e78576b9f55c6bd8a7f76",
        "34b414504b74bba057c7fd563af7186e7298a0b3e9848df5c30973781b12d235",
        "631a7da8a076c1d8129c82f9f2d0d0936d38efd1ea55674bf0f55ac174801087",
        "64c5e92483b87955d7c6fa887b7cd3304460bd9ffabff2f72ce9c17682e38a4e",
        "96112506ff8d2db0a59242d619d925f92afead6e7d28c872bb73bdfd484016ed",
        "aa30808f0304e45598760f059ff74c710a48ebdf47b7501e559d1b3f273cdcd6",
        "ddc0daecaf75daee28dd6fea684410f25dfda50576a576ba10e3abe1e94d8a3f",
        "f1a2c2c22053d3ebe072df74fb345ca1b2fee1846ba5a86b34c2bc230a830c87",
        "fa2ee5b97aa3acaf0620fcea32c06cc051e4f3fd4c953b4bd765c3cc0568c569",
    }
)

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
MACHINE_PATH = re.compile(r"(?<![\w.$}])/(?:work|root|home|Users|tmp)/\w")
HOST = re.compile(r"https?://([\w.-]+)")
BARE_HOST = re.compile(r"(?<![\w@.-])(?:[a-z][\w-]*\.)+(?:org|com|net|io|dev|nl|eu)\b")

# A reader's own machine, namespaces of the web, the standards that the proof rests on.
HOSTS = re.compile(
    r"127\.0\.0\.1|localhost|testserver|(?:.+\.)?example|www\.w3\.org|json-schema\.org|"
    r"www\.rfc-editor\.org|c2sp\.org"
)


def _lines(pattern: re.Pattern[str]) -> list[tuple[str, re.Match[str]]]:
    """Each match in the project's files, with its place."""
    return [
        (f"{name}:{number}", match)
        for name in source.files()
        for number, line in enumerate(source.text(name).splitlines(), start=1)
        for match in pattern.finditer(line)
    ]


def test_no_real_official_is_named() -> None:
    """People in examples and tests are invented; who wrote the first papers stays out."""
    words: dict[str, str] = {
        match[0].lower(): place for place, match in _lines(re.compile(r"[^\W\d_]{4,}|\d{8}"))
    }
    found = [
        f"{place}: {word}"
        for word, place in words.items()
        if sha256(word.encode()).hexdigest() in REAL_PEOPLE
    ]
    assert found == []


def test_every_address_is_an_example() -> None:
    """No mail can reach a real mailbox, whatever a test or a demo sends."""
    found = [
        f"{place}: {match[0]}"
        for place, match in _lines(MAIL)
        if not match[0].endswith(".example") and not place.startswith("requirements.lock")
    ]
    assert found == []


def test_no_path_of_a_machine_is_written_down() -> None:
    """What works here works in every checkout."""
    found = [f"{place}: {match[0]}" for place, match in _lines(MACHINE_PATH)]
    assert found == []


def test_every_address_on_the_web_is_an_example_or_a_standard() -> None:
    """No file tells where to download from: that is the choice of whoever installs."""
    found = [
        f"{place}: {match[0]}" for place, match in _lines(HOST) if not HOSTS.fullmatch(match[1])
    ]
    assert found == []


def test_no_host_is_named_in_passing() -> None:
    """A host without its scheme is an address too."""
    found = [
        f"{place}: {match[0]}"
        for place, match in _lines(BARE_HOST)
        if not HOSTS.fullmatch(match[0])
    ]
    assert found == []
