"""What each language says about the themes of everyday life: food, sleep, travel, money, work.

Each file in `data/local_themes/` has a row for a theme: "key: words = tip | tip = reason | reason".
The words are those of a question, as in `data/facts/`. The tips say how to do something, the
reasons why it is good. The file for English has only the words, for requests whose reply is in
another language.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from mockgem.core.frozen import frozen
from mockgem.operations.forms.fact_books import has_words, load_facts, read_groups, simplify
from mockgem.operations.forms.local_answers import find_text

FOLDER = Path(__file__).parent.parent.parent / "data" / "local_themes"
MAX_QUESTION = 300
MARKS = {"ja": "。", "zh": "。", "zh-Hant": "。", "hi": "।", "th": ""}
"""What ends a sentence; a period in the other languages."""


@frozen
class LocalTheme:
    """A theme of everyday life in a language.

    Attributes:
        words: Words of questions about it, as they stand in a plain text.
        tips: How to do something, without a mark at the end.
        reasons: Why it is good.
    """

    words: tuple[str, ...]
    tips: tuple[str, ...]
    reasons: tuple[str, ...]


@cache
def load_themes(code: str) -> dict[str, LocalTheme]:
    """Return the themes of a language by their keys."""
    path = FOLDER / f"{code}.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {key: read_theme(row, code) for key, _, row in (line.partition(": ") for line in lines)}


def read_theme(row: str, code: str) -> LocalTheme:
    """Return a theme from "words = tip | tip = reason | reason"."""
    words, *said = row.split(" = ")
    tips, reasons = ([*said, "", ""])[:2]
    return LocalTheme(read_groups(words, code)[0], split_row(tips), split_row(reasons))


def split_row(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(" | ") if one.strip())


@lru_cache(maxsize=256)
def find_theme(asked: str, source: str, target: str) -> LocalTheme | None:
    """Return what a language says about the theme that most words of a question name."""
    if len(asked) > MAX_QUESTION:
        return None
    plain = simplify(asked)
    hits = {
        key: sum(len(word.strip()) for word in theme.words if word in plain)
        for key, theme in load_themes(source).items()
    }
    key = max(hits, key=lambda one: hits[one], default="")
    return load_themes(target).get(key) if key and hits[key] else None


def tell_theme(asked: str, source: str, target: str) -> tuple[str, ...]:
    """Return sentences about the theme of a question: reasons or tips; nothing for others."""
    theme = find_theme(asked, source, target)
    if theme is None:
        return ()
    said = theme.reasons if wants_reasons(asked, source) else ()
    return tuple(end_sentence(one, target) for one in said or theme.tips)


def wants_reasons(asked: str, code: str) -> bool:
    """Return whether a question in a language is why something is good."""
    if has_words(load_facts(code).things["advantages"][0], simplify(asked)):
        return True
    return bool(find_text("why", asked, code, code)) if code != "en" else False


def end_sentence(text: str, code: str) -> str:
    """Return a tip or a reason as a sentence."""
    mark = MARKS.get(code, ".")
    return text if text.endswith((".", "!", "?", "。", "।")) else f"{text}{mark}"
