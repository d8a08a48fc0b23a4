"""What each language says about the themes of everyday life: food, sleep, travel, money, work.

Each file in `data/local_themes/` has a row for a theme: "key: words = tip | tip = reason | reason".
The words are those of a question, as in `data/facts/`. The tips say how to do something, the
reasons why it is good. The file for English has only the words, for requests whose reply is in
another language.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from mockgem.core.frozen import frozen
from mockgem.operations.forms.fact_books import has_words, load_facts, read_groups, simplify
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_answers import find_advice, find_answer, find_text, find_verdict

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
def find_theme_key(asked: str, code: str) -> str:
    """Return the key of the theme that most letters of a short question name; else empty."""
    if len(asked) > MAX_QUESTION:
        return ""
    plain = simplify(asked)
    hits = {
        key: sum(len(word.strip()) for word in theme.words if word in plain)
        for key, theme in load_themes(code).items()
    }
    key = max(hits, key=lambda one: hits[one], default="")
    return key if key and hits[key] else ""


def find_theme(asked: str, source: str, target: str) -> LocalTheme | None:
    """Return what a language says about the theme of a question in another one."""
    return load_themes(target).get(find_theme_key(asked, source))


ADVISED = frozenset(
    ("money", "eating", "cooking", "early", "security", "study", "reading", "pets", "")
)
"""Themes about which `data/answers/` has advice; a word of it may be in questions of others."""


def find_known_advice(asked: str, topic: str, source: str, target: str) -> tuple[str, ...]:
    """Return the answer to an everyday question, or the advice about its topic; else nothing."""
    key = find_theme_key(asked, source)
    found = find_answer(asked, source, target) if key != "cleaning" else ()
    if found or key not in ADVISED:
        return found
    tips = find_advice(asked, topic, source, target)
    duration = find_text(DURATIONS.get(key, "days"), asked, source, target) if tips else ""
    return (duration, *tips) if duration else tips


def find_first_words(asked: str, source: str, target: str) -> str:
    """Return a yes or no, or how long it takes, for a question that asks for it; else empty."""
    duration = DURATIONS.get(find_theme_key(asked, source), "days")
    return find_verdict(asked, source, target) or find_text(duration, asked, source, target)


DURATIONS = {
    **dict.fromkeys(("tea", "cooking", "eating", "cleaning"), "minutes"),
    **dict.fromkeys(("study", "fitness", "reading", "driving"), "months"),
}
"""How long something takes that a question about a theme asks for; else some days."""


def tell_theme(asked: str, source: str, target: str) -> tuple[str, ...]:
    """Return sentences about the theme of a question: a yes or no, reasons or tips; or none."""
    theme = find_theme(asked, source, target)
    if theme is None or not wants_advice(asked, source):
        return ()
    said = theme.reasons if wants_reasons(asked, source) else ()
    said = said or put_first(theme.tips, asked)
    verdict = find_first_words(asked, source, target)
    return (*((verdict,) if verdict else ()), *(end_sentence(one, target) for one in said))


WORKS = make_regex(
    r"\b(?:funktionier\w+|werkt|werken|funciona\w*|fonctionne\w*|funziona\w*|działa\w*|çalışır"
    r"|hoạt động|bekerja)\b(?! (?:von|vanuit|thuis|dari|en casa|em casa))"
    r"|работает|працює|仕組み|原理|원리|작동|يعمل|तरह काम|कैसे काम|ทำงานอย่างไร",
    re.I,
)
"""A question how something works."""
WORTH = make_regex(
    r"\b(?:wichtig|sinnvoll|lohnt|sollte\w*|gut|gesund|important\w*|faut|devrait|bon(?:ne)?|utile"
    r"|buen[oa]|saludable|deber\w*|conviene|bene|dovr\w+|bom|boa|belangrijk|goed|gezond|moet"
    r"|warto|ważn\w+|dobr\w+|zdrow\w+|önemli|iyi|gerek\w*|faydalı|penting|baik|perlu|quan trọng"
    r"|nên|tốt)\b|важ|стоит|варто|нужн|потрібн|полез|корисн|大切|重要|大事|良い|よい|いい|중요|좋"
    r"|要|好|مهم|مفيد|ينبغي|חשוב|כדאי|טוב|ज़रूरी|जरूरी|महत्व|अच्छा|สำคัญ|ควร|ดี",
    re.I,
)
"""What makes a question why something is one for the good of it."""
IN_CASE = make_regex(
    r"\b(?:wenn|falls|si|se|als|jeśli|gdy|если|якщо|nếu|khi|jika|kalau)\b|怎[么麼][办辦]|たら"
    r"|(?:으면|하면|때)|तो क्या|إذا|اذا|אם|ถ้า|\w+(?:sa|se|ırsa|irse|ınca|ince)\b",
    re.I,
)
"""A case, such as a phone in water, for which a theme has no advice."""


def wants_advice(asked: str, code: str) -> bool:
    """Return whether a question may be answered by what a language says about its theme."""
    if WORKS.search(asked):
        return False
    if find_text("why", asked, code, code) and not WORTH.search(asked):
        return False
    return not (find_text("todo", asked, code, code) and IN_CASE.search(asked))


WORD = make_regex(r"[^\W\d_]{5,}")
STEM = 5
"""Letters in which a word of a question and one of a tip are the same."""


def put_first(tips: tuple[str, ...], asked: str) -> tuple[str, ...]:
    """Return tips, those first that have a word of a question: "open a bank account"."""
    stems = {word[:STEM] for word in WORD.findall(asked.lower())}
    is_other = [not stems & {w[:STEM] for w in WORD.findall(one.lower())} for one in tips]
    return tuple(one for _, one in sorted(zip(is_other, tips, strict=True), key=lambda row: row[0]))


def wants_reasons(asked: str, code: str) -> bool:
    """Return whether a question in a language is why something is good."""
    if has_words(load_facts(code).things["advantages"][0], simplify(asked)):
        return True
    return bool(find_text("why", asked, code, code)) if code != "en" else False


def end_sentence(text: str, code: str) -> str:
    """Return a tip or a reason as a sentence."""
    mark = MARKS.get(code, ".")
    return text if text.endswith((".", "!", "?", "。", "।")) else f"{text}{mark}"


def names_topic(sentences: tuple[str, ...], topic: str) -> bool:
    """Return whether sentences have a word of a topic, or two letters of one without spaces."""
    text = " ".join(sentences).lower()
    words = WORD.findall(topic.lower())
    if any(word[:STEM] in text for word in words):
        return True
    pairs = (topic[at : at + 2] for at in range(len(topic) - 1) if not topic.isascii())
    return not words and any(pair in text for pair in pairs)
