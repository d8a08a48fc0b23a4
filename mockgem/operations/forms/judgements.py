"""Yes or no: what a text says, what everybody knows, or whether the web has to be searched."""

from __future__ import annotations

import re

from mockgem.operations.forms.agreement import AGREES, find_agreement
from mockgem.operations.forms.code_reviews import decide_vulnerable
from mockgem.operations.forms.grammar_fixes import fix_grammar
from mockgem.operations.forms.known_truths import find_foreign_truth, find_truth
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_facts import agrees_with_facts
from mockgem.operations.forms.named_sums import decide_sum
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.refusals import lacks_answer
from mockgem.operations.forms.sentiment import score_label
from mockgem.operations.forms.sources import choose_sentence, split_sentences
from mockgem.operations.forms.stated_claims import decide_claim
from mockgem.operations.forms.text_lookup import find_by_kind, has_kind


def decide(values: tuple[str, ...], question: Question) -> str:
    """Return yes if the words of the question support it, no if they deny it, else either."""
    known = decide_sum(question.prompt) if any(map(str.isdigit, question.prompt[:400])) else None
    if known is not None:
        return values[not known]
    if (is_vulnerable := decide_vulnerable(question)) is not None:
        return values[not is_vulnerable]
    if (is_correct := decide_grammar(question)) is not None:
        return values[not is_correct]
    if (is_answered := decide_answerable(question)) is not None:
        return values[not is_answered]
    if (is_stated := decide_claim(question)) is not None:
        return values[not is_stated]
    if (is_right := agrees_with_facts(question)) is not None:
        return values[not is_right]
    truth = find_truth(question.material or question.prompt)
    if truth is None and question.written_language != "en":
        truth = find_foreign_truth(question.material or question.prompt)
    if truth is not None:
        return values[not truth]
    if NEEDS_SEARCH.search(question.wish):
        return values[CURRENT.search(question.prompt) is None]
    if (mentioned := MENTIONS.search(question.wish)) is not None:
        named = mentioned[1].replace(" ", "_")
        text = question.material or question.prompt
        if has_kind(named) or PRICED.search(named):
            kind = "price" if PRICED.search(named) else named
            return values[not find_by_kind(kind, text)]
    if AGREES.search(question.wish) and (agrees := find_agreement(question)) is not None:
        return values[not agrees]
    score = sum(
        score_label(word, question.material or question.prompt)
        for word in re.findall(r"\w+", question.instruction.lower())
        if word
        in ("spam", "urgent", "toxic", "offensive", "positive", "angry", "complaint", "phishing")
    )
    if score <= 0 and RISKY.search(question.prompt[:MAX_TEXT]):
        return values[1]
    return values[0] if score > 0 else question.random.pick(values)


MAX_TEXT = 800
RISKY = make_regex(
    r"\b(?:is it|are|is) (?:[\w ]{1,30} )?(?:safe|healthy|legal|harmless|okay|ok|allowed)\b"
    r"|\b(?:ist|sind) (?:es )?(?:[\w ]{1,30} )?(?:sicher|gesund|legal|erlaubt|ungefährlich)\b"
    r"|\b(?:es|é|è|est-ce) (?:[\w ]{1,20} )?(?:seguro|seguros|sano|saludable|legal|sicuro|sûr"
    r"|sans danger)\b",
    re.I,
)
"""A question whose yes may do harm, which is not left to chance."""


CORRECT_GRAMMAR = make_regex(
    r"\b(?:grammatical(?:ly)? (?:correct|right)|grammatical\b(?!ly)|correct grammar"
    r"|correct(?:ly)? (?:english|written|spelled)|(?:sentence|grammar) (?:\w+ )?correct)\b",
    re.I,
)
"""A question whether a sentence has no mistakes."""
QUOTED = make_regex(r"[\"“]([^\"”\n]{4,300})[\"”]")


def decide_grammar(question: Question) -> bool | None:
    """Return whether a given sentence has no known mistake; None for other questions."""
    if question.language != "en" or CORRECT_GRAMMAR.search(question.instruction) is None:
        return None
    quoted = QUOTED.search(question.prompt[:MAX_TEXT])
    text = quoted[1] if quoted else question.material
    return fix_grammar(text) == text if text else None


ANSWERABLE = make_regex(
    r"\b(?:contains?|has|have|provides?|includes?|gives?|enough|sufficient)\b[^.?\n]{0,40}"
    r"\b(?:information|context|details?|facts|data|answers?)\b[^.?\n]{0,40}\bquestion\b"
    r"|\bquestion\b[^.?\n]{0,20}\bbe answered\b|\bquestion (?:is )?answerable\b"
    r"|\banswer\w* the question (?:from|with|using|based on)\b",
    re.I,
)
"""A wish to know whether a text answers a question."""


QUESTION = make_regex(
    r"(?:^|\n|(?<=[.!?] ))[ *#<\[]*(?:user )?question[\]>*]*\s?[:：]?\s*([^\n<]{3,600})", re.I
)


def decide_answerable(question: Question) -> bool | None:
    """Return whether a given text answers the given question; None for other wishes."""
    if not question.material or ANSWERABLE.search(question.wish) is None:
        return None
    asked = QUESTION.search(question.prompt[:6000])
    if asked is None:
        return None
    text = question.material.replace(asked[0], " ")
    best = choose_sentence(split_sentences(text), asked[1])
    return not lacks_answer(best, text, asked[1])


MENTIONS = make_regex(
    r"\b(?:mentions?|contains?|includes?|has|have|state[sd]?|name[sd]?|give[sn]?)\b (?:an?|any|the)"
    r" ((?:[a-z-]+ )?[a-z-]+)\b",
    re.I,
)
"""A question whether a text has a value: "Does the text mention a price?"."""
PRICED = make_regex(r"price|cost|amount|money", re.I)
NEEDS_SEARCH = make_regex(
    r"\b(?:needs?|requires?|call|use|should)\b[^.\n]{0,40}\b(?:search|browse|up-to-date|real-?time"
    r"|current (?:information|data))\b",
    re.I,
)
"""A question whether the web has to be searched."""
CURRENT = make_regex(
    r"\b(?:right now|today|tonight|tomorrow|yesterday|latest|current(?:ly)?|this (?:week|month|year"
    r"|weekend|morning)|weather|news|stock|price of|score|who won|recent(?:ly)?|20[23]\d)\b",
    re.I,
)
"""Words of a question about what changes."""
