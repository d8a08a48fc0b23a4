"""Functions that change a text in several steps: "strips spaces and prepends the country code"."""

from __future__ import annotations

import re
from itertools import pairwise

from mockgem.operations.forms.code_names import to_camel, to_snake
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_signatures import find_taken
from mockgem.operations.forms.lazy_patterns import make_regex

SIGNS = {
    "spaces": " ",
    "space": " ",
    "dashes": "-",
    "dash": "-",
    "hyphens": "-",
    "hyphen": "-",
    "underscores": "_",
    "underscore": "_",
    "dots": ".",
    "periods": ".",
    "commas": ",",
    "slashes": "/",
    "parentheses": "()",
    "brackets": "[]",
}
"""The signs that words stand for."""
CLASSES = {
    "whitespace": r"\s",
    "digits": r"\d",
    "numbers": r"\d",
    "vowels": "[aeiouAEIOU]",
    "punctuation": r"[^\w\s]",
    "special characters": r"[^\w\s]",
    "non-digits": r"\D",
    "non-digit characters": r"\D",
    "non-alphanumeric characters": "[^a-zA-Z0-9]",
}
THING = rf"(?:{'|'.join([*SIGNS, *CLASSES])})"
LIST = rf"(?:all |any |the )?{THING}(?:(?:, and |, | and | or |/){THING}){{0,5}}"
STEPS = make_regex(
    rf"\b(?P<remove>(?:strips?|removes?|deletes?|drops?|removing|stripping) (?P<things>{LIST}))"
    r"|\b(?P<trim>trims?|trimming|strips?(?: leading and trailing)?(?: whitespace)?)\b"
    r"|\b(?P<lower>(?:converts? (?:it |everything )?to |in |makes? it )?lower-?\s?cas\w*)"
    r"|\b(?P<upper>(?:converts? (?:it |everything )?to |in |makes? it )?upper-?\s?cas\w*)"
    r"|\b(?P<title>capitali[sz]\w* (?:each|every|all) words?|title[- ]?cas\w*)"
    r"|\b(?P<capital>capitali[sz]es?|capitali[sz]ing)\b"
    rf"|\breplac\w+ (?:all |any |the )?(?P<replaced>{THING}|\"[^\"\n]{{1,9}}\""
    rf"|'[^'\n]{{1,9}}') (?:with|by) (?:an? )?(?P<by>{THING}|\"[^\"\n]{{0,9}}\"|'[^'\n]{{0,9}}')"
    r"|\b(?P<prepend>(?:prepend|prefix)\w*(?: it)?(?: with)? (?:the |an? )?"
    r"(?P<front>[\"'][^\"'\n]{1,20}[\"']"
    r"|[a-z_]+(?: [a-z]+)?))"
    r"|\b(?P<append>(?:append|suffix)\w*(?: it)?(?: with)? (?:the |an? )?"
    r"(?P<back>[\"'][^\"'\n]{1,20}[\"']"
    r"|[a-z_]+(?: [a-z]+)?))"
    r"|\b(?P<reverse>revers(?:es?|ing))\b"
    r"|\btruncat\w+(?: it| the \w+)? (?:to|after) (?P<most>\d{1,4})",
    re.I,
)
FEW = 2
"""Steps from which a function is written as a pipeline."""
PYTHON = {
    "trim": "{0}.strip()",
    "lower": "{0}.lower()",
    "upper": "{0}.upper()",
    "title": "{0}.title()",
    "capital": "{0}.capitalize()",
    "reverse": "{0}[::-1]",
    "sign": '{0}.replace("{1}", "{2}")',
    "class": 're.sub(r"{1}", "", {0})',
    "most": "{0}[:{1}]",
}
SCRIPT = {
    "trim": "{0}.trim()",
    "lower": "{0}.toLowerCase()",
    "upper": "{0}.toUpperCase()",
    "title": "{0}.replace(/\\b\\w/g, (letter) => letter.toUpperCase())",
    "capital": "{0}.replace(/^\\w/, (letter) => letter.toUpperCase())",
    "reverse": "[...{0}].reverse().join('')",
    "sign": "{0}.replaceAll('{1}', '{2}')",
    "class": "{0}.replace(/{1}/g, '')",
    "most": "{0}.slice(0, {1})",
}
ROWS = {"python": PYTHON, "javascript": SCRIPT, "typescript": SCRIPT}
HEAD = make_regex(r"(\w+)\s*\(([^()\n]*)\)")


def write_pipeline(request: CodeRequest, signature: str = "") -> str:
    """Return a function that changes a text in the steps of a prompt; empty for fewer than two."""
    rows = ROWS.get(request.language)
    if rows is None or request.kind != "function":
        return ""
    text = request.text[:800]
    found = list_steps(text)
    if len(found) < FEW:
        return ""
    head = HEAD.search(signature)
    given = (
        [part.split(":")[0].split("=")[0].strip() for part in head[2].split(",")] if head else []
    )
    names = (
        list(filter(None, given)) or list(request.parameters) or list(find_taken(text)) or ["text"]
    )
    value = names[0]
    for match in found:
        value = apply_step(value, match, rows, names, request.language)
        if not value:
            return ""
    return render(request, signature, names, value, text[found[0].start() : found[-1].end()])


def list_steps(text: str) -> list[re.Match[str]]:
    """Return the steps that a text names; one that comes twice in a row reverses only once."""
    found = list(STEPS.finditer(text))
    return [
        match
        for before, match in pairwise([None, *found])
        if match and not (before and match["reverse"] and before["reverse"])
    ]


def apply_step(
    value: str, match: re.Match[str], rows: dict[str, str], names: list[str], language: str
) -> str:
    """Return an expression after one more step; empty for a step about something unknown."""
    kind = str(match.lastgroup)
    if match["things"]:
        for thing in re.findall(THING, match["things"], re.I):
            value = remove(value, thing.lower(), rows)
        return value
    if match["replaced"]:
        old, new = (find_sign(match[name]) for name in ("replaced", "by"))
        return rows["sign"].format(value, old, new)
    if match["front"]:
        part = find_part(match["front"], names, language)
        return f"{part} + {value}" if part else ""
    if match["back"]:
        part = find_part(match["back"], names, language)
        return f"{value} + {part}" if part else ""
    if match["most"]:
        return rows["most"].format(wrap(value), match["most"])
    return rows[kind].format(wrap(value))


def wrap(value: str) -> str:
    return f"({value})" if " + " in value else value


def remove(value: str, thing: str, rows: dict[str, str]) -> str:
    if thing in CLASSES:
        return rows["class"].format(value, CLASSES[thing])
    for sign in SIGNS[thing]:
        value = rows["sign"].format(wrap(value), sign, "")
    return value


def find_sign(text: str) -> str:
    return text[1:-1] if text[0] in "\"'" else SIGNS.get(text.lower(), "")


def find_part(text: str, names: list[str], language: str) -> str:
    """Return the parameter or the text that a step adds; empty for another thing."""
    if text[0] in "\"'":
        return f'"{text[1:-1]}"' if language == "python" else f"'{text[1:-1]}'"
    words = to_snake(text.replace(" ", "_")).split("_")
    for name in names[1:]:
        if to_snake(name) in ("_".join(words), words[0]):
            return name
    return ""


def render(request: CodeRequest, signature: str, names: list[str], value: str, about: str) -> str:
    """Return the whole function around an expression."""
    said = " ".join(about.split())
    if request.language == "python":
        head = signature.rstrip(":") or f"def {request.name}({', '.join(names)})"
        start = "import re\n\n\n" if "re.sub(" in value else ""
        return f'{start}{head}:\n    """{said[:1].upper()}{said[1:]}."""\n    return {value}'
    is_typed = request.language == "typescript"
    own = ", ".join(f"{name}: string" if is_typed else name for name in names)
    returns = ": string" if is_typed else ""
    head = signature or f"export function {to_camel(request.name)}({own}){returns}"
    return f"{head} {{\n  return {value};\n}}"
