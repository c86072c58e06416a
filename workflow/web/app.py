"""All pages on one register: the table of routes, and what guards them."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from workflow.domain.errors import WorkflowError
from workflow.web import (
    acts,
    afspraken,
    agenda,
    antwoord,
    definities,
    dossier,
    errors,
    gemeenteraden,
    geschiedenis,
    herinneringen,
    inlezen,
    op_tijd,
    overleggen,
    ronde,
    routes,
    statics,
    stukken,
    voorstellen,
    work,
)
from workflow.web.limits import Guesses
from workflow.web.port import Register, WebSettings
from workflow.web.security import Guard

ONE = "/voorstellen/{kenmerk:kenmerk}"

ROUTES = (
    Route("/", work.get_work),
    Route("/voorstellen", voorstellen.get_list),
    Route("/nieuw", voorstellen.get_new),
    Route("/nieuw", voorstellen.post_new, methods=["POST"]),
    Route("/inlezen", inlezen.get_choose),
    Route("/inlezen", inlezen.post_choose, methods=["POST"]),
    Route("/inlezen/opslaan", inlezen.post_store, methods=["POST"]),
    Route("/inlezen/klaar", inlezen.get_done),
    Route("/inlezen/koppelen", inlezen.post_link, methods=["POST"]),
    Route(ONE, dossier.get_dossier),
    Route(f"{ONE}/geschiedenis", dossier.get_history),
    Route(f"{ONE}/doe/{{action}}", acts.get_act),
    Route(f"{ONE}/doe/{{action}}", acts.post_act, methods=["POST"]),
    Route(f"{ONE}/raden/{{action}}", ronde.get_round),
    Route(f"{ONE}/raden/{{action}}", ronde.post_round, methods=["POST"]),
    Route(f"{ONE}/stukken", stukken.get_attach),
    Route(f"{ONE}/stukken", stukken.post_attach, methods=["POST"]),
    Route(f"{ONE}/stukken/{{stuk}}/{{versie:int}}", stukken.get_paper),
    Route("/overleggen", overleggen.get_meetings),
    Route("/gemeenteraden", gemeenteraden.get_councils),
    Route("/herinneringen", herinneringen.get_reminders),
    Route("/herinneringen.csv", herinneringen.get_sheet),
    Route("/herinneringen/beslis", herinneringen.post_settle, methods=["POST"]),
    Route("/herinneringen/adres", herinneringen.post_works, methods=["POST"]),
    Route("/geschiedenis", geschiedenis.get_history),
    Route("/geschiedenis/zoals-bekend", geschiedenis.get_as_of),
    Route("/routes", routes.get_routes),
    Route("/routes/{route}", routes.get_route),
    Route("/definities", definities.get_definitions),
    Route("/definities/{route}/migratie", definities.get_migration),
    Route("/definities/{route}/migratie", definities.post_migration, methods=["POST"]),
    Route("/definities/{route}/migratie/klaar", definities.get_done),
    Route("/afspraken", afspraken.get_obligations),
    Route("/op-tijd", op_tijd.get_on_time),
    Route("/op-tijd.csv", op_tijd.get_sheet),
    Route("/afspraken.csv", afspraken.get_sheet),
    Route("/antwoord/{token}", antwoord.get_question),
    Route("/antwoord/{token}", antwoord.post_answer, methods=["POST"]),
    Route("/agenda/{token}.ics", agenda.get_calendar),
    Route("/static/{name}", statics.get_static),
)


def create_app(register: Register, settings: WebSettings) -> Starlette:
    """The web application for one register and its configured user."""
    app = Starlette(
        routes=list(ROUTES),
        middleware=[
            Middleware(Guard, settings=settings, error_page=errors.refused),
            Middleware(errors.Unexpected),
        ],
        exception_handlers={
            WorkflowError: errors.on_workflow_error,
            HTTPException: errors.on_http_error,
        },
    )
    app.state.register = register
    app.state.settings = settings
    app.state.guesses = Guesses()
    return app
