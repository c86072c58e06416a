"""Builds the parts from the settings: the only file that knows them all and reads the clock."""

import datetime as dt
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from getpass import getuser
from pathlib import Path

from notifications.inbox import Inbox
from workflow.domain.calendar import Span
from workflow.domain.errors import Conflict, InvalidField, Surroundings
from workflow.domain.permissions import Actor, Permission, Role
from workflow.engine.check import CheckReport, Registries, check_folder
from workflow.engine.effects import HANDLERS
from workflow.engine.examples import load_examples
from workflow.engine.guards import GUARDS, STEP_CONDITIONS
from workflow.engine.loader import load_definitions
from workflow.engine.problems import DefinitionError
from workflow.engine.rules import Rules
from workflow.history.commitment import SALT_BYTES
from workflow.services.answers import HOLDS, asks, new_secret
from workflow.services.audit import Evidence
from workflow.services.demo import play, require_only_examples
from workflow.services.feeds import Calendars, hashed
from workflow.services.kept_routes import changed_versions, digests_in_use, lost_states, with_kept
from workflow.services.mail_queue import failing_of
from workflow.services.post import channel_of, delivery_of
from workflow.services.register import LiveRegister
from workflow.services.reminder import Post, TickReport, mail_day
from workflow.services.reminder import run as run_tick
from workflow.services.reminder_mail import letters, sent_events
from workflow.services.session import ZONE, Session
from workflow.services.simulate import Simulation, simulate
from workflow.settings import SETTINGS, SHIPPED, Settings, read_settings
from workflow.storage.answers import AnswerLinks, SqlAnswerDesk
from workflow.storage.bundling import Bundling
from workflow.storage.database import Database, open_engine, sqlite_file
from workflow.storage.due import SqlDueReader
from workflow.storage.feeds import SqlCalendarReader, SqlFeeds
from workflow.storage.identity import keep_setting, read_setting
from workflow.storage.log import FIXED_DAY_REFUSED
from workflow.storage.mail_desk import SqlMailDesk
from workflow.storage.outbox import SqlOutbox
from workflow.storage.queries import SqlReader
from workflow.storage.schema import SchemaState, require_current, schema_state
from workflow.storage.stored_history import stored_history
from workflow.storage.unit_of_work import SqlUnits
from workflow.storage.upgrade import Upgraded, upgrade

SECRET, GO_LIVE, DEMO = "register_secret", "go_live", "demo"
DEFAULT_MAIL = SETTINGS["mail_folder"].default
DEMO_MAIL = "besluitroute-demo-post"


def evidence_of(engine: Database) -> Evidence:
    """Opens the stored history of a database in one snapshot."""
    return lambda: stored_history(engine)


def check_definitions(settings: Settings, *, against_register: bool = False) -> CheckReport:
    """What `definitions check` finds; Surroundings for a folder or register that is not there.

    Only `against_register` opens a database: versions and states in use must still be there.
    """
    if not against_register:
        return _judged(settings, {})
    engine = open_engine(settings.database)
    require_current(engine)
    reader = SqlReader(engine)
    report = _judged(settings, digests_in_use(reader))
    lost = lost_states(load_rules(settings), reader) if report.ok else ()
    engine.dispose()
    return replace(report, ok=report.ok and not lost, problems=(*report.problems, *lost))


def _judged(settings: Settings, in_use: Mapping[str, str]) -> CheckReport:
    """The folder, with the digests that must have stayed as they are."""
    names = registries()
    return check_folder(
        definitions_folder(settings),
        guards=names.guards,
        permissions=names.permissions,
        handlers=names.handlers,
        conditions=names.conditions,
        published=in_use,
    )


def upgrade_database(settings: Settings) -> Upgraded:
    """Bring an existing register up to date; Surroundings when there is none."""
    engine = open_engine(settings.database)
    if schema_state(engine) is SchemaState.MISSING:
        require_current(engine)
    return upgrade(engine)


class Access(StrEnum):
    """What a command may do with the database."""

    EXISTING = "existing"  # it must be there, and up to date
    CREATE = "create"  # made when it is missing; an older one is refused
    UPGRADE = "upgrade"  # made when it is missing; an older one is backed up and migrated


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """An opened register: the session of its user, its database, and what opening it did."""

    session: Session
    engine: Database
    settings: Settings
    upgraded: Upgraded | None = None


def now() -> dt.datetime:
    """The true moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def registries() -> Registries:
    """The names that definitions may use."""
    return Registries(
        guards=frozenset(GUARDS),
        permissions=frozenset(permission.value for permission in Permission),
        handlers=HANDLERS,
        conditions=frozenset(STEP_CONDITIONS),
    )


def definitions_folder(settings: Settings) -> Path:
    """The folder with definitions; Surroundings when there is none."""
    folder = Path(settings.definitions) if settings.definitions else SHIPPED
    if not folder.is_dir():
        raise Surroundings(f"De map met definities ‘{folder}’ bestaat niet.")
    return folder


def load_rules(settings: Settings, in_use: Mapping[str, str] | None = None) -> Rules:
    """The definitions, checked. DefinitionError with the problems; Surroundings: no folder.

    `in_use` maps 'route@version' to the digest that a register relies on.
    """
    try:
        loaded = load_definitions(definitions_folder(settings), registries(), in_use)
    except OSError as error:
        raise Surroundings(f"De definities kunnen niet worden gelezen: {error}.") from None
    return Rules(
        definities=loaded.definities, digest=loaded.digest, route_digests=loaded.route_digests
    )


def folder_rules(folder: str) -> Rules:
    """The definitions in a folder; DefinitionError with what is wrong in it, Surroundings: none."""
    return load_rules(read_settings({}, {"definitions": folder}))


def open_if_there(settings: Settings) -> Register | None:
    """The register, for a command that can do without; None: there is none yet."""
    engine = open_engine(settings.database)
    missing = schema_state(engine) is SchemaState.MISSING
    engine.dispose()
    return None if missing else open_register(settings, Access.EXISTING)


def fixed_day(settings: Settings) -> dt.date | None:
    """The day to rehearse with; None: the real one. InvalidField when it is no date."""
    return _day("today", settings.today) if settings.today else None


def _day(name: str, text: str) -> dt.date:
    """A setting that is a date; InvalidField when it is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InvalidField(name, f"‘{text}’ is geen datum (JJJJ-MM-DD).") from None


def open_register(settings: Settings, access: Access, rules: Rules | None = None) -> Register:
    """The register that the settings name, ready for its user.

    Raises Surroundings when it is missing, older, newer or of another program,
    Conflict when a fixed day meets a real history, and DefinitionError when a version
    of a route that it has in use now has another content.
    """
    rules = rules or load_rules(settings)
    engine = open_engine(settings.database)
    done = _prepare(engine, access)
    reader = SqlReader(engine)
    day = fixed_day(settings)
    if day is not None and reader.has_real_history():
        raise Conflict(FIXED_DAY_REFUSED)
    secret = keep_setting(engine, SECRET, b64encode(secrets.token_bytes(SALT_BYTES)).decode())
    today = day or now().astimezone(ZONE).date()
    created = keep_setting(engine, GO_LIVE, settings.go_live or today.isoformat())
    units = SqlUnits(engine)
    rules = _rules_in_use(settings, rules, reader, units, today)
    session = make_session(settings, rules, units, reader, b64decode(secret))
    session = replace(session, go_live=_day("go_live", settings.go_live or created))
    return Register(session=session, engine=engine, settings=settings, upgraded=done)


def _rules_in_use(
    settings: Settings, rules: Rules, reader: SqlReader, units: SqlUnits, today: dt.date
) -> Rules:
    """The rules with the versions that this register relies on; DefinitionError: changed ones."""
    if changed := changed_versions(rules, reader):
        load_rules(settings, changed)  # says in which file, on which line
    if lost := lost_states(rules, reader):
        raise DefinitionError(lost)
    return with_kept(rules, reader, units, today)


def make_session(
    settings: Settings, rules: Rules, units: SqlUnits, reader: SqlReader, secret: bytes
) -> Session:
    """The session of the configured user.

    As long as no person is registered, that user holds both roles, unverified.
    """
    actor = Actor(
        name=(settings.user or _system_user()).strip()[:200],
        roles=frozenset({Role.SECRETARIAAT, Role.BEHEERDER}),
        unverified=True,
    )
    return Session(
        actor=actor,
        rules=rules,
        units=units,
        reader=reader,
        clock=now,
        salt=lambda: secrets.token_bytes(SALT_BYTES),
        new_id=lambda: secrets.token_hex(8),
        register_secret=secret,
        fixed_day=fixed_day(settings),
    )


def _system_user() -> str:
    """The user of the operating system."""
    try:
        return getuser()
    except (KeyError, OSError):
        return "onbekend"


def _prepare(engine: Database, access: Access) -> Upgraded | None:
    """Make or migrate the database as far as this command may."""
    if access is Access.UPGRADE:
        return upgrade(engine)
    if access is Access.CREATE and schema_state(engine) is SchemaState.MISSING:
        return upgrade(engine)
    require_current(engine)
    return None


def session_without_register(settings: Settings) -> Session:
    """A session for reading papers only: it has definitions and a user, but no database."""
    engine = open_engine("sqlite:////dev/null/none")
    return make_session(settings, load_rules(settings), SqlUnits(engine), SqlReader(engine), b"")


def open_demo(settings: Settings) -> Register:
    """A fresh register with the examples of the definitions, on the day that they end.

    A database of an earlier demo is made anew; Conflict when it holds other
    dossiers, Surroundings when it cannot be made.
    """
    examples = load_examples(definitions_folder(settings))
    rules = load_rules(settings)
    day = examples.verloop.vandaag.isoformat()
    first = min(one.dag for one in examples.verloop.verloop)
    settings = replace(
        settings,
        today=day,
        user=settings.user or examples.verloop.wie,
        go_live=settings.go_live or first.isoformat(),
        mail_folder=DEMO_MAIL if settings.mail_folder == DEFAULT_MAIL else settings.mail_folder,
    )
    engine = open_engine(settings.database)
    if schema_state(engine) is not SchemaState.MISSING:
        known = open_register(settings, Access.EXISTING, rules)
        made_by_demo = read_setting(engine, DEMO) is not None
        require_only_examples(known.session, examples, made_by_demo=made_by_demo)
        engine.dispose()
        _clear(engine)
    opened = open_register(settings, Access.CREATE, rules)
    keep_setting(opened.engine, DEMO, "ja")
    last = play(opened.session, examples, lambda session: _tick(replace(opened, session=session)))
    return replace(opened, session=last)


def _tick(opened: Register) -> TickReport:
    """One round of reminders."""
    return run_tick(opened.session, make_post(opened))


def _clear(engine: Database) -> None:
    """Remove the database of an earlier demo."""
    if engine.dialect.name != "sqlite":
        raise Conflict("Een demo op PostgreSQL begint in een lege database. Maak een nieuwe.")
    file = Path(engine.url.database or "")
    for suffix in ("", "-wal", "-shm"):
        Path(f"{file}{suffix}").unlink(missing_ok=True)


def make_post(opened: Register) -> Post:
    """The mail of a register: its outbox, and the way out that its settings name.

    Raises InvalidField, naming the setting, for a value that cannot be.
    """
    session, settings = opened.session, opened.settings
    file = sqlite_file(settings.database)
    delivery, desk = delivery_of(settings), SqlMailDesk(opened.engine)
    outbox = SqlOutbox(
        opened.engine,
        letter=letters(session, settings.base_url, desk.failing),
        sent=sent_events(session, test=delivery.test_address is not None),
        failing=failing_of(session),
        links=None if delivery.test_address else _answer_links(session),
        bundling=Bundling(
            rules=frozenset(one.name for one in session.rules.reminders if one.bundled),
            day=mail_day,
        ),
    )
    return Post(
        due=SqlDueReader(opened.engine),
        outbox=outbox,
        desk=desk,
        inbox=Inbox(folder=Path(settings.bounce_folder)) if settings.bounce_folder else None,
        channel=channel_of(settings, session.rules, beside=Path(file).parent if file else None),
        delivery=delivery,
    )


def play_forward(
    opened: Register,
    first: dt.date,
    last: dt.date,
    *,
    outages: Sequence[Span] = (),
    progress: Callable[[int], None] = lambda done: None,
) -> Simulation:
    """What the clock would send in a period, if nobody acts; see `simulate`."""
    session = opened.session
    return simulate(
        session,
        make_post(opened),
        first,
        last,
        letter=letters(session, opened.settings.base_url),
        outages=outages,
        progress=progress,
    )


def _answer_links(session: Session) -> AnswerLinks:
    """The links by which readers answer; not in mail to a test address, for they are real."""
    return AnswerLinks(
        asks=asks,
        secret=new_secret,
        hashed=hashed,
        until=lambda: session.today() + HOLDS,
    )


def make_calendars(opened: Register) -> Calendars:
    """The calendars that people follow."""
    engine = opened.engine
    return Calendars(
        store=SqlFeeds(engine),
        reader=SqlCalendarReader(engine),
        base_url=opened.settings.base_url,
    )


def web_register(opened: Register) -> LiveRegister:
    """The register as pages ask it."""
    session, post = opened.session, make_post(opened)
    return LiveRegister(
        session=session,
        evidence=evidence_of(opened.engine),
        post=post,
        calendars=make_calendars(opened),
        answers=SqlAnswerDesk(opened.engine),
    )
