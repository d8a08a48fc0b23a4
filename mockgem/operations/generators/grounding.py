"""Generate grounding: search queries, pages, places, passages of files, and supports.

Queries take up the prompt's topic. Supports are sentences of the reply, with byte offsets. Links
have the host and form of real ones, with tokens that the service never issued.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence

from mockgem.core.content import GroundingSource, GroundingSupport, Passage
from mockgem.operations.generators.prompt_analysis import (
    COMMON_WORDS,
    WORD,
    keywords_of,
    topic_of,
)
from mockgem.operations.generators.prose import write_paragraph
from mockgem.operations.generators.seeded_random import SeededRandom

REDIRECT_URL = "https://vertexaisearch.cloud.google.com/grounding-api-redirect/"
SITES = (
    *(
        "wikipedia.org",
        "britannica.com",
        "nationalgeographic.com",
        "nature.com",
        "bbc.com",
        "reuters.com",
        "github.com",
    ),
    *("stackexchange.com", "medium.com", "youtube.com", "archive.org", "sciencedirect.com"),
)
STREETS = ("Market", "Station", "Garden", "Harbour", "Mill", "Park")
PLACES = ("Café", "House", "Kitchen", "Corner", "Bistro", "Gallery")
SENTENCE = re.compile(r"[^.!?\n]+[.!?]+(?=\s|\Z)")
URL = re.compile(r"https?://[^\s<>\"'`)\]}]+[^\s<>\"'`)\]}.,;:!?]")


def generate_queries(prompt: str, random: SeededRandom) -> tuple[str, ...]:
    """Return one or two search queries about a prompt."""
    topic = topic_of(prompt)
    words = [word.lower() for word in WORD.findall(topic) if word not in COMMON_WORDS][:4]
    return (
        (topic, " ".join([*words, "explained"]))
        if random.draw_below(3) == 0 and words
        else (topic,)
    )


def generate_pages(random: SeededRandom) -> tuple[GroundingSource, ...]:
    first = random.draw_below(len(SITES))
    return tuple(
        [
            GroundingSource("web", generate_redirect(random), SITES[(first + 5 * n) % len(SITES)])
            for n in range(random.draw_between(2, 4))
        ]
    )


def generate_redirect(random: SeededRandom) -> str:
    return REDIRECT_URL + "AUZIYQ" + base64.urlsafe_b64encode(random.draw_bytes(96)).decode()


def generate_places(prompt: str, random: SeededRandom) -> tuple[GroundingSource, ...]:
    """Return two or three places from Google Maps."""
    word = keywords_of(topic_of(prompt))[0].capitalize()
    places: list[GroundingSource] = []
    for number in range(random.draw_between(2, 3)):
        mark = random.draw_below(2**48)
        name = (
            f"{random.pick(STREETS)} {word} "
            f"{PLACES[(random.draw_below(3) + 2 * number) % len(PLACES)]}"
        )
        place = "places/ChIJ" + base64.urlsafe_b64encode(random.draw_bytes(17)).decode().rstrip("=")
        places.append(
            GroundingSource(
                "maps", f"https://maps.google.com/?cid={mark}", name, {"placeId": place}
            )
        )
    return tuple(places)


def generate_passages(
    prompt: str, stores: Sequence[str], random: SeededRandom
) -> tuple[GroundingSource, ...]:
    """Return passages of files in the first of the stores."""
    topic = topic_of(prompt)
    store = stores[0] if stores else "fileSearchStores/unknown"
    return tuple(
        [
            GroundingSource(
                "retrievedContext",
                "",
                f"document-{number + 1}.txt",
                {"text": generate_passage(topic, random), "fileSearchStore": store},
            )
            for number in range(random.draw_between(1, 2))
        ]
    )


def generate_passage(topic: str, random: SeededRandom) -> str:
    return write_paragraph(topic, random, 2)


MAX_QUOTES = 3
"""Sentences that a reply quotes."""
MIN_QUOTE_SHARE = 0.6
"""A passage is quoted if its score is at least this share of the best one's."""


def build_retrieved_context(passage: Passage) -> GroundingSource:
    """Return a passage as a source; its text ends with a line break (recorded).

    Evidence: native-008-generateContent-200.
    """
    extra = {
        "text": passage.text + "\n",
        "fileSearchStore": passage.store,
        "customMetadata": list(passage.metadata),
        "pageNumber": passage.page,
    }
    return GroundingSource("retrievedContext", "", passage.title, extra)


def quote(passages: Sequence[Passage]) -> tuple[str, tuple[GroundingSupport, ...]]:
    """Return a text of the quotes of the best passages, and a support for each quote.

    A quote that several passages have appears once, and names all of them.
    """
    least = MIN_QUOTE_SHARE * passages[0].score
    quotes = [passage.quote for passage in passages if passage.score >= least]
    text, supports = "", []
    for words in list(dict.fromkeys(quotes))[:MAX_QUOTES]:
        text += " " if text else ""
        start = len(text.encode("utf-8", "replace"))
        text += words
        end = len(text.encode("utf-8", "replace"))
        numbers = [n for n, passage in enumerate(passages) if words in passage.text]
        supports.append(GroundingSupport(start, end, words, tuple(numbers)))
    return text, tuple(supports)


def find_supports(text: str, sources: int, random: SeededRandom) -> tuple[GroundingSupport, ...]:
    """Return supports for most sentences of a text."""
    supports: list[GroundingSupport] = []
    for match in SENTENCE.finditer(text):
        if random.draw_below(4) == 0 and supports:
            continue
        lead = len(match[0]) - len(match[0].lstrip())
        start = len(text[: match.start() + lead].encode("utf-8", "replace"))
        piece = match[0].lstrip()
        chosen = sorted({random.draw_below(sources) for _ in range(random.draw_between(1, 2))})
        supports.append(
            GroundingSupport(
                start, start + len(piece.encode("utf-8", "replace")), piece, tuple(chosen)
            )
        )
    return tuple(supports[:8])


def find_urls(text: str) -> tuple[str, ...]:
    """Return the URLs in a text, at most 20, as the service reads (documented).

    Evidence: doc-url-context.
    """
    return tuple(dict.fromkeys(URL.findall(text)))[:20]


def render_entry_point(queries: Sequence[str], random: SeededRandom) -> str:
    """Return the HTML of the search suggestions, which has a chip for each query."""
    chips = "\n".join(
        f'  <a class="chip" href="{generate_redirect(random)}">{escape_html(query)}</a>'
        for query in queries
    )
    style = (
        ".container { display: flex; align-items: center; border-radius: 8px; padding: 8px 12px; "
        "}\n"
        ".chip { border: 1px solid #d2d2d2; border-radius: 16px; margin: 0 8px; padding: 5px "
        "16px; color: #5e5e5e; "
        "text-decoration: none; }\n"
        "@media (prefers-color-scheme: dark) { .container { background: #1f1f1f; } .chip { "
        "color: #fff; } }\n"
    )
    return f'<style>\n{style}</style>\n<div class="container">\n{chips}\n</div>\n'


def escape_html(text: str) -> str:
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )
