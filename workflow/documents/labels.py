"""The words that name a field, a section or a column, and how a scanner spells them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from workflow.domain.paper import LONGEST_LABEL, Kolom, Sectie, Veld
from workflow.domain.words import close, key, letters, scanned


def _words(table: Mapping[StrEnum, str]) -> dict[str, StrEnum]:
    """From 'a, b' per meaning to meaning per word."""
    return {key(word): name for name, words in table.items() for word in words.split(",")}


VELDEN = _words(
    {
        Veld.ONDERWERP: "onderwerp,betreft,betreffende,titel,titel voorstel,onderwerp voorstel",
        Veld.VERSPREIDEN: "verspreiden,verspreiding,verspreiden ja nee",
        Veld.CONTACTPERSOON: "contactpersoon,contactpersonen,contactpersoon en,contactpersoon s,"
        "contactpersoon contactpersonen,steller,stellers,opsteller,opstellers,steller s,"
        "behandelaar,behandelend ambtenaar,naam contactpersoon,contactpersoon 1,contactpersoon 2,"
        "contactpersoon 3,1e contactpersoon,2e contactpersoon",
        Veld.EENHEID: "eenheid,afdeling,organisatieonderdeel,team,eenheid afdeling,eenheid team",
        Veld.EMAIL: "e mail,email,e mailadres,emailadres,e mailadressen,emailadressen,e mails,"
        "mailadres,mail,e mail contactpersoon,e mailadres contactpersoon,e mail 1,e mail 2,"
        "e mail contactpersonen,e mailadres 1,e mailadres 2,e mail adres,e mail adressen",
        Veld.KENMERK: "kenmerk,ons kenmerk,kenmerk regio,kenmerk voorstel,documentkenmerk,"
        "registratiekenmerk,registratienummer,documentnummer,briefkenmerk",
        Veld.DATUM: "datum,datum voorstel,datum document,datum voorblad,datum opgesteld,"
        "dagtekening,datum brief,d d,verzenddatum,opgesteld op",
        Veld.GERICHT_AAN: "gericht aan,voorgelegd aan,voorstel aan,bestemd voor",
        Veld.VAN: "van,afzender",
        Veld.AAN: "aan,geadresseerden,geadresseerde,aan de raad van,gemeenteraden",
        Veld.DATUM_COLLEGE: "datum b en w vergadering,datum b en w,datum college,"
        "datum collegevergadering,collegevergadering,datum collegebesluit,b en w vergadering,"
        "datum vergadering b en w,datum vergadering college,datum besluit college,collegedatum,"
        "b en w datum,b en w d d,datum b w vergadering,vergadering b en w,collegebesluit,"
        "datum vergadering college van b en w,datum college van b en w",
        Veld.ZAAKNUMMER: "zaaknummer,zaaknr,zaak nummer,zaak,zaakkenmerk,zaak id,nummer zaak",
        Veld.PORTEFEUILLEHOUDER: "portefeuillehouder,portefeuillehouders,portefeuillehouder s,"
        "verantwoordelijk portefeuillehouder,verantwoordelijk wethouder",
        Veld.INLICHTINGEN: "inlichtingen,inlichtingen bij,informatie bij,nadere informatie,"
        "voor informatie,contact,behandeld door,uw contactpersoon",
        Veld.TELEFOON: "telefoon,telefoonnummer,tel,telefoonnr,doorkiesnummer,tel nr",
        Veld.BIJLAGEN: "bijlage,bijlagen,bijlage n",
        Veld.ANDERS: "versie,status,auteur,uw kenmerk,uw brief van,pagina,classificatie,openbaar,"
        "vertrouwelijk,bestuurlijk trekker,ambtelijk trekker,trekker,programma,locatie,plaats,"
        "bezoekadres,postadres,website,cc,kopie aan,opdrachtgever,domein,thema,functie,mobiel,"
        "agendapunt,tijdstip,voorzitter,secretaris,aanwezig,afwezig,postbus,iban,kvk,openbaarheid,"
        "geheimhouding,organisatie,gemeente,vergaderdatum,datum raadsvergadering,griffie",
    }
)
SECTIES = _words(
    {
        Sectie.KOP: "algemeen,algemene gegevens,gegevens,kenmerken voorstel",
        Sectie.VOORSTEL: "voorstel,voorstellen,beslispunten,beslispunt,gevraagd besluit,"
        "gevraagde besluiten,gevraagde beslissing,gevraagde beslissingen,besluitpunten,"
        "voorgesteld besluit,te nemen besluit,te nemen besluiten,gevraagd advies,wij stellen voor,"
        "wij stellen u voor,het voorstel,het voorstel is om,voorgestelde besluiten,besluit,"
        "voorstel en beslispunten,gevraagde beslispunten,voorgestelde beslispunten",
        Sectie.BEHANDELING: "behandeling,behandelingen,behandeltabel,behandelroute,routing,route,"
        "besluitvormingsproces,besluitvormingstraject,behandeltraject,bespreekroute,"
        "behandeling in overleggen,planning behandeling,besluitvorming,overlegroute,proces",
        Sectie.TOELICHTING: "toelichting,toelichting op het voorstel,toelichting voorstel,"
        "korte toelichting,nadere toelichting",
        Sectie.BEKNOPT: "beknopte toelichting",
        Sectie.BIJLAGEN: "bijlage,bijlagen,bijlage n,bijlage en,bijgevoegde stukken,"
        "overzicht bijlagen,lijst van bijlagen",
        Sectie.TEKST: "kernboodschap,aanleiding,inleiding,doel,argumenten,kanttekeningen,risico s,"
        "financien,financiele consequenties,financiele gevolgen,financiele aspecten,"
        "financiele paragraaf,uitvoering,planning,communicatie,vervolg,vervolgstappen,participatie,"
        "juridische aspecten,evaluatie,context,achtergrond,probleemstelling,beoogd resultaat,"
        "beoogd effect,samenvatting,alternatieven,duurzaamheid,overwegingen,consequenties,"
        "argumenten en kanttekeningen,kanttekeningen en risico s,monitoring,voortgang,conclusie,"
        "bestuurlijke context,eerdere besluiten,eerdere besluitvorming,planning en uitvoering,"
        "uitvoering en planning,communicatie en participatie",
    }
)
KOLOMMEN = _words(
    {
        Kolom.DATUM: "datum,datum overleg,datum vergadering,datum behandeling,vergaderdatum,"
        "wanneer,overlegdatum,data",
        Kolom.OVERLEG: "overleg,overleggen,vergadering,gremium,orgaan,overlegorgaan,overlegvorm,"
        "naam overleg,bespreken in,overleg gremium,tafel,bestuurlijk overleg gremium",
        Kolom.DOEL: "doel,doel behandeling,doel van behandeling,doel van de behandeling,gevraagd,"
        "doel bespreking,doel overleg,ter,soort behandeling",
        Kolom.CONCLUSIE: "conclusie,conclusies,uitkomst,resultaat,conclusie besluit,besluit,"
        "conclusie advies,afdoening,conclusie overleg,advies besluit,uitkomst behandeling",
    }
)
KOPREGEL_NUMMER = frozenset({"nummer", "nr", "no", "volgnummer", "punt", "volgnr", "nummers"})
KOPREGEL_TEKST = frozenset(
    {
        "omschrijving",
        "voorstel",
        "beslispunt",
        "tekst",
        "titel",
        "beschrijving",
        "naam",
        "document",
        "omschrijving bijlage",
        "omschrijving voorstel",
        "beslispunten",
        "bijlage",
        "onderwerp",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A word on paper and what it means; `exact` is false when it was read as another word."""

    meaning: StrEnum
    exact: bool
    printed: str
    word: str


_COUNTED = re.compile(r"\s\w{1,3}[.:)]*$")  # 'Voorstel 1.' is no misspelt 'Voorstellen'


class Dictionary:
    """Finds a meaning for a word, with room for scanning faults in longer words."""

    def __init__(self, words: Mapping[str, StrEnum], shortest_fuzzy: int) -> None:
        self._words = words
        self._fuzzy = {
            scanned(word): word for word in words if len(word.replace(" ", "")) >= shortest_fuzzy
        }
        self._letters = [(word, len(word), letters(word)) for word in self._fuzzy]

    def exact(self, text: str) -> StrEnum | None:
        """The meaning of a word that differs at most in case, accents and punctuation."""
        return self._words.get(key(text)) if len(text) <= LONGEST_LABEL else None

    def find(self, text: str, *, fuzzy: bool = True) -> Match | None:
        """The meaning of a word; `fuzzy`: also when a scanner spoilt a letter or two."""
        if len(text) > LONGEST_LABEL + 10:
            return None
        printed = text.strip().strip("*_:# ").strip()
        if not printed or len(printed) > LONGEST_LABEL:
            return None
        word = key(printed)
        if word in self._words:
            return Match(meaning=self._words[word], exact=True, printed=printed, word=word)
        near = self._near(printed) if fuzzy else None
        if near is None:
            return None
        return Match(meaning=self._words[near], exact=False, printed=printed, word=near)

    def _near(self, printed: str) -> str | None:
        """The one known word that the printed one may be."""
        folded = scanned(printed)
        if len(folded) < 5 or _COUNTED.search(printed):
            return None
        if folded in self._fuzzy:
            return self._fuzzy[folded]
        own_letters = letters(folded)
        size = len(folded)
        near = {
            self._words[self._fuzzy[word]]: self._fuzzy[word]
            for word, length, own in self._letters
            if abs(length - size) <= 2
            and (own ^ own_letters).bit_count() <= 4
            and not folded.startswith(word)
            and close(folded, word)
        }
        return near.popitem()[1] if len(near) == 1 else None
