"""Files of a folder as articles: plain or pasted text, saved pages, PDF, Word."""

from __future__ import annotations

import io
import logging
import os
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import docx
import pypdf
from docx.table import Table
from docx.text.paragraph import Paragraph

from corpus.article import Article, Block, BlockKind
from corpus.encoding import decode, one_line
from corpus.errors import ExtractionError
from corpus.extract import NO_ARTICLE, extract_page
from corpus.pasted import Pasted, read_pasted

LARGEST = 10_000_000  # bytes of a file
LARGEST_UNPACKED = 100_000_000  # bytes of a Word file, which is a ZIP archive

_PAGES = frozenset({".html", ".htm", ".xhtml"})
_TEXTS = frozenset({".txt", ".text"})
ENDINGS = _PAGES | _TEXTS | {".pdf", ".docx"}

EMPTY, BINARY, BROKEN, MISSING = "empty file", "binary file", "broken file", "no such file"
NO_TEXT, UNKNOWN_ENDING, TOO_LARGE, ENCRYPTED = "no text in the file", "unknown ending", "too large", "encrypted file"
NOT_A_FILE, UNREADABLE = "not a file", "unreadable"

# pypdf reports each oddity that it can live with.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"\x7fELF")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1a\x1b"))
_NUMBER_OF_PAGE = re.compile(r"(?:side|page|s\.)?\s*\d{1,4}(?:\s*(?:av|of|/|\|)\s*\d{1,4})?", re.IGNORECASE)


def walk_files(path: Path) -> Iterator[Path]:
    """The readable files under a folder, in a stable order; a file is given back as it is, whatever its ending.

    Hidden files and folders are left out, and so are links that lead out of the folder.

    Raises:
        ExtractionError: ``no such file``.
    """
    if not path.exists():
        raise ExtractionError(_address(path), MISSING)
    if not path.is_dir():
        yield path
        return
    yield from walk(path, lambda file: file.suffix.lower() in ENDINGS)


def walk(root: Path, wanted: Callable[[Path], bool]) -> Iterator[Path]:
    """The ``wanted`` files under a folder in a stable order; none that is hidden, or a link that leads out of it."""
    real = root.resolve()
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            if not name.startswith(".") and wanted(file) and file.is_file() and file.resolve().is_relative_to(real):
                yield file


def read_file(path: Path, *, source_id: str, fetched_at: datetime) -> Article:
    """The article in a file; its address is the file's own.

    Dates that the file system or the file's properties give belong to the file, not the article, and are not used.

    Raises:
        ExtractionError: ``no such file``, ``not a file``, ``unknown ending``, ``unreadable``, ``too large``,
            ``empty file``, ``binary file``, ``broken file``, ``encrypted file``, ``no text in the file``,
            ``no article on the page``.
    """
    url = _address(path)
    content = _content(path, url)
    ending = path.suffix.lower()
    if ending in _PAGES:
        _refuse_binary(content, url)
        page = extract_page(content, source_id=source_id, url=url, fetched_at=fetched_at)
        return replace(page, canonical_url=url)
    if ending == ".docx":
        pasted = _of_word(content, url, fetched_at)
    elif ending == ".pdf":
        pasted = read_pasted(_pdf_text(content, url), fetched_at=fetched_at)
    else:
        _refuse_binary(content, url)
        pasted = read_pasted(decode(content), fetched_at=fetched_at)
    if pasted is None:
        raise ExtractionError(url, NO_TEXT if ending in (".pdf", ".docx") else NO_ARTICLE)
    return Article(
        source_id=source_id,
        url=url,
        canonical_url=url,
        title=pasted.title,
        blocks=pasted.blocks,
        byline=pasted.byline,
        published_on=pasted.dates.published_on,
        published_at=pasted.dates.published_at,
        published_from=pasted.dates.published_from,
        modified_at=pasted.dates.modified_at,
        section=pasted.section,
    )


def _address(path: Path) -> str:
    return path.resolve().as_uri()


def _content(path: Path, url: str) -> bytes:
    if not path.exists():
        raise ExtractionError(url, MISSING)
    if not path.is_file():
        raise ExtractionError(url, NOT_A_FILE)
    if path.suffix.lower() not in ENDINGS:
        raise ExtractionError(url, UNKNOWN_ENDING)
    if path.stat().st_size > LARGEST:
        raise ExtractionError(url, TOO_LARGE)
    try:
        content = path.read_bytes()
    except OSError as exc:
        raise ExtractionError(url, UNREADABLE) from exc
    if not content.strip():
        raise ExtractionError(url, EMPTY)
    return content


def _refuse_binary(content: bytes, url: str) -> None:
    if content.startswith(_MAGIC):
        raise ExtractionError(url, BINARY)
    sample = content[:100_000]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if not content.startswith(_UTF16) and controls > len(sample) / 100:
        raise ExtractionError(url, BINARY)


def _pdf_text(content: bytes, url: str) -> str:
    """Text of all pages without page numbers and lines that stand on most pages; paragraphs apart by blank lines."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ExtractionError(url, ENCRYPTED)
        pages = [[one_line(line) for line in page.extract_text().splitlines()] for page in reader.pages]
    except ExtractionError:
        raise
    except Exception as exc:  # a broken file brings up errors of many kinds in pypdf
        raise ExtractionError(url, BROKEN) from exc
    repeated = Counter(line for page in pages for line in {*page[:2], *page[-2:]})
    often = {line for line, count in repeated.items() if line and count > max(2, len(pages) / 2)}
    lines = [line for page in pages for line in page if line not in often and not _NUMBER_OF_PAGE.fullmatch(line)]
    return "\n\n".join(_paragraphs(lines))


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Lines joined to paragraphs: one ends at an empty line, before a bullet, or with a line that stops short."""
    width = sorted(len(line) for line in lines)[int(len(lines) * 0.9)] if lines else 0
    paragraph = ""
    for line in (*lines, ""):
        begins_anew = not line or line.startswith(("•", "·", "▪", "●"))
        if paragraph and begins_anew:
            yield paragraph
            paragraph = ""
        if re.search(r"[a-zæøå]-$", paragraph) and line[:1].islower():
            paragraph = paragraph[:-1] + line
        else:
            paragraph = f"{paragraph} {line}".strip()
        if len(line) < 0.75 * width and (line.endswith((".", "!", "?", ":", "»", "”")) or len(paragraph) == len(line)):
            if paragraph:
                yield paragraph
            paragraph = ""


def _of_word(content: bytes, url: str, fetched_at: datetime) -> Pasted | None:
    """A Word file's text in reading order. Its styles say what is a heading and what a list."""
    if not content.startswith(b"PK"):
        raise ExtractionError(url, BROKEN)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED:
                raise ExtractionError(url, TOO_LARGE)
        blocks = list(_word_blocks(docx.Document(io.BytesIO(content))))
    except ExtractionError:
        raise
    except Exception as exc:  # a broken file brings up errors of many kinds in python-docx
        raise ExtractionError(url, BROKEN) from exc
    lines = [f"• {block.text}" if block.kind == "item" else block.text for block in blocks]
    pasted = read_pasted("\n\n".join(lines), fetched_at=fetched_at)
    if pasted is None:
        return None
    kinds = {block.text: block.kind for block in blocks}
    return replace(
        pasted, blocks=tuple(replace(block, kind=kinds.get(block.text, block.kind)) for block in pasted.blocks)
    )


def _word_blocks(document: docx.document.Document) -> Iterator[Block]:
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                # A merged cell comes once for each of its columns.
                if line := " | ".join(dict.fromkeys(filter(None, (one_line(cell.text) for cell in row.cells)))):
                    yield Block(kind="paragraph", text=line)
        else:
            kind = _word_kind(part)
            for line in part.text.split("\n"):
                if line := one_line(line):
                    yield Block(kind=kind, text=line)


def _word_kind(paragraph: Paragraph) -> BlockKind:
    style = ((paragraph.style.name if paragraph.style else None) or "").lower()
    properties = paragraph._p.pPr
    if style.startswith(("heading", "title", "overskrift", "tittel")):
        return "heading"
    if style.startswith("list") or (properties is not None and properties.numPr is not None):
        return "item"
    if "quote" in style:
        return "quote"
    return "caption" if style == "caption" else "paragraph"
