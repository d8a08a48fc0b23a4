"""Extract the text of a document: of text in any form, of HTML, and of PDFs page by page."""

from __future__ import annotations

import codecs
import io
import mimetypes
import re
from html.parser import HTMLParser

from mockgem.operations.file_search.chunking import TextPage

MAX_PAGES = 2_000
"""Pages of a PDF that are read; the service reads up to 1,000 of a prompt's PDF."""
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
PDF_EXTRA = "install mockgem[pdf] to search in PDFs"


class ExtractionError(ValueError):
    """A document has no text that mockgem can read. The message says why."""


def extract_pages(data: bytes, mime_type: str) -> list[TextPage]:
    """Return the text of a document. Raises ExtractionError if it has none that can be read."""
    if mime_type == "application/pdf" or data[:5] == b"%PDF-":
        pages = read_pdf(data)
    else:
        text = decode_text(data)
        pages = [TextPage(strip_html(text) if is_html(mime_type) else text)]
    if not any(page.text.strip() for page in pages):
        raise ExtractionError("the document has no text")
    return pages


def guess_mime_type(name: str) -> str:
    """Return the MIME type that a file name suggests, or "text/plain"."""
    return mimetypes.guess_type(name)[0] or "text/plain"


def is_html(mime_type: str) -> bool:
    return mime_type in ("text/html", "application/xhtml+xml")


def decode_text(data: bytes) -> str:
    """Return bytes as text: UTF-8, UTF-16 with a mark, or Latin-1.

    Raises ExtractionError for binary data.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if b"\0" in data:
        raise ExtractionError("the document is binary: only text, HTML and PDF can be searched")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


class TextOfHtml(HTMLParser):
    """Collects the text of a page without scripts and styles, with a line for each block."""

    HIDDEN = frozenset(("script", "style", "template", "noscript", "head"))
    INLINE = frozenset(
        ("a", "abbr", "b", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong",
         "sub", "sup", "u", "wbr")
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.hidden_in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.hidden_in and tag in self.HIDDEN:
            self.hidden_in = tag
        elif tag == "body":
            self.hidden_in = ""
        if tag not in self.INLINE:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.hidden_in:
            self.hidden_in = ""
        if tag not in self.INLINE:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden_in:
            self.pieces.append(data)


def strip_html(text: str) -> str:
    """Return the text of an HTML page, with one line for each block."""
    parser = TextOfHtml()
    parser.feed(text)
    parser.close()
    lines = [" ".join(line.split()) for line in "".join(parser.pieces).splitlines()]
    return "\n".join([line for line in lines if line])


def read_pdf(data: bytes) -> list[TextPage]:
    """Return the text of the pages of a PDF, counted from 1.

    Raises ExtractionError if the PDF is broken or encrypted, or if there is no library to read it.
    """
    try:
        from pypdf import PdfReader
    except ImportError:
        raise ExtractionError(PDF_EXTRA) from None
    try:
        pages = PdfReader(io.BytesIO(data)).pages
        return [
            TextPage(re.sub(r"[^\S\n]+", " ", page.extract_text()), number)
            for number, page in enumerate(pages[:MAX_PAGES], 1)
        ]
    except Exception as error:  # pypdf raises errors of many kinds for broken files
        raise ExtractionError(f"the PDF can't be read: {error}") from None
