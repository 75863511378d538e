"""Text pasted from a page, or written as plain text: its title, its date, and its blocks without the page's furniture.

A text in which no line is furniture keeps every word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.article import Block, BlockKind
from corpus.dates import Dates, Moment, Place, read_moment, settle
from corpus.encoding import one_line
from corpus.furniture import is_bare_date, is_furniture, is_related_heading, read_byline, read_dateline

_TOP = 8  # lines among which title, byline and date are looked for
_LONGEST_TITLE = 160  # characters
_LONGEST_HEADING = 90
_LONGEST_KICKER = 40

_BULLET = re.compile(r"^\s*[•·▪◦‣●○■□*]\s+")
_DASH = re.compile(r"^\s*[-–—]\s*(?=[a-zæøå])")
_CAPTION = re.compile(
    r"(?:fra|frå)\s(?:øverst|venstre|høyre|høgre|nederst)\b.{0,40}:|(?:foto|bilde|bilete|illustrasjon|photo)\s?:"
    r"|.{0,300}\((?:foto|photo|illustrasjon)\s?:[^)]{2,60}\)$",
    re.IGNORECASE,
)
_ENDS_A_SENTENCE = (".", "!", "?", ":", "…", ";", ",")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What was read of a text; the attributes are those of ``Article``. Of a text without title, the title is its
    first words, which the blocks then do not repeat."""

    title: str
    blocks: tuple[Block, ...]
    dates: Dates
    byline: tuple[str, ...] = ()
    section: str | None = None


def read_pasted(text: str, *, fetched_at: datetime) -> Pasted | None:
    """Read a plain text; ``None`` if it holds nothing but furniture.

    Args:
        text: the text, with its line breaks.
        fetched_at: when it was read; no date of it is later.
    """
    lines = [(line, one_line(line)) for line in text.splitlines()]
    from_page = any(line and (is_furniture(line) or read_dateline(line)) for _, line in lines)
    kept, related = _without_related([*_marked(lines)])
    rows, dated, byline = _without_furniture(kept, from_page)
    content = [row.text for row in rows if row.text]
    if not content:
        return None
    title, section = _title(content, from_page, {line for line, _ in related}, dated.title_before)
    blocks = list(_blocks(rows, title, section))
    own = [moment for line, moment in related if _compared(line) == _compared(title or "")]
    published: list[tuple[Place, Moment | None]] = [("text", moment) for moment in dated.published]
    published += [("related list", moment) for moment in own]
    if title is not None:
        blocks.insert(0, Block(kind="heading", text=title))
    return Pasted(
        title=title or shortened(blocks[0].text),
        blocks=tuple(blocks),
        dates=settle(published, dated.changed, fetched_at=fetched_at),
        byline=byline,
        section=section,
    )


def shortened(text: str) -> str:
    """A title for a text that has none: its first words, cut between words."""
    if len(text) <= _LONGEST_TITLE:
        return text
    return text[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


@dataclass(frozen=True, slots=True)
class _Row:
    """A line: its text on one line without bullet (empty for a blank one), and whether it had a bullet."""

    text: str
    bullet: bool = False


@dataclass(slots=True)
class _Dated:
    """What the lines with dates gave, and the line that stood right before the first of them."""

    published: list[Moment]
    changed: list[Moment]
    title_before: str | None = None


def _marked(lines: Sequence[tuple[str, str]]) -> Iterator[_Row]:
    dashes = [bool(_DASH.match(raw)) for raw, _ in lines]
    for at, (raw, line) in enumerate(lines):
        if bullet := _BULLET.match(raw):
            yield _Row(one_line(raw[bullet.end() :]), bullet=True)
        elif dashes[at] and (dashes[at - 1 : at] == [True] or dashes[at + 1 : at + 2] == [True]):
            # One line with a dash is somebody speaking; several in a row, in lower case, are a list.
            yield _Row(one_line(_DASH.sub("", raw)), bullet=True)
        else:
            yield _Row(line)


def _without_related(rows: Sequence[_Row]) -> tuple[list[_Row], list[tuple[str, Moment]]]:
    """The rows without lists of other articles, and what these lists date: ``(title, day)``.

    A list goes on while titles have dates under them, or, where none has, to the next empty line.
    """
    kept: list[_Row] = []
    dated: list[tuple[str, Moment]] = []
    at = 0
    while at < len(rows):
        if not is_related_heading(rows[at].text):
            kept.append(rows[at])
            at += 1
            continue
        at += 1
        entries: list[str] = []
        pairs = 0
        while at < len(rows):
            line = rows[at].text
            if is_bare_date(line) and entries and (moment := read_moment(line)):
                dated.append((entries[-1], moment))
                pairs += 1
            elif line and (len(line) > _LONGEST_TITLE or (pairs and not _dated_soon(rows, at))):
                break
            elif line:
                entries.append(line)
            elif entries and not _dated_soon(rows, at + 1):
                break
            at += 1
    return kept, dated


def _dated_soon(rows: Sequence[_Row], at: int) -> bool:
    """Whether a date stands alone on one of the next lines: that of the list's next title."""
    following = [row.text for row in rows[at : at + 5] if row.text][:3]
    return any(is_bare_date(line) for line in following)


def _without_furniture(rows: Sequence[_Row], from_page: bool) -> tuple[list[_Row], _Dated, tuple[str, ...]]:
    kept: list[_Row] = []
    dated = _Dated([], [])
    byline: tuple[str, ...] = ()
    read = 0
    for row in rows:
        line = row.text
        top = read < _TOP
        dates = read_dateline(line) if line else None
        if line and is_furniture(line):
            continue
        if dates is not None:
            dated.published += [dates[0]] if dates[0] else []
            dated.changed += [dates[1]] if dates[1] else []
            if top and dated.title_before is None:
                dated.title_before = next(
                    (before.text for before in reversed(kept) if before.text and not read_byline(before.text)), None
                )
            byline = byline or read_byline(line)
            continue
        if top and line and is_bare_date(line) and kept and (moment := read_moment(line)):
            dated.published.append(moment)
            if from_page:
                continue
        if top and not byline and (names := read_byline(line)):
            byline = names
            if from_page:
                continue
        kept.append(row)
        read += bool(line)
    return kept, dated, byline


def _title(
    content: Sequence[str], from_page: bool, related: set[str], before_date: str | None
) -> tuple[str | None, str | None]:
    """The title, and the label above it (the section's name), if there is one.

    The title is the first line, unless it is running text; on a page a later line of the top may be shown to be it: by
    standing right before "Publisert", or by coming again in a related list or before a colon as the label of a caption.
    """
    top = []
    for line in content[:_TOP]:
        if len(line) > _LONGEST_TITLE or (len(line) > _LONGEST_HEADING and line.endswith(_ENDS_A_SENTENCE)):
            break
        top.append(line)
    if not top:
        return None, None
    again = [_compared(line) for line in (*related, *content[1:])]
    for at, line in enumerate(top[:3]):
        shown = any(other == _compared(line) for other in again[: len(related)])
        shown = shown or any(other.startswith(f"{line}: ") for other in content[at + 1 :])
        if shown or (at <= 1 and line == before_date):
            return _with_label(top, at)
    words = [len(line.split()) for line in top]
    if from_page and len(top) > 1 and words[0] <= 3 and words[1] > words[0] and len(top[0]) < _LONGEST_KICKER:
        return _with_label(top, 1)
    return (None, None) if top[0].endswith(".") else (top[0], None)


def _with_label(top: Sequence[str], at: int) -> tuple[str, str | None]:
    label = top[0] if at == 1 and len(top[0]) < _LONGEST_KICKER else None
    return top[at], label


def _blocks(rows: Sequence[_Row], title: str | None, section: str | None) -> Iterator[Block]:
    """Blocks of groups of lines that stand together; lines broken at a fixed width become one."""
    left_out = [text for text in (title, section) if text]
    group: list[_Row] = []
    for row in (*rows, _Row("")):
        if row.text in left_out and not row.bullet:
            left_out.remove(row.text)
            row = _Row("")
        if row.text:
            group.append(row)
            continue
        yield from _group(group, title)
        group = []


def _group(group: Sequence[_Row], title: str | None) -> Iterator[Block]:
    if len(group) > 2 and _is_wrapped(group):
        yield Block(kind="paragraph", text=" ".join(row.text for row in group))
        return
    for row in group:
        yield Block(kind="item" if row.bullet else _kind(row.text, title, alone=len(group) == 1), text=row.text)


def _is_wrapped(group: Sequence[_Row]) -> bool:
    """Whether lines were broken at a width, as in mail: all but the last about as long, and most in mid-sentence."""
    if any(row.bullet for row in group):
        return False
    lengths = [len(row.text) for row in group[:-1]]
    open_ended = sum(1 for row in group[:-1] if not row.text.endswith((".", "!", "?", ":", "”", "»")))
    return min(lengths) >= 45 and max(lengths) <= 100 and open_ended * 2 >= len(lengths)


def _kind(line: str, title: str | None, *, alone: bool) -> BlockKind:
    if _CAPTION.match(line) or (title and line.startswith(f"{title}: ")):
        return "caption"
    is_heading = (
        alone
        and len(line) <= _LONGEST_HEADING
        and ": " not in line
        and not line.endswith((*_ENDS_A_SENTENCE, "”", "»", '"'))
    )
    return "heading" if is_heading and not line.startswith(("-", "–", "—")) else "paragraph"


def _compared(line: str) -> str:
    return line.casefold().strip(" .!?:")
