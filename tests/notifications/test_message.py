"""What is sent is what was meant, whatever stands in a name or a subject."""

from datetime import datetime
from email import message_from_bytes, policy
from email.headerregistry import AddressHeader
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifications.message import (
    MAX_TEXT,
    Mailbox,
    Message,
    MessageRefused,
    build_email,
    file_name,
    message_id,
    redirected,
    shortened,
)
from tests.notifications.fakes import NOW, SENDER, a_message

LONG = (
    "Jansen, Piet die een heel erg lange naam heeft, en nog een komma, en een derde komma, en meer"
)
NAMES = [
    "",
    "Piet Jansen",
    "Jansen, Piet",
    LONG,
    "Jänsen, Zoë",
    'Piet "de" Boer <x@y.example>',
    "a;b",
]


def read_back(message: Message) -> EmailMessage:
    """The mail as a reader's program sees it."""
    raw = build_email(message, sender=SENDER, at=NOW).as_bytes()
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


@pytest.mark.parametrize("name", NAMES)
def test_one_name_is_one_recipient(name: str) -> None:
    """A comma, a quote or a long name never becomes a second recipient."""
    header = read_back(a_message(name=name))["To"]

    assert isinstance(header, AddressHeader)
    assert [(a.display_name, a.addr_spec) for a in header.addresses] == [
        (name, "p.jansen@regio.example")
    ]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=120))
def test_no_name_at_all_becomes_a_second_recipient(name: str) -> None:
    """Any letters, in any length that is allowed, give one header with one address."""
    header = read_back(a_message(name=name))["To"]

    assert isinstance(header, AddressHeader)
    assert [a.addr_spec for a in header.addresses] == ["p.jansen@regio.example"]


@pytest.mark.parametrize("character", ["\r", "\n", "\x00", "\x85", "\u2028"])
def test_a_line_break_in_a_header_is_refused(character: str) -> None:
    """Nobody can add a header or a recipient through a name or a subject."""
    evil = f"Piet{character}Bcc: ander@elders.example"
    with pytest.raises(MessageRefused, match="regeleinde"):
        Mailbox(name=evil, email="p@regio.example")
    with pytest.raises(MessageRefused, match="regeleinde"):
        Message(key="a", recipient=SENDER, subject=evil, text="x")
    with pytest.raises(MessageRefused, match="geen bruikbaar e-mailadres"):
        Mailbox(email=f"p@regio.example{character}")


@pytest.mark.parametrize(
    "email",
    [
        "",
        "piet",
        "piet@",
        "@regio.example",
        "piet@regio",
        "piet @regio.example",
        "a@b@c.example",
        "piet@-regio.example",
        "p..j@regio.example",
        "piet@regio..example",
        "x" * 65 + "@r.example",
    ],
)
def test_what_is_no_address_is_refused(email: str) -> None:
    """The reader of the message learns which address must be mended."""
    with pytest.raises(MessageRefused, match="Verbeter het adres"):
        Mailbox(email=email)


def test_a_domain_with_other_letters_is_kept_as_servers_want_it() -> None:
    """The part after the @ may hold any letter; mail carries its ASCII form."""
    assert Mailbox(email="post@zoë.example").email == "post@xn--zo-ija.example"


def test_every_automatic_mail_says_that_it_is_one() -> None:
    """No out-of-office answer comes back, and no loop begins."""
    mail = read_back(a_message())

    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Reply-To"] == "Secretariaat <secretariaat@regio.example>"
    assert mail["Date"] == "Thu, 20 Jun 2024 05:30:00 +0000"


def test_the_same_key_gives_the_same_message_id() -> None:
    """A mail program shows a second copy as the same mail; another key is another mail."""
    first, second = read_back(a_message("a")), read_back(a_message("a", name="Iemand"))

    assert first["Message-ID"] == second["Message-ID"] == message_id("a", "regio.example")
    assert read_back(a_message("b"))["Message-ID"] != first["Message-ID"]


def test_mail_about_one_dossier_is_one_conversation() -> None:
    """All mail about a dossier refers to the same, never sent, first message."""
    first, second = read_back(a_message("a")), read_back(a_message("b"))

    assert first["References"] == second["References"] == first["In-Reply-To"]
    assert first["References"] != first["Message-ID"]
    assert "24005969" not in first["References"]


def test_subject_and_texts_survive_the_line() -> None:
    """Accents, a dot at the start of a line and long lines arrive as written."""
    subject, text = "Reünie: stukken voor het DO – één week", "Eén.\n.\n..\n" + "ë" * 3000 + "\n"
    mail = read_back(
        Message(key="k", recipient=SENDER, subject=subject, text=text, html=f"<p>{text}</p>")
    )
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))

    assert plain is not None
    assert html is not None
    assert mail["Subject"] == subject
    assert plain.get_content().replace("\r\n", "\n") == text
    assert "ë" * 3000 in html.get_content()
    assert max(len(line) for line in bytes(mail).splitlines()) <= 998


def test_a_name_cannot_pose_as_an_encoded_word() -> None:
    """What looks like code in a name is shown as it was typed."""
    assert "evil" not in str(read_back(a_message(name="=?utf-8?b?ZXZpbA==?="))["To"])


def test_mail_for_the_test_address_says_for_whom_it_was_meant() -> None:
    """Who tries the program sees what would have gone to whom, and nobody else gets it."""
    message = redirected(a_message(), Mailbox(email="proef@regio.example"))
    mail = read_back(message)
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))

    assert plain is not None
    assert html is not None
    assert mail["To"] == "proef@regio.example"
    assert mail["Subject"].startswith("[proef] ")
    assert plain.get_content().startswith(
        "Dit is een proefmail. In het echt gaat deze mail naar Piet"
    )
    assert "Piet Jansen &lt;p.jansen@regio.example&gt;" in html.get_content()
    assert message.key == a_message().key


def test_a_notice_is_shown_without_a_reserved_place_too() -> None:
    """A layout that forgot the place cannot hide that it is a test."""
    plain = Message(
        key="k", recipient=SENDER, subject="s", text="t", html="<p>t</p>", notices=("Een & ander",)
    )
    html = read_back(plain).get_body(("html",))

    assert html is not None
    assert "Een &amp; ander" in html.get_content()


def test_a_message_survives_the_outbox() -> None:
    """What is stored and read again is the same message."""
    message = redirected(a_message(), SENDER)
    assert Message.from_dict(message.to_dict()) == message
    assert Message.from_dict(a_message().to_dict()) == a_message()


@pytest.mark.parametrize("stored", [{}, {"recipient": "x"}, {"recipient": {"email": "x"}}])
def test_a_damaged_row_is_refused_and_not_sent(stored: dict[str, object]) -> None:
    """A row that is not a message ends as a refusal in Dutch, never as half a mail."""
    with pytest.raises(MessageRefused, match=r"niet te lezen|geen bruikbaar"):
        Message.from_dict(stored)


def test_limits_are_kept() -> None:
    """What no reader can read is not sent."""
    with pytest.raises(MessageRefused, match="te lang"):
        Message(key="k", recipient=SENDER, subject="s", text="x" * (MAX_TEXT + 1))
    with pytest.raises(MessageRefused, match="langer dan 200"):
        Message(key="k", recipient=SENDER, subject="s" * 201, text="x")
    with pytest.raises(MessageRefused, match="geen sleutel, onderwerp of tekst"):
        Message(key="k", recipient=SENDER, subject="s", text=" \n")
    with pytest.raises(MessageRefused, match="een teken dat niet mag"):
        Message(key="k", recipient=SENDER, subject="s", text="a\x07b")


def test_the_date_needs_a_time_zone() -> None:
    """A moment without a zone would be two hours wrong in summer."""
    with pytest.raises(ValueError, match="aware"):
        build_email(a_message(), sender=SENDER, at=datetime(2024, 6, 20))  # noqa: DTZ001


def test_file_names_are_safe_and_unique() -> None:
    """Keys that look alike in a file name still get a file each."""
    assert file_name("a/b") != file_name("a_b")
    assert file_name("../../etc/passwd").startswith("etc_passwd-")
    assert len(file_name("x" * 400)) < 120


def test_a_long_subject_is_cut_where_one_sees_it() -> None:
    """Line breaks become spaces and the cut shows."""
    assert shortened("Een  lang\nonderwerp", 40) == "Een lang onderwerp"
    assert shortened("Een lang onderwerp", 9) == "Een lang…"
