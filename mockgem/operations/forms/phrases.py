"""Common sentences from one language in another one."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.phrase_books import PhraseBook, index_words, load_book
from mockgem.operations.forms.phrase_slots import (
    READERS,
    WRITERS,
    fix_spelling,
    read_capitalised,
    read_noun,
    write_indefinite,
)
from mockgem.operations.forms.vocabulary import index_words as index_vocabulary

MAX_SENTENCE = 160
MAX_CLAUSES = 4
SLOT = make_regex(r"\{(\w+)\}")
AGREEING = make_regex(r"\[([^\[\]/]+(?:/[^\[\]/]+){1,2})\]")
MARKS = make_regex(r"[,，、،;]|[.!?。！？؟।…]+(?=\s|$)|^[¡¿]+|(?<=\s)[¡¿]|[\"“”«»„「」]")
CONTRACTIONS = (
    (r"\b(i)['’]?m\b", r"\1 am"),
    (r"\b(where|what|who|how|it|that|here|there|when)['’]s\b", r"\1 is"),
    (r"\bwhats\b", "what is"),
    (r"\blet['’]s\b", "let us"),
    (r"\bcan['’]?t\b", "cannot"),
    (r"\b(do|does|did|is|are|was|has|have)n['’]?t\b", r"\1 not"),
    (r"\b(i|we|you)['’]d\b", r"\1 would"),
    (r"\b(i|we|you|it|he|she|they)['’]ll\b", r"\1 will"),
    (r"\b(you|we|they)['’]re\b", r"\1 are"),
    (r"\b(i|we|you|they)['’]ve\b", r"\1 have"),
    (r"\bplz\b|\bpls\b", "please"),
)
EXPANSIONS = tuple((make_regex(pattern, re.I), text) for pattern, text in CONTRACTIONS)


@frozen
class Phrase:
    """A sentence of the phrasebooks, with what stands in its places."""

    key: str
    values: dict[str, Any]


def translate_phrase(text: str, source: str, target: str) -> str:
    """Return a common sentence in another language; empty if the phrasebooks do not have it."""
    if len(text) > MAX_SENTENCE:
        return ""
    book = load_book(target)
    whole = translate_clause(text, source, book) or translate_greeting(text, source, book)
    return whole or translate_clauses(text, source, book)


def translate_clause(text: str, source: str, book: PhraseBook) -> str:
    phrase = find_phrase(text, source)
    if phrase is not None:
        return write_phrase(phrase, book)
    bare = simplify(text, source)
    plain = compile_polite(source).sub("", bare)
    if plain == bare or (phrase := find_phrase(plain, source)) is None:
        return ""
    said = write_phrase(phrase, book)
    if not book.please or book.please in said.lower():
        return said
    return re.sub(r"(\s?[.!?؟।]*)$", rf", {book.please}\1", said, count=1)


@cache
def compile_polite(code: str) -> re.Pattern[str]:
    """Return a pattern for the polite word at an edge of a sentence."""
    word = re.escape(load_book(code).please) or r"(?!)"
    words = f"(?:{word}|s'il te plaît|svp)" if code == "fr" else f"(?:{word})"
    return re.compile(rf"^{words}\s+|\s+{words}$", re.I)


@lru_cache(maxsize=1024)
def find_phrase(text: str, code: str) -> Phrase | None:
    """Return the sentence of a language's phrasebook that a text is. Sentences come again."""
    plain = simplify(text, code)
    exact, patterns = index_sentences(code)
    if key := exact.get(plain.lower()):
        return Phrase(key, {})
    for pattern, key in patterns:
        match = pattern.fullmatch(plain)
        if match is None:
            continue
        values = {name: READERS[name](said, code) for name, said in match.groupdict().items()}
        if None not in values.values():
            return Phrase(key, values)
    return None


def simplify(text: str, code: str) -> str:
    """Return a sentence without marks, and without contractions in English."""
    plain = " ".join(MARKS.sub(" ", text.replace("’", "'")).split())
    if code == "en" and ("'" in plain or "hats" in plain or "pl" in plain):
        for pattern, long_form in EXPANSIONS:
            plain = pattern.sub(long_form, plain)
    return plain


@cache
def index_sentences(code: str) -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Return the sentences without places by their words, and the patterns of the others."""
    exact: dict[str, str] = {}
    patterns = []
    for key, variants in load_book(code).sentences.items():
        for variant in variants:
            plain = simplify(variant, code)
            if "{" in plain:
                patterns.append((compile_sentence(plain), key))
            else:
                exact.setdefault(plain.lower(), key)
    return exact, patterns


def compile_sentence(text: str) -> re.Pattern[str]:
    """Return a pattern for a sentence with places."""
    spelled = re.escape(text).replace(r"\ ", r"\s*" if not text.isascii() else " ")
    spelled = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>\\S.{0,40}?)", spelled)
    spelled = re.sub(r"\\\[(.+?)\\\]", lambda match: f"(?:{match[1].replace('/', '|')})", spelled)
    return re.compile(spelled, re.I)


def write_phrase(phrase: Phrase, book: PhraseBook) -> str:
    """Return a sentence of the phrasebooks in a language."""
    text = book.sentences[phrase.key][0]
    values = dict(phrase.values)
    nouns = (values["the"],) if "the" in values else values.get("a", ())
    noun = nouns[0] if nouns else None
    values |= {"the": noun, "a": nouns, "name": values.get("name", values.get("Name"))}
    if book.code != "ko" and noun is not None:
        text = AGREEING.sub(lambda match: pick_form(match[1], book.genders[noun]), text)
    filled = SLOT.sub(lambda match: WRITERS[match[1]](values[match[1]], book), text)
    if book.code == "ko":
        filled = PARTICLE.sub(lambda match: match[1] + pick_particle(match[1], match[2]), filled)
    return capitalise(fix_spelling(filled, book))


def pick_form(forms: str, gender: int) -> str:
    several = forms.split("/")
    return several[min(gender, len(several) - 1)]


PARTICLE = make_regex(r"(\S)\[(\S/\S)\]")
FIRST_SYLLABLE = 0xAC00
FINALS = 28
"""Final consonants of Korean syllables, the first one is empty."""


def pick_particle(letter: str, forms: str) -> str:
    """Return the Korean particle that fits the last letter before it."""
    has_final = letter >= "\uac00" and (ord(letter) - FIRST_SYLLABLE) % FINALS != 0
    return forms[0] if has_final else forms[-1]


def capitalise(text: str) -> str:
    """Return a sentence with a capital letter at its beginning."""
    start = re.match(r"[¡¿\s]*", text)
    at = start.end() if start else 0
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


def translate_greeting(text: str, source: str, book: PhraseBook) -> str:
    """Return a greeting with the one whom it addresses: "good morning my friend"."""
    words = MARKS.sub("", text).split()
    exact, _ = index_sentences(source)
    for count in range(1, min(len(words), 4)):
        start, rest = " ".join(words[:count]), " ".join(words[count:])
        key = exact.get(simplify(start, source).lower(), "")
        if key not in GREETINGS:
            continue
        place = index_words(source, "addressed").get(rest.lower())
        known = book.addressed[place][0] if place is not None else None
        name = known or (rest if len(words) - count < 3 and is_name(rest, source) else None)
        if name:
            greeting, mark = split_mark(write_phrase(Phrase(key, {}), book))
            return f"{greeting}{book.join[',']}{name}{mark}"
    return ""


def is_name(text: str, code: str) -> bool:
    return read_capitalised(text, code) is not None


GREETINGS = frozenset(
    "Hello!|Good morning!|Good evening!|Good afternoon!|Good night!|Goodbye!|Thank you!|Welcome!"
    "|Thank you very much!|Happy birthday!|Congratulations!|See you tomorrow!|How are you?"
    "|Merry Christmas!|I love you.|Good luck!".split("|")
)
"""Sentences after which the one may stand whom they address."""


def split_mark(text: str) -> tuple[str, str]:
    """Return a sentence and the mark at its end, with the space before it."""
    match = re.search(r"\s?[.!?。！？؟।]+$", text)
    return (text[: match.start()], match[0]) if match else (text, "")


def translate_clauses(text: str, source: str, book: PhraseBook) -> str:
    """Return a sentence of several common ones: "My name is Anna and I live in Berlin."."""
    parts = compile_links(source).split(text.strip())
    if len(parts) > 3 and compile_polite(source).sub("", f"x {parts[-1]}".strip(" .!?")) == "x":
        parts = parts[:-2]
    clauses = parts[::2]
    if not 1 < len(clauses) <= MAX_CLAUSES:
        return ""
    said = [translate_part(clause, source, book) for clause in clauses]
    if not all(said):
        return ""
    result = said[0]
    for link, clause in zip(parts[1::2], said[1:], strict=True):
        result = join_clauses(result, name_link(link, source), clause, book)
    return result


def translate_part(text: str, source: str, book: PhraseBook) -> str:
    """Return a clause in another language: a common one, else one of everyday words."""
    from mockgem.operations.forms import simple_clauses

    said = translate_clause(text, source, book)
    return said or simple_clauses.translate_clause(text, source, book.code)


@cache
def compile_links(code: str) -> re.Pattern[str]:
    """Return a pattern for what stands between the clauses of a sentence."""
    words = [re.escape(load_book(code).join[name].strip(" ,，。.、")) for name in ("and", "but")]
    space = r"\s?" if code in ("ja", "zh", "zh-Hant", "th", "ar", "he") else r"\s"
    return re.compile(rf"([,，、،]?\s?(?:{'|'.join(words)}){space}|[,，、،;]\s?|[.!。！]\s)", re.I)


def name_link(link: str, code: str) -> str:
    """Return "and", "but" or "," for what stands between two clauses; another mark as it is."""
    plain = link.strip(" ,，、،").lower()
    for name in ("and", "but"):
        if plain and plain == load_book(code).join[name].strip(" ,，。.、"):
            return name
    return plain or ","


def join_clauses(first: str, link: str, second: str, book: PhraseBook) -> str:
    if link not in book.join:
        space = "" if book.code in ("ja", "zh", "zh-Hant") else " "
        return f"{first}{space}{second}"
    start, mark = split_mark(first)
    if book.code == "es" and first[:1] in "¡¿":
        return f"{first} {second}"
    if mark.strip() in ("?", "？", "؟"):
        return f"{first} {second}"
    return f"{start}{book.join[link]}{lower_start(second, book)}"


def lower_start(text: str, book: PhraseBook) -> str:
    """Return a clause with a small first letter, unless its first word always has a capital."""
    word = text.split(" ")[0].strip(",.!?")
    always = book.code == "de" and word not in GERMAN_SMALL
    is_place = index_vocabulary().get(word.lower(), ("",))[0] in ("capitals", "countries")
    keeps = always or is_place or (book.code == "en" and word.split("'")[0] == "I")
    return text if keeps or not text[:1].isalpha() else text[:1].lower() + text[1:]


GERMAN_SMALL = frozenset(
    "Ich Es Das Der Die Wir Wie Wo Was Wann Können Haben Sprechen Mir Heute Bitte Vielen Danke"
    " Etwas Alles Freut Dieses Sie Er Einen Möchten Bis Guten Gute".split()
)


def translate_label(text: str, source: str, target: str) -> str:
    """Return a label of a user interface in another language; empty for other words."""
    place = index_words(source, "labels").get(text.strip().rstrip(".!?… ").lower())
    return load_book(target).labels[place][0] if place is not None else ""


def translate_noun(text: str, source: str, target: str) -> str:
    """Return a noun in another language, with an indefinite article if it has one; else empty."""
    place = read_noun(text.strip(" .!?"), source)
    if place is None:
        return ""
    book = load_book(target)
    has_article = re.match(r"(?:an?|some|eine?n?|une?|una?) ", text, re.I) is not None
    return write_indefinite(place, book) if has_article else book.nouns[place][0]
