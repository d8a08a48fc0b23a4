"""Small edits of a given function: checks, a parameter, another loop, shorter conditions."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_signatures import guess_kind
from mockgem.operations.forms.lazy_patterns import make_regex

CHECKED_HEAD = make_regex(
    r"^([ \t]*)(?:def (\w+)\(([^()\n]+)\)[^\n]*:|(?:async )?function (\w+)\(([^()\n]+)\) \{)[ "
    r"\t]*\n",
    re.M,
)


def add_checks(source: str, language: str) -> str:
    """Return a program whose first function checks its parameters; empty without parameters."""
    head = CHECKED_HEAD.search(source)
    if head is None:
        return ""
    rows = []
    for part in (head[3] or head[5]).split(","):
        name = re.split(r"[:=\s]", part.strip())[0]
        kind = guess_kind(name)
        is_text = kind == "str" and len(name) > 2
        if not name.isidentifier() or name in ("self", "cls"):
            continue
        if head[2]:
            types = "str" if is_text else "list" if kind.startswith("list") else "(int, float)"
            what = {"str": "a text", "list": "a list"}.get(types, "a number")
            rows += [
                f"    if not isinstance({name}, {types}):",
                f'        raise TypeError("{name} must be {what}")',
            ]
        else:
            what = "string" if is_text else "number"
            test = (
                f"!Array.isArray({name})"
                if kind.startswith("list")
                else f"typeof {name} !== '{what}'"
            )
            rows += [f"  if ({test}) {{", f"    throw new TypeError('{name} is not valid');", "  }"]
    added = "".join(f"{head[1]}{row}\n" for row in rows)
    return f"{source[: head.end()]}{added}{source[head.end() :]}"


COUNTED_FOR = make_regex(
    r"^([ \t]*)for (\w+) in range\((?:([\w-]+), ?)?([\w()+* -]+)\):\n((?:\1[ \t][^\n]*(?:\n"
    r"|\Z))+)",
    re.M,
)


def write_while(match: re.Match[str]) -> str:
    """Return a loop over a range as one with while."""
    indent, name, start, stop, body = match.groups()
    return (
        f"{indent}{name} = {start or 0}\n{indent}while {name} < {stop}:\n{body.rstrip()}\n"
        f"{indent}    {name} += 1\n"
    ).rstrip()


COUNTED_BRACES = make_regex(
    r"^([ \t]*)for \(((?:let|var|int) (\w+) = [\w.-]+); ([^;\n]{1,80}); "
    r"(\3(?:\+\+|--)|(?:\+\+|--)\3)\) \{\n((?:\1[ \t][^\n]*\n)+)\1\}",
    re.M,
)


def write_while_braces(match: re.Match[str]) -> str:
    """Return a counted loop of a language with braces as one with while."""
    indent, start, _, test, step, body = match.groups()
    inner = body[: len(body) - len(body.lstrip())]
    return f"{indent}{start};\n{indent}while ({test}) {{\n{body}{inner}{step};\n{indent}}}"


NEW_PARAMETER = make_regex(
    r"\b(?:takes?|accepts?|add|with|receives?)\s(?:in )?(?:an? |the |another |one more )"
    r"(?:parameter (?:called |named )?|argument (?:called |named )?)?[`\"']?([a-z_]\w{1,24})[`\"']?"
    r"(?: (?:as (?:an? )?)?(?:parameter|argument|input))?\s*(?:[.!,]|please|\Z)",
    re.I,
)
EMPTY_HEAD = make_regex(r"((?:def|function) \w+\()([^()\n]*)(\))")


def add_parameter(source: str, language: str, name: str) -> str:
    """Return a function with one more parameter, which its text uses; empty without a function."""
    head = EMPTY_HEAD.search(source)
    if head is None or re.search(rf"\b{name}\b", head[2]):
        return ""
    given = f"{head[2]}, {name}" if head[2].strip() else name
    text = f"{source[: head.start()]}{head[1]}{given}{head[3]}{source[head.end() :]}"
    if head[2].strip():
        return text
    if language == "python":
        return re.sub(
            r"(?<!f)\"([^\"\n{}]{1,60}?)([!.]?)\"", rf'f"\1, {{{name}}}\2"', text, count=1
        )
    return re.sub(
        r"[\"']([^\"'\n]{1,60}?)([!.]?)[\"'](?=[);])", rf"`\1, ${{{name}}}\2`", text, count=1
    )


TRUE_FALSE = make_regex(
    r"^([ \t]*)if ([^\n]{1,120}):\n[ \t]+return (True|False)\n(?:\1else:\n[ \t]+|\1)return (True"
    r"|False)[ \t]*$",
    re.M,
)
COMPARED = (
    (make_regex(r"\b(?!if\b|while\b|return\b)([\w.]+(?:\([^()\n]*\))?) == True\b"), r"\1"),
    (make_regex(r"\b(?!if\b|while\b|return\b)([\w.]+(?:\([^()\n]*\))?) == False\b"), r"not \1"),
    (make_regex(r" == None\b"), " is None"),
    (make_regex(r" != None\b"), " is not None"),
)


def simplify_tests(source: str) -> str:
    """Return Python without comparisons to True, and without "if x: return True"."""

    def return_test(match: re.Match[str]) -> str:
        if match[3] == match[4]:
            return match[0]
        return f"{match[1]}return {match[2] if match[3] == 'True' else f'not ({match[2]})'}"

    for pattern, new in COMPARED:
        source = pattern.sub(new, source)
    return TRUE_FALSE.sub(return_test, source)
