"""The people and organisations of a text: ``doc._.people`` with roles, ``doc._.organisations``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import Organisation, Person
from nlp.components.reference import NOBODY, Cast, who_is_meant
from nlp.components.role_phrases import Entities, RolePhrase, beside, is_body, nameless
from nlp.role_nouns import is_office, is_past, office_of

__all__ = ["find_roles", "who_is_meant"]


for extension, default in (("people", ()), ("organisations", ()), ("cast", NOBODY)):
    if not Doc.has_extension(extension):
        Doc.set_extension(extension, default=default)


@Language.component("roles", assigns=["doc._.people", "doc._.organisations", "doc._.cast"])
def find_roles(doc: Doc) -> Doc:
    """Write ``doc._.people``, ``doc._.organisations``, and ``doc._.cast`` for who refers back to whom."""
    entities = Entities(doc)
    phrases: dict[str, list[RolePhrase]] = {}
    for ent in doc.ents:
        if ent.label_ == "PER":
            phrases.setdefault(ent._.name, []).extend(beside(entities, ent))
    _add_nameless(entities, phrases)
    forms = _forms(doc)
    doc._.cast = _cast(doc, phrases)
    doc._.people = tuple(_person(name, forms[name], found) for name, found in phrases.items())
    doc._.organisations = _organisations(doc, forms)
    return doc


def _add_nameless(entities: Entities, phrases: dict[str, list[RolePhrase]]) -> None:
    """Give "daglig leder i X" without a name to the one person whom the text ties to X without telling the role."""
    tied: dict[str, dict[str, None]] = defaultdict(dict)
    for name, found in phrases.items():
        for phrase in found:
            tied[phrase.organisation][name] = None
    for phrase, named in nameless(entities):
        names = list(tied.get(phrase.organisation, ()))
        if not named and len(names) == 1 and not any(p.role for p in phrases[names[0]]):
            phrases[names[0]].append(phrase)


def _forms(doc: Doc) -> dict[str, list[str]]:
    """The forms of each name in the text, in the order of their first use."""
    forms: dict[str, list[str]] = defaultdict(list)
    for ent in doc.ents:
        if ent._.form not in forms[ent._.name]:
            forms[ent._.name].append(ent._.form)
    return forms


def _cast(doc: Doc, phrases: dict[str, list[RolePhrase]]) -> Cast:
    people = [ent for ent in doc.ents if ent.label_ == "PER"]
    holders: dict[str, list[tuple[str, str]]] = defaultdict(list)
    members: dict[str, list[str]] = defaultdict(list)
    for name, found in phrases.items():
        for phrase in found:
            if phrase.role:
                holders[office_of(phrase.role)].append((name, phrase.organisation))
            if phrase.organisation:
                members[phrase.organisation].append(name)
    return Cast(
        tuple(ent.start for ent in people),
        tuple(ent.end for ent in people),
        tuple(ent._.name for ent in people),
        holders,
        members,
    )


def _person(name: str, forms: Iterable[str], phrases: list[RolePhrase]) -> Person:
    """The person with the role that says most: present before past, office before profession, in an organisation."""
    roles = [phrase for phrase in phrases if phrase.role]
    best = max(roles, key=lambda p: (not is_past(p.role), is_office(p.role), bool(p.organisation)), default=None)
    organisation = best.organisation if best is not None else ""
    if not organisation:
        organisation = next((p.organisation for p in phrases if p.organisation), "")
    return Person(
        name=name,
        aliases=tuple(form for form in forms if form != name),
        role=best.role if best is not None else None,
        organisation=organisation or None,
    )


def _organisations(doc: Doc, forms: dict[str, list[str]]) -> tuple[Organisation, ...]:
    names = dict.fromkeys(ent._.name for ent in doc.ents if is_body(ent))
    return tuple(Organisation(name=name, aliases=tuple(form for form in forms[name] if form != name)) for name in names)
