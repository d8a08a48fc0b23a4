"""Answers in objects: from the sources of the system instruction, and inputs for tools."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.tool_arguments import SEARCH_VERB

ANSWER = frozenset("answer response reply final_answer result".split())
FOUND = make_regex(
    r"^(?:found|is_found|answerable|is_answerable|has_answer|answered|grounded|in_context)$"
)
CONTEXT = make_regex(
    r"\b(?:context|sources?|documents?|passages?|knowledge base|faq)\b[^\n]{0,40}:|^\[\d",
    re.I | re.M,
)
SEARCHES = make_regex(r"search|look|google|wiki|retriev|query|browse|find", re.I)
COUNTS = make_regex(r"calc|math|comput", re.I)
INPUTS = frozenset("action_input input tool_input query search_query arguments args".split())
ACTIONS = frozenset("action tool tool_name function command name next_action".split())
THOUGHTS = frozenset("thought thoughts thinking".split())


def answer_from_context(value: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return an object whose answer is the sentence of the given sources that answers it."""
    names = {read_name(key): key for key in value}
    key = next((names[one] for one in names if one in ANSWER), None)
    system = question.stated_system
    if key is None or not isinstance(value[key], str) or not CONTEXT.search(system):
        return value
    from mockgem.operations.forms.given_text import find_answer
    from mockgem.operations.forms.text_values import name_sources

    answer = find_answer(question)
    plain = re.sub(r"\A\s*\[\w+\]:?\s*|\s*\[\w+\]\s*\Z", "", answer or "").strip()
    is_found = bool(plain) and plain.rstrip(".") in system
    flags = {own: is_found for name, own in names.items() if FOUND.match(name)}
    if not is_found:
        return value
    return name_sources(plain, {**value, key: plain, **flags}, question)


def fill_agent_step(value: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return the step of an agent whose input for a search is what the user asks."""
    names = {read_name(key): key for key in value}
    action = next((value[names[one]] for one in names if one in ACTIONS), None)
    given = next((names[one] for one in names if one in INPUTS), None)
    if not isinstance(action, str) or given is None or not isinstance(value[given], str):
        return value
    step = dict(value)
    asked = question.prompt.strip()[-300:]
    if SEARCHES.search(action) and asked.endswith("?") and "\n" not in asked:
        step[given] = asked.rstrip("?")
    elif SEARCHES.search(action) and (task := TASK.search(question.prompt[:4000])):
        step[given] = SEARCH_VERB.sub("", task[1].strip(" ."))
    thought = next((names[one] for one in names if one in THOUGHTS), None)
    if thought and isinstance(value[thought], str):
        if SEARCHES.search(action):
            step[thought] = "I need to look this up before I can answer."
        elif COUNTS.search(action):
            step[thought] = "This is arithmetic, so I should calculate it."
    return step


TASK = make_regex(
    r"^[ \t*#]*(?:task|goal|objective|question|request|query)\**\s?:\**\s*([^\n]{4,200})",
    re.I | re.M,
)


QUERIES = make_regex(r"^(?:search_)?(?:queries|searches|search_terms|search_queries)$")
ASKS = make_regex(
    r"\A\W*(?:how|what|why|when|where|who|which)(?:'s)?\s(?:(?:do|does|did|is|are|was|were|can"
    r"|should"
    r"|would|could|will|has|have)\s)?(?:the |an? |i |you |we )?",
    re.I,
)
QUERY_FORMS = ("{}", "{} research", "{} examples", "{} explained", "{} comparison", "{} statistics")


def list_queries(value: dict[str, Any], given: str, question: Question) -> dict[str, Any]:
    """Return an object whose queries for a search are about the question of the text."""
    key = next((one for one in value if QUERIES.match(read_name(one))), None)
    asked = (given or question.prompt[-300:].rpartition("\n")[2]).strip()
    if key is None or not isinstance(value[key], list) or not asked.endswith("?"):
        return value
    if not all(isinstance(one, str) for one in value[key]) or len(asked) > 200:
        return value
    core = ASKS.sub("", re.sub(r"\A[A-Z]\w+: ", "", asked)).rstrip("? ")
    count = min(max(len(value[key]), 1), len(QUERY_FORMS))
    return {**value, key: [form.format(core) for form in QUERY_FORMS[:count]]}
