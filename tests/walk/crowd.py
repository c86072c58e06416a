"""Twenty running cases on one route, each somewhere else on it, made through the services."""

from collections.abc import Iterator
from contextlib import contextmanager

from workflow.bootstrap import Access, open_register
from workflow.services.act import Act, perform
from workflow.services.new import new
from workflow.services.session import Session
from workflow.settings import read_settings

ROUTE = "voortgangsrapportage"
AT_DO, AT_PFHO, CONCEPTS = 12, 3, 3
OWN_STEP, ROUND_RUNS = "2024-0019", "2024-0020"
ALL = tuple(f"2024-{number:04d}" for number in range(1, 21))
SHEET = {
    "onderwerp": "Derde voortgangsrapportage",
    "kenmerk": "",
    "contactpersoon": "J. Jansen <j.jansen@regio.example>",
    "beslispunt_1": "De rapportage vaststellen",
    "route": ROUTE,
}
V2 = (  # version 2 of the route: an advice more, another doel, five raden are enough
    ("doel: adviseren}\n", "doel: adviseren}\n  - {stap: bo, overleg: bo_zv, doel: adviseren}\n"),
    ("doel: vaststellen", "doel: instemmen"),
    ("klaar: alle", "klaar: 5"),
)


@contextmanager
def session_on(url: str, day: str, definitions: str | None = None) -> Iterator[Session]:
    """The register on a day, for the services."""
    given = {"database": url, "today": day, "user": "Kim de Vries", "definitions": definitions}
    opened = open_register(read_settings({}, given), Access.CREATE)
    yield opened.session
    opened.engine.dispose()


def twenty_cases(session: Session) -> None:
    """Most wait for the DO, some for the PFHO, some are a concept; two cannot follow version 2."""
    for number, kenmerk in enumerate(ALL):
        new(session, {**SHEET, "kenmerk": kenmerk})
        if number >= AT_DO + AT_PFHO and kenmerk not in (OWN_STEP, ROUND_RUNS):
            continue
        _act(session, kenmerk, "dien_in")
        if number >= AT_DO and kenmerk != OWN_STEP:
            _conclude(session, kenmerk)
    _act(session, OWN_STEP, "voeg_toe", overleg="bo_zv", doel="informeren")
    _conclude(session, ROUND_RUNS, "vastgesteld")
    _act(session, ROUND_RUNS, "start_raadsinformatie")


def _conclude(session: Session, kenmerk: str, conclusie: str = "akkoord") -> None:
    """The row whose turn it is gets its conclusion."""
    asked = Act(
        kenmerk=kenmerk,
        action="leg_conclusie_vast",
        fields={"conclusie": conclusie},
        happened=session.today(),
    )
    perform(session, asked)


def _act(session: Session, kenmerk: str, action: str, **fields: str) -> None:
    """One act that succeeds."""
    perform(session, Act(kenmerk=kenmerk, action=action, fields=fields))
