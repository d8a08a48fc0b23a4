"""Read an object that shows the form of a reply: JSON, TypeScript, or with placeholders."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER
from mockgem.operations.forms.described_values import (
    MEMBERS,
    build_object,
    describe_by_name,
    describe_field,
    find_choices,
)
from mockgem.operations.forms.field_formats import CLOCK, CLOCK_TIME, NUMERIC_RANGE, describe_format
from mockgem.operations.forms.lazy_patterns import make_regex

MAX_DEPTH = 8
MAX_LENGTH = 6_000
MAX_NODES = 300
SPACE = make_regex(r"(?:\s+|//[^\n]*|#[^\n\"]*(?=\n)|/\*.{0,400}?\*/|,|;|\.{2,4}|…)*+", re.S)
OPEN_VALUE = make_regex(r"\s{0,8}(?:\.{2,4}|…)(?=\s{0,8}[,}\]\n])")
"""A value that the example leaves out."""
KEY = make_regex(r"\"([^\"\n]{1,80})\"|'([^'\n]{1,80})'|([A-Za-z_][\w-]{0,60})")
STRING = make_regex(r"\"((?:[^\"\\\n]|\\.){0,2000})\"|'([^'\n]{0,400})'|“([^”\n]{0,400})”")
BARE = make_regex(r"[^,;\n{}\[\]]{1,200}")
ARRAY_MARK = make_regex(r"\s*\[\]")


PLACE_NAME = make_regex(r"(?:choice|index|option|selection|selected\w*)$")
"""Fields whose number is a place in a list that the prompt gives."""


class NotAnObject(ValueError):
    """A text in braces is not an object."""


def parse_example(text: str, at: int) -> tuple[dict[str, Any], int]:
    """Read the object or list at a position.

    Returns:
        Its schema, and where it ends.

    Raises:
        NotAnObject: There is something else.
    """
    reader = ExampleReader(text[at : at + MAX_LENGTH])
    schema = reader.read_value(0, "")
    return schema, at + reader.at


class ExampleReader:
    """Reads one example from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.nodes = 0

    def skip(self) -> None:
        self.at = SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def read_value(self, depth: int, name: str) -> dict[str, Any]:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise NotAnObject
        if open_value := OPEN_VALUE.match(self.text, self.at):
            self.at = open_value.end()
            return describe_by_name(name)
        self.skip()
        if listed := LIST_OF.match(self.text, self.at):
            self.at = listed.end()
            return {"type": "array", "items": self.read_object(depth), "minItems": 2}
        match self.peek():
            case "{":
                schema = self.read_object(depth)
                if mark := ARRAY_MARK.match(self.text, self.at):
                    self.at = mark.end()
                    return {"type": "array", "items": schema, "minItems": 2}
                return schema
            case "[":
                return self.read_array(depth, name)
        return self.read_scalar(name)

    def read_object(self, depth: int) -> dict[str, Any]:
        self.at += 1
        fields: list[tuple[str, dict[str, Any]]] = []
        while True:
            self.skip()
            if self.peek() == "}":
                self.at += 1
                return build_object(fields)
            match = KEY.match(self.text, self.at)
            if match is None:
                raise NotAnObject
            self.at = match.end()
            name = match[1] or match[2] or match[3]
            while self.peek() in (" ", "?"):
                self.at += 1
            if note := NOTE.match(self.text, self.at):
                self.at = note.end()
                fields.append((name, describe_field(name, note[1])))
                continue
            if self.peek() != ":":
                if self.peek() not in (",", "}", "\n"):
                    raise NotAnObject
                fields.append((name, describe_by_name(name)))
                continue
            self.at += 1
            fields.append((name, self.read_value(depth + 1, name)))

    def read_array(self, depth: int, name: str) -> dict[str, Any]:
        self.at += 1
        if counted := COUNTED.match(self.text, self.at):
            self.at = counted.end()
            return describe_field(name, counted[1])
        items: list[dict[str, Any]] = []
        while True:
            self.skip()
            if self.peek() == "]":
                self.at += 1
                return {
                    "type": "array",
                    "items": items[0] if items else {"type": "string"},
                    "minItems": max(2, len(items)),
                }
            if not self.peek():
                raise NotAnObject
            item = self.read_value(depth + 1, name)
            is_named = item.get("type") == "array" and self.text[self.at - 1 : self.at] != "]"
            items.append(item["items"] if is_named else item)

    def read_phrase(self, name: str) -> dict[str, Any] | None:
        """Read a value in words: 'one of ["a", "b"]', "<one of: a, b>"; None for another value."""
        if one_of := ONE_OF.match(self.text, self.at):
            self.at = one_of.end()
            members = [word.strip(" \n\t\"'`") for word in re.split(r"[,|/]", one_of[1])]
            return {"type": "string", "enum": [word for word in members if word]}
        if words := IN_ANGLES.match(self.text, self.at):
            self.at = words.end()
            return describe_field(name, words[1].strip())
        return None

    def is_open(self) -> bool:
        """Return whether the example leaves other values open."""
        return "..." in self.text[:400] or "…" in self.text[:400]

    def read_scalar(self, name: str) -> dict[str, Any]:
        if (described := self.read_phrase(name)) is not None:
            return described
        choices: list[str] = []
        while match := STRING.match(self.text, self.at):
            choices.append(next((group for group in match.groups() if group is not None), ""))
            self.at = match.end()
            if nothing := OR_NOTHING.match(self.text, self.at):
                self.at = nothing.end()
                break
            more = re.compile(r"\s{0,4}(?:\||or\b|/)\s{0,4}").match(self.text, self.at)
            if more is None:
                break
            self.at = more.end()
        if len(choices) > 1:
            return {"type": "string", "enum": list(dict.fromkeys(choices))}
        if choices:
            is_fixed = FIXED_NAME.fullmatch(name) and not TYPE.fullmatch(choices[0])
            if is_fixed and PLAIN_WORD.fullmatch(choices[0]) and PLACES.search(self.text):
                return {"type": "string", "enum": [choices[0]]}
            if SUBJECT_NAME.fullmatch(name) and PLAIN_WORD.fullmatch(choices[0]) and self.is_open():
                return {"type": "string", "enum": [choices[0]]}
            return describe_text(name, choices[0])
        match = BARE.match(self.text, self.at)
        if match is None or not match[0].strip():
            raise NotAnObject
        self.at = match.end()
        text = match[0].strip()
        if "//" in text:
            line_end = self.text.find("\n", self.at)
            line_end = line_end if line_end >= 0 else len(self.text)
            text += self.text[self.at : line_end][:200]
            self.at = line_end
            if (described := describe_comment(name, text)) is not None:
                return described
        if self.peek() == "[" and re.match(r"\[\w*\]", self.text[self.at :]):
            self.at += self.text[self.at :].index("]") + 1
            text += "[]"
        return describe_bare(name, text)


ONE_OF = make_regex(
    r"\s{0,4}(?:(?:exactly |any )?one of|either|enum|oneof|literal|choice of|choose (?:one )?from)"
    r"(?: these| the following)?:?\s{0,4}[\[({]([^\[\](){}]{3,400})[\])}]",
    re.I,
)
"""The values of a field in brackets: 'one of ["low", "high"]'."""
IN_ANGLES = make_regex(r"\s{0,4}<([^<>\n{}]{1,200},[^<>\n{}]{1,300})>")
"""What a value is, in words with commas: "<one of: low, high>"."""
LIST_OF = make_regex(r"\s{0,4}(?:an? )?(?:list|array)s?(?: of(?: objects?)?:?)? ?(?=\{)", re.I)
"""What stands in front of the members of a list: "list of {…}"."""
OR_NOTHING = make_regex(r"\s{0,4}(?:\||\bor\b|/)\s{0,4}(?:null|none|undefined)\b", re.I)
"""What follows a value that the reply can leave out: '"YYYY-MM-DD" or null'."""
NOTE = make_regex(r"\(([^()\n]{1,80})\)(?=\s{0,4}[,}])")
"""What stands behind a name without a value: "{date (ISO), title}"."""
SUBJECT_NAME = re.compile(r"word|term|topic|country|city|language|product|keyword", re.I)
"""Keys whose value, beside open ones, is the subject: {"word": "happy", "synonyms": […]}."""
FIXED_NAME = make_regex(r"@?(?:type|kind|version|schema|format|role|protocol|jsonrpc)", re.I)
"""Keys whose value beside places to fill is meant as it stands: {"type": "text", "body": "…"}."""
PLAIN_WORD = make_regex(r"\w[\w.-]{0,29}")
PLACES = make_regex(r":\s?\[?\s?\"(?:[<\[{(][^\"\n]{1,80}[>\]})]|\.\.\.|…)\"")
TYPE = make_regex(r"str(?:ing)?|int(?:eger)?|number|float|bool(?:ean)?|array|list|object", re.I)
PLACEHOLDER = make_regex(r"[<\[{(]([^<>\[\]{}()\n]{1,300})[>\]})]")
TYPED = make_regex(
    r"\bone of\b|[|/]|\sor\s|\bYYYY|\b(?:int|integer|number|float|bool)\w*\b|\d\s?-\s?\d", re.I
)
"""A placeholder that says more than what the text is about: "<one of: low, high>"."""


MOMENT = make_regex(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?")
LOG_LEVELS = ("INFO", "WARNING", "ERROR", "DEBUG")


def describe_text(name: str, text: str) -> dict[str, Any]:
    """Return the schema of a value in quotes, such as "string", "low|high" or an example."""
    plain = text.strip()
    if placeholder := PLACEHOLDER.fullmatch(plain):
        plain = placeholder[1].strip()
        described = describe_field(name, plain) if TYPED.search(plain) else {"type": "string"}
        return described if described.get("type") != "object" else {"type": "string"}
    if re.fullmatch(r"<?\s*(?:str(?:ing)?|text|\.\.\.|…|)\s*>?", plain, re.I):
        return {"type": "string"}
    if re.fullmatch(
        r"<?\s*(?:int(?:eger)?|number|float|bool(?:ean)?|array|list)[\w \[\]]{0,24}>?", plain, re.I
    ):
        return describe_field(name, plain)
    if re.fullmatch(r"YYYY-MM-DD", plain) or re.fullmatch(r"\d{4}-\d\d-\d\d", plain):
        return {"type": "string", "format": "date"}
    if CLOCK.fullmatch(plain):
        return dict(CLOCK_TIME)
    if MOMENT.fullmatch(plain):
        return {"type": "string", "format": "date-time"}
    if plain in LOG_LEVELS:
        return {"type": "string", "enum": list(LOG_LEVELS)}
    if letters := re.fullmatch(r"([A-Z])\s?[-–]\s?([A-Z])", plain):
        first, last = ord(letters[1]), ord(letters[2])
        if first < last:
            return {"type": "string", "enum": [chr(code) for code in range(first, last + 1)]}
    if "|" in plain or "/" in plain or " or " in plain or "one of " in plain:
        described = describe_field(name, plain)
        if "enum" in described:
            return described
    return {"type": "string"}


COUNTED = make_regex(
    rf"\s{{0,4}}[\"'<]?((?:exactly )?{NUMBER} (?:strings|items|words|sentences|elements|short "
    rf"\w+)|exactly {NUMBER})[\"'>]?\s{{0,4}}\]",
    re.I,
)
"""What a list holds: "[three strings]"."""
FOUNDED = make_regex(
    r"(?:year_)?(?:founded|established|released|built|born)(?:_(?:year|in))?|(?:\w+_)?year", re.I
)
UNIT_NAME = make_regex(
    r"(?:^|_)(?:score|confidence|probability|relevance|similarity|certainty)$", re.I
)
"""Fields that an example shows as a number between 0 and 1."""


def describe_comment(name: str, text: str) -> dict[str, Any] | None:
    """Return the schema that a comment behind a type gives: 'string // low, medium or high'."""
    kind, _, comment = (part.strip() for part in text.partition("//"))
    if NUMERIC_RANGE.search(comment) and not kind.lower().startswith("str"):
        return describe_field(name, f"{kind} {comment}")
    is_text = kind.strip("<>\"' ").lower() in ("string", "str", "text", "")
    choices = find_choices(comment) if is_text else []
    if choices:
        return {"type": "string", "enum": choices}
    return describe_format(comment) if is_text else None


NUMBERS = make_regex(r"-?\d{1,6}(?:(?: ?\| ?| or )-?\d{1,6}){1,12}")


def describe_bare(name: str, text: str) -> dict[str, Any]:
    """Return the schema of a value without quotes: a number, a type, a range."""
    about = text
    text = re.sub(r"\s*(?://|#).*$", "", text).strip(" <>")
    if re.fullmatch(r"-?\d+", text) and FOUNDED.fullmatch(name):
        return {"type": "integer", "minimum": 1950, "maximum": 2024}
    if re.fullmatch(r"-?\d+", text):
        limits = {"minimum": 1, "maximum": max(1, int(text))} if PLACE_NAME.match(name) else {}
        return {"type": "integer", **limits}
    if re.fullmatch(r"-?\d*\.\d+(?:[eE]-?\d+)?", text):
        is_part = UNIT_NAME.search(name) is not None and 0 <= float(text) <= 1
        return {"type": "number", **({"minimum": 0, "maximum": 1} if is_part else {})}
    if NUMBERS.fullmatch(text):
        return {"type": "integer", "enum": [int(one) for one in re.split(r"\||or", text)]}
    if text in ("true", "false", "True", "False"):
        return {"type": "boolean"}
    if text in ("null", "None", "...", "…"):
        return {"type": "string"}
    return describe_field(name, about if MEMBERS.search(about) else text)
