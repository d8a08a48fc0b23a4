"""Mistakes in a given program that are plain to see, mended."""

from __future__ import annotations

import ast
import difflib
import re

from mockgem.operations.forms.code_types import parse_python
from mockgem.operations.forms.lazy_patterns import make_regex

BEYOND_END = make_regex(r"<= ?(\w[\w.]*)\.length\b(?! ?-)")


WRONG_SUM = make_regex(r" =\+ (?=\w)")
"""A sign before a value instead of a sum: "total =+ price"."""
LOST_SUM = make_regex(
    r"(?P<head>\bfor\b[^\n]{0,30}\b(?P<one>\w{1,30}) (?:in|of|:) [^\n]{1,80}[:{]\s+)"
    r"(?P<sum>total|sum|count|result|acc|accumulator|s|summe|suma) = (?P=one)(?=;?\s*(?:\n|\}|\Z))"
)
"""A sum that keeps only its last part: "for n in nums: total = n"."""
BEYOND_LENGTH = make_regex(r"range\(len\((\w+)\) ?\+ ?1\)")


WRONG_PARITY = make_regex(
    r"(\b(?:(is_?even)\w{0,20} ?\([^()\n]{0,80}\)[^%]{0,120}?% ?2 ?={2,3} ?(?=1)"
    r"|is_?odd\w{0,20} ?\([^()\n]{0,80}\)[^%]{0,120}?% ?2 ?={2,3} ?(?=0)))[01]",
    re.I,
)
"""A test for even numbers whose rest is 1, or one for odd numbers whose rest is 0."""
UNSET_TOTAL = make_regex(r"^([ \t]*)(?:let|var) (\w+);(?=[\s\S]{0,400}\b\2 ?\+=)", re.M)
"""A sum without a first value: "let total;" before "total += n"."""


MISSING_COLON = make_regex(
    r"^([ \t]{0,40}(?:def|class|if|elif|else|for|while|try|except|finally|with)\b"
    r"[^\n:#]{0,200}[^\s:#])[ \t]{0,8}$",
    re.M,
)


ONE_LINE_LOOP = make_regex(
    r"^((?:for \w+ in|while|if) [\w.]+(?:\([^\n()]{0,60}\)| ?[=<>!]=? ?\w+)?):? (\w+[ (=][^\n]*)$",
    re.M,
)
"""A loop or a condition with its body in the same line."""
OLD_PRINT = make_regex(r"^([ \t]*|[^\n#\"']*: )print +([^(\n=][^\n]*)$", re.M)
ONE_LINE_FUNCTION = make_regex(r"^([ \t]*def \w+\([^()\n]*\)) ((?:return|print)\b[^\n]*)$", re.M)
WRONG_PROPERTIES = {
    "justify": "justify-content",
    "align": "align-items",
    "colour": "color",
    "background-colour": "background-color",
    "font-color": "color",
    "text-color": "color",
    "bg-color": "background-color",
    "align-content-center": "align-items",
    "font-bold": "font-weight",
    "text-size": "font-size",
    "backgroundcolor": "background-color",
}
"""What people write for properties of CSS, and their names."""
WRONG_PROPERTY = make_regex(rf"(?<![\w-])(?:{'|'.join(WRONG_PROPERTIES)})(?=\s?:)", re.I)
TYPOS = {
    **dict.fromkeys("functon funtion fucntion funciton funcion fuction".split(), "function"),
    **dict.fromkeys("retrun retun reutrn retrn returm".split(), "return"),
    **dict.fromkeys("cosnt conts cons".split(), "const"),
    **dict.fromkeys("conosle consle cosole".split(), "console"),
    **dict.fromkeys("lenght lengh legnth".split(), "length"),
    **dict.fromkeys("pirnt prnt pritn prit".split(), "print"),
    **dict.fromkeys("improt imoprt".split(), "import"),
    **dict.fromkeys("esle esel".split(), "else"),
    **dict.fromkeys("whlie wihle".split(), "while"),
}
"""Words of programs with swapped or missing letters."""
TYPO = make_regex(rf"(?<![\w.\"'])(?:{'|'.join(TYPOS)})(?!\w)|(?<=\.)(?:lenght|lengh|legnth)(?!\w)")
OLD_NAMES = (
    (make_regex(r"\bxrange\("), "range("),
    (make_regex(r"\braw_input\("), "input("),
    (make_regex(r"\.iter(items|keys|values)\(\)"), r".\1()"),
    (make_regex(r"\bunicode\("), "str("),
    (make_regex(r"\bexcept (\w+), (\w+):"), r"except \1 as \2:"),
)
"""What Python 2 wrote, and what Python 3 writes."""
NAMED_SIGNS = (
    (r"add|sum|plus|total", "-", "+"),
    (r"subtract|minus|difference", "+", "-"),
    (r"multipl\w*|product|times", "+", "*"),
    (r"divide|quotient", "*", "/"),
)
"""Names of functions, the sign that contradicts them, and the right one."""


def fix_sign(source: str) -> str:
    """Return a function whose only operation fits its name: add returns a + b."""
    for words, wrong, right in NAMED_SIGNS:
        pattern = (
            rf"(\b\w{{0,30}}(?:{words})\w{{0,30}}\s?\([^()\n]{{0,120}}\)[^\n]{{0,60}}?"
            rf"(?:\n[ \t]{{0,40}})?\breturn \w+ ?){re.escape(wrong)}( ?\w+)"
        )
        source, count = re.subn(pattern, rf"\g<1>{right}\2", source, flags=re.I)
        if count:
            break
    return source


ASSIGNS_IN_TEST = make_regex(r"^([ \t]*(?:if|elif|while) [^\n=!<>]{1,80}[^\n=!<>])=(?!=)", re.M)


UNINDENTED = make_regex(r"^([ \t]*)([^\n#]+:)\n\1(?=\S)([^\n]+)", re.M)


def fix_code(source: str, language: str) -> str:
    """Return a program without the mistakes that are plain to see."""
    source = TYPO.sub(lambda found: TYPOS[found[0]], source)
    source = WRONG_SUM.sub(r" += ", BEYOND_END.sub(r"< \1.length", source))
    source = WRONG_PARITY.sub(lambda found: f"{found[1]}{'0' if found[2] else '1'}", source)
    source = LOST_SUM.sub(r"\g<head>\g<sum> += \g<one>", source)
    source = fix_sign(BEYOND_LENGTH.sub(r"range(len(\1))", source))
    if language in ("css", "scss"):
        return WRONG_PROPERTY.sub(lambda found: WRONG_PROPERTIES[found[0]], source)
    if language == "sql":
        return SQL_WORD.sub(mend_sql_word, source).rstrip().rstrip(";") + ";"
    if language != "python":
        return balance(UNSET_TOTAL.sub(r"\1let \2 = 0;", source))
    mended = source
    for old, new in OLD_NAMES:
        mended = old.sub(new, mended)
    for pattern, new in (
        (ONE_LINE_LOOP, r"\1:\n    \2"),
        (ONE_LINE_FUNCTION, r"\1:\n    \2"),
        (MISSING_COLON, r"\1:"),
        (OLD_PRINT, r"\1print(\2)"),
        (ASSIGNS_IN_TEST, r"\1=="),
    ):
        if parse_python(mended) is None:
            mended = pattern.sub(new, mended)
    if parse_python(mended) is None:
        mended = UNINDENTED.sub(r"\1\2\n\1    \3", mended)
    if parse_python(mended) is None:
        mended = balance(mended)
    return fix_names(mended, "python") if parse_python(mended) is not None else ""


PARAMETERS = make_regex(r"\w\((?:final )?[\w<>\[\]]+ (\w+)[^()\n]{0,120}\) ?\{\n")


def check_for_null(source: str) -> str:
    """Return a method of Java whose first parameter is checked before it is used."""
    match = PARAMETERS.search(source)
    if match is None or "null" in source:
        return source
    check = f"    if ({match[1]} == null) {{\n        return null;\n    }}\n"
    return f"{source[: match.end()]}{check}{source[match.end() :]}"


CALLED = make_regex(r"^([ \t]+)(\w+) = [^\n=]*\([^\n]*\)[ \t]*$", re.M)


def check_for_none(source: str) -> str:
    """Return Python whose value from a call is checked before its parts are used; else empty."""
    for match in CALLED.finditer(source):
        indent, name = match[1], match[2]
        if re.search(rf"\b{name}[.\[]", source[match.end() :]) and "return" in source:
            check = f"\n{indent}if {name} is None:\n{indent}    return None"
            return f"{source[: match.end()]}{check}{source[match.end() :]}"
    return ""


SQL_WORDS = (
    "SELECT FROM WHERE GROUP ORDER BY HAVING LIMIT INSERT INTO VALUES UPDATE SET DELETE JOIN "
    "LEFT RIGHT INNER OUTER"
    " ON AND OR NOT NULL AS DISTINCT COUNT SUM AVG CREATE TABLE BETWEEN LIKE IN IS DESC ASC UNION"
).split()
SQL_WORD = make_regex(r"\b[A-Z]{3,9}\b")


def mend_sql_word(found: re.Match[str]) -> str:
    """Return a word of SQL with its right spelling: SELCT is SELECT."""
    if found[0] in SQL_WORDS:
        return found[0]
    near = difflib.get_close_matches(found[0], SQL_WORDS, 1, 0.74)
    return near[0] if near else found[0]


def balance(source: str) -> str:
    """Return a program with the closing brackets that its lines or its end lack."""
    lines = []
    for line in source.split("\n"):
        missing = line.count("(") - line.count(")")
        if missing == 1 and line.rstrip().endswith(" {") and "(" in line:
            lines.append(f"{line.rstrip()[:-2]}) {{")
            continue
        ends = missing == 1 and not line.rstrip().endswith(("(", ",", "{", "["))
        has_colon = ends and line.rstrip().endswith(":")
        has_stop = ends and line.rstrip().endswith(";")
        mark = ":" if has_colon else ";" if has_stop else ""
        lines.append(f"{line.rstrip().rstrip(mark)}){mark}" if ends else line)
    text = "\n".join(lines)
    return text + "\n}" * max(0, text.count("{") - text.count("}"))


MAX_UNKNOWN = 12
MAX_KNOWN = 200
"""The number of names that are compared at most, because that takes long."""


def fix_names(source: str, language: str) -> str:
    """Return a program in which a name that is used but never set is the name most like it."""
    tree = parse_python(source) if language == "python" else None
    if tree is None:
        return source
    known = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    known |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    known |= {
        node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    }
    known |= {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in node.names
    }
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - known - BUILTINS
    if len(used) > MAX_UNKNOWN or len(known) > MAX_KNOWN:
        return source
    for name in sorted(used):
        near = difflib.get_close_matches(name, sorted(known), 1, 0.7)
        if near:
            source = re.sub(rf"(?<![\w.]){re.escape(name)}(?!\w)", near[0], source)
    return source


BUILTINS = frozenset(__builtins__ if isinstance(__builtins__, dict) else dir(__builtins__))
