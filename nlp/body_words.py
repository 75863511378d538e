"""Words by which a name is known to be an organisation's, in Bokmål, Nynorsk and the English of company names."""

from __future__ import annotations

import re

# A capitalised compound that ends so is one body: Helsedirektoratet, Rikshospitalet, Legeforeningen.
_DEFINITE_NOUNS = """departementet direktoratet tilsynet forbundet foreningen foreninga foreininga ombudet instituttet universitetet sykehuset sjukehuset hospitalet
senteret etaten verket vesenet partiet stiftelsen stiftinga nemnda nemnden kommisjonen klinikken avisen avisa bladet posten laget høyskolen høgskolen høgskulen forlaget
selskapet konsernet banken tinget garden gruppen gruppa alliansen koalisjonen akademiet organisasjonen klyngen unionen sambandet""".split()
DEFINITE_BODY = re.compile(r"[A-ZÆØÅ][\wæøå\-]{2,}(?:" + "|".join(_DEFINITE_NOUNS) + r"|(?<!om)rådet)s?$")
# These are bodies at the beginning of a sentence too, where every word has a capital.
STATE_BODY = re.compile(r"[A-ZÆØÅ]?[\wæøå\-]{3,}(?:departementet|direktoratet|tilsynet|forbundet)s?$")
# One body of its kind in the country, known without a name.
NATIONAL = frozenset(
    """regjeringen regjeringa stortinget sametinget riksrevisjonen riksrevisjonens høyesterett høgsterett statsforvalteren statsforvaltaren fylkesmannen riksantikvaren
    datatilsynet helsetilsynet sivilombudet sivilombodet arbeidstilsynet kongehuset""".split()
)
NATIONAL_IN_LOWER_CASE = frozenset({"regjeringen", "regjeringens", "regjeringa", "regjeringas"})
# A name before one of these is a body: Levanger kommune, Førde sentralsjukehus.
NOUN_AFTER_NAME = re.compile(
    r"(?:kommune|fylkeskommune|bydel|[a-zæøå]*sykehus|[a-zæøå]*sjukehus|hospital|legevakt|legesenter|universitet|høgskole|høyskole|høgskule|helseforetak|"
    r"forening|foreining|forbund|fond|stiftelse|institutt|avis|avisa|tidende|brygge-|bispedømme|tingrett|lagmannsrett|politidistrikt|sparebank|idrettslag|"
    r"sykehjem|sjukeheim|bedriftshelsetjeneste|klinikk|apotek|kirke|pasientforening)s?$"
)
COMPANY_FORM = re.compile(r"(?:AS|ASA|A/S|HF|RHF|SF|KF|IKS|SA|ANS|NUF|AB|Inc\.?|Ltd\.?|GmbH|PLC)$")
# Words of company names that no person bears.
COMPANY_WORD = re.compile(
    r"(?:Cluster|Tech|Technology|Technologies|Group|Gruppen|Health|Healthcare|Pharma|Biotech|Medical|Care|Economics|Science|Sciences|Systems|Solutions|Norway|Norge|"
    r"Nordic|Scandinavia|Association|Foundation|Institute|University|Hospital|Consulting|Partners|Capital|Invest|Holding|Energy|Media|Network|Alliance|Council|"
    r"Innovation|Research|Labs?|Software|Digital|Bank|Forsikring|Industri|Helse|Kommune|Sykehus|Universitet|Forlag|Union|International|Company|Corporation|Services)$"
)
# "Direktoratet for e-helse", "Universitetet i Tromsø": the head, a preposition, and what follows.
HEAD = re.compile(r"(?:direktoratet|universitetet|høgskolen|høyskolen|høgskulen|foreningen|foreninga|foreininga|institutt|senter|rådet)$", re.IGNORECASE)
# A committee of the Stortinget is written in lower case: "helse- og omsorgskomiteen".
COMMITTEE = re.compile(r"(?:helse|omsorgs|finans|justis|energi|miljø|utdannings|forsknings|nærings|arbeids|sosial|kontroll|konstitusjons|transport|kommunikasjons|utenriks|forsvars|familie|kultur|kommunal|forvaltnings|moderniserings)komit[eé]en$")
# What a party is called in brackets after a politician's name.
PARTIES = frozenset("Ap AP A H V Sp SP SV KrF Krf FrP Frp FRP MDG R Rødt INP DNA PP KP Høyre Høgre Venstre".split())
# What a government publishes is named like a body and is none.
DOCUMENT = re.compile(r"(?:plan|melding|reform|strategi|utredning|rapport|lov|forskrift|veileder|veikart|budsjett)(?:en|a|et)?s?$")
ACRONYM = re.compile(r"[A-ZÆØÅ][A-ZÆØÅ0-9\-]{1,7}$")


def is_body_word(word: str, *, begins_sentence: bool) -> bool:
    """Whether a capitalised word alone names a body; at the beginning of a sentence only the clearest count."""
    if begins_sentence:
        return STATE_BODY.match(word) is not None and word[0].isupper()
    return DEFINITE_BODY.match(word) is not None


def looks_like_body(words: list[str]) -> bool:
    """Whether a name has a word that people's names have not."""
    last = words[-1]
    if len(words) > 1 and (COMPANY_FORM.match(last) or NOUN_AFTER_NAME.match(last) or any(COMPANY_WORD.match(word) for word in words)):
        return True
    return is_body_word(last, begins_sentence=False)
