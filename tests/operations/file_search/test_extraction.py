"""Text of documents of many kinds."""

from __future__ import annotations

import sys

import pytest

from mockgem.operations.file_search.chunking import TextPage
from mockgem.operations.file_search.extraction import (
    ExtractionError,
    extract_pages,
    guess_mime_type,
)

HTML = """<!doctype html><html><head><title>T</title><style>p { color: red }</style></head>
<body><h1>Opening hours</h1><script>let hidden = 1;</script><p>Open <b>daily</b> from 9&nbsp;am
&amp; later.</p><ul><li>Monday<li>Tuesday</ul></body></html>"""


def build_pdf(*pages: str) -> bytes:
    """Return a small PDF with a line of text on each page."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number, text in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
    )


@pytest.mark.parametrize(
    ("data", "mime_type", "text"),
    [
        (b"Plain text.", "text/plain", "Plain text."),
        ("Grüße".encode(), "text/markdown", "Grüße"),
        ("Grüße".encode("latin-1"), "text/plain", "Grüße"),
        (b"\xef\xbb\xbfMarked", "text/plain", "Marked"),
        ("Zwei Byte".encode("utf-16"), "text/plain", "Zwei Byte"),
        (b'{"price": 5}', "application/json", '{"price": 5}'),
        (b"name,price\ntea,5\n", "text/csv", "name,price\ntea,5\n"),
        (b"def pour(): ...", "text/x-python", "def pour(): ..."),
    ],
)
def test_text_stays_as_it_is(data: bytes, mime_type: str, text: str) -> None:
    assert extract_pages(data, mime_type) == [TextPage(text)]


def test_html_has_the_words_that_a_reader_sees() -> None:
    [page] = extract_pages(HTML.encode(), "text/html")
    assert page.text.splitlines() == [
        "Opening hours",
        "Open daily from 9 am",
        "& later.",
        "Monday",
        "Tuesday",
    ]


@pytest.mark.parametrize("data", [b"", b" \n ", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"])
def test_data_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(ExtractionError):
        extract_pages(data, "text/plain")


def test_a_pdf_has_the_text_of_its_pages_with_their_numbers() -> None:
    data = build_pdf("Tea is green.", "Coffee is black.")
    assert extract_pages(data, "application/pdf") == [
        TextPage("Tea is green.", 1),
        TextPage("Coffee is black.", 2),
    ]
    assert extract_pages(data, "application/octet-stream")[1].number == 2


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-" + b"x" * 500, build_pdf("x")[:200], b""])
def test_a_broken_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(ExtractionError):
        extract_pages(data, "application/pdf")


def test_without_the_library_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(ExtractionError, match=r"install mockgem\[pdf\]"):
        extract_pages(build_pdf("x"), "application/pdf")


def test_a_name_tells_the_type() -> None:
    assert guess_mime_type("a/notes.md") in ("text/markdown", "text/plain")
    assert guess_mime_type("report.pdf") == "application/pdf"
    assert guess_mime_type("") == "text/plain"
