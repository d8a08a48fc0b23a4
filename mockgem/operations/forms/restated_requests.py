"""Follow-ups that change one thing of the last request: its language, number, topic or layout."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.operations.forms.code_follow_ups import edit_query
from mockgem.operations.forms.language_detection import CODES
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_reply, form
from mockgem.operations.forms.statements import list_marked

MAX_PROMPT = 200
MAX_ASKED = 3_000
LEAD = (
    r"\A\W*(?:(?:ok|okay|good|great|nice|perfect|thanks|thank you|cool|yes|now|and|so|please|also"
    r"|but|then|can you|could you|what about|how about)\b[,.! ]{0,3}){0,4}"
)
IN_LANGUAGE = make_regex(
    rf"{LEAD}(?:do |give me |write |show me |translate )?(?:it |that |the same |this )?"
    r"(?:in|into|to) (?P<language>[A-Za-z]+)(?: (?:please|pls|too|as well))?\W*\Z",
    re.I,
)
INTO = make_regex(r"\b(?P<link>to|into|in|auf|ins|en) (?P<language>[A-Z][a-z]+)\b")
ABOUT = make_regex(
    rf"{LEAD}(?:write |give me |make |do |tell me )?(?:another(?: one)?|one more|a second one)"
    r"[, ]{1,2}(?:but |this time )?(?P<link>about|on|for) (?P<topic>[^.?!\n]{2,80})\W*\Z",
    re.I,
)
OLD_TOPIC = make_regex(r"\b(?:about|on|for) [^.?!,\n]{2,80}")
OTHER_NUMBER = make_regex(
    rf"{LEAD}(?:what about |how about )?(?P<number>\d{{1,6}})\W*(?P<rest>[^\n]{{0,60}})\Z", re.I
)
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
Combine = Callable[[str, Question], str]


@form(
    "last request with a change",
    about="the last request in another language, with another number or topic, or its list as a"
    " table",
)
def answer_restated(question: Question) -> str | None:
    """Answer "Now in Spanish please" like the request before it."""
    prompt = question.prompt.strip()
    mine = question.list_said("user")
    if not mine or len(prompt) > MAX_PROMPT or question.material:
        return None
    asked = mine[-1][:MAX_ASKED]
    if query := change_query(question):
        return query
    for combine in COMBINE:
        if whole := combine(asked, question):
            formed = find_reply(Question(whole, question.random, question.system))
            return formed.text if formed is not None else None
    return None


QUERY = make_regex(r"```sql\n(?P<query>\s*(?:SELECT|WITH)\b.*?)```", re.S | re.I)
SORTS = make_regex(rf"{LEAD}(?:sort|order|limit)\b|\b(?:sort|order) (?:it |them )?by\b", re.I)


def change_query(question: Question) -> str:
    """Return the query of the last reply with another order or limit; empty for other wishes."""
    given = QUERY.search(question.list_said("model")[-1]) if question.list_said("model") else None
    if given is None or not SORTS.search(question.prompt):
        return ""
    return f"```sql\n{edit_query(given['query'].strip(), question.prompt)}\n```"


def change_language(asked: str, question: Question) -> str:
    """Return "Translate to German: …" for another language."""
    match, old = IN_LANGUAGE.match(question.prompt.strip()), INTO.search(asked)
    if match is None or old is None or not asked.lower().startswith(("transl", "übersetz")):
        return ""
    if match["language"].lower() not in CODES or old["language"].lower() not in CODES:
        return ""
    new = match["language"].capitalize()
    return f"{asked[: old.start('language')]}{new}{asked[old.end('language') :]}"


def change_topic(asked: str, question: Question) -> str:
    """Return "Write a haiku about debugging" with another topic."""
    match, old = ABOUT.match(question.prompt.strip()), OLD_TOPIC.search(asked)
    if match is None or old is None:
        return ""
    return f"{asked[: old.start()]}{match['link']} {match['topic'].strip()}{asked[old.end() :]}"


def change_number(asked: str, question: Question) -> str:
    """Return "What does the status code 409 mean?" with another number."""
    match, old = OTHER_NUMBER.match(question.prompt.strip()), NUMBER.findall(asked)
    if match is None or len(old) != 1 or not asked.rstrip().endswith("?"):
        return ""
    rest = match["rest"].strip(" .,?")
    more = f" Answer in {rest}." if rest else ""
    return f"{NUMBER.sub(match['number'], asked, count=1)}{more}"


def tabulate(asked: str, question: Question) -> str:
    """Return a wish for a table whose first column has the list of the last reply."""
    match = AS_TABLE.match(question.prompt.strip())
    listed = list_marked(question.list_said("model")[-1]) if match else []
    if match is None or len(listed) < LEAST:
        return ""
    rows = ", ".join(one.replace(",", " –") for one in listed)
    return f"Make a Markdown table with the columns {match['columns']}. The rows are: {rows}."


LEAST = 2


def change_version(asked: str, question: Question) -> str:
    """Return the code of the conversation and how its next version should be."""
    match = VERSION.match(question.prompt.strip())
    code = CODE.search(question.list_said("model")[-1]) or CODE.search(asked) if match else None
    if match is None or code is None:
        return ""
    source = (code["fenced"] or code["bare"]).strip("\n")
    return f"Rewrite this function {match['how']}:\n\n```\n{source}\n```"


COMBINE: tuple[Combine, ...] = (
    change_language,
    change_topic,
    change_number,
    tabulate,
    change_version,
)
