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
    rf"\b(?:({NUMBER}) )?(?:(?:different|alternative|alternate|other|new|distinct|possible|short"
    r"|search|web|relevant|google|related|more|reworded|rephrased|slightly) ){0,3}(?:versions?"
    r"|variations?|variants?|alternatives?|paraphrases|rephrasings|rewordings|reformulations"
    r"|ways? (?:to|of) (?:say|put|phras|ask|word|express|writ)\w*)\b",
    re.I,
)
QUERIES = make_regex(
    rf"\b(?:({NUMBER}) )?(?:(?:different|short|search|web|relevant|google|related|sub"
    r"|more) ?){0,3}(?:queries|search terms|search phrases|searches|sub-?questions"
    r"|follow-?up questions|suchanfragen|consultas de búsqueda|requêtes)\b",
    re.I,
)
PROGRAMS = make_regex(r"\b(?:sql|code|function|script|regex|json|name|app|logo|table)\b", re.I)
ASKED = make_regex(
    r"(?:^|\n)[ *#]*(?:(?:original|user|my|input) )?(?:question|query|frage|pregunta|sentence"
    r"|statement|topic|prompt|input|text)[ *]*[:：][ *]*([^\n]{4,400})",
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


ONE_QUERY = make_regex(
    r"\b(?:as|into|to|write|generate|create|formulate|produce|return|output) (?:only )?(?:an? "
    r"|the |one )?(?:\w+ ){0,2}(?:search|google|web|retrieval|vector)[- ](?:engine )?(?:query"
    r"|keywords?|string)\b|\brewrite\b[^.\n]{0,60}\bquery\b",
    re.I,
)
SMALL_WORDS = make_regex(
    r"\b(?:hey|hi|hello|please|pls|do you know|can you|could you|tell me|i (?:want|need"
    r"|would like)(?: to know)?|if|whether|the|a|an|is|are|was|were|do|does|did|my|me|i|you|to|of"
    r"|and|what|which|who|how|where|when|there|it|that|this|about)\b",
    re.I,
)
SAID_BY = make_regex(
    r"^\s*\**(?:user|human|customer|question|query|message|q)\**\s?:\**\s*", re.I | re.M
)


@form(
    "search query",
    "Rewrite the user's message as a search query. Output the query only.\n\nUser: hey, do you know"
    " if the museum in Lund is open on Monday?",
    words="search google web retrieval vector query",
    about="the words of the question that matter",
)
def write_query(question: Question) -> str | None:
    if not ONE_QUERY.search(question.wish) or PROGRAMS.search(question.instruction):
        return None
    text = find_subject(question) or (question.prompt if question.system else "")
    last = SAID_BY.split(text.strip())[-1].split("\n")[-1]
    words = re.findall(r"[\w'’.-]+", SMALL_WORDS.sub(" ", last))
    return " ".join(words[:12]).strip(" .") or None


@form(
    "versions",
    'Give me three alternative versions of this sentence: "We open at nine every day."',
    "Write 3 search queries, one per line, no numbering.\n\nQuestion: Is it safe to swim after"
    " eating?",
    words="versions version variations variation variants alternatives alternative paraphrases"
    " rephrasings rewordings reformulations ways queries searches search sub subquestions follow"
    " suchanfragen consultas requêtes",
    about="the given sentence in other words, as often as the prompt wants, or search queries",
)
def write_versions(question: Question) -> str | None:
    is_task = USERS_QUESTION.search(question.system) is not None
    said = question.system if is_task else question.layout
    if PROGRAMS.search(said):
        return None
    match, searches = VERSIONS.search(said) or WAYS.search(said), find_queries(said)
    found = searches or match
    if found is None or (match and searches is None and not COMMAND.search(said)):
        return None
    text = find_subject(question)
    if not text and is_task:
        text = question.prompt.strip()
    if not text or len(text) > MOST:
        return None
    count = parse_count(found[1], 20) if found[1] else 3
    if searches is not None:
        lines = write_queries(text, searches[0].lower(), count)
    else:
        lines = vary(text, count, question.written_language)
    return lay_out(lines, question)


WAYS = make_regex(
    rf"\b(?:paraphrase|rephrase|reword|rewrite|say|put|express)\b[^.\n]{{0,40}}\bin ({NUMBER})"
    r" (?:\w+ )?ways\b",
    re.I,
)
USERS_QUESTION = make_regex(
    r"\bversions? of (?:the|this|each|a) (?:given |original |following )?(?:user(?:'s)? )?"
    r"(?:question|query|sentence|message|text)",
    re.I,
)
"""A system instruction for several versions of each message."""
MOST = 400
COMMAND = make_regex(
    r"\b(?:give|write|generate|create|suggest|produce|make|provide|come up with|need|list|schreibe"
    r"|rephrase|paraphrase|reword|rewrite|want)\b",
    re.I,
)


def find_queries(text: str) -> re.Match[str] | None:
    """Return where a text wants queries, first a place that says how many."""
    found = list(QUERIES.finditer(text[-MOST_TEXT:]))
    return next((one for one in found if one[1]), found[0] if found else None)


MOST_TEXT = 4_000


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
    if how := HOW.match(text):
        return [HOW_ELSE[at % len(HOW_ELSE)].format(how[1]) for at in range(count)]
    if what := WHAT.match(text):
        return [WHAT_ELSE[at % len(WHAT_ELSE)].format(what[1]) for at in range(count)]
    is_question = text.endswith("?")
    changed = (change_words(text, words) for words in (SYNONYMS, FORMAL, CASUAL))
    own = [one for one in dict.fromkeys(changed) if one != text]
    begun = text if text[:2] == "I " or text[1:2].isupper() else text[:1].lower() + text[1:]
    openings: tuple[str, ...] = QUESTIONS if is_question else STATED
    return [*own, *(lead.format(begun) for lead in openings), *([text] * count)][:count]


WHAT = make_regex(r"\W*what (?:is|are|was|were) ((?:the|an?|some|my|our) [^?]{3,200})\?\s*\Z", re.I)
WHAT_ELSE = (
    "Can you tell me about {}?",
    "What is known about {}?",
    "How would you describe {}?",
    "Which facts explain {}?",
    "What should I know about {}?",
    "Where can I read about {}?",
)
HOW = make_regex(
    r"\W*how (?:do|can|could|should|would) (?:i|you|we|one) ([^?]{3,200})\?\s*\Z", re.I
)
HOW_ELSE = (
    "What is the best way to {}?",
    "What do I have to do to {}?",
    "Is there a way to {}?",
    "Which steps are needed to {}?",
    "What should I know before I {}?",
    "Who can help me to {}?",
)


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
