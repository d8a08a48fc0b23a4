"""The text of a message in paragraphs of which the first or the last one is the instruction."""

from __future__ import annotations

import re

from mockgem.operations.forms.labelled_material import (
    MAIL_HEADERS,
    MAX_HEADERS,
    find_last_instruction,
    is_record,
)
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.material_words import (
    ABOUT_REPLY,
    ANSWER_FORM,
    DIALOGUE,
    FORMATTED,
    GIVEN_LIST,
    LAST_VERB,
    LEAD_LINE,
    QUESTION_LINE,
    THIS_TEXT,
    VERB_WORD,
)
from mockgem.operations.forms.quoted_material import (
    QUOTE,
    EdgeText,
)

NUMBERED_SOURCE = make_regex(r"\s{0,4}\[(?:\d{1,3}(?::\d\d){0,2}|[A-Za-z][\w .#-]{0,24})\]:?\s")
RULE_OF_REPLY = make_regex(
    r"\W*(?:your|the) (?:\w+ )?(?:response|answer|output|reply) (?:should|must|has to|needs to"
    r"|will) be\b",
    re.I,
)
"""The beginning of a paragraph about the form of the reply, before what to do."""


def split_lead(text: str) -> EdgeText | None:
    """Split after a line such as "Here is the transcript of the call:"."""
    match = LEAD_LINE.search(text) if ":" in text or "：" in text else None
    if match is None:
        return None
    rest = text[match.end() :]
    opens = rest.lstrip()[:1] in "{[<`" and not NUMBERED_SOURCE.match(rest)
    if is_list(rest) or opens or len(rest.split()) < 6:
        return None
    end = find_last_instruction(rest, 0)
    return EdgeText(f"{text[: match.start()]}\n{rest[end:]}", rest[:end])


def split_paragraphs(text: str) -> EdgeText | None:
    """Split a message whose first or last paragraph is an instruction about the others."""
    first, blank, rest = text.strip().partition("\n\n")
    is_lead = False
    if not blank:
        first, blank, rest = text.strip().partition(":\n")
        is_lead = bool(blank) and "\n" not in first and ":" not in rest.split("\n")[0]
    if not blank and (lines := split_first_line(text.strip())):
        return lines
    if not blank or (rest.lstrip()[:1] in "{[" and not NUMBERED_SOURCE.match(rest)):
        return None
    if RULE_OF_REPLY.match(first) and LAST_VERB.match(rest) and "\n" not in rest.strip():
        return None
    if DIALOGUE.match(rest) and not DIALOGUE.match(first):
        return EdgeText(first, rest)
    if NUMBERED_SOURCE.match(first) and "\n" in text.strip():
        return split_last_paragraph(text.strip())
    if is_lead or is_instruction(first, rest):
        before, _, question = rest.rpartition("\n\n")
        is_asked = "?" not in first and "?" in question and len(question) < 300
        is_asked = is_asked and not MAIL_HEADERS.fullmatch(before[-MAX_HEADERS:].strip())
        if QUESTION_LINE.search("\n" + question) or (is_asked and before):
            return EdgeText(f"{first}\n{question}", before)
        return None if is_list(rest) and not GIVEN_LIST.search(first) else EdgeText(first, rest)
    return split_last_paragraph(text.strip())


NAMED_TEXT = make_regex(
    r"\b(?:this|the following|the) (?:[\w-]+ ){0,2}(?:text|review|e-?mail|message|meeting"
    r"|conversation|dialogue?|article|paragraph|transcript|chat|call|sentence|passage|notes?"
    r"|ticket|comment|story|feedback|document|report|post|tweet|letter|abstract|snippet|excerpt"
    r"|thread|complaint)s?\b",
    re.I,
)
"""The text that a first line names, which follows it."""
LEAST_WORDS = 6
LONGEST_COMMAND = 1_000
"""A longer line is a text itself."""
SPEAKER = make_regex(r"^([A-Z][\w ]{0,20}): ", re.M)


def split_first_line(text: str) -> EdgeText | None:
    """Split after a first line that is a command about the text in the lines below it."""
    first, _, rest = text.partition("\n")
    named = NAMED_TEXT.search(first) if len(first) < LONGEST_COMMAND else None
    is_pointed = named is not None and named[0].lower().startswith(("this", "the following"))
    is_command = named and (is_pointed or VERB_WORD.match(first)) and first.endswith((".", "!"))
    is_question = is_pointed and first.endswith("?") and "?" not in rest
    if not (is_command or is_question) or len(rest.split()) < LEAST_WORDS or is_list(rest):
        return None
    names = SPEAKER.findall(rest)
    is_talk = len(names) > len(set(names)) > 1
    if rest.lstrip()[:1] in '{[<`"' or (is_record(rest) and not is_talk):
        return None
    lines = [line for line in rest.splitlines() if line.strip()]
    if any(VERB_WORD.match(line) or LAST_VERB.match(line) for line in lines):
        return None
    if any(ABOUT_REPLY.search(line) or RULE_OF_REPLY.match(line) for line in lines):
        return None
    return EdgeText(first, rest)


def is_instruction(first: str, rest: str) -> bool:
    """Return whether the first paragraph of a message asks to do something with the rest."""
    if ASKED_LAST.fullmatch(rest.strip()) and is_plain_text(first):
        return False
    is_line = "\n" in first and "\n" not in rest.strip()
    is_question = rest.rstrip().endswith("?") and first.count("\n- ") > 1
    begins = VERB_WORD.match(rest) is not None and VERB_WORD.match(first) is None
    if is_line and (is_question or begins or LAST_VERB.match(rest)):
        return False
    if DIALOGUE.match(first) and VERB_WORD.match(rest):
        return False
    if "?" in first and ANSWER_FORM.search(rest) and not ANSWER_FORM.search(first):
        return False
    if PICKS_ONE.search(first) or (TELLS.match(first) and not LAST_VERB.match(rest)):
        return True
    if ("?" in first and "?" not in rest) or VERB_WORD.search(first) or "below" in first:
        return True
    is_about_reply = THIS_TEXT.search(first) or ABOUT_REPLY.search(first)
    if first.rstrip().endswith(("?", ":", "？", "：", "؟")) or is_about_reply:
        return True
    is_command = LAST_VERB.match(rest) or VERB_WORD.match(rest) or FORMATTED.search(rest)
    return FORMATTED.search(first) is not None and not is_command


ASKED_LAST = make_regex(
    r"\W{0,3}(?:so |and )?(?:how|what|whats|what['’]s|when|where|who|whom|whose|which|why|is|are"
    r"|was|were|do|does|did|can|will)\b"
    r"[^?\n]{4,160}\?",
    re.I,
)
"""A question in a separate line."""
TO_ASSISTANT = make_regex(
    r"\b(?:you|your|question|answer|below|following|respond|reply|output|task|classify|please|json"
    r"|using|use|given|based)\b",
    re.I,
)
"""Words of an instruction that a text to read seldom has."""


def is_plain_text(paragraph: str) -> bool:
    """Return whether a paragraph is some sentences of a text and no instruction."""
    return (
        len(re.findall(r"[a-z0-9)]\. [A-Z]", paragraph)) > 0
        and VERB_WORD.match(paragraph) is None
        and not paragraph.rstrip().endswith((":", "?"))
        and TO_ASSISTANT.search(paragraph) is None
    )


TELLS = make_regex(
    r"\W{0,3}(?:please )?(?:tell (?:me |us )?(?:if|whether)|predict|guess|verify|replace)\b"
    r"[^\n]{0,300}[.:]\s*\Z",
    re.I,
)
"""A command about a text, which fills the first paragraph."""
PICKS_ONE = make_regex(
    r"\b(?:choose|pick|select|which|route|assign)\b[^\n]{0,200}\b(?:only|just|one word|single word"
    r"|nothing else|no explanation)\b",
    re.I,
)
"""A wish for one of some labels, with what the reply has."""


def split_last_paragraph(text: str) -> EdgeText | None:
    """Split a message whose last paragraph is an instruction or a question about the others."""
    body, _, last = text.rpartition("\n\n")
    if last[:1] in "{[<`" or is_record(last):
        return None
    if QUOTE.fullmatch(last.strip()) and not QUOTE.search(body):
        return EdgeText(body, last)
    if CREATES.match(body) and not OF_TEXT.search(body) and RETURNS.match(last):
        return None
    start = body[:400]
    if "\n" not in body and LAST_VERB.match(body) and len(body) < SHORT_COMMAND:
        return None
    if LAST_VERB.match(last) and FORMATTED.search(start) and VERB_WORD.search(start) is None:
        return None
    if VERB_WORD.search(last) or LAST_VERB.match(last) or QUESTION_LINE.search("\n" + last):
        return EdgeText(last, body)
    return EdgeText(last, body) if "?" in last and len(last) < 300 else None


CREATES = make_regex(
    r"\W{0,3}(?:you are [^.\n]{3,100}\. )?(?:please )?(?:write|create|generate|implement|build"
    r"|design|draft|develop|compose|plan|invent|make|produce)\b",
    re.I,
)
"""The beginning of a command that fills the paragraphs before the last one."""
OF_TEXT = make_regex(
    r"\b(?:this|the following|these|below|given|above)\b|\b(?:based on|summary of|title for)\b",
    re.I,
)
RETURNS = make_regex(
    r"\W{0,3}(?:return|respond|reply|answer|output|give|do(?: not|n['’]t)|no|only|just|use|keep"
    r"|every|each|the (?:response|reply|answer|output))\b",
    re.I,
)
"""The beginning of a last paragraph about the form of the reply."""
SHORT_COMMAND = 200
"""Characters of a paragraph that is an instruction as a whole."""


def is_list(text: str) -> bool:
    return re.match(r"\s*(?:[-*•]|\d+[.)]|\(?[A-Da-d][.)])\s", text) is not None
