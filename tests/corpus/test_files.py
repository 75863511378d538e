"""Files of four kinds become articles, or one clear error each; nothing outside a folder is read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pypdf
import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from corpus.article import Article
from corpus.errors import ExtractionError
from corpus.files import LARGEST, read_file, walk_files

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TITLE = "Får ærlig svar på øya"
LEAD = "Prøvestad kommune vil samle all opplæring av nye ansatte på ett sted, og ber om penger til det for neste år."
QUOTE = "– Vi må begynne før jul, sier leder Tuva Eksempelvik i Hjemmelaget, som har ventet på svar siden i fjor høst."


def read(path: Path) -> Article:
    return read_file(path, source_id="mappe", fetched_at=NOW)


def refused(path: Path) -> str:
    with pytest.raises(ExtractionError) as met:
        read(path)
    assert met.value.url == path.resolve().as_uri()
    assert "\n" not in str(met.value)
    return met.value.reason


def written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def pdf(path: Path, pages: list[list[str]]) -> Path:
    normal = getSampleStyleSheet()["Normal"]

    def number(canvas: object, document: object) -> None:
        canvas.drawString(60, 30, f"Side {canvas.getPageNumber()} av {len(pages)}")  # type: ignore[attr-defined]
        canvas.drawString(60, 820, "Prøvestad kommune – saksframlegg")  # type: ignore[attr-defined]

    story = []
    for page in pages:
        story += [*(Paragraph(text, normal) for text in page), PageBreak()]
    SimpleDocTemplate(str(path)).build(story, onFirstPage=number, onLaterPages=number)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_text_in_the_encodings_of_norwegian_files(tmp_path: Path, encoding: str) -> None:
    text = f"{TITLE}\r\n\r\n{LEAD}\r\n"
    article = read(written(tmp_path, "sak.txt", text.encode(encoding)))
    assert article.text == f"{TITLE}\n\n{LEAD}"
    assert article.url == article.canonical_url == (tmp_path / "sak.txt").resolve().as_uri()
    assert article.published_on is None


def test_mojibake_and_a_cut_off_end(tmp_path: Path) -> None:
    right = f"{TITLE}\n\n{LEAD}"
    assert read(written(tmp_path, "a.txt", right.encode().decode("cp1252"))).text == right
    assert read(written(tmp_path, "b.txt", right.encode() + "å".encode()[:1])).text.startswith(right)


def test_a_saved_page(tmp_path: Path) -> None:
    html = f"<html><head><link rel=canonical href='https://a.example/x'></head><body><h1>{TITLE}</h1><p>{LEAD}</p></body></html>"
    article = read(written(tmp_path, "Side.HTML", html))
    assert (article.title, article.canonical_url) == (TITLE, (tmp_path / "Side.HTML").resolve().as_uri())


def test_a_pdf_without_its_page_numbers_and_running_heads(tmp_path: Path) -> None:
    path = pdf(tmp_path / "sak.pdf", [[TITLE, "Publisert 24.04.2024", LEAD], [QUOTE], [LEAD.replace("neste", "dette")]])
    article = read(path)
    assert article.title == TITLE
    assert article.published_on == date(2024, 4, 24)
    assert [block.text for block in article.blocks] == [TITLE, LEAD, QUOTE, LEAD.replace("neste", "dette")]


def test_a_word_file_in_reading_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading(TITLE, 0)
    document.add_paragraph(LEAD)
    document.add_heading("Dette vil de", 2)
    document.add_paragraph("dele lager", style="List Bullet")
    document.add_paragraph("kjøpe biler", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Biler", "14"
    document.add_paragraph(QUOTE, style="Quote")
    document.save(str(tmp_path / "sak.docx"))
    assert [(block.kind, block.text) for block in read(tmp_path / "sak.docx").blocks] == [
        ("heading", TITLE),
        ("paragraph", LEAD),
        ("heading", "Dette vil de"),
        ("item", "dele lager"),
        ("item", "kjøpe biler"),
        ("paragraph", "Biler | 14"),
        ("quote", QUOTE),
    ]


def test_five_megabytes_of_text(tmp_path: Path) -> None:
    text = "\n\n".join(f"{number}. {LEAD}" for number in range(40_000))
    assert len(read(written(tmp_path, "stor.txt", text)).blocks) == 40_000


def encrypted() -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("hemmelig", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def without_text() -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(out)
    return out.getvalue()


def empty_word_file() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 101_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("tom.txt", lambda: b"", "empty file"),
        ("tom.html", lambda: b" \n ", "empty file"),
        ("bilde.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10, "binary file"),
        ("tilfeldig.txt", lambda: bytes(range(256)) * 10, "binary file"),
        ("arkiv.html", lambda: b"PK\x03\x04" + bytes(100), "binary file"),
        ("notat.doc", lambda: b"tekst", "unknown ending"),
        ("uten", lambda: b"tekst", "unknown ending"),
        ("meny.html", lambda: b"<nav><ul><li>Hjem</li><li>Om oss</li></ul></nav>", "no article on the page"),
        ("meny.txt", lambda: b"Meny\nPublisert\n", "no article on the page"),
        ("stor.txt", lambda: b"a" * (LARGEST + 1), "too large"),
        ("brukket.pdf", lambda: b"%PDF-1.4\nog resten mangler", "broken file"),
        ("skannet.pdf", without_text, "no text in the file"),
        ("laast.pdf", encrypted, "encrypted file"),
        ("brukket.docx", lambda: b"PK\x03\x04" + b"x" * 100, "broken file"),
        ("tekst.docx", lambda: b"ikke et arkiv", "broken file"),
        ("tom.docx", empty_word_file, "no text in the file"),
        ("bombe.docx", zip_bomb, "too large"),
    ],
)
def test_a_file_without_article_is_one_clear_error(
    tmp_path: Path, name: str, content: Callable[[], bytes], reason: str
) -> None:
    assert refused(written(tmp_path, name, content())) == reason


def test_what_is_missing_or_no_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "finnes-ikke.txt") == "no such file"
    assert refused(tmp_path) == "not a file"
    with pytest.raises(ExtractionError, match="no such file"):
        list(walk_files(tmp_path / "finnes-ikke"))


def test_a_folder_is_walked_in_order_and_never_left(tmp_path: Path) -> None:
    outside = written(tmp_path, "utenfor.txt", LEAD)
    folder = tmp_path / "mappe"
    (folder / "b").mkdir(parents=True)
    (folder / ".skjult").mkdir()
    for name in ("c.txt", "a.PDF", "b/d.html", "b/bilde.jpg", ".skjult/x.txt", "._c.txt"):
        written(folder, name, LEAD)
    (folder / "lenke.txt").symlink_to(outside)
    (folder / "ut").symlink_to(tmp_path)
    (folder / "inne.txt").symlink_to(folder / "c.txt")
    (folder / "borte.txt").symlink_to(folder / "finnes-ikke.txt")
    found = [path.relative_to(folder).as_posix() for path in walk_files(folder)]
    assert found == ["a.PDF", "c.txt", "inne.txt", "b/d.html"]
    assert list(walk_files(outside)) == [outside]
