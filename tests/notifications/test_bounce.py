"""What came back is found by its Message-ID; what is not surely a bounce is none."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.bounce import MAX_BOUNCE, Bounce, read_bounce
from notifications.inbox import Inbox
from tests.notifications import bounces
from tests.notifications.bounces import ID, written


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (bounces.POSTFIX, "550 5.1.1 <a.smit@regio.example>: Recipient address rejected"),
        (bounces.EXCHANGE, "550 5.1.10 RESOLVER.ADR.RecipientNotFound"),
        (bounces.OPENSMTPD, "a.smit@regio.example: 550 5.1.1 no such user"),
        (bounces.EXIM, "550 5.1.1 no such user"),
    ],
)
def test_a_bounce_names_our_mail_the_address_and_the_reason(form: str, words: str) -> None:
    """As Postfix, Exchange, OpenSMTPD and Exim write it."""
    found = read_bounce(written(form))

    assert found is not None
    assert (found.mail_id, found.final, found.address_fails) == (ID, True, True)
    assert found.address == "a.smit@regio.example"
    assert words in found.words


def test_a_bounce_in_plain_words_without_a_code_of_the_address() -> None:
    """The mail did not arrive; that the address is to blame is not said, so not assumed."""
    found = read_bounce(written(bounces.QMAIL))
    assert found is not None
    assert found.words == "Remote host said: 550 no mailbox here by that name"
    assert (found.final, found.address_fails) == (True, False)


@pytest.mark.parametrize(
    ("action", "status", "final", "address_fails"),
    [
        ("failed", "5.1.1", True, True),
        ("failed", "5.2.1", True, True),
        ("failed", "5.7.1", True, False),  # a filter did not like this mail
        ("failed", "5.6.0", True, False),
        ("failed", "4.4.7", True, False),  # gave up after days: the address may be good
        ("delayed", "4.4.1", False, False),
    ],
)
def test_only_the_address_is_blamed_for_what_the_address_did(
    action: str, status: str, final: bool, address_fails: bool
) -> None:
    """A mail can fail for other reasons, and a warning is no failure yet."""
    found = read_bounce(written(bounces.POSTFIX, action=action, status=status))
    assert found is not None
    assert (found.final, found.address_fails) == (final, address_fails)


@pytest.mark.parametrize(
    "form",
    [
        bounces.OUT_OF_OFFICE,
        bounces.OUT_OF_OFFICE_WITHOUT_SENDER,
        bounces.READ_RECEIPT,
        bounces.FORGED,
        bounces.OF_TWO_MAILS,
        bounces.OF_SOMEONE_ELSE,
        bounces.WARNING,
        bounces.POSTFIX.replace("Action: {action}", "Action: delivered"),
        bounces.POSTFIX.replace("Message-ID: <{id}@", "Message-ID: <1@"),
        "",
    ],
)
def test_what_is_not_surely_a_bounce_is_none(form: str) -> None:
    """An answer, a receipt, a warning, a stranger's mail: nothing follows from them."""
    assert read_bounce(written(form)) is None


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_no_bytes_at_all_break_the_reader(tail: bytes) -> None:
    """Whatever lands in the folder, the round goes on."""
    for start in (b"", written(bounces.POSTFIX)[:400], written(bounces.EXIM)[:200]):
        found = read_bounce(start + tail)
        assert found is None or isinstance(found, Bounce)


def test_a_file_without_end_is_not_read_to_its_end() -> None:
    """A film that someone dropped there costs no memory."""
    assert read_bounce(b"x" * (MAX_BOUNCE + 1)) is None


def test_files_are_read_in_order_and_put_away(tmp_path: Path) -> None:
    """What was understood and what was not lie apart; hidden files are somebody else's."""
    for name in ("b.eml", "a.eml", ".bezig"):
        (tmp_path / name).write_bytes(name.encode())
    inbox = Inbox(folder=tmp_path)

    for file, content in inbox.waiting():
        inbox.put_away(file, understood=content == b"a.eml")

    assert [one.name for one in sorted(tmp_path.rglob("*.eml"))] == ["b.eml", "a.eml"]
    assert (tmp_path / "verwerkt" / "a.eml").is_file()
    assert (tmp_path / "niet-begrepen" / "b.eml").is_file()
    assert list(inbox.waiting()) == []
