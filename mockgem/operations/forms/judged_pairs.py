"""Verdicts about two answers or about one answer, as prompts for evaluations ask for them."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.agreement import compare_with_reference
from mockgem.operations.forms.calculations import calculate
from mockgem.operations.forms.known_facts import find_fact
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.generators.word_stems import extract_stems

MAX_PROMPT = 20_000
ANSWER_OF = (
    r"\[(?:The )?(?:Start|Begin(?:ning)?) of Assistant {0}['’]s (?:Answer|Response)\]\s*(.*?)\s*"
    r"\[(?:The )?End of Assistant {0}['’]s (?:Answer|Response)\]"
)
ANSWERS = tuple(make_regex(ANSWER_OF.format(mark), re.I | re.S) for mark in "AB")
ASKED = make_regex(
    r"\[(?:User )?Question\]\s*(.*?)\s*(?:\n\s*\[|\Z)|<\|The Start of (?:the )?User['’]s? "
    r"Question\|>\s*(.*?)\s*<\|",
    re.I | re.S,
)
VERDICTS = make_regex(r"\[\[([A-C]|tie)\]\]", re.I)
EXPLAINS = make_regex(
    r"\b(?:begin (?:your evaluation )?(?:by|with)|first,? (?:write|explain|compare|give|provide)"
    r"|step by step|(?:after|before) (?:providing|giving|writing)|(?:provide|give|write) (?:an?"
    r"|your) (?:\w+ )?(?:explanation|reasoning|justification|analysis))\b",
    re.I,
)
"""A wish for the reasons, which may stand beside "print only the letter"."""
SENTENCE_LIMIT = make_regex(r"\bin (?:one|a single|1) sentence\b|\bone[- ]sentence\b", re.I)
WORD_LIMIT = make_regex(r"\b(?:at most|up to|no more than|under|within|in) (\d{1,4}) words\b", re.I)


@frozen
class Pair:
    """Two answers to a question, in the order of the prompt."""

    asked: str
    first: str
    second: str


LABELLED = make_regex(
    r"^\W{0,4}(?:Answer|Response|Reply|Output|Assistant|Model|Candidate) (?:A"
    r"|1)\W{0,6}\n?(?P<first>.+?)"
    r"\n\W{0,4}(?:Answer|Response|Reply|Output|Assistant|Model|Candidate) (?:B|2)\W{0,6}\n?"
    r"(?P<second>.+?)(?=\n\s*\n|\Z)",
    re.I | re.S | re.M,
)
ASKED_LINE = make_regex(
    r"^\W{0,4}(?:User |Original )?(?:Question|Prompt|Query|Instruction)\W{0,4}:\W{0,4}([^\n]+)",
    re.I | re.M,
)


def read_pair(text: str) -> Pair | None:
    """Return the question and the answers of a comparison; None if one of them is missing."""
    asked = ASKED_LINE.search(text)
    if asked and (both := LABELLED.search(text)):
        return Pair(asked[1], both["first"].strip(), both["second"].strip())
    found = [pattern.search(text) for pattern in ANSWERS]
    asked = ASKED.search(text)
    if asked is None or found[0] is None or found[1] is None:
        return None
    question = next(filter(None, asked.groups()), "")
    return Pair(question, found[0][1], found[1][1])


def breaks_limit(answer: str, asked: str) -> bool:
    """Return whether an answer is longer than its question allows."""
    if SENTENCE_LIMIT.search(asked) and len(split_sentences(answer)) > 1:
        return True
    limit = WORD_LIMIT.search(asked)
    return limit is not None and len(answer.split()) > int(limit[1])


def score_answer(answer: str, asked: str) -> tuple[bool, bool, int, int]:
    """Return what makes an answer better: a true fact, the stated length, the words asked for."""
    known = find_fact(f"{asked.rstrip('?')}?") or calculate(asked) or ""
    is_right = bool(known) and known.lower() in answer.lower()
    related = len(extract_stems(asked) & extract_stems(answer))
    return is_right, not breaks_limit(answer, asked), related, len(extract_stems(answer))


@form(
    "better of two answers",
    "Compare two assistant responses. Begin with a short explanation, then output [[A]], [[B]] or"
    " [[C]] for a tie.\n\n[User Question]\nWhat is 2 + 2?\n\n[The Start of Assistant A's Answer]\n4"
    "\n[The End of Assistant A's Answer]\n\n[The Start of Assistant B's Answer]\n5\n[The End of"
    " Assistant B's Answer]",
    words="assistant assistants answer answers response responses",
    about="a comparison of two answers with a verdict in double brackets, `[[A]]`",
)
def choose_answer(question: Question) -> str | None:
    text = question.whole[:MAX_PROMPT]
    marks = VERDICTS.findall(text) if "[[" in text else []
    pair = read_pair(question.prompt[:MAX_PROMPT]) if marks else None
    if pair is None:
        return None
    scores = [score_answer(one, pair.asked) for one in (pair.first, pair.second)]
    tie = next((mark for mark in marks if mark.lower() in ("c", "tie")), "")
    better = "A" if scores[0] >= scores[1] else "B"
    verdict = tie if tie and scores[0] == scores[1] else better
    wish = ANSWERS[0].sub(" ", ANSWERS[1].sub(" ", text))
    if not EXPLAINS.search(wish):
        return f"[[{verdict}]]"
    return f"{explain_verdict(verdict, scores)}\n\n[[{verdict}]]"


def explain_verdict(verdict: str, scores: list[tuple[bool, bool, int, int]]) -> str:
    """Return the reason for a verdict in two sentences."""
    if verdict not in ("A", "B"):
        return "Both answers say the same and meet the request equally well. Neither adds an error."
    best, other = (scores[0], scores[1]) if verdict == "A" else (scores[1], scores[0])
    worse = "B" if verdict == "A" else "A"
    if best[0] != other[0]:
        why = f"Assistant {verdict} gives the correct answer, while assistant {worse} does not."
    elif best[1] != other[1]:
        why = f"Assistant {worse} is longer than the question allows; assistant {verdict} is not."
    elif best[2] != other[2]:
        why = f"Assistant {worse} says less about what the user asked."
    else:
        why = f"Assistant {verdict} answers in more detail than assistant {worse}."
    return f"{why} The answer of assistant {verdict} is the more useful one for the user."


SUBMITTED = make_regex(
    r"\[Input\]:\s*(?P<asked>.*?)\s*\n(?:\*{3}|[-=]{3,})?\s*\[(?:Submission|Output|Answer)\]:\s*"
    r"(?P<said>.*?)\s*\n(?:\*{3}|[-=]{3,})?\s*\[Criteri(?:on|a)\]:\s*(?P<criterion>[^\n]{1,300})",
    re.I | re.S,
)
AGAIN = make_regex(r"\brepeat (?:just |only )?the letter\b", re.I)
SHORT_ANSWER = 40
HARM = make_regex(r"harm|malicious|crimin|offensive|insensitiv|misogyn|controversial|bias", re.I)
HARMLESS = make_regex(r"harmless|not harmful|inoffensive|unbiased|free (?:of|from)", re.I)
"""A criterion that a submission without harm meets."""
BRIEF = make_regex(r"concise|brief|short|to the point", re.I)
HARMFUL = make_regex(r"\b(?:kill|hate|stupid|idiot|bomb|steal|weapon|attack|hack)\w*\b", re.I)


@form(
    "verdict on a submission",
    "You are assessing a submitted answer based on a criterion.\n[Input]: What is 2 + 2?\n***\n"
    "[Submission]: 4\n***\n[Criterion]: correctness: Is the submission correct?\n***\nFirst, write"
    ' out your reasoning. Then print only the single character "Y" or "N".',
    words="submission criterion criteria",
    about="Y or N for a submitted answer and a criterion, after the reasoning that it wants",
)
def judge_submission(question: Question) -> str | None:
    found = SUBMITTED.search(question.prompt[:MAX_PROMPT]) if "[" in question.prompt else None
    if found is None or not re.search(r"[\"“']Y[\"”']", question.whole):
        return None
    asked, said, criterion = found["asked"], found["said"], found["criterion"]
    is_met, why = meet(criterion, asked, said, question)
    letter = "Y" if is_met else "N"
    if not EXPLAINS.search(question.whole):
        return letter
    name = criterion.partition(":")[0].strip()
    last = f"{letter}\n{letter}" if AGAIN.search(question.prompt) else letter
    does = "meets" if is_met else "does not meet"
    return (
        f"1. The criterion is {name}.\n2. {why}\n"
        f"3. Therefore the submission {does} the criterion.\n\n{last}"
    )


def meet(criterion: str, asked: str, said: str, question: Question) -> tuple[bool, str]:
    """Return whether a submission meets a criterion, and the reason in a sentence."""
    if HARM.search(criterion):
        is_bad = HARMFUL.search(said) is not None
        is_met = is_bad != (HARMLESS.search(criterion) is not None)
        return is_met, f"The submission has {'' if is_bad else 'no '}words that could do harm."
    if BRIEF.search(criterion):
        count = len(said.split())
        return count <= SHORT_ANSWER, f"The submission has {count} words."
    agrees = compare_with_reference(question.prompt[:MAX_PROMPT])
    if agrees is not None:
        return (
            agrees,
            f"The submission {'agrees' if agrees else 'does not agree'} with the reference.",
        )
    known = find_fact(f"{asked.rstrip('?')}?") or calculate(asked) or ""
    if known:
        is_right = known.lower() in said.lower()
        states = "states this" if is_right else "does not state this"
        return is_right, f"The right answer is {known}, and the submission {states}."
    is_about = bool(extract_stems(asked) & extract_stems(said)) or len(said.split()) < 3
    return is_about, f"The submission {'answers' if is_about else 'is not about'} the question."
