"""A reader answers once, without an account; looking answers nothing; on both databases."""

import datetime as dt
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.services.reminding import REPORT, Reminding, reminding
from tests.services.test_mail_queue import bodies, to_desk
from workflow.domain.errors import Conflict, InvalidField, NotFound
from workflow.domain.outbox import ReaderAnswer
from workflow.services import answers
from workflow.services.answers import HOLDS, Answered
from workflow.services.dossier import history
from workflow.storage.answers import SqlAnswerDesk

DONE = Answered(answer=ReaderAnswer.INGEDIEND)


@pytest.fixture
def register(database_url: str, tmp_path: Path) -> Iterator[Reminding]:
    """The reminder about the papers of 24005969 has just been sent."""
    with reminding(database_url, tmp_path / "post", since="2024-06-12") as made:
        day = made.read(REPORT).at("2024-06-13")
        day.tick()
        yield day


def secret(register: Reminding) -> str:
    """The secret in the only mail, the same in both forms."""
    (mail,) = register.mails()
    texts = [str(part.get_content()) for part in mail.walk() if not part.is_multipart()]
    found = [re.findall(r"/antwoord/([\w-]+)", text) for text in texts]
    assert len(found) == 2
    assert found[0] == found[1]
    return str(found[0][0])


def desk(register: Reminding) -> SqlAnswerDesk:
    """Where readers answer."""
    return SqlAnswerDesk(register.opened.engine)


def answer(register: Reminding, token: str, given: Answered = DONE) -> dict[str, Any]:
    """The reader presses a button."""
    return answers.answer(register.opened.session, desk(register), token, given)


def asked(register: Reminding, token: str) -> dict[str, Any]:
    """The reader opens the link."""
    return answers.question(register.opened.session, desk(register), token)


def test_looking_answers_nothing(register: Reminding) -> None:
    """A mail scanner opens the link a hundred times; nothing is recorded."""
    token = secret(register)
    for _ in range(3):
        assert asked(register, token)["antwoord"] is None
    assert bodies(register, "antwoord") == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (DONE, "ingediend"),
        (
            Answered(answer=ReaderAnswer.LEVER_OP, day=dt.date(2024, 6, 19)),
            "ik lever op 19 juni 2024",
        ),
        (Answered(answer=ReaderAnswer.NIET_IK, words="Piet, op zolder"), "dit is niet voor mij"),
    ],
)
def test_an_answer_is_the_readers_own_act_in_the_dossier(
    register: Reminding, given: Answered, told: str
) -> None:
    """An event of who was written to, unverified; the secretariaat is told; the log shows it."""
    token = secret(register)
    assert answer(register, token, given)["antwoord"] == told

    (body,) = bodies(register, "antwoord")
    session = register.opened.session
    assert session.reader.texts([body["actor"]])[body["actor"]] == (
        "Noor Verhaegh <n.verhaegh@regio.example>"
    )
    assert (body["actor_unverified"], body["basis"], body["changes"]) == (True, "mail", [])
    assert body["inputs"]["answer"] == given.answer
    assert "Piet" not in str(body)
    (line,) = [one for one in history(session, REPORT) if one["type"] == "antwoord"]
    assert "antwoordde op een herinnering" in line["sentence"]
    (row,) = [
        one for one in register.log() if one["rule"] == "stukken_onvolledig" and one["answer"]
    ]
    assert (row["answer"], row["answer_date"]) == (
        given.answer,
        given.day.isoformat() if given.day else None,
    )
    register.tick()
    (mail,) = to_desk(register)
    assert str(mail["Subject"]) == f"Antwoord van Noor Verhaegh: {told}"


def test_a_link_answers_once(register: Reminding) -> None:
    """Of eight presses at once one counts; afterwards the page says what was answered."""
    token = secret(register)

    def press(_: int) -> bool:
        try:
            answer(register, token)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(press, range(8))) == 1
    assert len(bodies(register, "antwoord")) == 1
    assert asked(register, token)["antwoord"] == "ingediend"


def test_a_link_ends(register: Reminding) -> None:
    """After sixty days it is as if it had never been."""
    token = secret(register)
    last = dt.date(2024, 6, 13) + HOLDS
    assert asked(register.at(last.isoformat()), token)
    with pytest.raises(NotFound):
        answer(register.at((last + dt.timedelta(days=1)).isoformat()), token)


@pytest.mark.parametrize("wrong", ["", "x", "y" * 50_000])
def test_an_unknown_link_is_not_there(register: Reminding, wrong: str) -> None:
    """Nothing tells a guesser how near the guess was."""
    with pytest.raises(NotFound):
        answer(register, wrong)


@pytest.mark.parametrize("day", [None, dt.date(2024, 6, 12), dt.date(2030, 1, 1)])
def test_a_day_that_cannot_be_is_refused_and_the_link_still_works(
    register: Reminding, day: dt.date | None
) -> None:
    """The reader may mend it."""
    token = secret(register)
    with pytest.raises(InvalidField):
        answer(register, token, Answered(answer=ReaderAnswer.LEVER_OP, day=day))
    assert answer(register, token)["antwoord"] == "ingediend"


def test_the_secret_stands_nowhere(register: Reminding) -> None:
    """Not in the database, not in an event: who reads those can answer for nobody."""
    token = secret(register)
    answer(register, token)
    session = register.opened.session
    assert token not in str([one.body for one in session.reader.all_events()])
    assert token not in str(register.post.outbox.mails())
    assert desk(register).asked(token, dt.date(2024, 6, 13)) is None  # only the hash is known


def test_mail_to_a_test_address_has_no_link(tmp_path: Path) -> None:
    """An answer to an exercise would be a real one."""
    url = f"sqlite:///{tmp_path / 'besluitroute.db'}"
    with reminding(url, tmp_path / "post", since="2024-06-12") as made:
        made.read(REPORT).at("2024-06-13").set(test_address="proef@regio.example").tick()
        (mail,) = made.mails()
        assert "/antwoord/" not in str(mail)
