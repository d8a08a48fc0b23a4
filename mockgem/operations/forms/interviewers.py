"""The next question of an assistant that interviews a candidate for a job."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

ROLE = make_regex(
    r"\b(?:you are|you['’]re|act as|play) (?:an? |the )?(?:[\w-]+ ){0,2}interviewer\b[^.\n]{0,40}?"
    r"\bfor (?:an? |the )?(?P<job>[\w -]{3,40}?)(?: (?:position|role|job|post)\b|[.,;\n]|\Z)",
    re.I,
)
TASK = make_regex(
    r"\b(?:json|score|rate|grade|feedback|evaluat\w+|classif\w+|summari[sz]e)\b", re.I
)
"""A system instruction that wants a judgement and no question."""
QUESTIONS = (
    "Could you tell me a little about your background as {job}?",
    "What do you find most interesting about the work of {job}?",
    "Can you describe a difficult situation at work, and how you dealt with it?",
    "How do you make sure that your work is correct when you are under pressure?",
    "Which tools do you use most often, and how well do you know them?",
    "How do you work with colleagues who have another opinion?",
    "Where do you see yourself in three years?",
    "Do you have any questions about the position?",
)
THANKS = ("Thank you.", "I see, thanks.", "Thanks for sharing that.", "Good to know.")
ARTICLE = make_regex(r"\A[aeiou]", re.I)


@form(
    "question of an interviewer",
    needs="system",
    about="the next question of an interview for the job that the system instruction names",
)
def ask_candidate(question: Question) -> str | None:
    match = ROLE.search(question.system) if question.system else None
    prompt = question.prompt.strip()
    if match is None or question.language != "en" or prompt.endswith("?"):
        return None
    if TASK.search(question.system):
        return None
    asked = sum("?" in text for text in question.list_said("model"))
    job = match["job"].strip()
    named = f"{'an' if ARTICLE.match(job) else 'a'} {job}"
    if asked >= len(QUESTIONS):
        return "Thank you, that was my last question. We will get back to you soon."
    thanks = f"{THANKS[asked % len(THANKS)]} " if asked else "Welcome! "
    return f"{thanks}{QUESTIONS[asked].format(job=named)}"
