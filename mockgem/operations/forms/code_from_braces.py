"""Write a short program of a language with braces (JavaScript, Java, Go) in Python.

It goes line by line. The caller gets an empty text if the result does not parse.
"""

from __future__ import annotations

import re

from mockgem.operations.forms.code_names import to_snake
from mockgem.operations.forms.code_types import parse_python
from mockgem.operations.forms.lazy_patterns import make_regex

EXPRESSIONS: tuple[tuple[str, str], ...] = (
    (r"===", "=="),
    (r"!==", "!="),
    (r"\s*&&\s*", " and "),
    (r"\s*\|\|\s*", " or "),
    (r"!(?=[\w(])", "not "),
    (r"\btrue\b", "True"),
    (r"\bfalse\b", "False"),
    (r"\b(?:null|undefined|nil|nullptr)\b", "None"),
    (r"\bthis\.", "self."),
    (r"([\w.\[\]]+)\.length(?:\(\))?", r"len(\1)"),
    (r"([\w.\[\]]+)\.size\(\)", r"len(\1)"),
    (r"\.push\(|\.add\(", ".append("),
    (r"\.toUpperCase\(\)", ".upper()"),
    (r"\.toLowerCase\(\)", ".lower()"),
    (r"\.trim\(\)", ".strip()"),
    (r"\.startsWith\(", ".startswith("),
    (r"\.endsWith\(", ".endswith("),
    (r"([\w.]+)\.includes\(([^()]+)\)", r"\2 in \1"),
    (r"([\w.]+)\.indexOf\(([^()]+)\)", r"\1.find(\2)"),
    (r"([\w.]+)\.charAt\(([^()]+)\)", r"\1[\2]"),
    (r"([\w.]+)\.join\(([^()]*)\)", r"\2.join(\1)"),
    (r"Math\.(max|min|abs|round)\(", r"\1("),
    (r"Math\.floor\(", "int("),
    (r"Math\.sqrt\(([^()]+)\)", r"(\1) ** 0.5"),
    (
        r"\bconsole\.log\(|\bSystem\.out\.println\(|\bfmt\.Println\(|\bConsole\.WriteLine\(",
        "print(",
    ),
    (r"\[\.\.\.new Set\((\w+)\)\]", r"list(dict.fromkeys(\1))"),
    (r"\[\.\.\.(\w+)\]", r"list(\1)"),
    (r"\.\.\.(\w+)", r"*\1"),
    (
        (
            r"([\w.]+)\.filter\(\(?(\w+)\)? => "
            r"([^()]+(?:\([^()]*\)[^()]*)*)\)"
        ),
        r"[\2 for \2 in \1 if \3]",
    ),
    (r"([\w.]+)\.map\(\(?(\w+)\)? => ([^()]+(?:\([^()]*\)[^()]*)*)\)", r"[\3 for \2 in \1]"),
    (r"([\w.]+)\.reduce\(\((\w+), (\w+)\) => \2 \+ \3, 0\)", r"sum(\1)"),
    (r"\bnew (?=[A-Z])", ""),
    (r"\bString\(", "str("),
    (r"\b(?:parseInt|Number)\(", "int("),
    (r"\bparseFloat\(", "float("),
    (r"(\w+)\+\+", r"\1 += 1"),
    (r"(\w+)--", r"\1 -= 1"),
)
COMPILED = [(make_regex(pattern), text) for pattern, text in EXPRESSIONS]
TERNARY = make_regex(r"^(return |\w+ = )?([^?\n]+?) \? ([^:\n?]+) : ([^;\n]+)$")
TEMPLATE = make_regex(r"`([^`\n]*)`")
TYPE = (
    r"(?:(?:final|const|static|unsigned) )*(?:int|long|double|float|boolean|bool|String"
    r"|string|char|auto|var|let|const|List<\w+>|\w+\[\])"
)
FUNCTION = make_regex(
    r"^(?:export )?(?:default )?(?:public |private |static |async )*(?:function|func|fn"
    r"|fun)\s+(\w+)\s*\(([^()]*)\)[^{]*$"
)
METHOD = make_regex(
    rf"^(?:public |private |protected |static |final )*(?:void|{TYPE}"
    rf"|[A-Z]\w*)[*&]? ?\*?(\w+)\s*\(([^()]*)\)$"
)
MEMBER = make_regex(r"^(?:async )?(constructor|\w+)\(([^()]*)\)$")
ARROW = make_regex(r"^(?:export )?(?:const|let|var) (\w+) = (?:async )?\(?([\w, =]*)\)? => ?(.*)$")
COUNT = make_regex(
    r"^for \(?(?:let |var |int )?(\w+) :?= ([^;]+); ?\1 (<=?) ([^;]+); ?(?:\1\+\+|\+\+\1"
    r"|\1 \+= 1)\)?$"
)
EACH = make_regex(rf"^for(?:each)? \((?:{TYPE}|[A-Z]\w*) (\w+) (?:of|in|:) (.+)\)$")
EACH_GO = make_regex(r"^for _, (\w+) := range (.+)$")
CLASS = make_regex(r"^(?:export |public |final |default )*class (\w+)(?: extends (\w+))?.*$")
WORDS = frozenset(("if", "while", "for", "switch", "catch", "return", "else", "function"))


JOINED_PRINT = make_regex(r'print\("([^"\n{}]{0,80})" \+ (\w+)\)')
"""A text and a value of any kind, which Python does not add."""
MAX_LINE = 400
"""Longer lines are not read: the patterns look at each start of a line's words."""


OWN_SUM = make_regex(r"(?P<head>def sum\((?P<name>\w+)\):\n)(?P<pad> +)return sum\((?P=name)\)")
LOOPED_SUM = (
    r"\g<head>\g<pad>total = 0\n\g<pad>for value in \g<name>:\n\g<pad>    total += value\n"
    r"\g<pad>return total"
)
"""A function that is called like the one that it would need."""


def rewrite_in_python(source: str) -> str:
    """Return a program in Python; empty if it does not parse there."""
    if any(len(line) > MAX_LINE for line in source.split("\n")):
        return ""
    lines: list[str] = []
    depth = 0
    for statement, opens, closes in split_statements(source):
        depth -= closes
        text = rewrite_statement(statement, opens, in_class="class " in "".join(lines))
        if text:
            lines.extend("    " * max(depth, 0) + line for line in text.split("\n"))
        depth += opens
        if opens and text:
            lines.append("")
            lines.pop()
        elif opens:
            depth -= opens
    filled = OWN_SUM.sub(LOOPED_SUM, "\n".join(fill_empty(lines)))
    text = JOINED_PRINT.sub(r'print(f"\1{\2}")', filled)
    tree = parse_python(text)
    return text if tree and tree.body else ""


def split_statements(source: str) -> list[tuple[str, int, int]]:
    """Return the statements, each with whether it opens a block and how many close before it."""
    rows = []
    closes = 0
    text = re.sub(r"(?:(?<=[{};\s])|^)//[^\n]*|/\*.{0,2000}?\*/", "", source[:6000], flags=re.S)
    for line in text.replace("\r", "").split("\n"):
        rest = line.strip()
        while rest.startswith("}"):
            closes += 1
            rest = rest[1:].lstrip(" ;)")
        if not rest:
            continue
        ends = rest.count("}") - rest.count("{")
        if rest.endswith("{"):
            rows.append((rest[:-1].strip(), 1, closes))
            closes = 0
            continue
        head, brace, inner = rest.partition(" { ")
        if (
            brace
            and inner.endswith("}")
            and not re.match(r"(?:const|let|var|return|import)\b", head)
        ):
            rows.append((head, 1, closes))
            parts = [part.strip() for part in inner[:-1].split(";") if part.strip()]
            rows.extend((part, 0, 0) for part in parts)
            closes = 1
            continue
        rows.append((rest.rstrip(";"), 0, closes))
        closes = max(ends, 0)
    return rows


def rewrite_statement(text: str, opens: int, in_class: bool = False) -> str:
    """Return a statement in Python."""
    if re.match(r"(?:import|package|using|#include|export \{|module\.exports)\b", text):
        return ""
    if opens:
        return rewrite_head(text, in_class)
    if arrow := ARROW.match(text):
        body = rewrite_expression(arrow[3])
        return f"def {to_snake(arrow[1])}({rewrite_parameters(arrow[2])}):\n    return {body}"
    if short := re.match(
        r"if \((.+?)\) (return\b.*|continue|break|throw .+|[\w.\[\]]+ ?[-+*/]?= ?[^=].*"
        r"|\w+(?:\+\+|--)"
        r"|[\w.]+\(.*\))$",
        text,
    ):
        return f"if {rewrite_expression(short[1])}:\n    {rewrite_statement(short[2], 0)}"
    if thrown := re.match(r"throw (?:new )?\w*\(?(.*?)\)?$", text):
        return f"raise ValueError({rewrite_expression(thrown[1])})"
    declared = re.sub(rf"^{TYPE}(?:: ?\w+)? (?=\w+(?:: ?[\w\[\]]+)? ?=)", "", text)
    declared = re.sub(r"^(\w+): ?[\w\[\]]+ =", r"\1 =", declared).replace(" := ", " = ")
    return rewrite_expression(declared)


def rewrite_head(text: str, in_class: bool) -> str:
    for pattern, row in ((COUNT, ""), (EACH, "for {0} in {1}:"), (EACH_GO, "for {0} in {1}:")):
        if match := pattern.match(text):
            if row:
                return row.format(match[1], rewrite_expression(match[2]))
            stop = rewrite_expression(match[4]) + (" + 1" if match[3] == "<=" else "")
            start = "" if match[2].strip() == "0" else f"{rewrite_expression(match[2])}, "
            return f"for {match[1]} in range({start}{stop}):"
    if match := CLASS.match(text):
        return f"class {match[1]}({match[2]}):" if match[2] else f"class {match[1]}:"
    if match := FUNCTION.match(text) or METHOD.match(text):
        return f"def {to_snake(match[1])}({rewrite_parameters(match[2])}):"
    if match := ARROW.match(text):
        return f"def {to_snake(match[1])}({rewrite_parameters(match[2])}):"
    if match := re.match(r"(else if|if|while) \(?(.+?)\)?$", text):
        word = {"else if": "elif"}.get(match[1], match[1])
        return f"{word} {rewrite_expression(match[2])}:"
    if text in ("else", "try", "finally"):
        return f"{text}:"
    if text.startswith("catch"):
        return "except Exception as error:"
    member = MEMBER.match(text)
    if in_class and member and member[1] not in WORDS:
        name = "__init__" if member[1] == "constructor" else to_snake(member[1])
        given = rewrite_parameters(member[2])
        return f"def {name}(self{', ' + given if given else ''}):"
    return rewrite_expression(text)


TYPE_NAME = make_regex(
    r"(?:int|long|double|float|boolean|bool|string|char|auto|final|const|unsigned)\Z|[A-Z]"
)


def rewrite_parameters(text: str) -> str:
    parts = []
    for part in text.split(","):
        name, _, default = part.partition("=")
        words = re.findall(r"\w+", name.partition(":")[0])
        if words:
            is_typed = ":" not in name and TYPE_NAME.match(words[0]) is not None
            word = words[-1] if is_typed else words[0]
            parts.append(f"{word}={rewrite_expression(default.strip())}" if default else word)
    return ", ".join(parts)


def rewrite_expression(text: str) -> str:
    """Return an expression in Python."""
    text = TEMPLATE.sub(lambda found: 'f"' + found[1].replace("${", "{") + '"', text.strip())
    for pattern, new in COMPILED:
        text = pattern.sub(new, text)
    text = re.sub(r"^\((.*)\)$", r"\1", text) if text.count("(") == 1 else text
    return TERNARY.sub(r"\1\3 if \2 else \4", text)


def fill_empty(lines: list[str]) -> list[str]:
    """Return lines with `pass` in each block that has none."""
    filled = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        filled.append(line)
        depth = len(line) - len(line.lstrip())
        if line.endswith(":") and len(after) - len(after.lstrip()) <= depth:
            filled.append(" " * (depth + 4) + "pass")
    return filled
