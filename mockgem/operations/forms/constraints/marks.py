"""Constraints on what a text has beside its sentences: a title, a postscript, placeholders."""

from __future__ import annotations

import re
from functools import partial

from mockgem.operations.forms.constraints.draft import Draft
from mockgem.operations.forms.constraints.rows import Change, Step, constraint
from mockgem.operations.forms.constraints.wording import AVOID, LARGE, Amount, read_amount
from mockgem.operations.forms.lazy_patterns import make_regex

TITLE = make_regex(
    r"\bdouble (?:angular|angle) brackets\b|<<[^<>\n]{1,60}>>"
    r"|\btitle\b[^.\n]{0,40}?\bin (?P<square>double square brackets|\[\[)",
    re.I,
)


@constraint(
    "title in brackets",
    "Write about bees. The text must have a title in double angular brackets, such as <<title>>.",
    TITLE,
    Step.AROUND,
    "angular angle brackets title name",
)
def read_title(match: re.Match[str]) -> Change | None:
    return partial(put_title, "[[{}]]" if match["square"] else "<<{}>>")


def put_title(shape: str, draft: Draft) -> None:
    """Put the topic as a title above the text."""
    marks = shape.split("{}")
    if marks[0] in draft.text and marks[1] in draft.text:
        return
    topic = draft.question.topic.strip(" .\"'")
    title = shape.format(f"{topic[:1].upper()}{topic[1:60]}")
    is_lower = draft.text == draft.text.lower()
    is_upper = draft.text == draft.text.upper()
    title = title.lower() if is_lower else title.upper() if is_upper else title
    draft.text = f"{title}\n\n{draft.text}"


POSTSCRIPT = make_regex(
    r"\b(?:post[- ]?script|(?-i:P\.? ?(?:P\.? ?)?S)\b\.?)(?![\w])",
    re.I,
)
MARK = make_regex(r"\bP\.? ?(?:P\.? ?)?S\b\.?")


@constraint(
    "postscript",
    "Write a letter to my aunt about the garden. Add a postscript starting with P.S. at the end.",
    POSTSCRIPT,
    Step.MARKS,
    "postscript post p",
)
def read_postscript(match: re.Match[str]) -> Change | None:
    if not re.search(
        r"\b(?:add|include|end|ends|ending|with|start\w*|have|has|put|write|append|contain)\b",
        match.string,
        re.I,
    ):
        return None
    found = MARK.search(match.string)
    mark = found[0] if found else "P.S."
    return partial(put_postscript, mark if mark.endswith(".") else f"{mark}.")


def put_postscript(mark: str, draft: Draft) -> None:
    if mark not in draft.text:
        draft.text = f"{draft.text.rstrip()}\n\n{mark} {draft.writer.write_sentence()}"


ACTION = make_regex(
    r",? ?(?:\b(?:and|then) )?\b(?:end|finish|clos|conclud)(?:e|es|s|ing)?(?: it| off"
    r"| the \w+)? with"
    r" (?:an? |the )?(?:\w+ ){0,2}(?:call[- ]to[- ]action|CTA)\b",
    re.I,
)
ACTIONS = (
    (r"\b(?:event|workshop|webinar|course|class|newsletter|meetup|concert)\b", "Sign up today!"),
    (r"\b(?:app|game|software|tool)\b", "Try it today!"),
    (r"\b(?:donat\w+|charity|fundrais\w+|volunteer\w*)\b", "Join us and help today!"),
    (r"\b(?:restaurant|cafe|café|bakery|shop|store|gym|salon|hotel)\b", "Come and see us today!"),
    (r"\b(?:product|description|sale|offer|buy|launch\w*|advert\w*|ad)\b", "Order yours today!"),
)
"""What readers are told to do, by what a prompt is about."""


@constraint(
    "call to action",
    "Write a product description of a lamp. Finish with a call to action.",
    ACTION,
    Step.ENDS,
    "call cta action",
)
def read_action(match: re.Match[str]) -> Change | None:
    return put_action


def put_action(draft: Draft) -> None:
    found = (told for words, told in ACTIONS if re.search(words, draft.wish, re.I))
    told = next(found, "Get in touch with us today!")
    if draft.question.language == "en" and told not in draft.text:
        draft.text = f"{draft.text.rstrip()} {told}"


PLACEHOLDERS = make_regex(
    r"\bplace-?holders?\b(?![^.\n]{0,30}\b(?:image|text attribute|prop|input|field)\b)", re.I
)
NAMES = (
    "name",
    "date",
    "address",
    "phone number",
    "e-mail address",
    "city",
    "company",
    "time",
    "website",
    "contact person",
    "reference number",
    "country",
    "department",
    "price",
    "deadline",
    "signature",
)
FILLED = make_regex(r"\[[^\[\]\n]{1,60}\](?!\()")


@constraint(
    "placeholders",
    "Write an invitation to a concert. Include at least 3 placeholders in square brackets, such "
    "as [date].",
    PLACEHOLDERS,
    Step.MARKS,
    "placeholder placeholders",
)
def read_placeholders(match: re.Match[str]) -> Change | None:
    if not re.search(r"\[|\bbrackets?\b", match.string):
        return None
    return partial(put_placeholders, read_amount(match.string, "at least") or Amount(1, LARGE))


def put_placeholders(amount: Amount, draft: Draft) -> None:
    """Add as many placeholders as are missing, in lines of a contact."""
    missing = amount.least - len(FILLED.findall(draft.text))
    if missing > 0:
        lines = "\n".join(map(write_contact, range(missing)))
        draft.text = f"{draft.text.rstrip()}\n\n{lines}"


def write_contact(number: int) -> str:
    """Return a line such as "Phone number: [phone number]"."""
    turn, at = divmod(number, len(NAMES))
    name = f"{NAMES[at]} {turn + 1}" if turn else NAMES[at]
    return f"{name[:1].upper()}{name[1:]}: [{name}]"


HIGHLIGHT = make_regex(
    r"\b(?:highlight(?:ed|s|ing)?|italici[sz]ed?|italic)\b(?=[^\n]{0,120}(?:\*|\bmarkdown\b"
    r"|\bsections?\b|\bparts?\b|\btext\b))",
    re.I,
)
MARKED = make_regex(r"\*{1,2}[^\s*][^*\n]*\*{1,2}")
UNMARKED = make_regex(
    r"(?<![\w*\[<#])(?!The |A |An |It |This )[^\W\d_]{4,} [^\W\d_]{4,}(?![\w*\]>])"
)


@constraint(
    "highlights",
    "Explain compost. Highlight at least 3 sections with markdown, like *this*.",
    HIGHLIGHT,
    Step.MARKS,
    "highlight highlighted italic italics italicize italicise",
)
def read_highlights(match: re.Match[str]) -> Change | None:
    near = match.string[max(0, match.start() - 60) :]
    return partial(put_highlights, read_amount(near, "at least") or Amount(2, LARGE))


def put_highlights(amount: Amount, draft: Draft) -> None:
    """Put pairs of words between stars until there are as many as needed."""
    missing = min(amount.least, MOST_HIGHLIGHTS) - len(MARKED.findall(draft.text))
    if missing <= 0:
        return
    for _ in range(missing):  # texts without spaces never have a pair
        if len(UNMARKED.findall(draft.text)) >= missing:
            break
        draft.add_sentences([draft.writer.write_sentence() for _ in range(3)])
    spans = [found.span() for found in UNMARKED.finditer(draft.text)]
    spread = max(1, len(spans) // missing)
    for start, end in reversed(spans[::spread][:missing]):
        draft.text = f"{draft.text[:start]}*{draft.text[start:end]}*{draft.text[end:]}"


MOST_HIGHLIGHTS = 60
QUOTES = make_regex(
    r"\b(?:wrap(?:ped)?|put|enclosed?|surround(?:ed)?|start and end)\b[^.\n]{0,60}?"
    r"\b(?:quotation marks?|quotations? marks?|double[- ]quotes|in quotes|with quotes|quotation)\b"
    r"|\b(?:double )?(?:quotation marks?|quotations marks|quotes) around (?:your|the"
    r"|it)\b[^.\n]{0,30}",
    re.I,
)
PART = make_regex(r"\b(?:each|every|word|words|name|title|label|string|value|keys?|term)\b", re.I)


@constraint(
    "quotation marks",
    "Tell me about owls. Wrap your entire response in double quotation marks.",
    QUOTES,
    Step.AROUND,
    "quotation quotations quotes double",
)
def read_quotes(match: re.Match[str]) -> Change | None:
    return None if PART.search(match[0]) else put_quotes


def put_quotes(draft: Draft) -> None:
    if not (draft.text.startswith('"') and draft.text.endswith('"')):
        inner = draft.text.replace('"', "'")
        draft.text = f'"{inner}"'


PLAIN = make_regex(
    rf"\b{AVOID}(?: \w+){{0,3}} (?:markdown|formatting|bold|asterisks)\b(?! (?:table|code|link"
    rf"|fence))"
    r"|\bplain[- ]text(?: only)?\b|\bonly plain text\b",
    re.I,
)
SIGNS = make_regex(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|^#{1,6} |`+|^[ \t]*[-*] (?=\S)", re.M)


@constraint(
    "plain text",
    "Explain in six sentences how tides work. Use plain text only, no Markdown.",
    PLAIN,
    Step.LETTERS,
    "markdown formatting bold plain asterisks",
)
def read_plain(match: re.Match[str]) -> Change | None:
    return drop_signs


def drop_signs(draft: Draft) -> None:
    """Drop the marks of bold, headings, code and lists."""
    draft.text = SIGNS.sub("", draft.text)


NO_LISTS = make_regex(
    rf"\b{AVOID}(?: \w+){{0,2}} (?:(?:bullet(?:ed)?|numbered)[ -]?(?:points?|lists?)?|bullets"
    rf"|lists?|list"
    r" format)\b",
    re.I,
)
ENTRY = make_regex(r"^[ \t]*(?:[-*•]|\d{1,2}[.)]) +(?=\S)", re.M)


@constraint(
    "no lists",
    "Give me three tips for better sleep. Never use bullet points or numbered lists.",
    NO_LISTS,
    Step.MARKS,
    "bullet bullets bulleted numbered list lists",
)
def read_no_lists(match: re.Match[str]) -> Change | None:
    return join_entries


def join_entries(draft: Draft) -> None:
    """Turn the entries of a list into sentences of one paragraph."""
    lines = draft.text.split("\n")
    if not any(map(ENTRY.match, lines)):
        return
    entries = [ENTRY.sub("", line).strip() for line in lines if line.strip()]
    ended = [line if line[-1:] in ".!?:" else f"{line}." for line in entries]
    draft.text = draft.writer.space.join(ended)
