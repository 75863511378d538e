"""Who wants what a cue of wanting tells: before its verb, after it, inside it, or in the genitive before a noun."""

from __future__ import annotations

from nlp.rules.clauses import clause_start, subject
from nlp.rules.cues import Match, is_actor_noun, lexicon
from nlp.rules.sentence import Range, Sentence, is_finite
from nlp.rules.subjects import antecedent, shared_subject, who_is


def proposer_of(s: Sentence, match: Match) -> Range | None:
    """The subject of the cue's verb; for a noun as ``behov for`` the sentence's subject, if it can want something."""
    verb = next((i for i in range(match.start, max(-1, match.start - 4), -1) if is_finite(s, i)), match.start)
    start = clause_start(s, verb)
    inside = next(
        (
            i
            for i in range(match.start + 1, match.end)
            if s.tags[i] in ("pron", "subst|prop") or is_actor_noun(s.lower[i])
        ),
        None,
    )
    if inside is not None and match.cue.subject == "proposer" and s.lower[inside] not in match.form:
        return _inside(s, match)  # "Derfor går fylkesrådet imot …"
    if match.cue.subject == "none" and (owner := _owner(s, match.start)) is not None:
        return owner  # "administrasjonens forslag om"
    if match.cue.subject == "none":
        found = subject(s, start, verb, verb + 1)
        return found if who_is(s, found) in ("actor", "person") else None
    if is_inverted(s, verb):
        after = match.end
        while after < len(s) and s.tags[after] == "adv":
            after += 1
        stop = after
        while (
            stop < len(s)
            and stop - after < 10
            and (
                s.tags[stop] in ("subst", "subst|prop", "pron", "det", "adj")
                or (s.tags[stop] == "prep" and stop > after)
            )
        ):
            stop += 1
        clause = stop < len(s) and s.lower[stop] in ("å", "at")
        if "np" in match.cue.takes and not clause and (who := named_after(s, after)) is not None:
            return who
        content = stop
        while content < len(s) and s.tags[content] == "adv":
            content += 1  # "Derfor foreslår klyngen også å …"
        if (
            stop > after
            and content < len(s)
            and (s.lower[content] in ("å", "at") or s.tags[after] in ("pron", "subst|prop") or s.labels[after])
        ):
            return (after, after + 1) if s.tags[after] == "pron" else (after, stop)
    return antecedent(s, subject(s, start, verb, verb + 1)) or shared_subject(s, start)


def _inside(s: Sentence, match: Match) -> Range:
    """The subject that stands inside a cue: ``går [direktør Kari Li] nå inn for``."""
    words = [i for i in range(match.start + 1, match.end) if s.lower[i] not in match.form]
    start = next(i for i in words if s.tags[i] != "adv")
    end = start + 1
    while end in words and s.tags[end] != "adv" and s.lower[end] not in lexicon().when:
        end += 1
    return start, end


def _owner(s: Sentence, noun: int) -> Range | None:
    """Whose proposal a noun tells: the genitive before it, if that is a body or a person."""
    start = noun
    if start == 0 or not s.words[start - 1].endswith("s") or s.tags[start - 1] not in ("subst", "subst|prop"):
        return None
    start -= 1
    while start > 0 and s.labels[noun - 1] and s.labels[start - 1] == s.labels[noun - 1]:
        start -= 1
    return (start, noun) if who_is(s, (start, noun)) in ("actor", "person") else None


def named_after(s: Sentence, start: int) -> Range | None:
    """A body or person that stands alone before a noun phrase: ``Da lovet [konsernet] en ny linje``."""
    end = start
    while end < len(s) and s.labels[end] and s.labels[end] == s.labels[start]:
        end += 1
    if end == start and start < len(s) and is_actor_noun(s.lower[start]):
        end = start + 1
    while end < len(s) and s.tags[end] == "adv":
        end += 1
    follows = end < len(s) and (s.tags[end] in ("det", "adj") or (s.tags[end] == "subst" and s.tags[end - 1] != "adv"))
    return (start, end) if end > start and follows else None


def is_inverted(s: Sentence, verb: int) -> bool:
    """Whether something else than the subject stands before the verb: ``Derfor foreslår utvalget``."""
    start = clause_start(s, verb)
    return start == verb or s.tags[start] in ("prep", "adv") or s.tags[verb - 1] == "komma"
