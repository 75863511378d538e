"""Candidates for a measure's proposer, and the signs that speak for or against each: names of features, 1 or 0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nlp.components.proposers import voice_of
from nlp.proposing.place import AHEAD, BACK, Asked, Place, nearest, recency, sayers
from nlp.proposing.scene import FREQUENT, Mention, Scene, fold

NOBODY = ""


@dataclass(slots=True)
class Candidate:
    """Somebody who may be the proposer (name "" for nobody), with the signs of it."""

    name: str
    signs: set[str] = field(default_factory=set)


class Signs:
    """Makes candidates with their signs for the measures of one document."""

    def __init__(self, scene: Scene, asked: Sequence[Asked], proposers: Iterable[str]) -> None:
        """``proposers``: the rules' answers for all measures that they found, wherever."""
        proposed = [name for name in proposers if name]
        self._scene = scene
        self._asked = asked
        self._voice = fold(voice_of(proposed))
        self._proposed = Counter(map(fold, proposed))
        self._spelling = {fold(name): name for name in reversed([*proposed, *scene.nouns])}
        self._nouns = {fold(name): times for name, times in scene.nouns.items()}
        for ent in scene.doc.ents:
            name = str(ent._.name) or ent.text
            self._spelling.setdefault(fold(name), name)
        self._best = max(scene.counts.values(), default=0)
        self._frequent = [name for name, _ in self._proposed.most_common(FREQUENT)]
        self._frequent += [name for name, _ in scene.counts.most_common(FREQUENT)]
        self._frequent += list(self._nouns)
        self._most_noun = max(self._nouns.values(), default=0)

    def of(self, number: int) -> list[Candidate]:
        """The candidates for measure ``number``, nobody first."""
        scene, asked = self._scene, self._asked[number]
        here = scene.sentence_at(asked.start)
        window = self._window(here)
        quote = scene.quote_at(asked.start)
        before, after = scene.quotes_beside(asked.start)
        names: dict[str, str] = {}
        for name in (asked.proposer, quote.speaker if quote else "", scene.floor[here]):
            if name:
                names.setdefault(fold(name), name)
        for neighbour in (before, after):
            if neighbour is not None and neighbour.speaker:
                names.setdefault(fold(neighbour.speaker), neighbour.speaker)
        for name in nearest(window, here):
            names.setdefault(fold(name), name)
        for key in self._frequent:
            names.setdefault(key, self._spelling.get(key, key))
        place = Place(scene, asked, here)
        found = [Candidate(NOBODY)]
        found += [Candidate(name) for name in names.values()]
        self._sign_all(found, number, place, window)
        return found

    def _window(self, here: int) -> list[tuple[int, Mention]]:
        scene = self._scene
        return [
            (number, mention)
            for number in range(max(0, here - BACK), min(len(scene.sentences), here + AHEAD + 1))
            for mention in scene.mentions(number)
        ]

    def _sign_all(
        self, found: list[Candidate], number: int, place: Place, window: Sequence[tuple[int, Mention]]
    ) -> None:
        scene, asked = self._scene, self._asked[number]
        by_name: dict[str, list[tuple[int, Mention]]] = {}
        for entry in window:
            by_name.setdefault(fold(entry[1].name), []).append(entry)
        rank = recency(window, place)
        quoted = place.quoted
        own = fold(place.speaker)
        previous = fold(self._asked[number - 1].proposer) if number else ""
        following = fold(self._asked[number + 1].proposer) if number + 1 < len(self._asked) else ""
        ruled = fold(asked.proposer)
        spoke, speaks = sayers(window, place)
        governed = False
        for candidate in found[1:]:
            key = fold(candidate.name)
            kind = scene.kind_of.get(key, "noun")
            signs = candidate.signs
            signs.add(f"kind:{kind}:{quoted}")
            if key == ruled:
                signs.update((f"rules:{asked.rule}", f"rules:{quoted}", f"rules:{kind}", f"rules:{asked.modality}"))
                signs.update((f"rules:{asked.how}:{quoted}", f"rules:{asked.how}:{asked.rule}"))
                if key == own:
                    signs.add(f"rules=speaker:{place.first}")
            elif asked.rule:
                signs.add("not rules" if ruled else "rules say nobody")
            if key == own:
                signs.update((f"speaker:{kind}", f"speaker:{quoted}:{place.first}", f"speaker:{place.verb}:{quoted}"))
                signs.add(f"speaker:{asked.modality}")
            elif own:
                signs.add(f"not speaker:{quoted}:{place.first}")
            for neighbour, side in ((place.before, "before"), (place.after, "after")):
                if neighbour is not None and fold(neighbour.speaker) == key:
                    near = place.near(neighbour)
                    signs.add(f"quote {side}:{near}:{quoted}:{place.first}")
            if place.floor and key == fold(place.floor):
                signs.update(
                    (f"floor:{place.genre}:{quoted}", f"floor:{place.genre}:{place.first}", f"floor:{place.verb}")
                )
            for sayer, side in ((spoke, "before"), (speaks, "after")):
                if sayer is not None and fold(sayer[1].name) == key:
                    block = place.same_block(sayer[0])
                    signs.add(f"sayer {side}:{block}:{quoted}:{place.first}")
                    signs.add(f"sayer {side}:{_far(abs(sayer[0] - place.here))}:{quoted}:{place.genre}")
            if key == previous:
                signs.update(("rules before", f"rules before:{place.same_block_as(self._asked[number - 1])}:{quoted}"))
            if key == following:
                signs.add(f"rules after:{place.same_block_as(self._asked[number + 1])}:{quoted}")
            if key == self._voice:
                signs.update((f"voice:{place.genre}", f"voice:{quoted}:{place.first}", f"voice:{place.verb}"))
            times = self._proposed[key]
            if times:
                signs.add(f"proposed:{min(times, 4)}:{quoted}")
            signs.add(f"rank:{rank.get(key, 9)}:{quoted}")
            signs.add(f"rank:{rank.get(key, 9)}:{kind}")
            count = scene.counts[key]
            signs.add(f"count:{min(count, 6)}")
            signs.add(f"around:{min(len(by_name.get(key, ())), 5)}:{quoted}")
            signs.add(f"kind:{kind}:{place.genre}:{asked.modality}")
            if count and count == self._best:
                signs.add(f"most named:{quoted}:{kind}")
                signs.add(f"most named:{place.genre}:{place.first}")
            noun = self._nouns.get(key, 0)
            if noun:
                signs.add(f"noun:{min(noun, 5)}:{place.genre}")
                if noun == self._most_noun:
                    signs.add(f"most noun:{quoted}:{noun > 3}:{place.first}")
            if key in scene.titled:
                signs.add(f"in title:{quoted}:{kind}")
            spoken = scene.spoken_by[key]
            if spoken:
                signs.add(f"speaks:{min(spoken, 3)}:{quoted}:{place.first}")
            governed |= self._where(signs, by_name.get(key, ()), place, kind)
        self._nobody(found[0], asked, place, governed)

    def _where(self, signs: set[str], entries: Iterable[tuple[int, Mention]], place: Place, kind: str) -> bool:
        """Signs of where somebody is mentioned; whether as the subject of a verb that governs the measure."""
        back: tuple[int, Mention] | None = None
        ahead: tuple[int, Mention] | None = None
        governs = False
        for number, mention in entries:
            if number < place.here:
                back = (number, mention)
            elif number > place.here:
                ahead = ahead or (number, mention)
            else:
                side = place.side(mention)
                signs.add(f"here:{side}:{mention.part}:{place.quoted}")
                signs.add(f"here:{side}:{mention.part}:{mention.verb_class}")
                signs.add(f"here:{side}:{kind}")
                for order, verb in enumerate(place.governing):
                    if mention.verb == verb and mention.part in ("subject", "tag"):
                        told = mention.verb_class
                        signs.add(f"governs{order}:{told}:{place.quoted}")
                        signs.add(f"governs{order}:{told}:{place.modality}")
                        signs.add(f"governs{order}:{told}:{kind}")
                        if order:
                            signs.add(f"governs{order}:{told} over {place.verb}")
                        governs = True
        if back is not None:
            number, mention = back
            far = _far(place.here - number)
            block = place.same_block(number)
            signs.add(f"back:{far}:{block}:{place.quoted}")
            signs.add(f"back:{far}:{mention.part}:{mention.verb_class}")
            signs.add(f"back:{block}:{mention.part}:{place.quoted}:{place.first}")
            signs.add(f"back:{far}:{kind}:{place.lonely}")
            if place.list_head == number:
                signs.add(f"list head:{mention.part}:{mention.verb_class}")
        if ahead is not None:
            number, mention = ahead
            block = place.same_block(number)
            signs.add(f"ahead:{number - place.here}:{mention.part}:{block}:{place.quoted}")
            signs.add(f"ahead:{block}:{kind}:{place.heading}")
            signs.add(f"ahead:{mention.verb_class}:{place.heading}")
        if back is None and ahead is None and not governs:
            signs.add(f"far:{place.quoted}:{kind}")
        return governs

    def _nobody(self, candidate: Candidate, asked: Asked, place: Place, governed: bool) -> None:
        quoted = place.quoted
        candidate.signs.update(
            (
                "nobody",
                f"nobody:{quoted}:{place.first}",
                f"nobody:{asked.modality}",
                f"nobody:{place.verb}:{quoted}",
                f"nobody:rules {asked.rule}:{bool(asked.proposer)}",
                f"nobody:rules answer {bool(asked.proposer)}:{bool(asked.rule)}",
                f"nobody:voice {bool(self._voice)}:{quoted}",
                f"nobody:governed {governed}:{quoted}",
                f"nobody:speaker {bool(place.speaker)}",
                f"nobody:heading {place.heading}",
                f"nobody:{place.genre}:{place.first}:{quoted}",
                f"nobody:{place.genre}:{place.verb}",
                f"nobody:lonely {place.lonely}:{place.genre}",
                f"nobody:quotes {bool(self._scene.quotes)}",
                f"nobody:rules name {min(4, len(self._proposed))}",
            )
        )


def _far(sentences: int) -> str:
    return str(sentences) if sentences < 3 else "3-5" if sentences < 6 else "6+"
