"""From an analysis to rows. Ids are content hashes, so that any machine, and any order of loading, makes the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from corpus.article import content_id
from nlp.analysis import Analysis, Measure, Person, Quote
from warehouse.pending import PendingText
from warehouse.rows import Row

OF_ONE_ANALYSIS = ("mentions", "aliases", "roles", "quotes", "measures")
"""Tables whose rows belong to one analysis and go with it."""

SHARED = {"people": "person_id", "organisations": "organisation_id", "measure_threads": "thread_id"}
"""Tables whose rows many analyses share, with their keys."""


def person_id(name: str) -> str:
    """Identity of a person: for now, one name is one person."""
    return content_id("person", name)


def organisation_id(name: str) -> str:
    """Identity of an organisation: for now, one name is one organisation."""
    return content_id("organisation", name)


def analysis_id(version_id: str, model: str) -> str:
    """Identity of the reading of one wording by one model."""
    return content_id("analysis", version_id, model)


def analysis_rows(pending: PendingText, analysis: Analysis, run_id: str, analysed_at: datetime) -> dict[str, list[Row]]:
    """The rows of every table that an analysis fills.

    Raises:
        ValueError: the analysis is of another text, which would store offsets into the wrong one.
    """
    if analysis.text_id != pending.version_id:
        raise ValueError(f"the analysis of {analysis.text_id} was given for {pending.version_id}")
    actors = _Actors(analysis)
    own = {"analysis_id": analysis_id(pending.version_id, analysis.model), "article_id": pending.article_id}
    head = {"version_id": pending.version_id, "model": analysis.model, "language": analysis.language}
    measures = [own | row for row in _measure_rows(pending, analysis.measures, actors)]
    return {
        "analyses": [own | head | {"run_id": run_id, "analysed_at": analysed_at}],
        "mentions": [
            own
            | {"text": m.text, "label": m.label, "start": m.start, "end": m.end, "name": m.name}
            | {"actor_id": actors.named(m.label, m.name)}
            for m in analysis.mentions
        ],
        "people": [{"person_id": key, "name": name} for name, key in actors.people.items()],
        "organisations": [{"organisation_id": key, "name": name} for name, key in actors.organisations.items()],
        "aliases": [own | row for row in _alias_rows(analysis)],
        "roles": [own | row for row in _role_rows(analysis.people, actors)],
        "quotes": [own | row for row in _quote_rows(pending, analysis.quotes, actors)],
        "measures": measures,
        "measure_threads": [thread_row(m.text) for m in analysis.measures],
    }


class _Actors:
    """Who is who in one article: ids by name, for everybody it lists or mentions."""

    def __init__(self, analysis: Analysis) -> None:
        people = [p.name for p in analysis.people] + [m.name for m in analysis.mentions if m.label == "person"]
        bodies = [o.name for o in analysis.organisations]
        bodies += [m.name for m in analysis.mentions if m.label == "organisation"]
        self.people = {name: person_id(name) for name in people if name}
        self.organisations = {name: organisation_id(name) for name in bodies if name}

    def named(self, label: str, name: str) -> str | None:
        """The id that a mention with this label carries."""
        return {"person": self.people, "organisation": self.organisations}.get(label, {}).get(name)

    def known(self, name: str | None) -> str | None:
        """The id of a name, if it is somebody's in this article; a person's before a body's."""
        return self.people.get(name or "") or self.organisations.get(name or "")


def _alias_rows(analysis: Analysis) -> Iterable[Row]:
    named = [(person_id(p.name), p.aliases) for p in analysis.people]
    named += [(organisation_id(o.name), o.aliases) for o in analysis.organisations]
    for actor_id, aliases in named:
        for alias in dict.fromkeys(aliases):
            yield {"actor_id": actor_id, "alias": alias}


def _role_rows(people: Iterable[Person], actors: _Actors) -> Iterable[Row]:
    for person in people:
        if person.role is not None or person.organisation is not None:
            yield {
                "person_id": person_id(person.name),
                "role": person.role,
                "organisation": person.organisation,
                "organisation_id": actors.organisations.get(person.organisation or ""),
            }


def _quote_rows(pending: PendingText, quotes: Iterable[Quote], actors: _Actors) -> Iterable[Row]:
    seen: Counter[tuple[str, ...]] = Counter()
    for quote in sorted(quotes, key=lambda quote: (quote.start, quote.end)):
        anchor = ("quote", pending.article_id, quote.text)
        yield {
            "quote_id": content_id(*anchor, str(seen[anchor])),
            "text": quote.text,
            "start": quote.start,
            "end": quote.end,
            "kind": quote.kind,
            "speaker": quote.speaker,
            "speaker_id": actors.known(quote.speaker),
        }
        seen[anchor] += 1


def _measure_rows(pending: PendingText, measures: Iterable[Measure], actors: _Actors) -> Iterable[Row]:
    seen: Counter[tuple[str, ...]] = Counter()
    for measure in sorted(measures, key=lambda measure: (measure.start, measure.end)):
        start, end = measure.sentence
        sentence = pending.text[start:end]
        # Places in the sentence, not in the document: an edit elsewhere in the article must not lose the verdicts.
        anchor = ("measure", pending.article_id, sentence, str(measure.start - start), str(measure.end - start))
        yield {
            "measure_id": content_id(*anchor, str(seen[anchor])),
            "thread_id": thread_id(measure.text),
            "text": measure.text,
            "start": measure.start,
            "end": measure.end,
            "sentence": sentence,
            "sentence_start": start,
            "sentence_end": end,
            "modality": measure.modality,
            "cue": measure.cue,
            "proposer": measure.proposer,
            "proposer_id": actors.known(measure.proposer),
            "addressee": measure.addressee,
            "addressee_id": actors.known(measure.addressee),
            "topics": list(measure.topics),
            "confidence": measure.confidence,
        }
        seen[anchor] += 1


def thread_id(text: str) -> str:
    """Identity of a wording of a measure: the same words with case and punctuation folded away.

    Publishing joins wordings that mean the same measure (``warehouse.threads``).
    """
    return content_id("thread", _folded(text))


def thread_row(text: str) -> Row:
    """The row of table ``measure_threads`` for a measure with these words."""
    return {"thread_id": thread_id(text), "text": _folded(text)}


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()
