"""Split a message into the instruction and the text that it gives: a review, a context, data."""

from __future__ import annotations

import re

from mockgem.operations.forms.given_objects import read_given_objects
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.material_words import (
    ABOUT_REPLY,
    ANSWER_FORM,
    ARRAYS_FOLLOW,
    CORRECTS,
    DIALOGUE,
    FIELDS_FOLLOW,
    FORMAT_NAME,
    FORMATTED,
    GIVEN_LIST,
    IS_COMMAND,
    LABEL_LINE,
    LABELS,
    LAST_VERB,
    LEAD_LINE,
    LEADING_QUOTE,
    OTHER_LABEL,
    OTHER_VERB,
    QUESTION_LINE,
    ROW_FIELDS_FOLLOW,
    SHORT_LIST,
    SKETCH,
    THIS_TEXT,
    VERB,
    VERB_WORD,
    WISH_AFTER,
)
from mockgem.operations.forms.quoted_material import (
    QUOTE,
    WHOLE_LINE,
    EdgeText,
    ends_with_quote,
    mask_objects,
    split_quotes,
    strip_quotes,
)
from mockgem.operations.forms.reading_tasks import split_reading
from mockgem.operations.forms.trailing_instructions import ASKED_AFTER, find_ending

TAG = make_regex(r"<([a-z_]{3,20})>")


MATERIAL_TAGS = frozenset(
    "text context document documents doc docs article review email message passage data input"
    " transcript content source sources notes conversation ticket comment story".split()
)


FENCES = ('"""', "'''", "```")


COLON = make_regex(
    rf"(?<![\w\"'`]){VERB}(?![\w\"'`])[^:：\n]{{0,160}}[:：]\s+(?=\S)"
    rf"|{OTHER_VERB}[^:：\n]{{0,160}}(?:：\s*|:\s+)(?=\S)"
    rf"|\b(?:in|from|for|of|about|to|on) (?:this|the following|the given) (?:\w+ )?(?:{LABELS})"
    r"\s?[:：]\s+(?=[^\s\"'“`«])",
    re.I,
)


LABEL_MARKS = ":：#"


MATERIAL_MARKS = "\"'`<:：\n“«„「"
"""What a message has that gives a text: a quotation mark, a tag, a label or a new line."""


NUMBERED_SOURCE = make_regex(r"\s{0,4}\[(?:\d{1,3}(?::\d\d){0,2}|[A-Za-z][\w .#-]{0,24})\]:?\s")


RULE = make_regex(r"^[ \t]*([-=*#_]{3,60}|<{3,9}|>{3,9})[ \t]*$", re.M)
"""A line of hyphens or other marks around a given text."""


def split_material(message: str, limit: int) -> EdgeText:
    """Split a message by the first mark of a given text that it has.

    Args:
        limit: The number of characters of the material that are kept.
    """
    head = message if len(message) <= limit + 2000 else message[:limit] + message[-2000:]
    if reading := split_reading(head):
        return EdgeText(reading.instruction, reading.material[:limit])
    if not has_mark(head, MATERIAL_MARKS):
        return EdgeText(message, "")
    for split in (
        split_objects,
        split_fences,
        split_tags,
        split_rules,
        split_sections,
        split_labels,
        split_record,
        split_colon,
        split_lead,
        split_paragraphs,
    ):
        found = split(head)
        if found is not None and found.material.strip() and not is_form(found.material):
            return take_ending(found, limit)
    return split_quotes(head) or EdgeText(message, "")


def has_mark(text: str, marks: str) -> bool:
    return any(mark in text for mark in marks)


def is_form(text: str) -> bool:
    """Return whether a text is an object or a schema that shows the form of the reply."""
    return SKETCH.match(text) is not None or '"properties"' in text


def take_ending(found: EdgeText, limit: int) -> EdgeText:
    """Return both parts, with a question at the end of the text in the instruction."""
    given = found.material.strip()[:limit]
    end = find_ending(given, is_alone=not found.instruction.strip())
    instruction = f"{found.instruction.strip()}\n\n{given[end:].strip()}".strip()
    return EdgeText(instruction, strip_quotes(given[:end].strip()))


def split_objects(text: str) -> EdgeText | None:
    """Take the text in JSON objects such as {"passage": …, "question": …}."""
    found = read_given_objects(text)
    return EdgeText(*found) if found else None


RECORD = make_regex(
    r"[^\n]{10,300}\b(?:json|ya?ml|xml|csv)\b[^\n]{0,300}[.!?] (?P<label>[A-Z][a-z]{2,15}): (?=\S)",
    re.I,
)
"""A command for data, and a label before the values: "… with title and author. Book: …"."""


def split_record(text: str) -> EdgeText | None:
    """Take the values behind a label in the same line as the command."""
    match = RECORD.match(text) if "\n" not in text.strip() else None
    if match is None or not match["label"][0].isupper() or VERB_LABEL.match(match["label"]):
        return None
    return EdgeText(text[: match.start("label")], text[match.end() :])


VERB_LABEL = make_regex(
    r"(?:format|use|keys?|fields?|columns?|schema|example|output|structure|include|return|values?"
    r"|headers?|requirements?|note|rules?|constraints?)\Z",
    re.I,
)


def split_fences(text: str) -> EdgeText | None:
    for fence in FENCES:
        start = text.find(fence) if fence != "```" else find_line_start(text, fence)
        end = text.find(fence, start + 3)
        if start >= 0 and end > start + 8:
            inside = text[start + 3 : end]
            first, newline, rest = inside.partition("\n")
            if fence == "```" and newline and first.strip().isalnum():
                inside = rest
            if inside.lstrip()[:1] not in ("{", "["):
                return EdgeText(f"{text[:start]}\n{text[end + 3 :]}", inside)
    return None


def find_line_start(text: str, mark: str) -> int:
    """Return where a mark begins a line; -1 if it never does."""
    if text.startswith(mark):
        return 0
    at = text.find(f"\n{mark}")
    return at + 1 if at >= 0 else -1


def split_tags(text: str) -> EdgeText | None:
    for match in TAG.finditer(text):
        end = text.rfind(f"</{match[1]}>", match.end())
        if is_material_tag(match[1], text) and end > match.end() + 8:
            rest = text[end + len(match[1]) + 3 :]
            return EdgeText(f"{text[: match.start()]}\n{rest}", text[match.end() : end])
    return None


def is_material_tag(name: str, text: str) -> bool:
    """Return whether a tag holds what the message gives, and not an instruction or a form."""
    start = text.find(f"<{name}>") + len(name) + 2
    inside = text[start : text.find(f"</{name}>", start)]
    if len(inside.split()) < 4 or ">...<" in inside or inside.strip(" .…") == "":
        return False
    if name in MATERIAL_TAGS:
        return True
    return not IS_COMMAND.search(name.replace("_", " ")) and text.count(f"</{name}>") == 1


def split_rules(text: str) -> EdgeText | None:
    """Take the text between two lines of marks."""
    if not has_lines(text):
        return None
    rules = list(RULE.finditer(text))[:20]
    if len(rules) < 2 or rules[1].start() - rules[0].end() < 9:
        return None
    first, second = rules[:2]
    for rule in rules[2:]:
        between = text[second.end() : rule.start()]
        if rule[1] != first[1] or "?" in between or VERB_WORD.search(between):
            break
        second = rule
    inside = text[first.end() : second.start()]
    return EdgeText(f"{text[: first.start()]}\n{text[second.end() :]}", inside)


def has_lines(text: str) -> bool:
    """Return whether a text has lines between its first and its last one."""
    return text.find("\n") != text.rfind("\n")


HEADING = make_regex(r"^(?:#{1,4} +|\[(?=[A-Za-z ]{3,30}\]\n))([^\n]{1,60})\n", re.M)


def split_sections(text: str) -> EdgeText | None:
    """Split a message with several Markdown headings: below some of them stand instructions."""
    headings = list(HEADING.finditer(text))[:40] if has_lines(text) else []
    if len(headings) < 2 or '"properties"' in text:
        return None
    ends = [*(match.start() for match in headings[1:]), len(text)]
    commands, given = [text[: headings[0].start()]], list[str]()
    for match, end in zip(headings, ends, strict=True):
        part = text[match.end() : end].strip()
        (commands if IS_COMMAND.search(match[1]) else given).append(
            f"{match[0].rstrip()}\n{part}" if IS_COMMAND.search(match[1]) else part
        )
    if not given or len(commands) < 2:
        return None
    return EdgeText("\n\n".join(commands), "\n\n".join(given))


def split_labels(text: str) -> EdgeText | None:
    """Split at lines such as "Review: …"; a line such as "Question: …" ends the material."""
    if not has_mark(text, LABEL_MARKS):
        return None
    match = LABEL_LINE.search(text) or OTHER_LABEL.search(text)
    if match is None or text[match.end() : match.end() + 1] in "<[{":
        return None
    if SPEAKER.match(match[0]) and len(SPEAKER.findall(text, match.start())) > 1:
        return None
    if quote := WHOLE_LINE.match(text, match.end()):
        return EdgeText(f"{text[: match.start()]}\n{text[quote.end() :]}", quote[0])
    start = find_block_start(text, match.start())
    if start < match.start():
        match = RECORD_START.match(text, start) or match
    ends = [found.start() for found in QUESTION_LINE.finditer(text, match.end())]
    end = ends[0] if ends else find_last_instruction(text, match.end())
    return EdgeText(f"{text[: match.start()]}\n{text[end:]}", text[match.end() : end])


SPEAKER = make_regex(
    r"^[ \t*]*(?:user|human|customer|client|caller|guest|patient|student|employee|agent|assistant"
    r"|support|bot|doctor|teacher|operator|interviewer|candidate)[ *]*[:：]",
    re.I | re.M,
)
"""The beginning of a turn in a given conversation."""
RECORD_START = make_regex(r"(?=\S)")
RECORD_LINE = make_regex(
    r"[ \t]*(?:(?:title|url|link|id|source|author|date|name|page)[ ]?:|(?:result|document|source"
    r"|doc"
    r"|article|chunk|passage) ?#?\d{0,3}:?\s*\Z)",
    re.I,
)
"""A line of a search result before its text."""


def find_block_start(text: str, at: int) -> int:
    """Return where the lines about a search result begin that stand right before its text."""
    while at > 0:
        line = text.rfind("\n", 0, at - 1) + 1
        if not RECORD_LINE.match(text[line:at].rstrip("\n")):
            break
        at = line
    return at


def find_last_instruction(text: str, start: int) -> int:
    """Return where an instruction after a text begins, in a separate paragraph."""
    at = text.rfind("\n\n", start)
    if (
        at > start
        and not MAIL_HEADERS.fullmatch(text[max(start, at - MAX_HEADERS) : at].strip())
        and (len(text) - at < 400 or SHOWS_FORM.match(text, at))
        and not is_record(text[at:])
        and (VERB_WORD.search(text, at) or LAST_VERB.match(text, at) or "?" in text[at:])
    ):
        return at
    return len(text)


def is_record(paragraph: str) -> bool:
    """Return whether each line of a paragraph is a label with its value: "VAT 20% 25.30"."""
    lines = paragraph.strip().splitlines()
    return (
        len(lines) > 1 and all(map(RECORD_VALUE.match, lines)) and not ABOUT_FORM.search(paragraph)
    )


RECORD_VALUE = make_regex(
    r"[ \t*-]{0,4}[A-ZÀ-Þ][\w .&/()-]{1,30}(?::[ \t]*\S|[^\n]{0,20}\d[.,]\d\d(?!\d)[^\n]{0,6}\Z)"
)
ABOUT_FORM = make_regex(
    r"^[ \t*-]*(?:output|format|answer|question|response|respond|reply|return|task|instructions?"
    r"|rules?|language|tone|style|keys?|fields?|schema|use|include|query|options?|labels?"
    r"|categor\w+|max\w*|length|number of|target)\b|\bjson\b|:\s*\Z|\?",
    re.I | re.M,
)
"""Lines about the reply, and a question or an open label."""
RULE_OF_REPLY = make_regex(
    r"\W*(?:your|the) (?:\w+ )?(?:response|answer|output|reply) (?:should|must|has to"
    r"|needs to|will)"
    r" be\b",
    re.I,
)
"""The beginning of a paragraph about the form of the reply, before what to do."""
SHOWS_FORM = make_regex(
    r"\s*(?:(?:please|you (?:should|must|will|may)|always|only) ){0,4}(?:respond|reply"
    r"|answer|return"
    r"|output)\b[^\n{]{0,120}(?:\n[^\n{]{0,60}){0,3}(?:```\w*\s*)?\{[^\n]{0,200}\n",
    re.I,
)
"""The beginning of a long paragraph that shows an object as the form of the reply."""
AFTER_OBJECT = make_regex(
    r"\} (?:for|from|about|using|based on) (?:these|this|the following|the)"
    r" [^:：\n{}]{1,40}[:：]\s+(?=\S)",
    re.I,
)
"""What stands between an object that shows the form and the given text."""
MAX_HEADERS = 400
MAIL_HEADERS = make_regex(
    r"(?:[^\n:]{0,40}\n)?(?:(?:from|to|cc|subject|date|sent|betreff|von|an):[^\n]{0,200}(?:\n"
    r"|\Z)){1,8}",
    re.I,
)
"""The first lines of a mail, whose text is below them."""


def mask_colons(shown: str) -> str:
    """Return an object that shows the form of the reply without its colons."""
    return shown.replace(":", ".").replace("\n", " ")


SHORT_TEXT = 60
"""A text before the last paragraph is longer than a command."""


def split_colon(text: str) -> EdgeText | None:
    """Split after "Translate into Spanish: …", where the rest is not a list of options."""
    masked = mask_objects(text, mask_colons)
    match = COLON.search(masked) if has_mark(text, LABEL_MARKS) else None
    if match is None:
        return None
    if text[match.end() : match.end() + 1] == "{":
        match = AFTER_OBJECT.search(masked, match.end()) or match
    rest = text[match.end() :]
    if quoted := LEADING_QUOTE.match(rest):
        return EdgeText(f"{text[: match.end()]} {quoted[2].strip(' .')}", quoted[1])
    line, _, more = rest.partition("\n")
    if "?" in rest[:200] and not more.strip() and text.rfind("\n\n", 0, match.start()) > 80:
        return None
    if (
        ARRAYS_FOLLOW.search(match[0])
        and len(rest.split()) < SHORT_LIST
        and "\n" not in rest.strip()
    ):
        return None
    is_behind_text = text.rfind("\n\n", 0, match.start()) > SHORT_TEXT
    if FIELDS_FOLLOW.search(match[0]) and "," in line and (more.strip() or is_behind_text):
        return None
    if ROW_FIELDS_FOLLOW.search(match[0]) and "," in line:
        return None
    if FORMAT_NAME.match(rest) or match[0].count("(") > match[0].count(")"):
        return None
    if ASKED_AFTER.search(rest) and "{" in match[0]:
        return None
    is_list_given = is_list_of_options(line) and not CORRECTS.match(match[0])
    if is_list_given or rest[:1] in "{[<-*•`" or is_list(rest) or ends_with_quote(rest):
        return None
    if (quote := WHOLE_LINE.match(rest)) and more.strip():
        return EdgeText(f"{text[: match.end()]}\n{rest[quote.end() :]}", quote[0])
    asked = ASKED_AFTER.search(rest)
    if asked is not None and asked.start() > 20 and len(rest) - asked.start() < 600:
        return EdgeText(f"{text[: match.end()]}\n{rest[asked.start() :]}", rest[: asked.start()])
    if line.rstrip().endswith("?") and len(more.split()) > 5:
        return EdgeText(f"{text[: match.end()]}{line}", more)
    given, blank, after = rest.partition("\n\n")
    if blank and WISH_AFTER.search(after):
        return EdgeText(f"{text[: match.end()]}\n{after}", given)
    return EdgeText(f"{text[: match.end()]}\n{more if QUESTION_LINE.search(more) else ''}", rest)


def is_list_of_options(line: str) -> bool:
    """Return whether a line is a short list: "positive, negative or neutral."."""
    line = re.split(r"(?<=\w)[.;!?](?:\s|$)", line, maxsplit=1)[0]
    pieces = [piece.split() for piece in re.split(r"[,/|、]| or | oder | o | ou ", line[:300])]
    is_short = len(pieces) > 1 and all(len(piece) < 4 for piece in pieces)
    return is_short and not re.search(r"(?<![A-Za-z])\d|@", line[:300])


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


def is_instruction(first: str, rest: str) -> bool:
    """Return whether the first paragraph of a message asks to do something with the rest."""
    is_line = "\n" in first and "\n" not in rest.strip()
    is_question = rest.rstrip().endswith("?") and first.count("\n- ") > 1
    begins = VERB_WORD.match(rest) is not None and VERB_WORD.match(first) is None
    if is_line and (is_question or begins or LAST_VERB.match(rest)):
        return False
    if DIALOGUE.match(first) and VERB_WORD.match(rest):
        return False
    if "?" in first and ANSWER_FORM.search(rest) and not ANSWER_FORM.search(first):
        return False
    if PICKS_ONE.search(first):
        return True
    if ("?" in first and "?" not in rest) or VERB_WORD.search(first) or "below" in first:
        return True
    is_about_reply = THIS_TEXT.search(first) or ABOUT_REPLY.search(first)
    if first.rstrip().endswith(("?", ":", "？", "：", "؟")) or is_about_reply:
        return True
    is_command = LAST_VERB.match(rest) or VERB_WORD.match(rest) or FORMATTED.search(rest)
    return FORMATTED.search(first) is not None and not is_command


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
    start = body[:400]
    if "\n" not in body and LAST_VERB.match(body) and len(body) < SHORT_COMMAND:
        return None
    if LAST_VERB.match(last) and FORMATTED.search(start) and VERB_WORD.search(start) is None:
        return None
    if VERB_WORD.search(last) or LAST_VERB.match(last) or QUESTION_LINE.search("\n" + last):
        return EdgeText(last, body)
    return EdgeText(last, body) if "?" in last and len(last) < 300 else None


SHORT_COMMAND = 200
"""Characters of a paragraph that is an instruction as a whole."""


def is_list(text: str) -> bool:
    return re.match(r"\s*(?:[-*•]|\d+[.)]|\(?[A-Da-d][.)])\s", text) is not None
