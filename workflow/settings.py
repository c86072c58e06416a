"""Every setting: its environment variable, its default, its meaning."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

SHIPPED = Path(__file__).parent.parent / "definitions" / "regio_gv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting as the documentation lists it."""

    variable: str
    default: str
    meaning: str


SETTINGS: dict[str, Setting] = {
    "database": Setting(
        variable="BESLUITROUTE_DATABASE_URL",
        default="sqlite:///besluitroute.db",
        meaning="Waar het register staat: sqlite:///bestand.db of postgresql://server/naam.",
    ),
    "definitions": Setting(
        variable="BESLUITROUTE_DEFINITIONS",
        default="",
        meaning="De map met definities van één organisatie; leeg: de meegeleverde.",
    ),
    "today": Setting(
        variable="BESLUITROUTE_TODAY",
        default="",
        meaning="Een vaste dag (JJJJ-MM-DD) om te oefenen; leeg: de echte dag in Nederland.",
    ),
    "user": Setting(
        variable="BESLUITROUTE_USER",
        default="",
        meaning="Wie handelt: naam of e-mailadres; leeg: de gebruiker van de computer.",
    ),
    "go_live": Setting(
        variable="BESLUITROUTE_GO_LIVE",
        default="",
        meaning="In gebruik vanaf (JJJJ-MM-DD): geen herinnering over een eerdere datum. "
        "Leeg: de dag waarop het register is gemaakt.",
    ),
    "mail": Setting(
        variable="BESLUITROUTE_MAIL",
        default="bestand",
        meaning="Hoe mail weggaat: bestand (.eml-bestanden), smtp of geen.",
    ),
    "mail_folder": Setting(
        variable="BESLUITROUTE_MAIL_FOLDER",
        default="besluitroute-post",
        meaning="De map voor .eml-bestanden, als mail naar bestand gaat.",
    ),
    "mail_stop": Setting(
        variable="BESLUITROUTE_MAIL_STOP",
        default="nee",
        meaning="ja: er gaat geen enkele mail uit; wat klaarstaat, blijft wachten.",
    ),
    "test_address": Setting(
        variable="BESLUITROUTE_TEST_ADDRESS",
        default="",
        meaning="Alle mail gaat naar dit adres en zegt dat; leeg: naar de echte ontvangers.",
    ),
    "smtp_host": Setting(
        variable="BESLUITROUTE_SMTP_HOST", default="localhost", meaning="De mailserver."
    ),
    "smtp_port": Setting(
        variable="BESLUITROUTE_SMTP_PORT", default="25", meaning="De poort van de mailserver."
    ),
    "smtp_security": Setting(
        variable="BESLUITROUTE_SMTP_SECURITY",
        default="starttls_indien_mogelijk",
        meaning="geen, starttls_indien_mogelijk, starttls of tls.",
    ),
    "smtp_user": Setting(
        variable="BESLUITROUTE_SMTP_USER", default="", meaning="De naam voor de mailserver."
    ),
    "smtp_password": Setting(
        variable="BESLUITROUTE_SMTP_PASSWORD",
        default="",
        meaning="Het wachtwoord voor de mailserver; staat nooit in een log.",
    ),
    "smtp_password_file": Setting(
        variable="BESLUITROUTE_SMTP_PASSWORD_FILE",
        default="",
        meaning="Een bestand met het wachtwoord voor de mailserver, in plaats van de variabele.",
    ),
    "mail_per_minute": Setting(
        variable="BESLUITROUTE_MAIL_PER_MINUTE",
        default="",
        meaning="Hoeveel mails er per minuut hoogstens uitgaan; leeg: zo snel als het gaat.",
    ),
    "bounce_folder": Setting(
        variable="BESLUITROUTE_BOUNCE_FOLDER",
        default="",
        meaning="De map waarin mail komt te staan die terugkwam; leeg: die wordt niet gelezen.",
    ),
    "base_url": Setting(
        variable="BESLUITROUTE_BASE_URL",
        default="http://127.0.0.1:8000",
        meaning="Het adres van de webtoepassing, voor links in mails.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings in force, as text; who uses one reads and checks it."""

    database: str
    definitions: str
    today: str
    user: str
    go_live: str
    mail: str
    mail_folder: str
    mail_stop: str
    test_address: str
    smtp_host: str
    smtp_port: str
    smtp_security: str
    smtp_user: str
    smtp_password: str
    smtp_password_file: str
    mail_per_minute: str
    bounce_folder: str
    base_url: str

    def __repr__(self) -> str:
        """Without values: some are secret."""
        return "Settings(…)"


def read_settings(environment: Mapping[str, str], given: Mapping[str, str | None]) -> Settings:
    """Settings from options (`given`), else the environment, else the default.

    An option that is None was not given; an empty environment variable is none.
    """
    values = {
        field.name: given.get(field.name)
        or environment.get(SETTINGS[field.name].variable)
        or SETTINGS[field.name].default
        for field in fields(Settings)
    }
    return Settings(**values)
