"""Nouns for what a person does: titles, offices and professions, in Bokmål and Nynorsk, as they stand before or after a name."""

from __future__ import annotations

import re

# Each also ends compounds: "avdelingsdirektør", "helseminister". A bar parts the indefinite form's variants.
_ENDINGS = """administrator advokat agent aktivist ambassadør analytiker analytikar ansvarlig ansvarleg arkitekt assistent astronaut bestyrer bestyrar
biolog biskop bonde byråd byrådsleder byråkrat dekan departementsråd diplomat direktør dommer dommar dosent eier eigar ekspedisjonssjef ekspert
epidemiolog farmasøyt filosof fogd formann forbundsleder forfatter forfattar forhandler forhandlar forkjemper forkjempar forsker forskar forstander forvalter
forvaltar fullmektig fylkesmann fysioterapeut fysiker fysikar general genetiker gründer gruppeleder guvernør helsefagarbeider helsesykepleier historiker historikar ingeniør
initiativtaker initiativtakar inspektør instruktør investor jordmor journalist jurist kandidat kansler kaptein kardinal kirurg kjemiker klubbleder kommandant kommentator
kommisjonær kommissær komponist konsul konsulent konservator konsernsjef koordinator korrespondent kurator lagmann lege lektor leder leiar lensmann lærer lærar løytnant
major medarbeider medarbeidar medlem megler meglar minister musiker musikar nestleder nestleiar obduent observatør offiser oberst ombud ombudsmann ordfører ordførar overlege
parlamentariker partner pasientombud patolog pedagog pilot planlegger planleggar politiker politikar politimester politimeister prest president produsent professor
programleder prorektor prosjektleder prost psykiater psykolog psykologspesialist redaktør regissør rektor representant revisor rådgiver rådgjevar rådgivar rådmann sanger
sekretær senator sersjant sjef skribent skuespiller sosiolog sosionom spesialist spesialkonsulent spesialrådgiver statistiker statsadvokat statsforvalter statsforvaltar statsråd statsviter
statsvitar stipendiat stortingsrepresentant studieleder student styreleder styreleiar styremedlem sykepleier sjukepleiar talsmann talskvinne talsperson talsperson tannlege tekniker
teolog terapeut tillitsvalgt tillitsvald topptillitsvalgt trener trenar utreder utsending utgiver varaordfører varaordførar vernepleier verneombud veterinær virolog viter økonom øyelege
barnelege fastlege fagsjef dronning konge prins prinsesse pave spiller spelar keeper bokser syklist ceo cto cfo coo""".split()
_ROLE = re.compile("(?:" + "|".join(sorted(set(_ENDINGS), key=len, reverse=True)) + ")$")
_DEFINITE = re.compile(
    "(?:" + "|".join(sorted({ending + ("n" if ending.endswith("e") else "(?:en|a|et)") for ending in _ENDINGS}, key=len, reverse=True))
    + "|mannen|kvinna|kvinnen|ombudet|medlemmet)$"
)
# Words that end like an office and are none.
_NOT_ROLES = frozenset("utlege forelege innlege pålege fagkonge høyspiller avspiller platespiller kassettspiller".split())
# Adjectives and participles that belong to an office.
MODIFIERS = frozenset(
    """administrerende adm. administrerande daglig dagleg konstituert fungerende fungerande fung. tidligere tidlegare politisk parlamentarisk medisinsk faglig fagleg
    juridisk klinisk assisterende assisterande viseadministrerende stedfortredende øverste ledende leiande avtroppende påtroppende nyvalgt nyvald første vitenskapelig vitskapleg
    ansvarlig teknisk kommersiell økonomisk vise utøvende seniorrådgivende""".split()
)
# "Tidligere" and "avtroppende" tell that the office is past or new: they stay out of the role's name.
TIME_WORDS = frozenset("tidligere tidlegare nyvalgt nyvald avtroppende påtroppende eks".split())
_FAMILY = re.compile(
    r"(?:beste|ste|sviger|svi|olde|halv|tvilling|ekte|små|lille|store)*(?:mor|far|mamma|pappa|bror|søster|syster|sønn|son|datter|dotter|kone|mann|kvinne|kvinna|"
    r"kvinnen|samboer|sambuar|kjæreste|onkel|tante|fetter|kusine|barnebarn|enke|venn|venninne|foreldre|kjerring|gutt|jente)"
)


def is_role(word: str) -> bool:
    """Whether a word in the indefinite form is, or ends in, an office or a profession: "statssekretær", "overlege"."""
    word = word.lower().removesuffix("kollega")
    return word not in _NOT_ROLES and _ROLE.search(word) is not None and not is_family(word)


def is_definite_role(word: str) -> bool:
    """Whether a word is an office in the definite form, which refers back to somebody: "statsråden", "leiaren"."""
    return _DEFINITE.search(word.lower()) is not None


def is_family(word: str) -> bool:
    """Whether a word is a family relation, which is no role."""
    return _FAMILY.fullmatch(word.lower()) is not None


def role_stem(word: str) -> str:
    """The indefinite form of a definite role noun, as far as its ending tells: "statsråden" -> "statsråd"."""
    word = word.lower()
    for ending in ("en", "a", "et", "n"):
        if word.endswith(ending) and is_role(word.removesuffix(ending)):
            return word.removesuffix(ending)
    return word
