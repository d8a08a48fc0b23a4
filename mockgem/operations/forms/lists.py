"""Bullet points, numbered steps, checklists and plain lines."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.dialogue_summaries import find_next_step
from mockgem.operations.forms.given_lists import find_known_things, list_entities, list_things
from mockgem.operations.forms.layout_words import (
    BULLETS,
    LIST_WISH,
    MOST,
    NO_NUMBERS,
    NUMBERED,
    ONE_PER_LINE,
    find_count,
)
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.list_items import BOLD_HEADS, EXPLAINED, write_items
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.paired_lists import list_pairs
from mockgem.operations.forms.question import NEGATED, Question
from mockgem.operations.forms.record_rows import find_rows
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.short_texts import title_of
from mockgem.operations.forms.writing import Writer

COUNTED_LINES = make_regex(
    rf"(?:[,;:.(]|\b(?:in|exactly|just|only|of)) (?!(?:one|a|an|1)\b)({NUMBER}) (?:short "
    r"|separate )?lines\W*\Z|\b(?:message|note|text|greeting|toast|wish"
    rf"|caption)\b[^.\n]{{0,40}}\b(?:in|with|of) ({NUMBER}) (?:short )?lines\b",
    re.I,
)
"""A text in some lines: "a birthday message, 3 lines"."""
POEM = make_regex(r"\b(?:poems?|verses?|haiku|song|lyrics|limerick|gedicht|poema)\b", re.I)
TEXT_WISH = make_regex(
    r"\b(?:table|essay|story|letter|article|poem|haiku|summary|summari[sz]e|translate"
    r"|function|code|words|sentences?|paragraphs?|tweet|one word|title|headline)\b",
    re.I,
)


@form(
    "lines",
    "Name 3 famous painters, one per line, without numbering.",
    words="line lines zeile línea ligne riga linha",
    about="a thing in each line, without marks",
)
def write_lines(question: Question) -> str | None:
    if (named := count_named_lines(question.wish)) and not POEM.search(question.instruction):
        return "\n".join(Writer(question).write_sentences(named))
    if (counted := COUNTED_LINES.search(question.layout)) and not POEM.search(question.instruction):
        writer = Writer(question)
        count = parse_count(next(filter(None, counted.groups())), 20)
        return "\n".join(writer.write_sentence() for _ in range(count))
    if (
        POEM.search(question.instruction)
        or not ONE_PER_LINE.search(question.wish)
        or (BULLETS.search(question.instruction) and not NO_NUMBERS.search(question.instruction))
    ):
        return None
    if NUMBERED.search(question.instruction) and not NO_NUMBERS.search(question.instruction):
        return number_things(question)
    if pairs := list_pairs_of_people(question):
        return pairs
    leading = LEADING.match(question.prompt)
    count = find_count(question, 0) or (parse_count(leading[1], 60) if leading else 0)
    return "\n".join(list_things(question, count or 5, exact=bool(count)))


ASIAN_NUMBERS = make_regex(
    r"编号列表|編號列表|编号清单|番号付きリスト|番号リスト|번호 (?:목록|리스트)"
)
"""A numbered list in words that also stand for any list."""
NAME_AND_ROLE = make_regex(
    r"[\"“'`]Names?( ?[-–:|,] ?)(?:Roles?|Titles?|Positions?|Jobs?)[\"”'`]", re.I
)


def list_pairs_of_people(question: Question) -> str:
    """Return a line for each person of a text, as "Name - Role" shows it; empty without these."""
    shown = NAME_AND_ROLE.search(question.instruction)
    if shown is None or not question.material:
        return ""
    text = {"type": "string"}
    rows = find_rows({"name": text, "role": text}, question.material[:4000])
    return "\n".join(f"{row['name']}{shown[1]}{row['role'].capitalize()}" for row in rows)


LEADING = make_regex(r"\W*(\d{1,2}) (?=[a-z])", re.I)
"""The number with which a message begins: "10 random e-mail addresses"."""
NAMED_LINE = make_regex(
    r"\b(first|second|third|fourth|fifth) line\s?(?:[:=]|is\b|should|must|contains)", re.I
)
ORDINALS = ("first", "second", "third", "fourth", "fifth")


def count_named_lines(wish: str) -> int:
    """Return the number of lines in "first line = answer, second line = reason"; else 0."""
    named = {name.lower() for name in NAMED_LINE.findall(wish)} if " line" in wish else set()
    count = len(named)
    return count if count > 1 and named == set(ORDINALS[:count]) else 0


@form(
    "numbered list",
    "Explain how to bake bread in 6 numbered steps.",
    "What are the steps to change a tire? Number them.",
    "Donne-moi 5 idées de cadeaux sous forme de liste numérotée.",
    words="step-by-step numbered number ordered enumerated step steps nummeriert nummerierte"
    " schritt schritte schritten numerada numerado pasos paso numérotée numéroté étapes pas "
    "numerato numerati passaggi passi passo passos genummerd genummerde stappen "
    "numerowana krok kroki krokach kroków numaralı adım langkah bước",
    about="numbered lines, as many as the prompt asks for",
)
def write_numbered(question: Question) -> str | None:
    if shown := STEP_TEMPLATE.search(question.prompt):
        writer = Writer(Question(question.prompt[: shown.start()], question.random))
        count = find_count(question, USUAL)
        return "\n".join(f"Step {at}{shown[1]}{writer.write_item()}" for at in range(1, count + 1))
    is_standing = ALWAYS_NUMBERED.search(question.system) is not None
    if not (is_standing or NUMBERED.search(question.layout)) or BULLETS.search(question.layout):
        return None
    text = number_things(question)
    if WITH_HEADING.search(question.wish):
        return f"## {question.topic[:1].upper()}{question.topic[1:]}\n\n{text}"
    return text


WITH_HEADING = make_regex(r"\bwith an? (?:\w+ )?(?:heading|title) and an? (?:numbered|list)", re.I)
"""A wish for a heading above the list."""


STEP_TEMPLATE = make_regex(r"^Step 1( ?[-–:.] ?)(?:\.\.\.|…|\[|<)", re.M)
"""Lines that show how steps begin: "Step 1 - ..."."""
LIMIT = make_regex(
    rf"\b(?:never|no|not) more than ({NUMBER})\b|\bat most ({NUMBER}) (?:steps|points|items)"
    rf"|\bmax(?:imum)?(?: of)? ({NUMBER}) (?:steps|points|items)"
    rf"|\b(?:steps|points|items)\b[^.\n]{{0,20}}, ({NUMBER}) (?:at most|max(?:imum)?)\b",
    re.I,
)
ALWAYS_NUMBERED = make_regex(
    r"\b(?:give|use|provide|list|write|return|output|exactly|answer|respond|reply|replies|answers"
    r"|responses|always|every|format)\b[^.\n]{0,60}\bnumbered (?:list|points?|steps?|items?)\b",
    re.I,
)
"""A system instruction that wants each reply as a numbered list."""


def number_things(question: Question) -> str:
    items = write_items(question, find_count(question, 0))
    limit = LIMIT.search(question.wish)
    most = parse_count(next(filter(None, limit.groups())), 60) if limit else None
    if most is None and (stated := MOST.search(question.wish)):
        most = int(stated[1])
    return number_lines(items[:most], question)


def number_lines(items: list[str], question: Question) -> str:
    """Return items with their numbers, behind the word that the prompt wants: "Step 1:"."""
    match = MARK.search(question.wish)
    start, end = (f"{match[1]} ", match[2]) if match else ("", ".")
    return "\n".join(f"{start}{at}{end} {item}" for at, item in enumerate(items, 1))


MARK = make_regex(
    r"[\"'“‘`]?\b(Step|Tip|Day|Idea|Part|Rule|Reason|Schritt|Paso|Étape|Passo|Stap) (?:N|X|#|1"
    r"|\{n\}|<n>|\[n\]|<number>|\[number\])([:.)]| -)"
)
"""How the lines of a list begin: "Step 1:"."""


@form(
    "bullet points",
    "List 5 benefits of drinking water as bullet points.",
    "Nenne mir 4 Gründe für Sport als Aufzählung.",
    "请用三个要点总结一下健康饮食的好处。",
    words="bullet bullets bulleted dash dashes hyphens unordered markdown aufzählung "
    "aufzählungspunkte "
    "stichpunkte stichpunkten viñetas puces elenco puntato punti tópicos marcadores "
    "opsomming opsommingstekens punkt wypunktowana maddeler madde poin gạch",
    about="bullet points, as many as the prompt asks for",
)
def write_bullets(question: Question) -> str | None:
    if not BULLETS.search(question.layout) and not BULLETS.search(
        NEGATED.sub(" ", question.system)
    ):
        return None
    if ASIAN_NUMBERS.search(question.layout):
        return number_things(question)
    if given := find_given_items(question.prompt):
        return "\n".join(f"- {item}" for item in given)
    count = find_count(question, 0)
    if nested := SUB_POINTS.search(question.layout):
        return write_nested(
            question, count or find_main_count(question), parse_count(nested[1] or "2", 9)
        )
    if not count and (found := list_entities(question)):
        return "\n".join(f"- {thing}" for thing in found)
    most = MOST.search(question.wish)
    items = write_items(question, count)[: int(most[1]) if most else None]
    bullets = "\n".join(f"- {item}" for item in items)
    if NEXT_STEP.search(question.wish) and (step := find_next_step(question.material)):
        return f"{bullets}\n\nNext step: {step}"
    if WITH_TITLE.search(question.wish):
        title = title_of(question.material) or question.topic
        return f"# {title[:1].upper()}{title[1:]}\n\n{bullets}"
    return bullets


NEXT_STEP = make_regex(
    r"\b(?:and|plus|then|with|add|followed by)\b[^.\n]{0,24}\b(?:one|a|the|1) next step\b", re.I
)


TURNS_INTO_LIST = make_regex(
    r"\b(?:turn|convert|format|make|put|change|transform|rewrite|reformat)\b[^:\n]{0,60}\b(?:list"
    r"|bullets?|bullet points|points)\b[^:\n]{0,30}:\s*",
    re.I,
)


def find_given_items(prompt: str) -> list[str]:
    """Return the things in "Turn this into a list: apples, milk and rice"."""
    match = TURNS_INTO_LIST.search(prompt[:2000])
    text = prompt[match.end() :].strip(" \n.\"'“”") if match else ""
    text = WE_NEED.sub("", text)
    items = [item.strip() for item in re.split(r"\n+|;|, and |, | and (?=[^,]*\Z)", text[:4000])]
    return [item for item in items if item] if len(items) > 1 and "." not in text else []


WE_NEED = make_regex(
    r"\A(?:we|i|you|they)(?:['’]ll)? (?:need|have|want|bought|brought|will need|require|take|bring)"
    r" (?:to (?:buy|bring|get) )?(?=\w)",
    re.I,
)
"""What precedes the things of a sentence: "We need flour, two eggs and butter"."""


WITH_TITLE = make_regex(
    r"\b(?:an?|the|one|with|short) (?:\w+ )?(?:title|headline"
    r"|heading) (?:and|plus|followed by|with)\b",
    re.I,
)
"""A title above the list."""


SUB_POINTS = make_regex(
    rf"(?:\b({NUMBER}) )?\bsub-?(?:points?|bullets?|items?)\b|\bnested (?:bullet "
    rf"|unordered )?(?:list|bullets)\b",
    re.I,
)
MAIN = make_regex(
    rf"\b({NUMBER}) (?:main|top[- ]level|major) (?:points?|bullets?|items?|topics)\b",
    re.I,
)


def find_main_count(question: Question) -> int:
    match = MAIN.search(question.layout)
    return parse_count(match[1], 20) if match else 3


def write_nested(question: Question, count: int, inner: int) -> str:
    """Return bullet points, each with some below it."""
    writer = Writer(question)
    points = [
        "\n".join(
            [f"- {writer.write_item()}", *(f"  - {writer.write_item()}" for _ in range(inner))]
        )
        for _ in range(count)
    ]
    return "\n".join(points)


@form(
    "list",
    "Give me 10 blog post ideas about gardening.",
    "From the text below, list every company mentioned.\n\nText: Apple and Microsoft "
    "announced a partnership with Siemens.",
    words="list name give enumerate top brainstorm suggest recommend ideas tips nenne gib "
    "lista liste dame enumera nombra cite donne énumère elenca elenco dammi find "
    "extract every all mentioned me noem podaj wymień sebutkan berikan kể extrahiere "
    "extrae extrais estrai extraia share provide generate create write auflisten what come "
    "think need tell subject captions taglines slogans titles headlines",
    about="a numbered list of the things that the prompt asks for, or bullet points of those "
    "in its text",
)
def write_list(question: Question) -> str | None:
    found = list_entities(question)
    if found:
        return "\n".join(f"- {thing}" for thing in found)
    if pairs := list_pairs(question):
        return number_lines(pairs, question)
    if asks_for_some(question):
        known = find_known_things(question.instruction)[:MOST_KNOWN]
        return number_lines(known or write_items(question, USUAL), question)
    if KEYWORDS.search(question.instruction) and question.material:
        return "\n".join(f"- {word}" for word in list_keywords(question.material))
    return number_things(question) if wants_items(question) else None


def wants_items(question: Question) -> bool:
    """Return whether a prompt without a text asks for a number of things."""
    if question.material:
        return False
    is_counted = LISTED.search(question.gloss) is not None
    said = EXPLAINED.sub(" ", RANDOM_WORDS.sub(" ", question.instruction))
    is_text = TEXT_WISH.search(said) is not None and not is_counted
    has_parts = BOLD_HEADS.search(question.wish) or COUNTED_TEXTS.search(question.instruction)
    if (is_text and not has_parts) or find_count(question, 0) < 2:
        return False
    return bool(
        has_parts
        or question.instruction[:1].isdigit()
        or LIST_WISH.search(question.instruction)
        or question.language != "en"
    )


KEYWORDS = make_regex(
    r"\b(?:extract|find|list|identify|give|get|pull out|what are|name)\b[^.\n]{0,40}\b(?:keywords"
    r"|key ?words|key terms|keyphrases|key phrases)\b",
    re.I,
)
MOST_KEYWORDS = 6


def list_keywords(text: str) -> list[str]:
    """Return the names and the longest words of a text, in their order."""
    names = list_names(text)[:3]
    words = {word.lower(): None for word in re.findall(r"[^\W\d_]{6,}", text[:4000])}
    known = " ".join(names).lower()
    rest = sorted((word for word in words if word not in known), key=len, reverse=True)
    chosen = rest[: max(0, MOST_KEYWORDS - len(names))]
    return [*names, *(word for word in words if word in chosen)]


RANDOM_WORDS = make_regex(r"\brandom (?:english )?words\b", re.I)
UNCOUNTED = make_regex(
    r"\W*(?:(?:please|pls|can you|could you|just)[, ]){0,2}(?:(?:list|enumerate)(?: out| me)?"
    r" (?!of\b|in\b)|(?:name|give me|tell me|show me) (?:all|some|several|a few)(?: of)? )"
    r"(?:(?:all|the|some|several|a few|of|main|most|common|popular|different|types|kinds|names|\w+)"
    r"\s){0,5}?[a-z]{3,20}s\b",
    re.I,
)
USUAL = 5
"""Items of a list whose length the prompt does not name."""
MOST_KNOWN = 12


def asks_for_some(question: Question) -> bool:
    """Return whether a prompt asks for a list without its length: "List the planets"."""
    text = question.instruction
    return (
        UNCOUNTED.match(text) is not None
        and not question.material
        and question.language == "en"
        and len(text) < 160
        and find_count(question, 0) < 2
        and TEXT_WISH.search(text) is None
    )


LISTED = make_regex(r"List \d+ items\.")
COUNTED_TEXTS = make_regex(
    rf"(?<![\w.])({NUMBER})\s(?:[a-z-]+\s){{0,2}}?(?:titles|headlines|slogans|taglines|captions"
    r"|subject lines|alternatives|variations|versions|names|options)\b",
    re.I,
)
"""Several short texts for something longer: "3 headlines for an article"."""
