"""What the definitions say, in the plain words of the domain: names on paper, calendar."""

from collections.abc import Mapping
from typing import TypeVar

from workflow.domain.calendar import Calendar, Membership, Span
from workflow.domain.paper import PaperWords, Words
from workflow.domain.vocabulary import GemeenteTerm, OverlegTerm, ThemeTerm, Vocabulary
from workflow.engine.definition import Definities, GemeenteDefinitie, OverlegDefinitie, Woorden

T = TypeVar("T")


def vocabulary(definities: Definities) -> Vocabulary:
    """All names that papers use, for the readers of documents."""
    return Vocabulary(
        organisation=definities.organisatie.naam,
        overleggen=tuple(_overleg_term(overleg) for overleg in definities.overleggen),
        joint=tuple((joint.alias, joint.overleggen) for joint in definities.gezamenlijk),
        themes=tuple(
            ThemeTerm(
                code=theme.code,
                words=theme.herkenning,
                units=theme.eenheden,
                mail_domains=theme.maildomeinen,
            )
            for theme in definities.themas
        ),
        gemeenten=tuple(
            GemeenteTerm(code=gemeente.code, name=gemeente.naam, aliases=gemeente.aliassen)
            for gemeente in definities.gemeenten
        ),
        words=paper_words(definities.woorden),
    )


def paper_words(woorden: Woorden) -> PaperWords:
    """What the organisation's papers call otherwise, word by word."""
    return PaperWords(
        kinds=_pairs(woorden.soorten),
        labels=_pairs(woorden.labels),
        headings=_pairs(woorden.koppen),
        columns=_pairs(woorden.kolommen),
        lists=_pairs(woorden.lijsten),
        doelen=_pairs(woorden.doelen),
        conclusies=_pairs(woorden.conclusies),
    )


def _pairs(table: Mapping[T, tuple[str, ...]]) -> Words[T]:
    """Each word with its meaning."""
    return tuple((word, meaning) for meaning, words in table.items() for word in words)


def _overleg_term(overleg: OverlegDefinitie) -> OverlegTerm:
    return OverlegTerm(
        code=overleg.code,
        soort=overleg.soort,
        name=overleg.naam,
        aliases=overleg.aliassen,
        bare_names=overleg.kale_namen,
        themes=overleg.themas,
        begin=overleg.begin.isoformat() if overleg.begin else None,
        end=overleg.eind.isoformat() if overleg.eind else None,
    )


def calendar(definities: Definities) -> Calendar:
    """Holidays, recess and known meetings of the organisation."""
    kalender = definities.kalender
    meetings = sorted((known.datum, known.overleg) for known in kalender.vergaderingen)
    return Calendar(
        confirmed_until=kalender.bevestigd_tot,
        holidays=frozenset(free.dag for free in kalender.feestdagen),
        recess=tuple(Span(first=reces.van, last=reces.tot) for reces in kalender.reces),
        meetings=tuple((code, day) for day, code in meetings),
    )


def memberships(gemeente: GemeenteDefinitie) -> tuple[Membership, ...]:
    """In what a gemeente takes part, and when; never outside its own begin and end."""
    return tuple(
        Membership(
            theme=lid.thema,
            first=max((day for day in (lid.van, gemeente.begin) if day), default=None),
            last=min((day for day in (lid.tot, gemeente.eind) if day), default=None),
        )
        for lid in gemeente.lidmaatschap
    )
