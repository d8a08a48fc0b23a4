"""Split a message into the instruction and the text that it gives: a review, a context, data."""

from __future__ import annotations

import re

from mockgem.operations.forms.given_objects import read_given_objects
from mockgem.operations.forms.labelled_material import (
    LABEL_MARKS,
    has_mark,
    split_labels,
    split_record,
)
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.marked_material import (
    split_fences,
    split_rules,
    split_sections,
    split_tags,
)
from mockgem.operations.forms.material_words import (
    ARRAYS_FOLLOW,
    CORRECTS,
    FIELDS_FOLLOW,
    FORMAT_NAME,
    KEYS_FOLLOW,
    LABELS,
    LEADING_QUOTE,
    OTHER_VERB,
    QUESTION_LINE,
    ROW_FIELDS_FOLLOW,
    SHORT_LIST,
    SKETCH,
    VERB,
    WISH_AFTER,
)
from mockgem.operations.forms.paragraph_material import is_list, split_lead, split_paragraphs
from mockgem.operations.forms.quoted_material import (
    WHOLE_LINE,
    EdgeText,
    ends_with_quote,
    mask_objects,
    split_quotes,
    strip_quotes,
)
from mockgem.operations.forms.reading_tasks import split_reading
from mockgem.operations.forms.trailing_instructions import ASKED_AFTER, find_ending

COLON = make_regex(
    rf"(?<![\w\"'`]){VERB}(?![\w\"'`])[^:：\n]{{0,160}}[:：]\s+(?=\S)"
    rf"|{OTHER_VERB}[^:：\n]{{0,160}}(?:：\s*|:\s+)(?=\S)|\b(?:in|from|for|of|about|to|on) (?:this"
    rf"|the following|the given) (?:\w+ )?(?:{LABELS})\s?[:：]\s+(?=[^\s\"'“`«])|\A\W*(?:what|whats"
    r"|which|who|how many|main|biggest)\b[^:?\n]{2,80}\b(?:here|below)\s?:\s+(?=\S)"
    r"|\A\W*(?:give me|get(?: me)?|find|what(?:['’]?s| is)) [^:\n]{3,60}? (?:from|in) (?:this"
    r"|the following)\s?:\s+(?=\w)|\A\W*(?:(?:more|less) [a-z]{4,14}|shorter|simpler|friendlier"
    r"|politer|nicer)(?:,? (?:pls|plz|please|version))?\s?:\s+(?=\S)",
    re.I,
)
MATERIAL_MARKS = "\"'`<:：\n“«„「"
"""What a message has that gives a text: a quotation mark, a tag, a label or a new line."""


def split_material(message: str, limit: int) -> EdgeText:
    """Split a message by the first mark of a given text that it has.

    Args:
        limit: The number of characters of the material that are kept.
    """
    head = message if len(message) <= limit + 2000 else message[:limit] + message[-2000:]
    head = EXAMPLE_ARRAY.sub("", head) if "[" in head else head
    if ":" in head:
        head = LAYOUT_COLON.sub(r"\1,", NOTICE.sub(r"\1,", head))
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
        split_after_form,
        split_colon,
        split_lead,
        split_paragraphs,
    ):
        found = split(head)
        if found is not None and found.material.strip() and not has_form(found.material):
            return take_ending(found, limit)
    return split_quotes(head) or EdgeText(message, "")


NOTICE = make_regex(
    r"(?<=[.!?\n][ \n])(important|note|please note|attention|warning|caution|reminder|remember)\s?:"
    r"(?= (?:please )?(?:do|don['’]t|never|only|no|use|return|output|respond|reply|always|keep|make"
    r"|your|the (?:output|json|answer|reply|response))\b)",
    re.I,
)
"""A label in front of another instruction. What follows it is not a given text."""


EXAMPLE_ARRAY = make_regex(
    r",? ?\b(?:e\.g\.|for example:?|for instance|such as),? \[(?:\"[^\"\n]{0,60}\",?\s?){1,8}\]"
)
"""An array of texts that shows only the form of the reply."""
LAYOUT_COLON = make_regex(
    r"\b((?:format|structure|write|present|lay|return|output|give|organi[sz]e) (?:it|them|this"
    r"|everything"
    r"|the (?:answer|reply|response|output|result|recipe|text)) (?:out )?(?:as|in|using|with)"
    r"(?: (?:the following|this|a|clean|valid))? ?(?:markdown|plain text|html|sections?|parts?"
    r"|steps"
    r"|bullets?|bullet points)?(?: format| order| style| structure)?|(?:as|in) (?:valid "
    r"|raw )?(?:xml|yaml"
    r"|toml))\s?:(?= (?:the|an?|first"
    r"|start|title|name"
    r"|h1|headings?|one|each)\b)",
    re.I,
)
"""A colon in front of how the reply is laid out: "Format it as Markdown: the name as H1"."""


def is_form(text: str) -> bool:
    """Return whether a text is an object or a schema that shows the form of the reply."""
    return SKETCH.match(text) is not None or '"properties"' in text or has_places(text)


def has_form(text: str) -> bool:
    """Return whether a text is a form of the reply, or ends with one behind what to write."""
    if is_form(text) or len(EMPTY_SECTION.findall(text)) > 1:
        return True
    start = text.find("\n{")
    is_last = start > 0 and text.rstrip("` \n").endswith("}")
    return (
        is_last and text[:start].rstrip("` \njson").endswith(":") and has_places(text[start + 1 :])
    )


EMPTY_SECTION = make_regex(r"^#{1,4} [^\n]{2,50}\n+[ \t]*\([^()\n]{3,120}\)[ \t]*$", re.M)
"""A heading above what is to stand there: "## Agenda", "(numbered list with 4 items)"."""
FRAME = make_regex(
    r"\A(?:\s|```\w*|(?:json )?(?:schema|format|structure|shape|template|example(?:"
    r" output)?)\s?:)*",
    re.I,
)
VALUE = make_regex(
    r"\"([^\"\n]{0,80})\"(\s{0,3}:)?|(?<=[\[:,\s])([A-Za-z]\w{1,12}|0(?:\.0)?)(?=\s{0,3}[,\]}\n])"
)
PLACE = make_regex(
    r"\s*(?:str(?:ing)?|text|int(?:eger)?|number|float|bool(?:ean)?|array|list|\.{2,4}|…|<[^<>]+>"
    r"|YYYY-MM-DD|[a-d]|value|0(?:\.0)?|[^|]{1,30}(?:\|[^|]{1,30})+)?\s*",
    re.I,
)


def has_places(text: str) -> bool:
    """Return whether most values of an object are places to fill: "string", 0, "..."."""
    frame = FRAME.match(text)
    shown = text[frame.end() :] if frame else text
    if shown[:1] not in ("{", "["):
        return False
    values = [quoted or bare for quoted, key, bare in VALUE.findall(shown[:3000]) if not key]
    open_values = [one for one in values if PLACE.fullmatch(one)]
    texts = [one for one in open_values if one and not one.startswith("0")]
    return len(open_values) * 3 > len(values) * 2 and len(texts) > 0


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


AFTER_FORM = make_regex(
    rf"[}}\]][.`\s]{{0,3}}(?:(?:for|from|about|using|based on)"
    rf"(?: (?:this|the following|the))?(?: \w+)?"
    rf"|(?:the |this |my )?(?:{LABELS}))\s?[:：]\s+(?=[^\s{{\[<`])",
    re.I,
)
"""What stands between an object that shows the form and the given text on the same line."""


def split_after_form(text: str) -> EdgeText | None:
    """Split behind an object that shows the form of the reply: '{"rating": 1-5} Review: Great'."""
    match = AFTER_FORM.search(text) if "{" in text else None
    if match is None or "{" not in text[: match.start()] or "\n\n" in text[match.end() :]:
        return None
    start = text.find("{")
    if not CUE_OF_FORM.search(text, max(0, start - 60), start):
        return None
    return EdgeText(text[: match.start() + 1], text[match.end() :])


CUE_OF_FORM = make_regex(
    r"\b(?:json|format|form|return|respond|reply|answer|output|matching|schema|structure)\b", re.I
)
AFTER_OBJECT = make_regex(
    r"\} (?:for|from|about|using|based on) (?:these|this|the following|the)"
    r" [^:：\n{}]{1,40}[:：]\s+(?=\S)",
    re.I,
)
"""What stands between an object that shows the form and the given text."""


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
    fields_follow = ROW_FIELDS_FOLLOW.search(match[0]) or KEYS_FOLLOW.search(match[0])
    if fields_follow and "," in line:
        return None
    before = text[: match.end()]
    if FORMAT_NAME.match(rest) or before.count("(") > before.count(")"):
        return None
    if MEMBERS_FOLLOW.search(before, max(0, match.end() - 40)) and FIRST_MEMBER.match(rest):
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


MEMBERS_FOLLOW = make_regex(r"\bobjects?(?: with| having)?(?: the)?(?: keys| fields)?:\s+\Z", re.I)
FIRST_MEMBER = make_regex(r"[\"'`]?[A-Za-z_]\w{0,30}[\"'`]?(?: \(|, )")
"""The first of the keys that stand behind "an array of objects:"."""


def is_list_of_options(line: str) -> bool:
    """Return whether a line is a short list: "positive, negative or neutral."."""
    line = re.split(r"(?<=\w)[.;!?](?:\s|$)", line, maxsplit=1)[0]
    pieces = [piece.split() for piece in re.split(r"[,/|、]| or | oder | o | ou ", line[:300])]
    is_short = len(pieces) > 1 and all(len(piece) < 4 for piece in pieces)
    return is_short and not re.search(r"(?<![A-Za-z])\d|@", line[:300])
