"""Pages of the journal: bounded in bytes, and all of them together are the whole journal."""

from __future__ import annotations

import json
from typing import Any

import pytest

import mockgem
from mockgem.core.cache import BoundedCache
from mockgem.core.http import WireRequest
from mockgem.core.journal import JournalEntry
from mockgem.dialects.admin import journal_page
from mockgem.dialects.admin.journal_page import JournalPage
from mockgem.dialects.admin.rendered_entry import render_entry
from tests.asking import Asker
from tests.dialects.admin.test_admin import send


def read_pages(asker: Asker, **query: str) -> list[Any]:
    pages, after = [], "0"
    while after:
        pages.append(send(asker, "GET", "/journal", after=after, **query).json)
        after = str(pages[-1]["next"] or "")
    return pages


def test_a_page_ends_when_it_has_enough_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_page, "MAX_PAGE_BYTES", 30_000)
    asker = Asker()
    for number in range(20):
        asker.chat(f"{number} " + '"quoted" ' * 500)
    pages = read_pages(asker, path="/v1beta/*", limit="1000")
    assert len(pages) > 4
    assert all(len(json.dumps(page)) < 40_000 for page in pages)
    assert [entry["number"] for page in pages for entry in page["entries"]] == list(range(1, 21))
    assert [page["found"] for page in pages][:1] == [20]
    short = read_pages(asker, path="/v1beta/*", limit="1000", bodies="false")
    assert len(short) == 1


def test_a_page_has_about_8_mebibytes() -> None:
    assert journal_page.MAX_PAGE_BYTES == 8 * 1024 * 1024


def test_a_page_has_an_entry_even_if_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_page, "MAX_PAGE_BYTES", 10)
    asker = Asker()
    for _ in range(3):
        asker.chat("hello")
    pages = read_pages(asker, path="/v1beta/*")
    assert [[entry["number"] for entry in page["entries"]] for page in pages] == [[1], [2], [3]]


def test_an_entry_is_redacted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asker = Asker()
    asker.chat("hello")
    first = send(asker, "GET", "/journal").json["entries"]
    cached = asker.world.journal.rendered
    assert len(cached) == 1
    assert send(asker, "GET", "/journal").json["entries"] == first
    assert len(cached) == 1


def test_the_testing_api_reads_all_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_page, "MAX_PAGE_BYTES", 5_000)
    with mockgem.serve() as world:
        for number in range(12):
            messages = [{"role": "user", "content": f"n{number}"}]
            data = json.dumps({"model": "gemini-2.5-flash", "messages": messages})
            world._send("POST", world.openai_url + "/chat/completions", data.encode())
        assert len(world.journal()) == 12
        assert len(world.journal(limit=7)) == 7
        assert [entry["number"] for entry in world.journal(after=9)] == [10, 11, 12]
        assert len(world.requests(status="2xx")) + len(world.requests(status="4xx")) == 12


class Entries:
    """Renders an entry as a text of a given size in JSON."""

    def __init__(self, *sizes: int) -> None:
        self.sizes = sizes

    def render(self, limit: int = 1000, *, bodies: bool = True) -> list[int]:
        """Return the numbers of the entries that a page shows."""
        page, wire = JournalPage(limit, bodies=bodies), WireRequest("GET", "/x", {}, {}, b"")
        for number, _ in enumerate(self.sizes):
            page.add(JournalEntry(0.0, "GET", "/x", "s", "m", 200, "e", 0.0, wire, number=number))
        assert page.found == len(self.sizes)

        def render(entry: JournalEntry, *, bodies: bool) -> Any:
            return {"n": "x" * (self.sizes[entry.number] - len('{"n":""}'))}

        cache: BoundedCache[Any, Any] = BoundedCache(100, 10**9)
        rows = page.render(render, cache)
        assert page.render(render, cache) == rows
        assert [len(row["n"]) + 8 for row in rows] == list(self.sizes[: len(rows)])
        return list(range(len(rows)))


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ((50, 50, 50), 2),
        ((50, 51, 9), 1),
        ((150, 10), 1),
        ((30, 30, 30, 10, 10), 4),
        ((100, 10), 1),
    ],
)
def test_a_page_has_room_for_so_many_bytes(
    monkeypatch: pytest.MonkeyPatch, sizes: tuple[int, ...], shown: int
) -> None:
    monkeypatch.setattr(journal_page, "MAX_PAGE_BYTES", 100)
    monkeypatch.setattr(journal_page, "ENTRY_OVERHEAD", 1)
    assert len(Entries(*sizes).render(bodies=False)) == shown


@pytest.mark.parametrize(("limit", "shown"), [(1, 1), (2, 2), (3, 3), (4, 3)])
def test_a_page_has_a_limit_of_entries(limit: int, shown: int) -> None:
    assert len(Entries(20, 20, 20).render(limit)) == shown


@pytest.mark.parametrize(("overhead", "shown"), [(49, 3), (50, 2), (51, 2), (100, 1), (101, 1)])
def test_entries_that_do_not_fit_are_not_collected(
    monkeypatch: pytest.MonkeyPatch, overhead: int, shown: int
) -> None:
    monkeypatch.setattr(journal_page, "MAX_PAGE_BYTES", 100)
    monkeypatch.setattr(journal_page, "ENTRY_OVERHEAD", overhead)
    assert len(Entries(20, 20, 20, 20).render(bodies=False)) == shown


async def test_a_page_has_100_entries_unless_the_query_says_otherwise() -> None:
    asker = Asker()
    for _ in range(102):
        wire = WireRequest("GET", "/x", {}, {}, b"")
        entry = JournalEntry(1.5, "GET", "/x", "gemini", "m", 200, "engine", 0.1, wire)
        await asker.world.journal.add(entry)
    request = WireRequest("GET", "/_mockgem/journal", {}, {"host": "localhost"}, b"")
    page = json.loads((await asker.door(request)).body)  # type: ignore[arg-type]
    assert (len(page["entries"]), page["found"], page["next"]) == (100, 102, 100)


@pytest.mark.parametrize(("ended", "took"), [(10.25, 0.25), (0.0, 0.0), (9.0, 0.0)])
def test_an_entry_says_how_long_its_answer_took(ended: float, took: float) -> None:
    wire = WireRequest("GET", "/x", {}, {}, b"")
    entry = JournalEntry(1.5, "GET", "/x", "gemini", "m", 200, "engine", 0.1234567, wire)
    entry.started_at, entry.ended_at = 10.0, ended
    rendered = render_entry(entry, bodies=False)
    assert (rendered["took"], rendered["seconds"]) == (took, 0.123457)
