"""Questions that the user may ask next: "Suggest three follow-up questions as JSON"."""

from __future__ import annotations

import json
import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.format_wishes import fence
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.topics import find_topic
from mockgem.operations.generators.prompt_analysis import COMMON_WORDS

WISH = make_regex(
    r"\b(?:suggest|generate|write|give|propose|list|create|produce|provide|come up with|return"
    rf"|output)\b(?: exactly| only| just)?[^.\n]{{0,30}}?\b(?:(?P<count>{NUMBER})(?: ?(?:-|–|to"
    r"|or) ?\d{1,2})? )?(?:[a-z]+,? ){0,2}(?:(?:follow-?ups?|next|related"
    r"|further) (?:questions?|prompts?)\b|\bfollow-?up question suggestions"
    r"|questions?\b[^.\n]{0,20}\b(?:user|i|they|customer|reader"
    r"|someone)\b[^.\n]{0,20}\bask next\b)",
    re.I,
)
HISTORY = make_regex(
    r"<chat_history>(.{5,8000}?)</chat_history>"
    r"|(?:^|\n)#* ?\**(?:chat history|conversation|history|dialogue|answer|transcript)[:*]{0,3}\s"
    r"(.{5,8000})",
    re.I | re.S,
)
COUNTED = make_regex(rf"\b({NUMBER}) (?:short |concise )?(?:questions|suggestions)\b", re.I)
TURN = make_regex(
    r"^ *\**(?:user|human|customer|q)(?: (?:asked|said|wrote))?\**: *([^\n]{5,300})",
    re.I | re.M,
)
HOW_TO = make_regex(
    r"\W{0,4}how (?:do|can|should|could|would) (i|we|you|one) ([^?.\n]{4,80})[?.]?", re.I
)
WHAT_IS = make_regex(
    r"\W{0,4}(?:what(?: is| are|['’]s)|explain|tell me about|who (?:is|was)) ([^?.\n]{3,60})[?.]?",
    re.I,
)
SHOWN_KEY = make_regex(r"[\"'“](\w{2,30})[\"'”]\s?:\s?\[")
NUMBERED = make_regex(r"\bnumbered\b", re.I)
PER_LINE = make_regex(
    r"\bown line\b|\b(?:one per|each on|separate|new) (?:a |its own )?lines?\b", re.I
)


@form(
    "suggested questions",
    "Conversation:\nUser: How do I bake bread?\nAssistant: Mix flour, water and yeast.\n\nSuggest 3"
    ' follow-up questions. Return JSON: {"questions": []}',
    words="follow followup followups next related further",
    about="questions about the conversation that the user may ask next",
)
def suggest_questions(question: Question) -> str | None:
    texts = (question.prompt[:1200], question.prompt[-1200:], question.system[:1200])
    wish = next(filter(None, map(WISH.search, texts)), None)
    if wish is None or question.language != "en":
        return None
    asked = find_asked(question)
    if not asked:
        return None
    counted = COUNTED.search(question.system)
    number = wish["count"] or (counted[1] if counted else "")
    count = parse_count(number, 10) if number else 3
    found = list_questions(asked, question)[: max(1, count)]
    if key := SHOWN_KEY.search(question.prompt):
        return fence(json.dumps({key[1]: found}, indent=2, ensure_ascii=False), "json", question)
    if "json" in question.lower:
        return fence(json.dumps(found, indent=2, ensure_ascii=False), "json", question)
    if PER_LINE.search(question.wish):
        return "\n".join(found)
    if NUMBERED.search(question.prompt):
        return "\n".join(f"{at}. {one}" for at, one in enumerate(found, 1))
    return "\n".join(f"- {one}" for one in found)


def find_asked(question: Question) -> str:
    """Return what the user asked last, in the turns or in the prompt; empty without it."""
    said = [text for role, text in question.earlier if role == "user" and text.strip()]
    if not said and (turns := TURN.findall(question.prompt[:12_000])):
        return str(turns[-1])
    if match := HISTORY.search(question.prompt[:12_000]):
        history = (match[1] or match[2]).strip()
        return next(iter(reversed(TURN.findall(history))), history.split("\n")[0])
    if not said and WISH.search(question.system[:1200]) and len(question.prompt) < MAX_ASKED:
        return question.prompt.strip()
    return said[-1] if said else ""


MAX_ASKED = 400


def list_questions(asked: str, question: Question) -> list[str]:
    """Return questions that may follow one: about its task, or about its topic."""
    if task := HOW_TO.match(asked):
        return ask_about_task(task[2].strip().rstrip("?"), "we" if task[1].lower() == "we" else "I")
    named = WHAT_IS.match(asked)
    topic = named[1].strip() if named else find_subject(asked[:300], question)
    return [
        f"Can you give me an example of {topic}?",
        f"How does {topic} work in practice?"
        if named
        else f"What should I know first about {topic}?",
        f"What are the most common mistakes with {topic}?",
        f"Where can I learn more about {topic}?",
        f"What are the alternatives to {topic}?",
        f"How has {topic} changed over the years?",
        f"Who is {topic} most useful for?",
        f"What does {topic} cost?",
        f"What is the history of {topic}?",
        f"Which questions do experts ask about {topic}?",
    ]


def find_subject(asked: str, question: Question) -> str:
    """Return what a question or a statement is about: its first words that are not common."""
    if which := WHICH.match(asked):
        return which[1]
    runs: list[list[str]] = [[]]
    for word in WORD.findall(asked):
        if word.lower() in COMMON_WORDS or word.lower() in VERBS:
            runs.append([])
        else:
            runs[-1].append(word)
    filled = [run[-2:] if asked.endswith("?") else run[:2] for run in runs if run]
    if not filled:
        return find_topic(Question(asked, question.random))
    words = filled[-1] if asked.endswith("?") else filled[0]
    if words[0][1:].islower() and asked.startswith(words[0]):
        words[0] = words[0].lower()
    return " ".join(words)


WORD = make_regex(r"[^\W_][\w'’-]*")
VERBS = frozenset(
    """turn turns last lasts use uses make makes need needs take takes become becomes start starts
    good bad best better safe healthy possible worth eat drink buy find get go see try work works
    usually often always can could should would may might will""".split()
)
"""Words that are not what a sentence is about."""
WHICH = make_regex(
    r"\W{0,4}(?:which|what|how many) ((?!(?:is|are|do|does|can|did)\b)[\w'-]{3,20}"
    r"(?: (?:in|of|for|from) (?:the )?[\w'-]{3,20})?)\b",
    re.I,
)


def ask_about_task(task: str, who: str) -> list[str]:
    return [
        f"How often should {who} {task}?",
        f"What can go wrong when {who} {task}?",
        f"How long does it take to {task}?",
        f"What do {who} need before {who} {task}?",
        f"Is there an easier way to {task}?",
        f"How can {who} check that it worked?",
        f"Which tools help to {task}?",
        f"What is the best time to {task}?",
        f"Who can help me to {task}?",
        f"What should {who} do after that?",
    ]
