"""Texts in another language with the lines, names and placeholders of a given one.

Common sentences and words are translated. For each other sentence stands one that says which
names, numbers, times and known things are in it.
"""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.language_candidates import NOT_LATIN, WORDS, list_candidates
from mockgem.operations.forms.language_detection import detect
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_facts import VALUE, find_key, say_fact
from mockgem.operations.forms.near_phrases import translate_near
from mockgem.operations.forms.phrases import translate_label, translate_noun, translate_phrase
from mockgem.operations.forms.related_sentences import relate
from mockgem.operations.forms.simple_clauses import translate_clause
from mockgem.operations.forms.transfer.sentences import translate_grammar
from mockgem.operations.forms.vocabulary import list_nouns, translate_word
from mockgem.operations.forms.writing import Writer

SHORT = 120
"""A text of up to this number of characters may be a greeting as a whole."""
SALUTATION = make_regex(
    r"(?:Dear|Hi|Hello|Beste|Liebe[rs]?|Hallo|Sehr geehrte[r]?|Cher|Chère|Bonjour|Estimad[oa]|Hola"
    r"|Querid[oa]|Prezad[oa]|Olá|Gentile|Car[oa]|Ciao|Drog[ia]|Sayın|Merhaba|Уважаем\w+"
    r"|Шановн\w+|Добрый (?:день|вечер)|Здравствуйте|Доброго дня|Guten (?:Tag|Morgen|Abend)"
    r"|Good (?:morning|afternoon|evening)|Buen[oa]s (?:días|tardes)|Bom dia|Boa tarde"
    r"|Buongiorno|Goedemorgen|Dzień dobry|Witaj)"
    r",? ((?:[A-ZÀ-ÞА-Я][\w'’.-]*\s?){1,3}?)\s?([,!:]?)"
)
CLOSING = make_regex(
    r"(?:(?:kind|best|warm) regards|best(?: wishes)?|regards|sincerely|yours \w+|cheers|groet\w*"
    r"|(?:met )?vriendelijke groet\w*|viele grüße|(?:mit )?freundlichen? grüßen?|liebe grüße"
    r"|cordialement|bien à vous|(?:un )?saludos?|atentamente|atenciosamente|abraços?"
    r"|(?:cordiali|distinti) saluti|pozdrawiam|saygılarımla|с уважением|з повагою)[,.!]?",
    re.I,
)
SIGNED = make_regex(rf"(?:{CLOSING.pattern})\s?([A-ZÀ-ÞА-Я][\w'’. -]{{1,40}})", re.I)
NAME_LINE = make_regex(r"[A-ZÀ-ÞА-Я][\w'’.-]*(?: [A-ZÀ-ÞА-Я][\w'’.-]*){0,2}")
MARK = make_regex(r"\s*(?:(?:[-*•–]|\d{1,3}[.)]|#{1,6}|>|[A-Za-z]\))\s+|\s+)?")
NO_SPACES = make_regex("[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]")
KEPT = make_regex(
    r"\{\{?[\w. ]{0,40}\}?\}|%\(\w+\)[sd]|%\d?\$?[sd@]|\$\{?\w+\}?(?=\W|\Z)|</?[a-z][^<>\n]{0,60}>"
    r"|https?://[^\s)>\"']+|[\w.+-]+@[\w-]+\.[\w.-]*\w|:[a-z_]{2,20}:|\[(?-i:[A-Z_]{2,30})\]",
    re.I,
)
"""What a translation leaves as it is: placeholders, tags, addresses."""


def translate_text(text: str, writer: Writer) -> str:
    """Return a text in a language, line by line as the given one."""
    if len(text) < SHORT and "\n" not in text.strip():
        return translate_line(text.strip(), writer)
    return "\n".join(translate_marked(line, writer) for line in text.split("\n")[:400])


def translate_marked(line: str, writer: Writer) -> str:
    """Return a line with the mark of a list or a heading before it."""
    mark = MARK.match(line)
    start = mark[0] if mark else ""
    body = line[len(start) :].strip()
    return start + translate_line(body, writer) if body else line


def translate_line(text: str, writer: Writer) -> str:
    if letter_line := translate_letter_line(text, writer):
        return letter_line
    marked, kept = mark_kept(text)
    if known := translate_known(marked, writer.language):
        return restore(kept, fit_end(known, text))
    if addressed := translate_beside(marked, writer.language):
        return restore(kept, addressed)
    if is_word(text):
        return writer.take_word()
    sentences = [one for one in SENTENCE_END.split(marked) if one.strip()][:200]
    said = [translate_sentence(one, writer, at) for at, one in enumerate(sentences)]
    return restore(kept, writer.space.join(said))


BESIDE = make_regex(r"([^\W\d_][^,:]{1,60}?)([,:]?\s)(Zq\d{1,2}z)([!.?]{0,3})")
BEFORE = make_regex(r"(Zq\d{1,2}z)(\s)([^\W\d_].{1,60}?)([!.?]{0,3})")


def translate_beside(text: str, target: str) -> str:
    """Return a known phrase beside a placeholder in a language: "Welcome back, {name}!"."""
    if match := BESIDE.fullmatch(text):
        known = translate_known(match[1], target)
        return f"{fit_end(known, match[1])}{match[2]}{match[3]}{match[4]}" if known else ""
    if match := BEFORE.fullmatch(text):
        known = fit_end(translate_known(match[3], target), match[3])
        known = known if target == "de" else known.lower()
        return f"{match[1]}{match[2]}{known}{match[4]}" if known else ""
    return ""


SENTENCE_END = make_regex(r"(?<=[.!?…])[\"”»]?\s+(?=[^\Wa-z]|[\"“«¿¡(])|(?<=[。！？।])\s*")


def translate_letter_line(text: str, writer: Writer) -> str:
    """Return the line of a letter that greets or ends it; empty for another one."""
    pack = writer.pack
    if (match := SALUTATION.fullmatch(text)) and (match[2] or SOLEMN.match(text)):
        mark = match[2] or ("," if writer.language not in ("ja", "zh", "zh-Hant") else "：")
        return f"{pack.dear} {match[1].strip()}{mark}"
    if CLOSING.fullmatch(text):
        return f"{pack.regards},"
    if match := SIGNED.fullmatch(text):
        return f"{pack.regards}, {match[1]}"
    if NAME_LINE.fullmatch(text) and CLOSING.search(writer.question.prompt[:4000]):
        return text
    return ""


SOLEMN = make_regex(
    r"Dear|Beste|Liebe|Sehr|Ch[eè]r|Estimad|Querid|Prezad|Gentile|Car|Drog|Sayın|У|Ш"
)
"""The beginning of a salutation in a letter."""


def translate_known(text: str, target: str) -> str:
    """Return a text that a phrasebook or a list of words has; empty for another one."""
    if word := translate_word(text, target):
        return word
    for source in list_sources(text):
        if len(text.split()) < MAX_LABEL and (label := translate_label(text, source, target)):
            return label
        if phrase := translate_phrase(text, source, target):
            return phrase
        if noun := translate_noun(text, source, target):
            return noun
    return ""


MAX_LABEL = 4
FEW_WORDS = 6
"""Words of a text whose language its letters and words may not tell."""


def list_sources(text: str) -> list[str]:
    """Return the languages in which a text may be, the likeliest first."""
    likely = [detect(text), *list_candidates(text), "en"]
    if len(text) <= SHORT and len(text.split()) <= FEW_WORDS and NOT_LATIN.search(text) is None:
        likely.extend(sorted(WORDS))
    return list(dict.fromkeys(likely))


def is_word(text: str) -> bool:
    letters = text.replace(" ", "")
    is_few = len(text.split()) < 3 and len(text) < 30 and letters.isalpha()
    return is_few and (len(text) < 5 or NO_SPACES.search(text) is None)


def translate_sentence(text: str, writer: Writer, at: int) -> str:
    """Return a sentence of the phrasebooks, else one about the things in the given one."""
    target = writer.language
    if signed := SIGNED.fullmatch(text):
        return f"{writer.pack.regards}, {signed[1]}"
    if known := translate_known(text, target):
        return fit_end(known, text)
    if fact := translate_fact(text, target) or translate_simple(text, target):
        return fact
    if detect(text) == "en" and (written := translate_grammar(text, target)):
        return written
    if near := translate_near(text, target):
        return near
    start = GREETING_START.match(text)
    greeting = translate_known(start[1], target) if start else ""
    if greeting and start is not None:
        rest = relate(text[start.end() :], target, goes_on=False)
        return f"{greeting}{writer.space}{rest}"
    return relate(text, target, goes_on=at > 0) or writer.write_plain_sentence()


def translate_simple(text: str, target: str) -> str:
    """Return a short sentence of known words in another language; empty for others."""
    clauses = (translate_clause(text, code, target) for code in list_sources(text))
    return next(filter(None, clauses), "") if len(text) < SHORT else ""


def translate_fact(text: str, target: str) -> str:
    """Return a sentence that states a known fact in another language; empty for others."""
    source = detect(text)
    key = find_key(text, source) if len(text) < SHORT and "?" not in text else ""
    said, own = (say_fact(key, code) or "" for code in (target, source)) if key else ("", "")
    value = VALUE.search(own)
    return VALUE.sub(r"\1", said) if value and value[1] in text else ""


GREETING_START = make_regex(r"([^,.!?\n]{2,24})[,!] (?=\S+ \S+ \S)")
"""A greeting before the rest of its sentence."""


def mark_kept(text: str) -> tuple[str, list[str]]:
    """Return a text with marks for its placeholders and addresses, and what they stand for."""
    kept = KEPT.findall(text)
    for at, one in enumerate(kept):
        text = text.replace(one, f"Zq{at}z", 1)
    return text, kept


def restore(kept: list[str], text: str) -> str:
    """Return a text with the placeholders and addresses that the given one has."""
    missing = [one for at, one in enumerate(kept) if f"Zq{at}z" not in text]
    for at, one in enumerate(kept):
        text = text.replace(f"Zq{at}z", one)
    return keep(missing, text)


def keep(marks: list[str], text: str) -> str:
    """Return a text with the placeholders and addresses that the given one has."""
    if not marks:
        return text
    first, *rest = text.split(" ")
    return " ".join([first, *marks, *rest]) if rest else f"{' '.join(marks)} {text}"


ENDS = make_regex(r"[.!?。！？।]+\Z")


def fit_end(text: str, given: str) -> str:
    """Return a text that ends like the given one: with a question mark, or without a mark."""
    end = ENDS.search(given.rstrip(" \"'”»"))
    own = ENDS.search(text)
    if end is None:
        is_question = own is not None and own[0][-1] in "?？"
        return text if is_question else ENDS.sub("", text).strip(" ¡")
    if end[0][-1] in "?!？！؟" and own is not None and own[0][-1] not in "?？؟":
        wide = own[0][-1] in "。！"
        mark = end[0][-1].translate(WIDE if wide else NARROW)
        return ENDS.sub(mark, text) if mark in "!！" else text
    return text


NARROW = str.maketrans("？！", "?!")
WIDE = str.maketrans("?!", "？！")


def translate_strings(value: Any, writer: Writer) -> Any:
    """Return a value with other strings under the same keys."""
    match value:
        case dict():
            return {key: translate_strings(item, writer) for key, item in value.items()}
        case list():
            return [translate_strings(item, writer) for item in value]
        case str():
            return translate_line(value, writer) if value.strip() else value
    return value


def list_pairs(codes: list[str], count: int) -> list[list[str]]:
    """Return rows of everyday words, a word in each of some languages."""
    columns = [list_nouns(code) for code in codes]
    return [[column[at % len(column)] for column in columns] for at in range(count)]
