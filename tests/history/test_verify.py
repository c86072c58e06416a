"""Verification: a sound history passes, and every damage is named with its place."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.history.examples import SALT, Written, a_history
from workflow.history.commitment import commit
from workflow.history.event import hash_text
from workflow.history.report import MAX_PER_CHECK, VerifyReport
from workflow.history.stored import StoredBlob, StoredEvent, StoredHead, StoredRow, StoredText
from workflow.history.tree import leaf_hash, root
from workflow.history.verify import verify, verify_tree

ANYTHING: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.lists(st.none())
)


def checked(written: Written) -> VerifyReport:
    """The report on a history that a test made."""
    return verify(written.stored())


def found(written: Written, check: str) -> list[tuple[int | None, str | None]]:
    """Where one check found something: seq and kenmerk."""
    report = checked(written)
    assert not report.ok
    return [(one.seq, one.kenmerk) for one in report.problems if one.check == check]


def said(written: Written) -> str:
    """All sentences of the report."""
    return "\n".join(problem.message for problem in checked(written).problems)


def change_body(
    written: Written, seq: int, old: bytes, new: bytes, *, hashed: bool = False
) -> None:
    """Edit the bytes of one event, and its hash too when `hashed`."""
    event = written.events[seq - 1]
    body = event.body.replace(old, new)
    assert body != event.body
    leaf = leaf_hash(body) if hashed else event.leaf_hash
    written.events[seq - 1] = event._replace(body=body, leaf_hash=leaf)


@pytest.mark.parametrize("acts", [0, 1, 2, 3, 7, 8, 21])
def test_untouched_history_holds(acts: int) -> None:
    """A history of any length, as it was written, gives no problem and the root of its head."""
    written = a_history(acts)
    if not acts:
        written.unrehearsed = False

    report = checked(written)

    assert report.problems == ()
    assert report.ok
    assert report.events == acts
    assert report.root == hash_text(root(written.frontier))
    assert report.checked == ("leaves", "tree", "dossiers", "replay")


def test_leaves_and_tree_alone() -> None:
    """The quick check reads no state, and finds a changed byte all the same."""
    written = a_history()
    written.rows = []

    report = verify_tree(written.stored())
    assert report.ok
    assert report.checked == ("leaves", "tree")

    change_body(written, 12, b'"version":4', b'"version":9')
    problems = verify_tree(written.stored()).problems
    assert {problem.check for problem in problems} == {"leaves", "tree"}
    assert {problem.seq for problem in problems} == {11, 12, 1}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_changed_byte_is_found_in_its_event(data: st.DataObject) -> None:
    """Whatever byte of whatever event changes, that event is named."""
    written = a_history(9)
    seq = data.draw(st.integers(1, 9))
    event = written.events[seq - 1]
    place = data.draw(st.integers(0, len(event.body) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != event.body[place]))
    body = event.body[:place] + bytes([byte]) + event.body[place + 1 :]
    written.events[seq - 1] = event._replace(body=body)

    assert (seq, f"2400{(seq - 1) % 3 + 1:04}") in found(written, "leaves")
    assert not verify_tree(written.stored()).ok


def test_changed_event_with_a_new_hash_is_found_by_tree_and_dossier() -> None:
    """Who also repairs the hash is betrayed by the subtree and by the next event of the dossier."""
    written = a_history()
    change_body(written, 5, b'"set":{"version":2}', b'"set":{"version":7}', hashed=True)

    assert found(written, "leaves") == []
    assert found(written, "tree") == [(1, None), (5, None)]
    assert found(written, "dossiers") == [(8, "24000002")]
    assert (8, "24000002") in found(written, "replay")


@pytest.mark.parametrize("seq", [1, 4, 13, 20])
def test_deleted_event_is_named(seq: int) -> None:
    """An event that is gone is named by its number, and its dossier by its kenmerk."""
    written = a_history()
    del written.events[seq - 1]

    assert found(written, "leaves") == [(seq, None)]
    assert f"Gebeurtenis {seq} ontbreekt." in said(written)
    after = [event.seq for event in written.events if event.seq in (seq + 3,)]
    assert [place[0] for place in found(written, "dossiers")] == after
    assert "niet na te rekenen" in said(written)
    assert checked(written).root is None


def test_gap_of_many_events_is_one_problem() -> None:
    """A range that is gone is told in one sentence, with its first and last number."""
    written = a_history(40)
    del written.events[6:30]

    assert found(written, "leaves") == [(7, None)]
    assert "Gebeurtenissen 7 tot en met 30 ontbreken." in said(written)
    assert found(written, "tree") == [(None, None)]


def test_truncated_tail_is_found() -> None:
    """Cutting off the last events is seen: the register counted more."""
    written = a_history()
    del written.events[18:]

    assert found(written, "leaves") == []
    assert (19, None) in found(written, "tree")
    assert "gebeurtenissen 19 tot en met 21" in said(written)
    assert found(written, "replay") == [(16, "24000001"), (17, "24000002"), (18, "24000003")]


def test_swapped_events_are_both_named() -> None:
    """Two events that changed places are both out of place."""
    written = a_history()
    one, other = written.events[3], written.events[7]
    written.events[3] = one._replace(body=other.body, leaf_hash=other.leaf_hash)
    written.events[7] = other._replace(body=one.body, leaf_hash=one.leaf_hash)

    assert {seq for seq, _ in found(written, "leaves")} == {4, 8}
    assert not verify_tree(written.stored()).ok


def test_swapped_numbers_are_both_named() -> None:
    """Two events that exchanged their numbers are out of place as well."""
    written = a_history()
    one, other = written.events[3], written.events[7]
    written.events[3], written.events[7] = other._replace(seq=4), one._replace(seq=8)

    assert {seq for seq, _ in found(written, "leaves")} == {4, 8}


def test_added_event_is_named() -> None:
    """An event that was put in at the end is more than the register counted."""
    written = a_history()
    frontier, nodes = written.frontier, list(written.nodes)
    change = {"entity": "voorstel", "id": "v1", "was": {"version": 7}, "set": {"version": 8}}
    written.write("voorstel/v1", [change])
    written.frontier, written.nodes = frontier, nodes

    assert (22, None) in found(written, "tree")
    assert (22, "24000001") in found(written, "replay")


@pytest.mark.parametrize("seq", [3, 0, -1, None, "4", True, 2**70, b"\x00"])
def test_number_that_cannot_be_is_named(seq: Any) -> None:
    """A second event with a number, or with no number at all, is told and left out."""
    written = a_history()
    written.events.insert(4, written.events[4]._replace(seq=seq))

    assert "Na gebeurtenis 4 volgt er een met nummer" in said(written)
    assert len(found(written, "leaves")) == 1


@pytest.mark.parametrize(
    "change",
    [{"stream": "voorstel/v2"}, {"stream_seq": 3}, {"command_id": "x"}, {"stream": None}],
)
def test_changed_column_beside_the_bytes_is_named(change: dict[str, Any]) -> None:
    """An event cannot be hidden from its dossier by editing the column that finds it."""
    written = a_history()
    written.events[9] = written.events[9]._replace(**change)

    assert found(written, "leaves") == [(10, "24000001")]
    assert "kolommen naast gebeurtenis 10" in said(written)


@pytest.mark.parametrize("body", [b"", b"{}", b"\xff\x00", b"[" * 5000, None, "tekst", 7])
def test_garbage_for_bytes_is_a_problem_not_a_crash(body: Any) -> None:
    """Bytes that are nothing at all are named with the dossier they stood in."""
    written = a_history()
    written.events[9] = written.events[9]._replace(body=body)

    assert (10, "24000001") in found(written, "leaves")
    assert not verify_tree(written.stored()).ok


def test_other_notation_with_all_hashes_right_is_found() -> None:
    """Bytes that say the same in another notation are not what was written."""
    written = Written()
    written.write("voorstel/v1", [])
    event = written.events.pop()
    body = event.body.replace(b'"v":1', b'"v": 1')
    written.events.append(event._replace(body=body, leaf_hash=leaf_hash(body)))
    written.head = StoredHead(size=1, peaks=(leaf_hash(body),), unrehearsed=False)

    assert found(written, "leaves") == [(1, None)]
    assert "canonieke vorm" in said(written)


def test_changed_node_is_named_by_its_events() -> None:
    """A stored subtree that was changed is named by the events it covers; those above are right."""
    written = a_history()
    place = next(i for i, node in enumerate(written.nodes) if node[:2] == (2, 1))
    written.nodes[place] = (2, 1, bytes(32))

    assert found(written, "tree") == [(5, None)]
    assert "gebeurtenissen 5 tot en met 8 klopt niet" in said(written)


def test_missing_node_is_named() -> None:
    """A stored subtree that is gone is named by the events it covered."""
    written = a_history()
    written.nodes = [node for node in written.nodes if node[:2] != (1, 3)]

    assert found(written, "tree") == [(7, None)]
    assert "gebeurtenissen 7 tot en met 8 ontbreekt" in said(written)


@pytest.mark.parametrize("place", [0, 5, 99])
@pytest.mark.parametrize(
    "node",
    [(0, 1, b""), (1, 900, b"x"), (None, None, None), ("a", [], 3), (63, 0, b""), (-1, -1, b"")],
)
def test_node_that_does_not_belong_is_a_problem(node: Any, place: int) -> None:
    """A subtree that no event closes is found wherever it stands."""
    written = a_history()
    written.nodes.insert(place, node)

    assert found(written, "tree")
    assert "knoop" in said(written) or "knopen" in said(written)


@pytest.mark.parametrize("size", [20, 22, -1, 0, None, "21", 2**70])
def test_head_that_counts_otherwise_is_a_problem(size: Any) -> None:
    """A head that counts another number of events does not hold."""
    written = a_history()
    written.head = StoredHead(size=size, peaks=written.frontier.peaks, unrehearsed=True)

    assert found(written, "tree")


def test_head_with_another_peak_names_the_first_event_under_it() -> None:
    """A changed root in the head is told with the first event that it covers."""
    written = a_history(21)
    peaks = (written.frontier.peaks[0], bytes(32), written.frontier.peaks[2])
    written.head = StoredHead(size=21, peaks=peaks, unrehearsed=True)

    assert found(written, "tree") == [(17, None)]


def test_missing_head_is_a_problem() -> None:
    """A history without its head does not hold; an empty register needs none."""
    headless = replace(a_history(3).stored(), head=None)
    empty = replace(Written().stored(), head=None)

    assert not verify(headless).ok
    assert verify(empty).ok


def test_forgotten_rehearsal_is_a_problem() -> None:
    """A register that claims to be a rehearsal while it is not would accept fixed days."""
    written = a_history()
    written.unrehearsed = False

    assert len(found(written, "replay")) == 1


def test_edited_state_is_named_with_field_and_values() -> None:
    """A state that was edited behind our back is named: which field, what stands, what must."""
    written = a_history()
    written.rows[1].fields["state"] = "afgerond"  # type: ignore[index]

    assert found(written, "replay") == [(20, "24000002")]
    assert "‘state’" in said(written)
    assert "er staat ‘afgerond’, het moet ‘concept’ zijn" in said(written)


def test_state_edited_in_two_fields_names_both() -> None:
    """Every edited field is named."""
    written = a_history()
    written.rows[0] = written.rows[0]._replace(fields={"id": "v1", "kenmerk": "x", "state": 1})

    assert "kenmerk, state, version buiten" in said(written)
    assert found(written, "replay") == [(19, "24000001")]


def test_removed_state_row_is_named() -> None:
    """A row that is gone from the state is named by the event that last touched it."""
    written = a_history()
    del written.rows[2]

    assert found(written, "replay") == [(21, "24000003")]
    assert "voorstel v3 ontbreekt" in said(written)


def test_added_state_row_is_named() -> None:
    """A row that no event made is named, with the dossier it was put in."""
    written = a_history()
    written.rows.append(StoredRow("behandeling", "v1/b9", {"voorstel_id": "v1", "state": "x"}))

    assert found(written, "replay") == [(None, "24000001")]
    assert "behandeling v1/b9 staat in het register" in said(written)


def test_changed_words_are_named_by_the_event_that_brought_them() -> None:
    """A remark or name that was rewritten no longer fits; erased words are no problem."""
    written = a_history()
    remark = commit("akkoord", SALT)
    change = {"entity": "voorstel", "id": "v1", "was": {"version": 7}, "set": {"version": 8}}
    written.write("voorstel/v1", [change], remark=remark)
    written.settle()
    written.texts = [StoredText(remark, "akkoord", SALT), StoredText(commit("x", SALT), None, None)]
    assert checked(written).ok

    for faulty in (StoredText(remark, "niet akkoord", SALT), StoredText(remark, "akkoord", None)):
        written.texts[0] = faulty
        assert found(written, "replay") == [(22, "24000001")]


def test_changed_paper_is_a_problem() -> None:
    """A paper whose bytes changed no longer has the hash under which it was decided."""
    written = a_history()
    written.blobs = [StoredBlob("00" * 32, b"stuk")]

    assert "zijn niet die van het stuk" in said(written)


def test_a_paper_whose_bytes_are_gone_is_a_problem() -> None:
    """Words may be erased; what was decided on may not disappear."""
    written = a_history()
    paper = b"stuk"
    sha = hashlib.sha256(paper).hexdigest()
    fields = {"voorstel_id": "v1", "id": "p1", "version": 1, "sha256": sha}
    written.write("voorstel/v1", [{"entity": "paper", "id": "p1", "was": None, "set": fields}])
    written.settle()
    written.blobs = [StoredBlob(sha, paper)]
    assert "zijn weg" not in said(written)

    written.blobs = []
    assert "zijn weg" in said(written)


def test_history_that_is_wrong_throughout_gives_a_readable_report() -> None:
    """Past a hundred problems of one kind the rest is only counted."""
    written = a_history(300)
    written.events = [event._replace(leaf_hash=b"") for event in written.events]

    report = checked(written)

    assert len(report.problems) == MAX_PER_CHECK + 1
    assert report.problems[-1].message == "Er zijn nog 200 problemen van deze soort."


def test_progress_is_told_every_thousand_events() -> None:
    """A long verification says how far it is."""
    told: list[int] = []

    verify(a_history(2100).stored(), progress=told.append)
    verify_tree(a_history(1000).stored(), progress=told.append)

    assert told == [1000, 2000, 1000]


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 8),
    st.tuples(ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING),
    st.tuples(ANYTHING, ANYTHING, ANYTHING),
    st.builds(StoredText, ANYTHING, ANYTHING, ANYTHING),
    st.builds(StoredBlob, ANYTHING, ANYTHING),
)
def test_no_damage_makes_it_crash(
    place: int, event: Any, node: Any, text: StoredText, blob: StoredBlob
) -> None:
    """Whatever stands in the tables, the answer is a report that says no."""
    written = a_history(9)
    written.events[place] = StoredEvent(*event)
    written.nodes.insert(place, node)
    written.texts.append(text)
    written.blobs.append(blob)

    assert not checked(written).ok
    assert not verify_tree(written.stored()).ok
