"""Check that the search of the built site finds what people look for.

`python -m tests.docs.search` reads build/docs after `mkdocs build`. Like the site's search, it
weighs a word in a title a thousand times more than one in a text.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

INDEX = Path(__file__).parent.parent.parent / "build" / "docs" / "search" / "search_index.json"
TITLE_WEIGHT = 1000
SHOWN = 3
"""Results in which the page has to be."""
WANTED = {
    "assert what was sent": "testing.html#assert-what-was-sent",
    "slow network": "scenarios.html#simulate-a-slow-network-latency",
    "vercel": "how-to/javascript.html#vercel-ai-sdk",
    "install": "start/install.html",
}
Entry = dict[str, Any]


def main() -> int:
    entries: list[Entry] = json.loads(INDEX.read_text("utf-8"))["docs"]
    missing = [query for query, place in WANTED.items() if place not in find(entries, query)]
    for query in missing:
        print(f"The search for {query!r} does not show {WANTED[query]}:", *find(entries, query))
    return int(bool(missing))


def find(entries: list[Entry], query: str) -> list[str]:
    """Return the places that a search shows first; of a page that has several, the best one."""
    words = query.lower().split()
    ranked = sorted(entries, key=lambda entry: rate(entry, words), reverse=True)
    return [entry["location"] for entry in ranked[:SHOWN]]


def rate(entry: Entry, words: list[str]) -> float:
    """Return how well an entry fits: short titles with all words are best."""
    title, text = split(entry["title"]), split(entry["text"])
    in_title = sum(word in title for word in words) / (len(title) or 1) ** 0.5
    in_text = sum(text.count(word) for word in words) / (len(text) or 1) ** 0.5
    return TITLE_WEIGHT * in_title + in_text


def split(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"<[^>]+>", " ", text).lower())


if __name__ == "__main__":
    sys.exit(main())
