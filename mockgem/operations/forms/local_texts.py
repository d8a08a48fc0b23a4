"""Kinds of text in other languages than English: product descriptions, thanks, replies, posts."""

from __future__ import annotations

import re
from functools import cache

from mockgem.operations.forms.counts import NUMBER
from mockgem.operations.forms.fact_books import Groups, has_words, read_groups, simplify
from mockgem.operations.forms.foreign_topics import EDGE_MARKS, shorten, strip_request
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_answers import load_answers
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.short_texts import EMOJI, HASHTAGS, MAX_CHARACTERS, TWEET
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.writing import Writer

MAX_PROMPT = 300
"""Characters of an instruction that asks for a kind of text."""
PLACE = "{}"
SENTENCES = make_regex(r"Write (\d+) sentences\.")
MAIL = "Write an email."
LETTERS = (MAIL, "Write a letter.")
FOR_MAILS = ("reply",)
"""Kinds that are e-mails themselves; the others are not written for a wish for an e-mail."""
TOPIC_FIRST = ("ja", "ko", "tr", "hi", "zh", "zh-Hant")
"""Languages in which the topic stands before the kind of text."""
LINKS = {
    "ja": r"(?:用|向け|に関する|について|に対する)?の?\Z",
    "ko": r"(?:에 대한|에 관한|을 위한|를 위한|의|용)?\s?(?:짧은|간단한)?\s?\Z",
    "tr": r"\s?(?:için|hakkında|ile ilgili)?(?: kısa| bir| kısa bir)?\s?(?:instagram|sosyal)?\Z",
    "hi": r"\s?(?:के लिए|के बारे में|का|की|पर)?(?: एक| छोटा| संक्षिप्त){0,2}\s?\Z",
    "zh": r"(?:写|撰写|创作|生成)?(?:[一两几]?[个则篇段份条])?(?:简短|短)?的?\Z",
    "zh-Hant": r"(?:寫|撰寫|創作|生成)?(?:[一兩幾]?[個則篇段份條])?(?:簡短|短)?的?\Z",
}
"""What stands between a topic and the kind of text behind it."""
BEFORE = make_regex(r"\A(?:[一两兩]?[个個则則篇段份条條]|为|為|替|给|給|关于|關於)+")
OTHER_GLOSS = make_regex(rf"(?:Write|Use at most) {NUMBER} (?:paragraphs|words|characters)")


@form(
    "kind of text in another language",
    "Schrijf een korte productbeschrijving voor een houten eettafel.",
    "Napisz podziękowanie dla klienta za zamówienie.",
    "以下のメールに返信を書いてください。\n\n「会議の日程を変更できますか。」",
    "Créez une publication Instagram sur notre nouveau café.",
    about="a product description, thanks, a reply, an apology, a post or an invitation",
)
def write_local_text(question: Question) -> str | None:
    if question.language == "en" or len(question.stated) > MAX_PROMPT:
        return None
    kind = find_kind(question.stated, question.written_language)
    said = load_answers(question.language).kinds.get(kind)
    if said is None or not fits_kind(kind, question):
        return None
    return cut(fill(said[1][0], find_kind_topic(kind, question)), question)


def find_kind(text: str, code: str) -> str:
    """Return the kind of text that an instruction asks for; empty without one."""
    answers = load_answers(code)
    plain = simplify(text)
    if not has_words(read_verbs(code), plain):
        return ""
    kinds = (key for key, (groups, _) in answers.kinds.items() if has_words(groups, plain))
    return next(kinds, "")


@cache
def read_verbs(code: str) -> Groups:
    """Return the words of a language for writing, one of which a wish for a text has."""
    words = load_answers(code).texts.get("write", "")
    return read_groups(words, code) if words else ((),)


def fits_kind(kind: str, question: Question) -> bool:
    """Return whether the rest of an instruction allows a text of a kind."""
    wishes = split_sentences(question.gloss)
    others = [one for one in wishes if not SENTENCES.match(one) and one not in LETTERS]
    if others or (MAIL in wishes and kind not in FOR_MAILS):
        return False
    marks = (EMOJI, HASHTAGS, MAX_CHARACTERS)
    is_tweet = kind == "post" and TWEET.search(question.instruction) is not None
    return not (is_tweet and any(mark.search(question.instruction) for mark in marks))


def find_kind_topic(kind: str, question: Question) -> str:
    """Return what a text of a kind is about; empty if the prompt does not say it."""
    code = question.written_language
    if code == "en":
        return Writer(question).topic
    text = question.stated
    start, end = find_place(text, load_answers(code).kinds[kind][0])
    rest = text[:start] if code in TOPIC_FIRST else text[end:]
    if code in LINKS:
        rest = re.sub(LINKS[code], "", rest.rstrip(EDGE_MARKS))
    topic = shorten(BEFORE.sub("", strip_request(rest.strip("\n ").split("\n")[0], code)))
    return topic or shorten(question.material.split("\n")[0])


def find_place(text: str, groups: Groups) -> tuple[int, int]:
    """Return where the words of a kind begin and end in a text."""
    patterns = ["|".join(re.escape(word.strip()) for word in group) for group in groups]
    found = [re.search(rf"(?:{one})\w*" if one.isascii() or one[0].isalpha() else one, text, re.I)
             for one in patterns]
    matches = [match for match in found if match is not None]
    if not matches:
        return 0, len(text)
    return min(match.start() for match in matches), max(match.end() for match in matches)


def fill(text: str, topic: str) -> str:
    """Return the paragraphs of a text with its topic; without one, those that need none."""
    parts = [part for part in text.split(" / ") if topic or PLACE not in part]
    return "\n\n".join(part.replace(PLACE, topic[:1].upper() + topic[1:]) for part in parts)


def cut(text: str, question: Question) -> str | None:
    """Return a text with as many sentences as the prompt wants; None if it has fewer."""
    match = SENTENCES.search(question.gloss)
    if match is None:
        return text
    body = max(text.split("\n\n"), key=len)
    sentences = split_sentences(body)
    space = Writer(question).space
    count = int(match[1])
    return space.join(sentences[:count]) if len(sentences) >= count else None
