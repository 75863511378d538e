"""From bytes to text. What pages and files declare of their encoding is often wrong, so the bytes are asked first."""

from __future__ import annotations

import codecs
import re
import unicodedata

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# In the head of a page: <meta charset="iso-8859-1">, <meta … content="text/html; charset=…">, <?xml … encoding=…
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)

# æ, ø, å and their capitals in UTF-8, read as Windows-1252: what shows that a text went through the wrong reading.
_MISREAD = re.compile("Ã[¦¸¥˜…†]|Ã\x98|Ã\x85|Ã\x86")
_MISREAD_PAIR = re.compile("[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â[\x80€][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]")


def decode(content: bytes, declared: str | None = None) -> str:
    """Text of a page or file.

    A byte order mark decides; else bytes that are valid UTF-8 are UTF-8, whatever is declared (text in an older
    encoding practically never is); else what is declared; else Windows-1252, which covers Latin-1 and never fails.

    Args:
        content: the bytes.
        declared: a media type or the like with ``charset=…``, as a server sends it.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return repair(content.decode())
    except UnicodeDecodeError:
        pass
    if _is_mostly_utf8(content):
        return repair(content.decode("utf-8", "replace"))
    for where in (declared.encode("ascii", "ignore") if declared else b"", content[:2048]):
        if (found := _DECLARED.search(where)) and (text := _decode_as(content, found[1].decode("ascii"))):
            return text
    return content.decode("cp1252", "replace")


def repair(text: str) -> str:
    """Undo a reading of UTF-8 as Windows-1252 (``Ã¥`` for ``å``), where the text shows that it happened."""
    return _MISREAD_PAIR.sub(_read_again, text) if _MISREAD.search(text) else text


def sound(text: str) -> str:
    """The text without NUL and half surrogates, which JSON can name and no database takes."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def one_line(text: str) -> str:
    """Text on one line: characters composed, blanks of all kinds folded, soft hyphens and other invisible ones gone."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def _decode_as(content: bytes, encoding: str) -> str | None:
    try:
        name = codecs.lookup(encoding).name
        if name.startswith("utf") or name == "ascii":  # tried already, or impossible in bytes that could be searched
            return None
        # As browsers do: what is declared as Latin-1 is Windows-1252, which has the quotation marks and dashes too.
        return content.decode("cp1252" if name == "iso8859-1" else name, "replace")
    except (LookupError, ValueError):
        return None


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether the text is UTF-8 with a few broken places, such as a cut-off end: more letters right than wrong."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) > 2 * broken


def _read_again(found: re.Match[str]) -> str:
    try:
        return b"".join(_as_byte(character) for character in found[0]).decode()
    except UnicodeError:
        return found[0]


def _as_byte(character: str) -> bytes:
    return character.encode("cp1252" if ord(character) > 0xFF else "latin-1")
