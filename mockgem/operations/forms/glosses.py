"""Say in English which form a prompt in another language asks for.

Recognisers know the English words for each form. A gloss such as "Reply with only the number."
follows the instruction "Odpowiedz tylko liczbą.", so they need not know those of each language.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path

from mockgem.operations.forms.counts import CJK, NUMBER, VALUES
from mockgem.operations.forms.language_candidates import SPACED, list_candidates
from mockgem.operations.forms.language_detection import detect
from mockgem.operations.forms.lazy_patterns import make_regex

FILE = Path(__file__).parent.parent.parent / "data" / "request_phrases.json"
EDGE = 700
"""Characters at each end of an instruction that are read."""
GLOSSES = {
    "one word": "Answer in one word.",
    "number": "Reply with only the number.",
    "letter": "Answer with only the letter.",
    "label": "Return only the category.",
    "sentences": "Write {} sentences.",
    "paragraphs": "Write {} paragraphs.",
    "most words": "Use at most {} words.",
    "most characters": "Use at most {} characters.",
    "commas": "Separated by commas.",
    "bullets": "Use bullet points.",
    "items": "Use bullet points.",
    "numbered": "Use a numbered list.",
    "list": "List {} items.",
    "lines": "One per line.",
    "no numbers": "Without numbering.",
    "email": "Write an email.",
    "letter text": "Write a letter.",
    "summary": "Summarize the text.",
    "translate": "Translate.",
    "rewrite": "Rewrite the text.",
    "json": "Return JSON.",
    "nothing else": "Nothing else.",
}
"""What a kind of phrase means, with a place for its number."""
MORE_NUMBERS = {
    "한": 1,
    "하나": 1,
    "둘": 2,
    "셋": 3,
    "넷": 4,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "열": 10,
}
MORE_NUMBERS |= {"ba": 3, "năm": 5, "tek": 1}
MORE_NUMBERS |= {"หนึ่ง": 1, "หก": 6, "เจ็ด": 7, "แปด": 8, "เก้า": 9, "สิบ": 10}
COUNT = rf"({NUMBER}|{'|'.join(MORE_NUMBERS)})"
DUAL = make_regex(r"(?:ين|ان)\b")
"""The end of an Arabic noun for two things."""
MEASURES = ("sentences", "paragraphs", "most words", "most characters")
"""Kinds whose number does not say how long a list is."""


def gloss(text: str) -> str:
    """Return in English which forms a text in another language asks for; empty for others."""
    if len(text) > 2 * EDGE:
        text = f"{text[:EDGE]}\n{text[-EDGE:]}"
    return write_gloss(text)


def is_foreign(text: str) -> bool:
    """Return whether a text is in another language than English."""
    return detect(text) != "en"


@lru_cache(maxsize=256)
def write_gloss(text: str) -> str:
    found: dict[str, tuple[int, int]] = {}
    beginnings = frozenset(word[:START] for word in WORD.findall(text.lower()))
    for code in list_candidates(text):
        for kind, starts, pattern in load_phrases(code):
            if code in SPACED and starts.isdisjoint(beginnings):
                continue
            if kind not in found and (number := find_number(kind, pattern, text)):
                if kind in LAYOUTS and is_refused(pattern, text):
                    continue
                found[kind] = number
    measured = {found[kind][1] for kind in MEASURES if kind in found}
    if "list" in found and found["list"][1] in measured:
        del found["list"]
    if "list" in found and LENGTH.match(text, found["list"][1]):
        del found["list"]
    if HOW.match(text) or not found.keys().isdisjoint(("list", "rewrite", "summary")):
        found.pop("email", None)
        found.pop("letter text", None)
    if HOW.match(text) and PROGRAM.search(text):
        found.pop("json", None)
    if not found.keys().isdisjoint(("list", "numbered", "bullets", "commas", "json", "lines")):
        found.pop("items", None)
    if "no numbers" in found:
        found.pop("numbered", None)
    if "list" in found and JSON.search(text):
        return " ".join([ARRAY.format(found["list"][0]), *write_kinds(found)])
    if "list" not in found and (counted := COUNTED_JSON.search(text)):
        return " ".join([ARRAY.format(read_number(counted)[0]), *write_kinds(found)])
    return " ".join(write_kinds(found))


LAYOUTS = frozenset(("items", "bullets", "numbered", "table", "headings", "emoji"))
REFUSED_BEFORE = make_regex(
    r"(?:không(?: (?:dùng|sử dụng|có|cần))?|zonder|geen|ohne|keine?n?|sin|sans|pas de|senza|sem"
    r"|bez|nie"
    r" używaj|jangan|tanpa|без|не (?:используй\w*|нужно)|не використовуй\w*|ไม่(?:ใช้|ต้อง|มี"
    r"|เอา)?|بدون"
    r"|ללא|בלי|बिना|不要|不用|別用|别用)\s*(?:[^\W\d_]+\s){0,1}\Z",
    re.I,
)
REFUSED_AFTER = make_regex(
    r"(?:なし|ではなく|を使わ|は使わ|にしない|없이|말고|쓰지|के बिना|न (?:करें|दें)| olmadan| kullanma"
    r"| yok)"
)


def is_refused(pattern: re.Pattern[str], text: str) -> bool:
    """Return whether a text says that it does not want the layout that it names."""
    match = pattern.search(text)
    if match is None:
        return False
    before = text[max(0, match.start() - 24) : match.start()]
    after = text[match.end() : match.end() + 12].lstrip(" ")
    return bool(REFUSED_BEFORE.search(before) or REFUSED_AFTER.match(after))


LENGTH = make_regex(
    rf"{COUNT}\s?(?:शब्द|từ(?!\w)|chữ|ký tự|คำ|ตัวอักษร|字|词|詞|語|文字|단어|자(?!\w)|글자"
    r"|kata(?!\w)|كلم|מיל|words?(?!\w)|слов|символ|znak|słów|wört|zeichen)"
)
"""A number of words or characters, which is the length of a text and no number of things."""
COUNTED_JSON = make_regex(
    rf"json\b[^.:\n]{{0,24}}?\b(?:mit|con|avec|de|com|met|z|с|із|dengan|với)\s{COUNT}\s"
    r"(?!feld|schlüssel|camp|clave|champ|clé|chiav|chave|veld|pola|pol[ea]|ключ)[^\W\d_]{3,}",
    re.I,
)
"""How many objects a JSON text has: "ein JSON mit drei Städten"."""
JSON = make_regex(r"(?<![A-Za-z])json(?![A-Za-z])", re.I)
ARRAY = "Return a JSON array with {} objects."


def write_kinds(found: dict[str, tuple[int, int]]) -> list[str]:
    return [GLOSSES[kind].format(count) for kind, (count, _) in found.items()]


HOW = make_regex(
    r"\W*(?:wie|comment|cómo|como|come|hoe|jak|nasıl|как|як|كيف|איך|कैसे|どう|如何|怎么|怎麼"
    r"|어떻게|làm thế nào"
    r"|bagaimana|อย่างไร|warum|pourquoi|was ist|what|qué|cosa)",
    re.I,
)
"""The beginning of a question about how to write something."""


PROGRAM = make_regex(
    r"(?<![A-Za-z])(?:javascript|typescript|python|java|php|fetch|curl|axios|node|kotlin|swift"
    r"|rust|golang|ruby|c#)(?![A-Za-z])",
    re.I,
)
"""A program that works with JSON."""


def find_number(kind: str, pattern: re.Pattern[str], text: str) -> tuple[int, int] | None:
    """Return the number in the first phrase of a kind, and its place; None without a phrase."""
    found = [read_number(match) for match in islice(pattern.finditer(text), 4)]
    if kind == "list":
        found = [one for one in found if one[0] > 1]
    return found[0] if found else None


def read_number(match: re.Match[str]) -> tuple[int, int]:
    """Return the number in a phrase and its place: 1 without one, 2 for a dual."""
    group = match.lastindex
    if group is None:
        return (2 if DUAL.search(match[0]) else 1), -1
    word = match[group].lower()
    value = int(word) if word.isdecimal() else VALUES.get(word) or CJK.get(word)
    return value or MORE_NUMBERS.get(word, 3), match.start(group)


@cache
def load_all() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@cache
def load_phrases(code: str) -> tuple[tuple[str, frozenset[str], re.Pattern[str]], ...]:
    """Return the patterns of a language's phrases, by kind, with the beginnings of their words."""
    kinds = load_all().get(code, {})
    return tuple(
        (kind, list_beginnings(phrases), compile_phrases(phrases, code))
        for kind, phrases in kinds.items()
    )


START = 3
"""Letters of a word that tell whether a text may have a phrase."""
WORD = make_regex(rf"[^\W\d_]{{{START},}}")


def list_beginnings(phrases: str) -> frozenset[str]:
    """Return the beginnings of the words in phrases, one of which a text with a phrase has."""
    spelled = re.sub(r"\\[wWsd]|\[[^\]]*\]|(?<=\w)\?", " ", phrases)
    return frozenset(word[:START].lower() for word in WORD.findall(spelled))


def compile_phrases(phrases: str, code: str) -> re.Pattern[str]:
    """Return a pattern for phrases.

    Args:
        phrases: A regular expression in which "#" stands for a number, the only group that is
            kept, and "…" for some words of the same sentence.
    """
    spelled = re.sub(r"(?<!\\)\((?!\?)", "(?:", phrases)
    spelled = spelled.replace("…", r"[^.!?\n。！？]{0,60}?").replace("#", COUNT)
    edges = (r"(?<!\w)", r"(?!\w)") if code in SPACED else ("", "")
    return re.compile(rf"{edges[0]}(?:{spelled}){edges[1]}", re.I)
