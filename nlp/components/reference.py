"""Whom a pronoun or a role noun refers back to: "hun", "statsråden", "direktøren", "daglig leder i X"."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span, Token

from nlp.role_nouns import is_definite_role, is_role, role_stem

HE = frozenset({"han", "ham", "honom", "hans"})
SHE = frozenset({"hun", "ho", "henne", "hennes", "hennar"})
# First names that tell; a name in neither fits both pronouns.
WOMEN = re.compile(
    r"(?:anne|marie|kari|liv|inger|ingrid|berit|astrid|marit|randi|solveig|bjørg|gerd|hilde|elin|mette|grete|grethe|tone|trine|hege|heidi|siri|silje|guro|lise|ellen|kirsten|"
    r"kristin|kjersti|gro|unni|torill|toril|wenche|linn|ragnhild|sigrid|turid|åse|eli|jorunn|synnøve|else|karin|helene|therese|camille|janne|line|stine|mari|sissel|may|brit|britt|vigdis|"
    r"aud|jenny|cathrine|katrine|kathrine|nicole|[a-zæøå]+(?:hild|unn|bjørg|frid|laug|dis|veig|ine|ette)|(?!ola$|mustafa$|luka$|joshua$|sava$|mikita$|misha$|sasha$|ilya$)[a-zæøå]{2,}a)$"
)
MEN = re.compile(
    r"(?:jan|per|bjørn|ole|lars|kjell|knut|svein|arne|thomas|tomas|geir|hans|tor|thor|odd|terje|morten|john|jon|erik|eirik|anders|martin|rune|andreas|trond|tore|harald|olav|gunnar|rolf|nils|"
    r"helge|einar|marius|kristian|christian|øyvind|øystein|fredrik|henrik|magnus|daniel|espen|kåre|steinar|leif|frode|stian|håkon|jonas|torbjørn|bent|arild|ketil|kjetil|stein|sverre|"
    r"arve|roger|tom|karl|carl|johan|ola|pål|paul|petter|peter|stig|sigurd|vidar|roar|ivar|jens|jørgen|simon|tobias|alexander|aleksander|emil|oskar|tarjei|torodd|[a-zæøå]+(?:bjørn|stein|mund|vald|ulf|leif|geir))$"
)
FAR_BACK = 12  # sentences that a pronoun reaches back


def who_is_meant(doc: Doc, words: Token | Span) -> str:
    """The full name of the person meant by a name, a pronoun, a definite role noun or "role in organisation"; "" if nobody fits.

    Needs ``doc.ents`` with ``span._.name``, sentences, and ``doc._.roles`` as the component ``roles`` writes them.
    """
    span = doc[words.i : words.i + 1] if isinstance(words, Token) else words
    inside = next((ent for ent in span.ents if ent.label_ == "PER"), None)
    if inside is not None:
        return str(inside._.name)
    for token in span:
        if token.lower_ in HE or token.lower_ in SHE:
            return _by_pronoun(doc, token)
        if is_definite_role(token.text) or is_role(token.text) and len(span) > 1:
            return _by_role(doc, span, token)
    return ""


def _by_pronoun(doc: Doc, pronoun: Token) -> str:
    """The person named last before, whose first name may be a man's or a woman's as the pronoun wants."""
    unfit = WOMEN if pronoun.lower_ in HE else MEN
    sentences, sentence = 0, pronoun.sent.start
    for ent in _people_before(doc, pronoun.i):
        if ent.start < sentence:
            sentences, sentence = sentences + 1, ent.sent.start
        if sentences > FAR_BACK:
            break
        first = ent._.name.split()[0].split("-")[0].lower() if ent._.name.split() else ""
        is_full = len(ent._.name.split()) > 1 or True
        if is_full and unfit.match(first) is None:
            return str(ent._.name)
    return ""


def _by_role(doc: Doc, span: Span, noun: Token) -> str:
    """The person named last before who has the role, and in the organisation if the words name one."""
    roles = doc._.roles or {}
    stem = role_stem(noun.text)
    bodies = {ent._.name for ent in span.ents if ent.label_ in ("ORG", "GPE_ORG")}
    fitting = {
        name
        for name, phrases in roles.items()
        for phrase in phrases
        if phrase.role and same_role(stem, phrase.role) and (not bodies or phrase.organisation in bodies)
    }
    if not fitting and bodies:
        fitting = {name for name, phrases in roles.items() if any(p.organisation in bodies and not p.role for p in phrases)}
    found = next((str(ent._.name) for ent in _people_before(doc, span.start) if ent._.name in fitting), "")
    return found or (next(iter(fitting)) if bodies and len(fitting) == 1 else "")


def _people_before(doc: Doc, token: int) -> list[Span]:
    return [ent for ent in reversed(doc.ents) if ent.label_ == "PER" and ent.end <= token]


def same_role(noun: str, role: str) -> bool:
    """Whether a noun that refers back can mean who was given ``role``: "statsråd" a minister, "leder" a daily leader."""
    office = role.split(" for ")[0].split()[-1]
    if noun == "statsråd" and office.endswith("minister"):
        return True
    return office.endswith(noun) or noun.endswith(office)
