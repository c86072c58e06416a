"""Many processes at once on the same voorstellen, each trying every act.

A program of its own (`python -m tests.soak.crowd`): in comes a `Gathering` as JSON, out
come `Tried` lines as JSON, one for each act that a process tried.
"""

import json
import os
import random
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from tests.soak.walks import opened, settings, walk
from workflow.domain.errors import WorkflowError
from workflow.services.act import Act, perform

DONE = "done"
ACTS = 6  # of each voorstel: two overleggen, the start of the round, a first gemeente


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """Who come together where."""

    url: str
    kenmerken: list[str]
    processes: int

    def as_line(self) -> str:
        return json.dumps(asdict(self))


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What came of one try: `done`, or the code of the refusal, or the name of an error."""

    process: int
    kenmerk: str
    number: int
    result: str
    event: int | None = None


def main() -> None:
    """Let every process begin at the same moment; wait for all."""
    gathering = Gathering(**json.loads(sys.stdin.readline()))
    ready, begin = os.pipe()
    children = []
    for number in range(gathering.processes):
        child = os.fork()
        if child == 0:
            os.close(begin)
            os.read(ready, 1)  # ends when the parent closes its side
            try_all(gathering, number)
            os._exit(0)
        children.append(child)
    os.close(begin)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    sys.exit(max(codes))


def try_all(gathering: Gathering, process: int) -> None:
    """Every act of every voorstel, the voorstellen in an order of its own."""
    register = opened(settings(gathering.url))
    order = random.Random(process).sample(  # noqa: S311
        gathering.kenmerken, len(gathering.kenmerken)
    )
    for kenmerk in order:
        for number, act in enumerate(acts(kenmerk)):
            own = replace(act, command_id=f"{process}-{act.command_id}")
            try:
                answer = perform(register.session, own)
                tried = Tried(
                    process=process,
                    kenmerk=kenmerk,
                    number=number,
                    result=DONE,
                    event=answer.event,
                )
            except Exception as error:
                code = error.code if isinstance(error, WorkflowError) else repr(error)
                tried = Tried(process=process, kenmerk=kenmerk, number=number, result=code)
            os.write(1, (json.dumps(asdict(tried)) + "\n").encode())


def acts(kenmerk: str) -> Iterator[Act]:
    """The first acts of a walk: to be put on an agenda by who saw the version before it.

    The others are refused by the state that the first one left.
    """
    for number, act in zip(range(ACTS), walk(kenmerk), strict=False):
        if act.action == "agendeer":
            yield replace(act, seen_version=number + 1)
        elif act.action == "leg_conclusie_vast":
            yield replace(act, behandeling="b1" if number == 1 else "b2")
        else:
            yield act


if __name__ == "__main__":
    main()
