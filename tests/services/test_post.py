"""The settings of mail, and what is said of a value that cannot be."""

from pathlib import Path

import pytest

from notifications.channels import FileChannel, NoChannel
from notifications.smtp import Security, SmtpChannel
from tests.services.reminding import shipped_rules
from workflow.domain.errors import InvalidField
from workflow.services.post import channel_of, delivery_of
from workflow.settings import Settings, read_settings

RULES = shipped_rules()


def settings(**given: str) -> Settings:
    """The defaults, but for these."""
    return read_settings({}, dict(given))


def test_mail_lies_beside_the_database_unless_a_folder_was_named() -> None:
    """The default belongs to the register; a folder that someone chose is theirs."""
    beside = Path("/var/register")

    def folder(**given: str) -> Path:
        channel = channel_of(settings(**given), RULES, beside=beside)
        assert isinstance(channel, FileChannel)
        return channel.folder

    assert folder() == beside / "besluitroute-post"
    assert folder(mail_folder="post") == Path("post")


def test_mail_goes_over_smtp_or_not_at_all() -> None:
    """As the settings say, from the organisation's own address."""
    channel = channel_of(
        settings(mail="smtp", smtp_host="mail.example", smtp_port="587", smtp_security="starttls"),
        RULES,
    )
    assert isinstance(channel, SmtpChannel)
    assert (channel.settings.host, channel.settings.port) == ("mail.example", 587)
    assert channel.settings.security is Security.STARTTLS
    assert channel.sender.email == RULES.definities.organisatie.afzender
    assert isinstance(channel_of(settings(mail="geen"), RULES), NoChannel)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"mail": "duif"}, "kies uit: bestand, smtp, geen"),
        ({"mail": "smtp", "smtp_port": "0"}, "1 tot en met 65535"),
        ({"mail": "smtp", "smtp_port": "x"}, "1 tot en met 65535"),
        ({"mail": "smtp", "smtp_security": "ssl"}, "kies uit: geen, starttls"),
        ({"mail": "smtp", "smtp_user": "u", "smtp_password": "geheim"}, "open lijn"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_may_be(given: dict[str, str], why: str) -> None:
    """Never a default in silence, and never a password in the message."""
    with pytest.raises(InvalidField, match=why) as refused:
        channel_of(settings(**given), RULES)
    assert "BESLUITROUTE_" in str(refused.value)
    assert "geheim" not in str(refused.value)


def test_the_mail_stop_and_the_test_address() -> None:
    """Off by default; a value that is not understood stops nothing and sends nothing."""
    plain = delivery_of(settings())
    assert (plain.enabled, plain.test_address) == (True, None)
    held = delivery_of(settings(mail_stop="Ja", test_address="proef@regio.example"))
    assert not held.enabled
    assert held.test_address is not None
    assert held.test_address.email == "proef@regio.example"
    with pytest.raises(InvalidField, match="ja of nee"):
        delivery_of(settings(mail_stop="soms"))
    with pytest.raises(InvalidField, match="geen bruikbaar e-mailadres"):
        delivery_of(settings(test_address="proef"))


def test_the_password_may_come_from_a_file(tmp_path: Path) -> None:
    """Its first line counts; an editor that ends it with a newline does no harm."""
    file = tmp_path / "wachtwoord"
    file.write_text("geheim\n", encoding="utf-8")
    channel = channel_of(
        settings(mail="smtp", smtp_security="tls", smtp_user="post", smtp_password_file=str(file)),
        shipped_rules(),
    )
    assert isinstance(channel, SmtpChannel)
    assert channel.settings.password == "geheim"


def test_a_password_file_that_cannot_be_read_is_named() -> None:
    """Nothing is sent without the login that was asked for; nor with one of two passwords."""
    given = {"mail": "smtp", "smtp_security": "tls", "smtp_user": "post"}
    with pytest.raises(InvalidField, match=r"SMTP_PASSWORD_FILE.*niet te lezen"):
        channel_of(settings(**given, smtp_password_file="bestaat-niet"), shipped_rules())
    with pytest.raises(InvalidField, match="staat al in een variabele"):
        channel_of(settings(**given, smtp_password="a", smtp_password_file="b"), shipped_rules())


@pytest.mark.parametrize("text", ["0", "-1", "veel", "10001"])
def test_a_pace_that_cannot_be_is_refused(text: str) -> None:
    """The setting is named, with what may be filled in."""
    with pytest.raises(InvalidField, match="MAIL_PER_MINUTE"):
        delivery_of(settings(mail_per_minute=text))
    assert delivery_of(settings(mail_per_minute="30")).per_minute == 30
