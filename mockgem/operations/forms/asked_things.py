"""Lists of known things that a prompt in another language asks for without their number."""

from __future__ import annotations

import re

from mockgem.operations.forms.city_sights import find_city, find_city_sights
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.foreign_topics import trim_question
from mockgem.operations.forms.layout_words import ONE_PER_LINE, find_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lengths import find_length
from mockgem.operations.forms.local_answers import SERIES, find_answer_key
from mockgem.operations.forms.local_lists import USUAL, find_local_things, pick_usual
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.writing import Writer

MAX_PROMPT = 160
ASKS = make_regex(
    r"^\W*(?:bitte |por favor,? |s'il te plaît,? )?(?:what are|list|name|give me|tell me"
    r"|zähle?|nenne?|liste"
    r"|welche|was sind|cite"
    r"|énumère"
    r"|nomme|quel(?:le)?s sont|enumera|enumere|menciona|nombra|lista|cu[aá]les son|qué|elenca"
    r"|nomina"
    r"|quali sono|quais são|cite|liste|noem|welke|wat zijn|wymień|jakie są|podaj|sırala|перечисл\w+"
    r"|назов\w+|какие|каковы|перелічи\w*|назв\w+|які|якими|kể tên|liệt kê|hãy|sebutkan|apa saja"
    r"|apa)\b"
    r"|nelerdir|neler\b|hangileri|^\W*(?:اذكر|عدد|ما هي|ما|מנה|מהם|מהן|מה הם|מה הן)(?!\w)"
    r"|बताइए|बताओ|बताएं|बताएँ|क्या हैं|कौन.कौन|挙げて|教えて|何ですか|列举|列舉|列出|哪些"
    r"|有什[么麼]|나열|알려|무엇|말해|추천해"
    r"|อะไรบ้าง|บอก",
    re.I,
)


TROUBLE = make_regex(
    r"\b(?:suitcase|luggage|baggage|lost|stolen|passport|cancel\w*|delay\w*|refund|doctor|police|koffer"
    r"|gepäck|valise|bagage|maleta|equipaje|valigia|mala)\b",
    re.I,
)
"""Words of a person who has a problem in a city."""
FEW = 4
"""Answers to an everyday question whose number the prompt does not say."""
LAST_NUMBER = make_regex(rf"[.?!,] [^\W\d_]{{2,12}} (?:\w{{2,4}} )?({NUMBER})\W*\Z", re.I)


@form(
    "known things in another language",
    "Nenne die Planeten.",
    "Quels sont les jours de la semaine ?",
    "季节有哪些？",
    about="the things of a kind, one in each line",
)
def list_asked_things(question: Question) -> str | None:
    if question.material or question.results:
        return None
    prompt = question.prompt.strip()
    if len(prompt) > MAX_PROMPT or question.gloss:
        return None
    if question.language == "en" and WHAT.match(prompt) is None:
        return None
    sights = [] if TROUBLE.search(prompt) else find_city_sights(prompt, question.language)
    is_asked = ASKS.search(prompt) or (sights and (prompt[-1:] in "?？؟" or WHAT.match(prompt)))
    if not is_asked or (question.language == "en" and not is_plain_visit(question, sights)):
        return None
    if ONE_PER_LINE.search(question.wish):
        return None
    things = find_local_things(prompt, question.language)
    if things and find_answer_key(prompt, question.written_language) in SERIES:
        things = things[:FEW] if not sights and not find_count(question, 0) else things
    if not things:
        return None
    count = find_count(question, 0) or find_number(prompt)
    writer = Writer(question)
    length = find_length(question)
    if length and length[1] == "sentence":
        said = [end(thing) for thing in things if len(thing.split()) > MIN_SENTENCE]
        said += writer.write_sentences(max(0, length[0] - len(said)), about=False)
        return writer.space.join(said[: length[0]])
    usual = things[:USUAL] if sights else pick_usual(things)
    chosen = things[:count] if count else usual
    lines = "\n".join(f"- {thing[:1].upper() + thing[1:]}" for thing in chosen)
    is_own = question.language == question.written_language
    topic = (sights and find_city(prompt).title()) or trim_question(question.topic)
    if question.is_terse or not is_own or not topic:
        return lines
    opener = writer.pack.openers[0].replace("{topic}", f"**{topic}**")
    return f"{opener}\n\n{lines}"


MIN_SENTENCE = 2
"""A thing with more words is a sentence without its mark."""


def is_plain_visit(question: Question, sights: list[str]) -> bool:
    """Return whether an English question about the sights of a city names no layout."""
    prompt = question.prompt.strip()
    is_question = WHAT.match(prompt) is not None
    return bool(sights) and is_question and not question.system and "\n" not in prompt


WHAT = make_regex(r"\W*(?:what|where|which)\b", re.I)


def find_number(prompt: str) -> int:
    """Return the number that a prompt names before its end: "Dame tres."; else 0."""
    match = LAST_NUMBER.search(prompt)
    return parse_count(match[1], 20) if match else 0
