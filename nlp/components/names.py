"""Who is who inside a text: an entity's ``span._.name`` is the fullest form, ``span._.form`` its own nominative."""

from __future__ import annotations

from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.body_names import resolve_bodies
from nlp.body_words import ACRONYM
from nlp.person_names import resolve_people
from nlp.short_forms import ShortForms

BODIES = ("ORG", "GPE_ORG")


for extension in ("name", "form"):
    if not Span.has_extension(extension):
        Span.set_extension(extension, default="")


@Language.component("names", assigns=["span._.name", "span._.form"])
def find_names(doc: Doc) -> Doc:
    """Write ``span._.name`` and ``span._.form`` on all ``doc.ents``."""
    people = [ent for ent in doc.ents if ent.label_ == "PER"]
    bodies = [ent for ent in doc.ents if ent.label_ in BODIES]
    names = [
        *zip(people, resolve_people(texts(people), before_noun=[before_noun(ent) for ent in people]), strict=True),
        *zip(
            bodies,
            resolve_bodies(
                texts(bodies),
                short_for=short_names(doc, bodies),
                places={ent.text for ent in bodies if ent.label_ == "GPE_ORG"},
                before_noun=[before_noun(ent) for ent in bodies],
            ),
            strict=True,
        ),
    ]
    for ent in doc.ents:
        if ent.label_ not in ("PER", *BODIES):
            ent._.name = ent._.form = " ".join(ent.text.split())
    for ent, named in names:
        ent._.name, ent._.form = named.name or ent.text, named.form or ent.text
    _refer_back(bodies)
    return doc


def _refer_back(bodies: list[Span]) -> None:
    """A common noun with a sentence's capital is the body named before that ends so: "Fylkeskommunen"."""
    short_forms = ShortForms((ent.start, ent._.name) for ent in bodies if len(ent) > 1)
    for ent in bodies:
        if len(ent) == 1 and ent[0].is_sent_start and (name := short_forms.before(ent.start, ent.text.lower())):
            ent._.name = name


def texts(ents: list[Span]) -> list[str]:
    """The entities as they stand, on one line."""
    return [" ".join(ent.text.split()) for ent in ents]


def before_noun(ent: Span) -> bool:
    """Whether a noun or its adjective follows at once, as after a genitive."""
    doc = ent.doc
    return ent.end < len(doc) and doc[ent.end].tag_ in ("subst", "adj") and doc[ent.end].text[0].islower()


def short_names(doc: Doc, bodies: list[Span]) -> dict[str, str]:
    """The short names that the text explains: "Foretaket for reiser (FR)" or "FR (Foretaket for reiser)"."""
    found: dict[str, str] = {}
    for first, second in pairwise(bodies):
        if (
            second.start == first.end + 1
            and doc[first.end].text == "("
            and second.end < len(doc)
            and doc[second.end].text in (")", ",")
        ):
            if is_short(second.text) and not is_short(first.text):
                found.setdefault(second.text, first.text)
            elif is_short(first.text) and not is_short(second.text):
                found.setdefault(first.text, second.text)
    return found


def is_short(name: str) -> bool:
    """Whether a name is an acronym, or one short word: "FHI", "Ahus"."""
    return ACRONYM.match(name) is not None or (" " not in name and len(name) <= 6)
