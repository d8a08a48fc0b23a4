"""Follow-ups that change one thing of the last request: its language, number, topic or layout."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.operations.forms.changed_messages import LEAD
from mockgem.operations.forms.code_follow_ups import edit_query
from mockgem.operations.forms.language_detection import CODES
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_reply, form
from mockgem.operations.forms.statements import list_marked

MAX_PROMPT = 200
MAX_ASKED = 3_000
IN_LANGUAGE = make_regex(
    rf"{LEAD}(?:do |give me |write |show me |translate )?(?:it |that |the same |this )?"
    r"(?:in|into|to) (?P<language>[A-Za-z]+)(?: (?:please|pls|too|as well))?\W*\Z",
    re.I,
)
INTO = make_regex(r"\b(?:to|into|in|auf|ins|en) (?P<language>[A-Z][a-z]+)\b")
ABOUT = make_regex(
    rf"{LEAD}(?:write |give me |make |do |tell me )?(?:another(?: one)?|one more|a second one|one)"
    r"[, ]{1,2}(?:but |this time )?(?P<link>about|on|for) (?P<topic>[^.?!\n]{2,80})\W*\Z",
    re.I,
)
OLD_TOPIC = make_regex(r"\b(?:about|on|for) [^.?!,\n]{2,80}")
OTHER_NUMBER = make_regex(
    r"\W*(?:(?:ok|okay|thanks|great),? )?(?:and|what about|how about) (?P<number>\d{1,6})\W*"
    r"(?:in )?(?P<length>(?:one|a|two|three) (?:short )?(?:sentences?|words?|lines?))?\W*\Z",
    re.I,
)
"""The same question about another number: "and 422? one sentence"."""
NUMBER = make_regex(r"(?<![\w.])\d{1,6}(?![\w.]*\d)")
AS_TABLE = make_regex(
    rf"{LEAD}(?:put|turn|make|convert|format|show|write) (?:that|it|this|these|them)(?: list)?"
    r" (?:in|into|as) an? (?:two[- ]column |2[- ]column |markdown )?table"
    r"(?:[:,]| with(?: the)? columns?:?| with) (?P<columns>(?!(?:the )?head)[^.\n]{3,100})",
    re.I,
)
CODE = make_regex(
    r"```[^\n]*\n(?P<fenced>.*?)```|(?P<bare>^(?:def|function|class) .{10,1500}?)(?=\n\n|\Z)",
    re.S | re.M,
)
VERSION = make_regex(
    rf"{LEAD}(?:show|give|write)(?: me)? (?:an?|the) (?:[a-z]+ )?version"
    r" (?P<how>(?:with|using|that|without) [^.?!\n]{3,80})",
    re.I,
)
Combine = Callable[[str, str, str], str]
"""Takes the last request, the reply to it and the follow-up; returns the request to answer."""


@form(
    "last request with a change",
    needs="earlier",
    about="the last request in another language, with another number or topic, or its list as a"
    " table",
)
def answer_restated(question: Question) -> str | None:
    """Answer "Now in Spanish please" like the request before it."""
    prompt = question.prompt.strip()
    mine, replies = question.list_said("user"), question.list_said("model")
    if not mine or not replies or len(prompt) > MAX_PROMPT or question.material:
        return None
    asked, reply = mine[-1][:MAX_ASKED], replies[-1]
    if (named := BARE_LANGUAGE.match(prompt)) and named["language"].lower() in CODES:
        starts = ("transl", "übersetz")
        first = (one for one in reversed(mine) if one.lower().startswith(starts))
        asked, prompt = next(first, asked)[:MAX_ASKED], f"in {named['language']}"
    if query := change_query(prompt, reply):
        return query
    for combine in COMBINE:
        if whole := combine(asked, reply, prompt):
            formed = find_reply(Question(whole, question.random, question.system))
            return formed.text if formed is not None else None
    return None


OTHER_WORD = make_regex(
    r"\A\W*(?:and|now|ok|okay|what about|how about)?[, ]{0,2}(?:what about |how about )?(?:for "
    r"|of |with )?"
    r"(?P<mark>[\"“'‘`])(?P<word>[^\"”'’`\n]{1,60})[\"”'’`]\s*\??\s*\Z",
    re.I,
)
QUOTED_WORD = make_regex(r"[\"“'‘`](?P<word>[^\"”'’`\n]{1,60})[\"”'’`]")
BARE_LANGUAGE = make_regex(r"\A\W*(?:and |now )?(?P<language>[A-Z][a-z]{3,12})\s*\?\s*\Z")


def change_word(asked: str, reply: str, prompt: str) -> str:
    """Return 'Give me a synonym for "happy"' with another word in quotation marks."""
    match, old = OTHER_WORD.match(prompt), QUOTED_WORD.findall(asked)
    if match is None or len(old) != 1 or INTO.search(asked):
        return ""
    return asked.replace(old[0], match["word"].strip(), 1)


QUERY = make_regex(r"```sql\n(?P<query>\s*(?:SELECT|WITH)\b.*?)```", re.S | re.I)
SORTS = make_regex(rf"{LEAD}(?:sort|order|limit)\b|\b(?:sort|order) (?:it |them )?by\b", re.I)


def change_query(prompt: str, reply: str) -> str:
    """Return the query of the last reply with another order or limit; empty for other wishes."""
    given = QUERY.search(reply)
    if given is None or not SORTS.search(prompt):
        return ""
    return f"```sql\n{edit_query(given['query'].strip(), prompt)}\n```"


def change_language(asked: str, reply: str, prompt: str) -> str:
    """Return "Translate to German: …" for another language."""
    match, old = IN_LANGUAGE.match(prompt), INTO.search(asked)
    if match is None or old is None or not asked.lower().startswith(("transl", "übersetz")):
        return ""
    if match["language"].lower() not in CODES or old["language"].lower() not in CODES:
        return ""
    new = match["language"].capitalize()
    return f"{asked[: old.start('language')]}{new}{asked[old.end('language') :]}"


def change_topic(asked: str, reply: str, prompt: str) -> str:
    """Return "Write a haiku about debugging" with another topic."""
    match, old = ABOUT.match(prompt), OLD_TOPIC.search(asked)
    if match is None or old is None:
        return ""
    return f"{asked[: old.start()]}{match['link']} {match['topic'].strip()}{asked[old.end() :]}"


def change_number(asked: str, reply: str, prompt: str) -> str:
    """Return "What does the status code 409 mean?" with another number."""
    match, old = OTHER_NUMBER.match(prompt), NUMBER.findall(asked)
    if match is None or len(old) != 1 or not asked.rstrip().endswith("?"):
        return ""
    length = match["length"]
    more = f" Answer in {length}." if length else ""
    return f"{NUMBER.sub(match['number'], asked, count=1)}{more}"


def tabulate(asked: str, reply: str, prompt: str) -> str:
    """Return a wish for a table whose first column has the list of the last reply."""
    match = AS_TABLE.match(prompt)
    listed = list_marked(reply) if match else []
    if match is None or len(listed) < LEAST:
        return ""
    rows = ", ".join(one.replace(",", " –") for one in listed)
    return f"Make a Markdown table with the columns {match['columns']}. The rows are: {rows}."


LEAST = 2


def change_version(asked: str, reply: str, prompt: str) -> str:
    """Return the code of the conversation and how its next version should be."""
    match = VERSION.match(prompt)
    code = CODE.search(reply) or CODE.search(asked) if match else None
    if match is None or code is None:
        return ""
    source = (code["fenced"] or code["bare"]).strip("\n")
    return f"Rewrite this function {match['how']}:\n\n```\n{source}\n```"


COMBINE: tuple[Combine, ...] = (
    change_word,
    change_language,
    change_topic,
    change_number,
    tabulate,
    change_version,
)
