"""Answers from a given text with a list of their sources below."""

from __future__ import annotations

import re

from mockgem.operations.forms.citations import TAIL, list_sources
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.given_text import QUESTION, find_answer
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question, cut_middle
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.sources import choose_sentence, list_facts, split_sentences

WHICH = make_regex(
    r"\b(?:which|what|welche[rs]?|qué|quel(?:le)?|quale) (?:of the (?:\w+ )?)?(?:number of the "
    r")?(?:notes?|documents?|docs?|paragraphs?|sources?|passages?|results?|chunks?|articles?"
    r"|sections?|texts?|statements?|snippets?|reviews?|excerpts?|files?|pages?|dokument|quelle"
    r"|documento|fuente)\b[^.?\n]{3,200}\?",
    re.I,
)

SOURCE_STARTS = frozenset(
    "note notes docum docs doc parag sourc passa resul chunk artic secti text texts state snipp"
    " revie excer file files page pages dokum quell fuent".split()
)
"""How the nouns of this pattern begin."""


@form(
    "source that answers",
    "Note 1: Rain fell on Monday.\nNote 2: The MRI was clear.\n\nWhich note mentions the MRI?",
    words="which what welche welcher welches qué quel quelle quale",
    about="the number or the name of the source that the prompt asks for",
)
def name_source(question: Question) -> str | None:
    prompt = question.prompt
    may_ask = "\n" in prompt and question.may_have_word(SOURCE_STARTS)
    match = WHICH.search(cut_middle(prompt)) if may_ask else None
    text = question.prompt[:8000].replace(match[0], "") if match else ""
    sources = list_sources(text) if match else []
    if match is None or len(sources) < 2 or wants("json", question):
        return None
    blocks = [text[one.start : one.end].strip() for one in sources]
    asked = QUESTION.search(question.prompt[:8000])
    whole = (one for one in split_sentences(question.prompt[-1500:]) if match[0].strip() in one)
    wanted = asked[1] if asked else next(whole, match[0])
    blocks[-1] = blocks[-1].replace(wanted.replace(match[0], "").strip() or "\0", "").strip()
    best = choose_sentence(blocks, wanted) or blocks[0]
    source = sources[blocks.index(best)]
    if question.is_terse:
        return source.mark
    return best.split("\n")[0]


QUESTION_LINE = make_regex(r"^[ \t]*(\d{1,2})[.)][ \t]+([^\n]{5,300}\?)[ \t]*$", re.M)


@form(
    "answers to several questions",
    "Text: The cubs weigh 110 grams. They stay inside until May.\n\nQuestions:\n1. How much do they"
    " weigh?\n2. When do they come out?",
    words="questions fragen preguntas domande perguntas answer answers what when who how where",
    about="a numbered sentence of the given text for each numbered question",
)
def answer_questions(question: Question) -> str | None:
    end_of_prompt = question.prompt[-4000:]
    if end_of_prompt.count("?") < 2 or LABELS.search(question.instruction):
        return None
    asked = QUESTION_LINE.findall(end_of_prompt)
    text = QUESTION_LINE.sub("", question.material)
    if len(asked) < 2 or len(text.split()) < MIN_TEXT or wants("json", question):
        return None
    facts = list_facts(text)
    if not facts:
        return None
    lines = [f"{number}. {end(choose_sentence(facts, one) or facts[0])}" for number, one in asked]
    return "\n".join(lines)


LABELS = make_regex(r"\b(?:classify|categori[sz]e|label|tag|sort|group)\b", re.I)
"""What is done with questions that want no answer."""
MIN_TEXT = 8
CITES_LETTER = make_regex(
    r"\b(?:cite|give|add|name|mention|include|put)\b[^.\n]{0,30}\bsource (?:letters?|numbers?"
    r"|ids?|marks?)\b",
    re.I,
)


@form(
    "answer with sources",
    "[1] The tower is 330 metres tall.\n[2] It stands in Lund.\n\nQuestion: How tall is the tower? "
    'End with a line "Sources:" and a list of the sources.',
    words="sources references citations urls source quellen fuentes fonti",
    about="the sentence of the given text that answers, and a list of its sources",
)
def answer_with_sources(question: Question) -> str | None:
    if CITES_LETTER.search(question.wish) and list_sources(question.material):
        return find_answer(question)
    if not TAIL.search(question.wish) or wants("json", question):
        return None
    return find_answer(question)
