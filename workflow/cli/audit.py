"""`audit`: whether the history was altered."""

import sys

import click

from workflow.cli.options import as_json, command, group, register
from workflow.cli.output import Ended, print_json, say


@group("audit")
def audit() -> None:
    """Controleer de geschiedenis."""


@command("verify")
def verify() -> None:
    """Reken de hele geschiedenis na: gebeurtenissen, boom, dossiers en stand."""
    from workflow.bootstrap import evidence_of
    from workflow.services.audit import verify as check

    opened = register()
    total = opened.session.reader.count("event")
    shown = sys.stderr.isatty() and total > 10_000
    with click.progressbar(
        length=total, label="Narekenen", file=sys.stderr, hidden=not shown
    ) as bar:
        report = check(
            opened.session,
            evidence_of(opened.engine),
            progress=lambda done: bar.update(done - bar.pos),
        )
    if as_json():
        print_json(report.as_json())
    else:
        _tell(report.as_json())
    if not report.ok:
        raise Ended(3)


def _tell(report: dict[str, object]) -> None:
    """The outcome for people: unaltered, never 'true'."""
    if report["ok"]:
        say(
            f"Niet gewijzigd: {report['events']} gebeurtenissen nagerekend. Wortel {report['root']}"
        )
        return
    problems = report["problems"]
    say("De geschiedenis klopt niet:")
    for one in problems if isinstance(problems, list) else ():
        seq = f"nr. {one['seq']}" if one["seq"] is not None else "geheel"
        where = ", ".join(str(part) for part in (seq, one["kenmerk"]) if part)
        say(f"  {where}: {one['message']}")


audit.add_command(verify)
COMMANDS = (audit,)
