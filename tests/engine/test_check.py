"""What `definitions check` refuses, and where it says the fault stands."""

import re
from pathlib import Path

import pytest

from tests.engine.organisation import Organisation

VOORTGANG = "routes/voortgangsrapportage.yaml"
PILOT = "routes/proefperiode_zorg_en_veiligheid.yaml"
VOORSTEL = "machines/voorstel.yaml"
ROW = "machines/behandeling.yaml"
RADEN = "machines/raadsinformatie.yaml"
TABLE = "machines/conclusies.yaml"
BODIES = "overleggen.yaml"
MEMBERS = "gemeenten.yaml"

# (what, file, old text, new text, code, text on the line that must be named)
REFUSED = [
    ("unknown key", VOORTGANG, "titel:", "tittel:", "onbekende_sleutel", "tittel:"),
    ("missing key", BODIES, "    soort: DVC\n", "", "sleutel_ontbreekt", "- code: dvc"),
    ("unknown doel", VOORTGANG, "doel: vaststellen", "doel: vastellen", "ongeldige_keuze",
     "vastellen"),
    ("unknown overleg", VOORTGANG, "do_sd,", "do_sx,", "onbekend_overleg", "do_sx"),
    ("unknown overleg in a joint meeting", PILOT, "ao_zv]", "ao_vz]", "onbekend_overleg", "ao_vz"),
    ("unknown overleg in the calendar", "kalender.yaml", "overleg: bo_zv", "overleg: bo_xx",
     "onbekend_overleg", "bo_xx"),
    ("unknown theme", VOORTGANG, "thema: bescherming", "thema: beschermng", "onbekend_thema",
     "thema:"),
    ("unknown theme of an overleg", BODIES, "themas: [bescherming_en_opvang]", "themas: [opvang]",
     "onbekend_thema", "[opvang]"),
    ("unknown theme of a member", MEMBERS, "{thema: jeugd}", "{thema: jeucht}", "onbekend_thema",
     "jeucht"),
    ("unknown cycle", VOORTGANG, "titel:", "cyclus: opvang_2022\ntitel:", "onbekend_cyclus",
     "cyclus:"),
    ("unknown route of a cycle", "cycli.yaml", "route: voortgangsrapportage", "route: voortgang",
     "onbekend_route", "route: voortgang"),
    ("unknown gemeente as successor", MEMBERS, "opvolger: hilversum", "opvolger: hilversm",
     "onbekend_gemeente", "opvolger:"),
    ("unknown step of an afspraak", PILOT, "    stap: do\n", "    stap: doo\n", "onbekend_stap",
     "stap: doo"),
    ("unknown template", "herinneringen.yaml", "sjabloon: op_agenda", "sjabloon: op_agnda",
     "onbekend_sjabloon", "op_agnda"),
    ("unknown situation", "herinneringen.yaml", "als: op_agenda", "als: op_agnda",
     "ongeldige_keuze", "op_agnda"),
    ("unknown recipient", "herinneringen.yaml", "aan: [gemeente]", "aan: [wethouder]",
     "onbekend_rol", "wethouder"),
    ("a role that nobody has there", "herinneringen.yaml", "aan: [contactpersonen]",
     "aan: [eigenaars]", "rol_zonder_iemand", "eigenaars"),
    ("an escalation before the question", "herinneringen.yaml", "{dagen: [20], aan: [secretariaat]",
     "{dagen: [5], aan: [secretariaat]", "escalatie_te_vroeg", "dagen: [5]"),
    ("a day before what has been", "herinneringen.yaml", "dagen: [0]", "dagen: [-1]",
     "gaat_nooit_af", "dagen: [-1]"),
    ("a state that the situation never has", "herinneringen.yaml", "als: op_agenda\n",
     "als: op_agenda\n    zolang: [behandeld]\n", "gaat_nooit_af", "zolang: [behandeld]"),
    ("a scheme that no overleg has", "herinneringen.yaml", "als: op_agenda\n    anker: vergadering",
     "als: op_agenda\n    anker: agendavaststelling", "gaat_nooit_af", "agendavaststelling"),
    ("a function without anyone", "functies.yaml",
     "postvak: {naam: Directiesecretariaat Sociaal Domein, email: directie-sd@regio-gv.example}",
     "personen: [{naam: Noor de Wit}]", "functie_zonder_iemand", "functie: directeur"),
    ("a function named as a role", "functies.yaml", "functie: directeur_sociaal_domein",
     "functie: eigenaars", "functie_is_rol", "functie: eigenaars"),
    ("unknown placeholder", "herinneringen.yaml", "voorstel {kenmerk}.", "voorstel {kenmrk}.",
     "onbekend_invulplek", "{kenmrk}"),
    ("anchor that does not fit", "herinneringen.yaml", "anker: papierdeadline",
     "anker: aanbieding", "anker_past_niet", "anker: aanbieding"),
    ("a situation about something else", "herinneringen.yaml", "onderwerp: raadsinformatie",
     "onderwerp: behandeling", "onderwerp_past_niet",
     "onderwerp: behandeling\n    als: aan_te_bieden"),
    ("a reminder years ahead", "herinneringen.yaml", "dagen: [-90, -30]", "dagen: [-900, -30]",
     "te_ver", "-900"),
    ("unknown state", ROW, "    naar: van_de_agenda", "    naar: van_agenda", "onbekend_toestand",
     "naar: van_agenda"),
    ("unknown state to start in", ROW, "begin: gepland", "begin: gpland", "onbekend_toestand",
     "begin:"),
    ("unknown guard", ROW, "eisen: [aan_de_beurt", "eisen: [aan_beurt", "onbekend_eis",
     "[aan_beurt"),
    ("unknown condition of a step", PILOT, "[alle_adviezen_binnen]", "[os.system]",
     "onbekend_voorwaarde", "os.system"),
    ("unknown permission", ROW, "recht: conclusie_vastleggen", "recht: alles", "onbekend_recht",
     "recht: alles"),
    ("unknown act", ROW, "handeling: schuif_door", "handeling: schuif_op", "onbekend_handeling",
     "schuif_op"),
    ("unknown list to choose from", ROW, "keuzes: conclusies", "keuzes: conclussies",
     "onbekend_keuzelijst", "conclussies"),
    ("the same overleg twice", BODIES, "code: do_fd", "code: do_sd", "dubbele_code",
     "do_sd\n    naam: Directie-overleg F"),
    ("the same key twice", VOORTGANG, "versie: 1", "versie: 1\nversie: 2", "dubbele_sleutel",
     "versie: 2"),
    ("the same step twice", VOORTGANG, "stap: pfho,", "stap: do,", "dubbele_stap",
     "stap: do,  overleg: pfho"),
    ("an alias of two overleggen", BODIES, "aliassen: [DO FD,", "aliassen: [DO-SD,",
     "dubbele_naam", "DO-SD"),
    ("a bare name that is someone's own", BODIES, "kale_namen: [BO,", "kale_namen: [BOZV,",
     "dubbele_naam", "[BOZV,"),
    ("the same day twice", "kalender.yaml", "dag: 2024-12-26", "dag: 2024-12-25", "dubbele_datum",
     "2024-12-25, naam: Tweede"),
    ("two transitions that could both fire", ROW, "van: [geagendeerd]",
     "van: [geagendeerd, geagendeerd]", "dubbele_overgang", "[geagendeerd, geagendeerd]"),
    ("a conclusie that leads to two places", TABLE, "einde:  [niet_akkoord]", "einde:  [akkoord]",
     "dubbele_overgang", "- doelen: [besluiten"),
    ("a doel in two rows", TABLE, "doelen: [adviseren]", "doelen: [informeren, adviseren]",
     "dubbel_doel", "[informeren, adviseren]"),
    ("a doel without a row", TABLE, "bekrachtigen, zienswijze]", "bekrachtigen]", "doel_ontbreekt",
     "conclusies:"),
    ("an unreachable state", RADEN, "    naar: geagendeerd", "    naar: ter_kennisname",
     "onbereikbaar", "toestand: geagendeerd"),
    ("a state without a way to an end", "machines/afspraak.yaml",
     "naam: Afgedaan,  klaar: true, eind: true", "naam: Afgedaan", "doodlopend",
     "toestand: afgedaan"),
    ("an exit from an end state", "machines/vergadering.yaml", "van: [gehouden]",
     "van: [gehouden, afgelast]", "uitgang_uit_einde", "[gehouden, afgelast]"),
    ("a loop without a human step", ROW, "naar: vervallen}",
     "naar: vervallen}\n  - {gevolg: heen, van: [gepland], naar: geagendeerd}\n"
     "  - {gevolg: weer, van: [geagendeerd], naar: gepland}", "kringloop", "gevolg: heen"),
    ("a fan-out without a join rule", VOORTGANG, "informeren, klaar: alle", "informeren",
     "klaar_ontbreekt", "per: gemeente"),
    ("a join rule that cannot be met", VOORTGANG, "klaar: alle", "klaar: 20", "klaar_onhaalbaar",
     "klaar: 20"),
    ("raden without fan-out", VOORTGANG,
     "per: gemeente, doel: informeren, klaar: alle", "doel: informeren", "per_gemeente_ontbreekt",
     "overleg: raden"),
    ("a fan-out of one overleg", VOORTGANG, "overleg: raden,", "overleg: db,",
     "per_gemeente_kan_niet", "per: gemeente"),
    ("a step that nothing passes", VOORTGANG, "doel: adviseren}",
     "doel: adviseren, conclusies: {doelen: adviseren, verder: []}}", "doodlopend", "verder: []"),
    ("a step named as a state", VOORTGANG, "stap: do,", "stap: afgerond,", "stap_is_toestand",
     "stap: afgerond"),
    ("a step without overleg", VOORTGANG, "overleg: do_sd,", "", "overleg_ontbreekt", "stap: do"),
    ("a day that does not exist", "kalender.yaml", "dag: 2025-01-01", "dag: 2025-02-29",
     "datum_bestaat_niet", "2025-02-29"),
    ("a day written otherwise", "kalender.yaml", "dag: 2025-01-01", "dag: 1-1-2025", "geen_datum",
     "1-1-2025"),
    ("an end before its begin", "kalender.yaml", "van: 2024-07-20, tot: 2024-09-01",
     "van: 2024-07-20, tot: 2024-06-01", "einde_voor_begin", "tot: 2024-06-01"),
    ("a period that does not exist", PILOT, "venster: 2025-Q1", "venster: 2025-Q5",
     "periode_bestaat_niet", "2025-Q5"),
    ("a meeting before its overleg began", "kalender.yaml", "bo_zv,   datum: 2024-03-18",
     "bo_zv,   datum: 2019-03-18", "overleg_bestaat_dan_niet", "2019-03-18"),
    ("a yes or no that is neither", RADEN, "eind: true}", "eind: misschien}", "geen_ja_nee",
     "misschien"),
    ("a number that is none", VOORTGANG, "versie: 1", "versie: een", "geen_getal", "versie: een"),
    ("an address that is none", "organisatie.yaml", "email: secretariaat@", "email: secretariaat",
     "ongeldige_vorm", "email: secretariaat"),
    ("a successor without an end", MEMBERS, "    eind: 2026-12-31 ", "    #",
     "opvolger_zonder_einde", "opvolger:"),
]  # fmt: skip


@pytest.fixture
def organisation(tmp_path: Path) -> Organisation:
    """The shipped definitions, to be spoiled."""
    return Organisation(tmp_path)


def test_the_shipped_definitions_have_no_problem(organisation: Organisation) -> None:
    """What is delivered passes its own check, with every name known to the program."""
    report = organisation.check()

    assert [str(problem) for problem in report.problems] == []
    assert report.ok
    assert report.routes == len(list(organisation.path("routes").glob("*.yaml")))


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "mark"),
    [pytest.param(*rest, id=what) for what, *rest in REFUSED],
)
def test_a_fault_is_refused_with_its_file_and_line(
    organisation: Organisation, file: str, old: str, new: str, code: str, mark: str
) -> None:
    """Each kind of fault has a stable code and points at the line where it stands."""
    organisation.replace(file, old, new)

    report = organisation.check()

    assert not report.ok
    assert (file, organisation.line(file, mark), code) in {
        (problem.file, problem.line, problem.code) for problem in report.problems
    }, [f"{problem.code} {problem}" for problem in report.problems]


def test_a_near_miss_gets_a_suggestion(organisation: Organisation) -> None:
    """A typing error is answered with the word that was meant."""
    organisation.replace(VOORTGANG, "pfho_go,", "pfho_gos,")

    assert organisation.problem("onbekend_overleg").message.endswith("Bedoelt u ‘pfho_go’?")


def test_all_faults_are_told_at_once(organisation: Organisation) -> None:
    """A functional manager repairs in one round what was wrong in several files."""
    organisation.replace(VOORTGANG, "bron:", "brn:")
    organisation.replace(VOORTGANG, "do_sd,", "do_sx,")
    organisation.replace(ROW, "recht: conclusie_vastleggen", "recht: alles")
    organisation.replace("kalender.yaml", "dag: 2025-01-01", "dag: 2025-02-29")

    assert {problem.code for problem in organisation.check().problems} == {
        "onbekende_sleutel",
        "onbekend_overleg",
        "onbekend_recht",
        "datum_bestaat_niet",
    }


def test_one_broken_list_raises_no_false_alarm_elsewhere(organisation: Organisation) -> None:
    """An overleg that cannot be read does not make every use of it wrong as well."""
    organisation.replace(BODIES, "    soort: DO\n", "    soort: DOO\n")

    assert [problem.code for problem in organisation.check().problems] == ["ongeldige_keuze"]


def test_a_list_that_loses_its_only_value_is_told_once(organisation: Organisation) -> None:
    """What the check leaves out itself is not reported as missing as well."""
    organisation.replace("herinneringen.yaml", "dagen: [0]", "dagen: [nul]")

    assert [problem.line for problem in organisation.check().problems] == [
        organisation.line("herinneringen.yaml", "dagen: [nul]")
    ]


def test_a_form_is_explained(organisation: Organisation) -> None:
    """A code, a time or an address that cannot be is answered with how to write it."""
    organisation.replace("organisatie.yaml", "email: secretariaat@", "email: secretariaat")
    organisation.replace(BODIES, "uur: '12:00'", "uur: '25:00'")
    organisation.replace(BODIES, "code: ao_bo", "code: AO-BO")

    advice = " ".join(problem.message for problem in organisation.check().problems)

    assert "kleine letters" in advice
    assert "als 12:00" in advice
    assert "postvak@" in advice


def test_a_council_round_that_is_never_ready_is_refused(organisation: Organisation) -> None:
    """Without a state that counts as settled, `klaar: alle` would wait for ever."""
    text = organisation.path(RADEN).read_text(encoding="utf-8")
    organisation.write(RADEN, re.sub(r"klaar: (true|ja),? ?", "", text))

    assert organisation.problem("klaar_ontbreekt").file == RADEN


def test_a_callback_in_a_definition_is_refused_and_never_called(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command from a definition is an unknown key; nothing in a file is ever run."""
    called: list[str] = []
    monkeypatch.setattr("os.system", called.append)
    organisation.replace(
        ROW, "    naam: Zet op agenda\n", "    naam: Zet op agenda\n    before: os.system\n"
    )
    organisation.replace(ROW, "eisen: [aan_de_beurt,", "eisen: [os.system,")

    report = organisation.check()

    assert {problem.code for problem in report.problems} == {"onbekende_sleutel", "onbekend_eis"}
    assert called == []


def test_a_published_version_keeps_its_content(organisation: Organisation) -> None:
    """Cases that run on version 1 never find another version 1."""
    published = {"voortgangsrapportage@1": "the digest of something else"}

    (problem,) = organisation.check(published).problems

    assert problem.code == "gepubliceerd_gewijzigd"
    assert problem.line == organisation.line(VOORTGANG, "versie:")
    assert "maak versie 2" in problem.message


def test_an_organisation_without_routes_or_machines_is_refused(
    organisation: Organisation, tmp_path: Path
) -> None:
    """A folder is complete in itself; an empty one lists what it lacks."""
    organisation.folder = tmp_path / "leeg"
    organisation.folder.mkdir()

    report = organisation.check()

    assert report.files == 0
    assert {problem.code for problem in report.problems} == {"bestand_ontbreekt"}
    assert "machines/voorstel.yaml" in {problem.file for problem in report.problems}


def test_a_folder_that_does_not_exist_is_not_judged(organisation: Organisation) -> None:
    """The surroundings fail: that is something else than a definition with a fault."""
    organisation.folder = organisation.folder / "nergens"

    with pytest.raises(FileNotFoundError):
        organisation.check()


def test_two_versions_of_a_route_live_side_by_side(organisation: Organisation) -> None:
    """A new version leaves the old one in place for the cases that run on it."""
    text = organisation.path(VOORTGANG).read_text(encoding="utf-8")
    organisation.write("routes/voortgangsrapportage_2.yaml", text.replace("versie: 1", "versie: 2"))

    assert organisation.check().ok


def test_the_same_version_twice_is_refused(organisation: Organisation) -> None:
    """Nobody could say which of two versions 1 a case runs on."""
    text = organisation.path(VOORTGANG).read_text(encoding="utf-8")
    organisation.write("routes/kopie.yaml", text)

    assert organisation.problem("dubbele_route").file == VOORTGANG


def test_two_routes_that_recognise_the_same_paper_are_refused(organisation: Organisation) -> None:
    """An import has one route to choose, or none."""
    text = organisation.path(VOORTGANG).read_text(encoding="utf-8")
    organisation.write(
        "routes/andere.yaml", text.replace("route: voortgangsrapportage", "route: andere")
    )

    assert organisation.problem("dubbele_herkenning").line > 1


def _definition_files(organisation: Organisation) -> list[Path]:
    """The files of the folder, without the example documents."""
    found = organisation.folder.rglob("*.yaml")
    return [file for file in found if file.parent.name != "voorbeelden"]


def test_the_report_has_the_shape_of_the_contract(organisation: Organisation) -> None:
    """Scripts read ok, files, routes and the problems with file, line, code and message."""
    organisation.replace(VOORTGANG, "do_sd,", "do_sx,")

    report = organisation.check().as_json()

    assert list(report) == ["ok", "files", "routes", "problems"]
    assert report["files"] == len(_definition_files(organisation))
    assert list(report["problems"][0]) == ["file", "line", "code", "message"]
