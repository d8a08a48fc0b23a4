"""Several versions of a given sentence or question, and search queries for a question."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.layout_words import BULLETS, NO_NUMBERS, NUMBERED, ONE_PER_LINE
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.text_styles import CASUAL, FORMAL, SYNONYMS, change_words

VERSIONS = make_regex(
    rf"\b(?:({NUMBER}) )?(?:(?:different|alternative|alternate|other|new|distinct|possible|short|search"
    r"|web|relevant|google|related|more|reworded|rephrased|slightly) ){0,3}(?:versions?|variations?|variants?"
    r"|alternatives?|paraphrases|rephrasings|rewordings|reformulations|ways? (?:to|of)"
    r" (?:say|put|phras|ask|word|express|writ)\w*)\b",
    re.I,
)
QUERIES = make_regex(
    rf"\b(?:({NUMBER}) )?(?:(?:different|short|search|web|relevant|google|related|sub|more) ?){{0,3}}"
    r"(?:queries|search terms|search phrases|searches|sub-?questions|follow-?up questions"
    r"|suchanfragen|consultas de búsqueda|requêtes)\b",
    re.I,
)
PROGRAMS = make_regex(r"\b(?:sql|code|function|script|regex|json|name|app|logo|table)\b", re.I)
ASKED = make_regex(
    r"(?:^|\n)[ *#]*(?:(?:original|user|my|input) )?(?:question|query|frage|pregunta|sentence|statement"
    r"|topic|prompt|input|text)[ *]*[:：][ *]*([^\n]{4,400})",
    re.I,
)
STATED = (
    "In other words, {}",
    "Put simply, {}",
    "To put it another way, {}",
    "In short, {}",
    "That is to say, {}",
    "To be precise, {}",
)
QUESTIONS = (
    "Can you tell me {}",
    "I would like to know: {}",
    "Could you explain {}",
    "Do you know {}",
    "What can you say about this: {}",
    "Please tell me: {}",
)
SEARCHES = (
    "{}",
    "{} guide",
    "{} expert advice",
    "{} facts",
    "{} recommendations",
    "{} latest research",
    "{} examples",
    "{} explained",
)
FOLLOWING = (
    "What should I know first about {}?",
    "What are the risks of {}?",
    "Who can help with {}?",
    "How long does {} take?",
    "What does {} cost?",
    "Where can I learn more about {}?",
)
LEADS = {
    "de": ("Anders gesagt: {}", "Kurz gesagt: {}", "Mit anderen Worten: {}", "Das heißt: {}"),
    "fr": ("Autrement dit : {}", "En bref : {}", "En d'autres termes : {}", "C'est-à-dire : {}"),
    "es": ("En otras palabras: {}", "Dicho de otro modo: {}", "En resumen: {}", "Es decir: {}"),
    "it": ("In altre parole: {}", "Detto altrimenti: {}", "In breve: {}", "Vale a dire: {}"),
    "pt": ("Em outras palavras: {}", "Dito de outro modo: {}", "Em resumo: {}", "Ou seja: {}"),
}


@form(
    "versions",
    'Give me three alternative versions of this sentence: "We open at nine every day."',
    "Write 3 search queries, one per line, no numbering.\n\nQuestion: Is it safe to swim after eating?",
    words="versions version variations variation variants alternatives alternative paraphrases"
    " rephrasings rewordings reformulations ways queries searches search sub subquestions follow"
    " suchanfragen consultas requêtes",
    about="the given sentence in other words, as often as the prompt wants, or search queries",
)
def write_versions(question: Question) -> str | None:
    said = question.layout
    if PROGRAMS.search(said):
        return None
    match, searches = VERSIONS.search(said), QUERIES.search(said)
    found = searches or match
    if found is None or (match and searches is None and not COMMAND.search(said)):
        return None
    text = find_subject(question)
    if not text:
        return None
    count = parse_count(found[1], 20) if found[1] else 3
    if searches is not None:
        lines = write_queries(text, searches[0].lower(), count)
    else:
        lines = vary(text, count, question.written_language)
    return lay_out(lines, question)


COMMAND = make_regex(
    r"\b(?:give|write|generate|create|suggest|produce|make|provide|come up with|need|list|schreibe"
    r"|rephrase|paraphrase|reword|rewrite|want)\b",
    re.I,
)


def find_subject(question: Question) -> str:
    """Return the sentence of which a prompt wants versions: after its label, or the given one."""
    match = ASKED.search(question.prompt[-3000:])
    text = match[1] if match else question.material
    return text.strip().split("\n")[0].strip(" \"'“”")[:400] if len(text) < 1500 else ""


def write_queries(text: str, kind: str, count: int) -> list[str]:
    """Return search queries about a question, or questions that follow it."""
    topic = text.rstrip(" ?.!")
    patterns = FOLLOWING if "question" in kind else SEARCHES
    return [patterns[at % len(patterns)].format(topic) for at in range(count)]


def vary(text: str, count: int, language: str) -> list[str]:
    """Return a text in other words: with synonyms, in another tone, after other openings."""
    if language != "en":
        leads = LEADS.get(language, ("{}",))
        return [leads[at % len(leads)].format(text) for at in range(count)]
    is_question = text.endswith("?")
    changed = (change_words(text, words) for words in (SYNONYMS, FORMAL, CASUAL))
    own = [one for one in dict.fromkeys(changed) if one != text]
    begun = text if text[:2] == "I " or text[1:2].isupper() else text[:1].lower() + text[1:]
    leads = QUESTIONS if is_question else STATED
    return [*own, *(lead.format(begun) for lead in leads), *([text] * count)][:count]


def lay_out(lines: list[str], question: Question) -> str:
    """Return lines with numbers, with bullets, or plain, as the prompt wants."""
    wish = question.wish
    if BULLETS.search(question.layout):
        return "\n".join(f"- {line}" for line in lines)
    is_plain = NO_NUMBERS.search(wish) or ONE_PER_LINE.search(wish) or PLAIN_LINES.search(wish)
    if len(lines) == 1 or (is_plain and not NUMBERED.search(question.layout)):
        return "\n".join(lines)
    return "\n".join(f"{at}. {line}" for at, line in enumerate(lines, 1))


PLAIN_LINES = make_regex(
    r"\b(?:separated by|by) (?:a )?new ?lines?\b|\bon (?:separate|new) lines\b", re.I
)
