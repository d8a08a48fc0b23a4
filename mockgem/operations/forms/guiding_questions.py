"""What a tutor asks who never gives the answer: one question that leads to the next step."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

GUIDES = make_regex(
    r"\bsocratic\b|\b(?:never|do not|don['’]t|avoid|without) (?:directly )?(?:giv(?:e|ing)"
    r"|reveal(?:ing)?|tell(?:ing)?"
    r"|provid(?:e|ing)|solv(?:e|ing))(?: (?:away|them|students?|the student"
    r"|it))*[^.\n]{0,40}\b(?:answers?|solutions?)\b"
    r"|\bguid(?:e|ing) (?:the )?(?:students?|users?|learners?|child\w*"
    r"|them)\b[^.\n]{0,40}\bquestions?\b"
    r"|\b(?:ask|use|with|only) (?:a |one |short |only )?(?:guiding|leading|socratic) questions?\b",
    re.I,
)
"""A system instruction of a tutor who asks instead of answering."""
EQUATION = make_regex(
    r"(?P<factor>\d{1,4})?\s?\*?\s?(?P<name>[a-z])\s?(?P<sign>[-+−])\s?(?P<added>\d{1,6})\s?=\s?"
    r"(?P<sum>-?\d{1,6})",
    re.I,
)
PERCENT = make_regex(r"(\d{1,3}(?:\.\d+)?) ?(?:%|percent) of (\d[\d.,]{0,9})", re.I)
SUM = make_regex(r"(\d{1,6})\s?([-+*/x×÷])\s?(\d{1,6})(?!\s?[=\d])")
PARTS = {"+": "tens and ones", "-": "tens and ones", "x": "a round number and a rest"}
ESSAY = make_regex(r"\b(?:essay|paragraph|thesis|story|write|introduction)\b", re.I)
CODE = make_regex(r"\b(?:code|loop|function|python|java\w*|bug|error|array|list|recursion)\b", re.I)
THING = make_regex(
    r"\b(?:what (?:is|are|was|were)|why (?:is|are|do|does|did)|how (?:do|does|did|is|are)"
    r"|explain|solve|find|calculate|understand)\b (?:i |we |you |me )?(?P<thing>[^?.!\n]{2,80})",
    re.I,
)


@form(
    "guiding question",
    needs="system",
    about="the question of a tutor that leads to the next step, in place of the answer",
)
def ask_guiding_question(question: Question) -> str | None:
    if question.language != "en" or not GUIDES.search(question.stated_system):
        return None
    prompt = question.prompt.strip()
    if not prompt or len(prompt) > MAX_PROMPT:
        return None
    return f"{lead_in(question)} {ask_next(prompt)}"


MAX_PROMPT = 1_500


def lead_in(question: Question) -> str:
    return str(
        question.random.pick(
            ("Good question!", "Let's take it one step at a time.", "You are on the right track.")
        )
    )


def ask_next(prompt: str) -> str:
    """Return the question that leads to the next step of what a student asks."""
    if match := EQUATION.search(prompt):
        left = f"{match['factor'] or ''}{match['name']}"
        done = "subtracted from" if match["sign"] in "-−" else "added to"
        return (
            f"Look at the left side: {match['added']} is {done} {left}. What could you do on both "
            f"sides so that only {left} is left there?"
        )
    if match := PERCENT.search(prompt):
        return (
            f"How much would 10 % of {match[2]} be, and how could you get to {match[1]} % from "
            "there?"
        )
    if match := SUM.search(prompt):
        return (
            f"How could you split {match[1]} or {match[3]} into parts that are easier to work with?"
        )
    if ESSAY.search(prompt):
        return "What is the one thing that your reader should remember when they have finished?"
    if CODE.search(prompt):
        return (
            "What do you expect to happen in each line, and where does it first do something else?"
        )
    thing = THING.search(prompt)
    about = thing["thing"].strip(" ,;") if thing else ""
    return f"What do you already know about {about}?" if about else "What have you tried so far?"
