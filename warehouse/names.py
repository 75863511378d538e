"""Names of people as they are compared when somebody is to be forgotten: words without case, blanks and hyphens.

Nothing here knows a name by itself; a ``Hashing`` makes of it what may be kept.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KEY_FILE = "forgotten.key"
KEY_BYTES = 32

_INVISIBLE = (
    "\u00ad\u200b-\u200f\u2060\ufeff"  # soft hyphens and zero-width characters, which pages put into long names
)
_INVISIBLE_IN_SQL = r"[\x{ad}\x{200b}-\x{200f}\x{2060}\x{feff}]"
_LETTERS = rf"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f{_INVISIBLE}])*"  # with accents that stand as characters of their own
WORD = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})*")
# What may stand between two words of one name: blanks, a hyphen, the comma of "Surname, Given", the dot of an initial.
GAP = re.compile(r"(?:[.,]?\s{1,3}|\s?[-‐‑–]\s?|\.)")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A way of writing somebody's name; ``everywhere``: it means this person wherever it stands."""

    words: Words
    everywhere: bool


def folded(word: str) -> str:
    """A word without case, soft hyphens, and differences of encoding."""
    plain = re.sub(f"[{_INVISIBLE}]", "", unicodedata.normalize("NFKC", word))
    return plain.casefold().replace("’", "'")


def words_of(name: str) -> Words:
    """The words of a name, folded; a hyphen or comma between them counts as a blank."""
    return tuple(folded(word) for word in WORD.findall(name))


def nominatives(word: str) -> Iterator[tuple[str, str]]:
    """A folded last word as it stands, and without a genitive ending; each with the ending."""
    yield word, ""
    for ending in ("'s", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            yield word.removesuffix(ending), ending[-1]
            return


def forms_of(name: str, aliases: tuple[str, ...] = ()) -> tuple[Form, ...]:
    """Every form under which this person is looked for, the whole name first.

    The whole name, also as "Surname, Given", means the person everywhere. A part of it (given name and one surname,
    initial and surname, a surname or a given name alone) and other names that the text gives the person (``aliases``)
    mean the person only in an article that also has the whole name.
    """
    groups = [words for group in re.split(r"[\s,]+", _in_order(name)) if (words := words_of(group))]
    whole = tuple(word for group in groups for word in group)
    if not whole:
        return ()
    everywhere = [whole]
    parts: list[Words] = []
    if len(groups) > 1:
        given = groups[0]
        rests = [tuple(word for group in groups[at:] for word in group) for at in range(1, len(groups))]
        everywhere += [(*rests[0], *given), (*rests[-1], *(word for group in groups[:-1] for word in group))]
        surnames = [*rests, *((word,) for word in groups[-1])]
        surnames += [group for group in groups[1:-1] if len(group[0]) > 1]
        initials = tuple(word[0] for word in given)
        parts += [*surnames, given]
        parts += [(*first, *surname) for surname in surnames for first in (given, initials, initials[:1])]
        parts += [(*(group[0][0] for group in groups[:-1]), *groups[-1])]
    parts += [words for alias in aliases if (words := words_of(alias))]
    forms = {words: Form(words=words, everywhere=False) for words in parts}
    return tuple(({words: Form(words=words, everywhere=True) for words in everywhere} | {
        words: form for words, form in forms.items() if words not in everywhere
    }).values())  # fmt: skip


def _in_order(name: str) -> str:
    surname, comma, given = name.partition(",")
    return f"{given} {surname}" if comma else name


@dataclass(frozen=True, slots=True)
class Hashing:
    """Makes keyed hashes; ``key`` is random and never in the warehouse, so that no list of names opens a copy of it."""

    key: bytes

    def words(self, words: Words) -> str:
        """The hash of a name."""
        return self._of("name\x1f" + " ".join(words))

    def url(self, url: str) -> str:
        """The hash of an address."""
        return self._of("url\x1f" + url)

    def _of(self, text: str) -> str:
        return hmac.digest(self.key, text.encode(), hashlib.sha256).hex()[:32]


def read_key(data: Path) -> bytes | None:
    """The key of a data folder, if it has one."""
    try:
        return bytes.fromhex((data / KEY_FILE).read_text(encoding="ascii"))
    except FileNotFoundError:
        return None


def make_key(data: Path) -> bytes:
    """The key of a data folder, made when it has none; only its owner may read the file."""
    key = read_key(data)
    if key is None:
        key = secrets.token_bytes(KEY_BYTES)
        new = data / f".{KEY_FILE}"
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(key.hex())
            file.flush()
            os.fsync(file.fileno())
        new.replace(data / KEY_FILE)
    return key


def rarest(name: str) -> str:
    """The longest word of a name, to look for candidates with: all comparing is done on folded words."""
    return max((part for word in words_of(name) for part in word.split("'")), key=len, default="")


def holds(text: str) -> str:
    """SQL: whether a text may hold the word that is the first parameter, in whatever case and encoding."""
    visible = f"regexp_replace({text}, '{_INVISIBLE_IN_SQL}', '', 'g')"
    return f"contains(lower(nfc_normalize({visible})), $1)"
