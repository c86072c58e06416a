"""From YAML to typed definitions: what is read, how it is bounded, what it is pinned to."""

from datetime import date
from pathlib import Path

import pytest

from tests.engine.organisation import SHIPPED, Organisation
from workflow.domain.errors import NotFound
from workflow.domain.permissions import Permission
from workflow.engine.check import Registries
from workflow.engine.effects import HANDLERS
from workflow.engine.guards import GUARDS, STEP_CONDITIONS
from workflow.engine.loader import DefinitionError, load_definitions
from workflow.engine.publish import publish_routes
from workflow.engine.source import MAX_BYTES, read_source
from workflow.engine.terms import calendar, memberships, vocabulary

VOORTGANG = "routes/voortgangsrapportage.yaml"


@pytest.fixture
def organisation(tmp_path: Path) -> Organisation:
    """The shipped definitions, to be changed."""
    return Organisation(tmp_path)


def codes(organisation: Organisation) -> list[str]:
    """The codes of everything that loading refuses."""
    with pytest.raises(DefinitionError) as refused:
        load_definitions(organisation.folder)
    return [problem.code for problem in refused.value.problems]


def test_a_code_is_looked_up_without_searching() -> None:
    """Route, machine, overleg, gemeente and cycle are found by their code."""
    loaded = load_definitions(SHIPPED)

    assert loaded.route("voortgangsrapportage").stappen[0].overleg == "do_sd"
    assert loaded.machine("afspraak").begin == "openstaand"
    assert loaded.overleg("pfho_go").soort == "PFHO"
    assert loaded.gemeente("eemnes").naam == "Eemnes"
    assert loaded.cyclus("bescherming_en_opvang_2026_2033").lokale_bijdrage


def test_an_unknown_code_says_which_are_known() -> None:
    """A refusal helps: it lists what could have been meant."""
    with pytest.raises(NotFound, match=r"vrij.*voortgangsrapportage|voortgangsrapportage.*vrij"):
        load_definitions(SHIPPED).route("bestaat_niet")


def test_loading_with_the_registries_refuses_what_the_check_refuses(
    organisation: Organisation,
) -> None:
    """No process runs on a definition with a guard that the program does not have."""
    registries = Registries(
        guards=GUARDS,
        permissions=[permission.value for permission in Permission],
        handlers=HANDLERS,
        conditions=STEP_CONDITIONS,
    )
    organisation.replace("machines/behandeling.yaml", "eisen: [aan_de_beurt", "eisen: [os.system")

    with pytest.raises(DefinitionError, match=r"‘os\.system’"):
        load_definitions(organisation.folder, registries)


def test_a_case_keeps_the_version_it_started_with(organisation: Organisation) -> None:
    """The newest version is the default; an older one is still found by its number."""
    text = organisation.path(VOORTGANG).read_text(encoding="utf-8")
    newer = text.replace("versie: 1", "versie: 10").replace("Halfjaarlijkse", "Nieuwe")
    organisation.write("routes/a_newer_one.yaml", newer)

    loaded = load_definitions(organisation.folder)

    assert loaded.route("voortgangsrapportage").versie == 10
    assert loaded.route("voortgangsrapportage", 1).titel.startswith("Halfjaarlijkse")
    assert loaded.route_digest("voortgangsrapportage") != loaded.route_digest(
        "voortgangsrapportage", 1
    )
    newest = {route.route: route.versie for route in loaded.current_routes}
    assert newest["voortgangsrapportage"] == 10
    assert newest["proefperiode_zorg_en_veiligheid"] == 2
    assert sorted(newest.values()) == [1] * (len(newest) - 2) + [2, 10]
    with pytest.raises(NotFound, match="voortgangsrapportage@10"):
        loaded.route("voortgangsrapportage", 2)


def test_the_digest_is_about_content_not_layout(organisation: Organisation) -> None:
    """Comments, quotes, order of keys and a default written out change no digest."""
    before = load_definitions(organisation.folder)
    organisation.replace(VOORTGANG, "route: voortgangsrapportage\nversie: 1 ", "versie: '1' #")
    organisation.add(VOORTGANG, '\nroute: "voortgangsrapportage"\nuit_behandeltabel: nee\n')

    after = load_definitions(organisation.folder)

    assert after.files == before.files
    assert after.digest == before.digest


def test_the_digest_changes_with_the_content(organisation: Organisation) -> None:
    """One other word in a route is another digest, of the route and of the whole."""
    before = load_definitions(organisation.folder)
    organisation.replace(VOORTGANG, "doel: adviseren", "doel: bespreken")

    after = load_definitions(organisation.folder)

    assert after.route_digests["voortgangsrapportage@1"] != before.route_digest(
        "voortgangsrapportage"
    )
    assert after.route_digests["vrij@1"] == before.route_digests["vrij@1"]
    assert after.digest != before.digest


def test_publishing_fixes_the_content_of_a_version(organisation: Organisation) -> None:
    """What is published may be read again, and not changed any more."""
    assert "vrij@1" in publish_routes(organisation.folder)
    assert publish_routes(organisation.folder) == ()
    load_definitions(organisation.folder)

    organisation.replace(VOORTGANG, "titel: Halfjaarlijkse", "titel: Jaarlijkse")

    assert codes(organisation) == ["gepubliceerd_gewijzigd"]


def test_a_published_route_cannot_disappear(organisation: Organisation) -> None:
    """Cases run on it; it stays beside its successors."""
    publish_routes(organisation.folder)
    organisation.path("routes/proefperiode_zorg_en_veiligheid.yaml").unlink()

    assert codes(organisation) == ["gepubliceerd_ontbreekt"]


def test_a_copy_for_another_organisation_starts_afresh(organisation: Organisation) -> None:
    """What one organisation published binds no other: no case runs on it there."""
    publish_routes(organisation.folder)
    organisation.replace("organisatie.yaml", "organisatie: regio_gv", "organisatie: andere")
    organisation.replace(VOORTGANG, "titel: Halfjaarlijkse", "titel: Jaarlijkse")

    loaded = load_definitions(organisation.folder)
    assert loaded.definities.organisatie.organisatie == "andere"


def test_words_that_yaml_would_guess_at_stay_words(organisation: Organisation) -> None:
    """A title 'Nee', a time 12:00 and a period 2022 are what is written there."""
    organisation.replace(VOORTGANG, "titel: Halfjaarlijkse voortgangsrapportage", "titel: Nee")
    organisation.replace("overleggen.yaml", "uur: '12:00'", "uur: 12:00")

    loaded = load_definitions(organisation.folder)

    aanleveren = loaded.overleg("ao_bo").aanleveren
    assert loaded.route("voortgangsrapportage").titel == "Nee"
    assert aanleveren is not None
    assert aanleveren.uur == "12:00"
    assert loaded.cyclus("bescherming_en_opvang_2022_2025").rapportages[0].periode == "2022"


def test_one_text_is_a_list_of_one(organisation: Organisation) -> None:
    """`voorwaarde: naam` and `voorwaarde: [naam]` mean the same."""
    organisation.replace(VOORTGANG, "[alle_adviezen_binnen]", "alle_adviezen_binnen")

    step = load_definitions(organisation.folder).route("voortgangsrapportage").stappen[1]

    assert step.voorwaarde == ("alle_adviezen_binnen",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("organisatie: !!python/object/apply:os.system [ls]", "tag"),
        ("organisatie: !!python/name:os.system", "tag"),
        ("a: &a [x]\nb: *a", "verwijzing"),
        ("a: [", "geen_yaml"),
        ("a: 1\n\tb: 2", "geen_yaml"),
        ("", "leeg"),
        ("# niets", "leeg"),
        ("a: 1\n---\nb: 2", "meer_documenten"),
        ("? [a, b]\n: 1", "sleutel_geen_tekst"),
        ("a: 1\na: 2", "dubbele_sleutel"),
        ("[" * 5000, "te_diep"),
        ("a: " + "{a: " * 5000, "te_diep"),
        ("[" + "a," * 60_000 + "]", "te_groot"),
        ("a" * (MAX_BYTES + 1), "te_groot"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_hostile_or_broken_yaml_is_a_problem_not_an_accident(text: str, code: str) -> None:
    """Commands, bombs, depth and size are refused while reading, each with its code."""
    _, problems = read_source("a.yaml", text.encode())

    assert code in [problem.code for problem in problems]
    assert all(problem.line >= 1 for problem in problems)


def test_an_alias_bomb_is_not_unfolded() -> None:
    """Ten lists of ten that refer to each other stay ten lists."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]

    _, problems = read_source("bom.yaml", "\n".join(lines).encode())

    assert {problem.code for problem in problems} == {"verwijzing"}
    assert len(problems) == 90


def test_text_that_is_no_text_is_refused_with_its_line() -> None:
    """A file in another encoding or a picture is told apart from a fault in YAML."""
    _, (problem,) = read_source("a.yaml", b"a: 1\nb: \xff\xfe")

    assert (problem.code, problem.line) == ("geen_tekst", 2)


def test_a_link_out_of_the_folder_is_not_followed(
    organisation: Organisation, tmp_path: Path
) -> None:
    """Nothing outside the folder can become a definition."""
    outside = tmp_path / "buiten.yaml"
    organisation.path(VOORTGANG).rename(outside)
    organisation.path(VOORTGANG).symlink_to(outside)

    assert "geen_bestand" in codes(organisation)


def test_a_file_without_a_place_is_named(organisation: Organisation) -> None:
    """A route in the wrong folder, or with another ending, is not skipped in silence."""
    organisation.write("overlegen.yaml", "overleggen: []\n")
    organisation.path(VOORTGANG).rename(organisation.path("routes/voortgang.yml"))
    (organisation.folder / "route").mkdir()
    organisation.write("route/nieuw.yaml", "route: nieuw\n")
    organisation.write("LEESMIJ.md", "geen definitie")

    assert codes(organisation).count("onbekend_bestand") == 3


def test_too_many_files_are_refused(organisation: Organisation) -> None:
    """A folder is bounded, so that reading it is."""
    for number in range(200):
        organisation.write(f"routes/r{number:03}.yaml", "route: x\n")

    assert "te_veel_bestanden" in codes(organisation)


def test_a_refusal_is_one_dutch_sentence_that_names_the_place(organisation: Organisation) -> None:
    """Who starts the program on broken definitions reads where the first fault stands."""
    organisation.replace(VOORTGANG, "do_sd,", "do_sx,")

    with pytest.raises(DefinitionError) as refused:
        load_definitions(organisation.folder)

    line = organisation.line(VOORTGANG, "do_sx")
    assert f"{VOORTGANG}:{line}: Onbekend: overleg ‘do_sx’." in str(refused.value)
    assert "definitions check" in str(refused.value)


def test_papers_get_the_names_of_the_definitions() -> None:
    """The readers of documents know aliases, bare names, joint meetings and themes."""
    names = vocabulary(load_definitions(SHIPPED).definities)

    bare = [one.code for one in names.overleggen if "Directie-overleg" in one.bare_names]
    assert len(bare) > 1, "a bare Directie-overleg must be ambiguous"
    assert ("AO B&O en Z&V", ("ao_bo", "ao_zv")) in names.joint
    assert next(one for one in names.overleggen if one.code == "bo_zv").begin == "2020-01-01"


def test_days_off_and_meetings_reach_the_calendar() -> None:
    """Holidays, recess and the known meetings are the calendar of the domain."""
    days = calendar(load_definitions(SHIPPED).definities)

    assert date(2024, 3, 29) in days.holidays  # Goede Vrijdag
    assert days.in_recess(date(2024, 7, 22))
    assert date(2024, 7, 11) in days.meetings_of("pfho_go")


def test_a_membership_never_outlives_its_gemeente() -> None:
    """A gemeente that ended takes part in nothing, whatever its membership says."""
    (part,) = memberships(load_definitions(SHIPPED).gemeente("wijdemeren"))

    assert part.covers("jeugd", date(2026, 12, 31))
    assert not part.covers("jeugd", date(2027, 1, 1))
