"""Documentation of the functions in a given program."""

from __future__ import annotations

import ast
import re

from mockgem.operations.forms.code_types import parse_python
from mockgem.operations.forms.lazy_patterns import make_regex


def add_docs(source: str, language: str) -> str:
    """Return a program whose functions say what they are for."""
    if language == "python":
        return add_docstrings(source)
    return FUNCTION_LINE.sub(document_function, source)


FUNCTION_LINE = make_regex(
    r"^([ \t]*)((?:export |public |private |static |async |default )*"
    r"(?:function (\w+)|(?:const|let) (\w+) = (?:async )?(?=\()|(?:[\w<>\[\]]+ )(\w+)(?=\())"
    r"\s?\(([^()\n]*)\)[^\n]*)$",
    re.M,
)


def document_function(match: re.Match[str]) -> str:
    indent, name = match[1], match[3] or match[4] or match[5]
    names = [re.findall(r"\w+", part) for part in match[6].split(",")]
    rows = [f"{indent} * {say_what(name)}."]
    if match[5]:
        rows += [
            f"{indent} * @param {words[-1]} the {say_words(words[-1])}" for words in names if words
        ]
        rows.append(f"{indent} * @return the result")
    else:
        rows += [
            f"{indent} * @param {{*}} {words[0]} - The {say_words(words[0])}."
            for words in names
            if words
        ]
        rows.append(f"{indent} * @returns {{*}} The result.")
    return f"{indent}/**\n" + "\n".join(rows) + f"\n{indent} */\n{match[0]}"


ARGS = make_regex(r"^([ \t]*)Args:\n((?:\1    \w+: [^\n]+\n)+)", re.M)
RESULT = make_regex(r"^([ \t]*)Returns:\n\1    ([^\n]+)$", re.M)


def style_docs(source: str, wish: str) -> str:
    """Return documented Python in the style that a prompt names: that of NumPy or of Sphinx."""
    if re.search(r"\bnumpy\b", wish, re.I):
        text = ARGS.sub(
            lambda found: (
                f"{found[1]}Parameters\n{found[1]}----------\n"
                + re.sub(
                    rf"^{found[1]}    (\w+): ([^\n]+)$",
                    rf"{found[1]}\1\n{found[1]}    \2",
                    found[2],
                    flags=re.M,
                )
            ),
            source,
        )
        return RESULT.sub(r"\1Returns\n\1-------\n\1\2", text)
    if re.search(r"\bsphinx|\brest(?:ructuredtext)?\b|:param", wish, re.I):
        text = ARGS.sub(
            lambda found: re.sub(r"^([ \t]*)    (\w+): ", r"\1:param \2: ", found[2], flags=re.M),
            source,
        )
        return RESULT.sub(r"\1:returns: \2", text)
    return source


def say_words(name: str) -> str:
    """Return the words of a name: "userId" is "user id"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).replace("_", " ").strip().lower()


def say_parameter(name: str) -> str:
    return say_words(name) if len(name) > 1 else "value"


def say_what(name: str) -> str:
    """Return what a function with a name does, as a sentence without its full stop."""
    words = say_words(name).split() or ["work"]
    if "to" in words[1:-1] and words[0] not in ("convert", "add", "send", "write", "move"):
        return f"Converts {' '.join(words)}"
    if words[0] in ("is", "has", "can"):
        return f"Checks whether the value {' '.join(words)}"
    if len(words) == 1:
        return (
            f"{words[0].capitalize()}s the given values"
            if words[0][-1] not in "sy"
            else f"Returns the {words[0]}"
        )
    verb = words[0] if words[0].endswith("s") else f"{words[0]}s"
    return f"{verb.capitalize()} the {' '.join(words[1:])}"


def add_docstrings(source: str) -> str:
    """Return Python with a docstring in each function and class that has none."""
    tree = parse_python(source)
    if tree is None:
        return ""
    lines = source.split("\n")
    nodes = [
        node
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef))
    ]
    for node in sorted(nodes, key=lambda one: -one.lineno):
        body = node.body[0]
        if ast.get_docstring(node) is not None or body.lineno == node.lineno:
            continue
        indent = " " * body.col_offset
        lines[body.lineno - 1 : body.lineno - 1] = write_docstring(node, indent)
    return "\n".join(lines)


def write_docstring(
    node: ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef, indent: str
) -> list[str]:
    if isinstance(node, ast.ClassDef):
        return [f'{indent}"""A {say_words(node.name)}."""']
    names = [arg.arg for arg in node.args.args if arg.arg not in ("self", "cls")]
    if not names or node.name.startswith("__"):
        return [f'{indent}"""{say_what(node.name.strip("_"))}."""']
    rows = [f"{indent}    {name}: The {say_parameter(name)}." for name in names]
    return [
        f'{indent}"""{say_what(node.name)}.',
        "",
        f"{indent}Args:",
        *rows,
        "",
        f"{indent}Returns:",
        f"{indent}    The result.",
        f'{indent}"""',
    ]
