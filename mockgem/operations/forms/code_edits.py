"""Small changes of a given program: another name, arrow functions, a log, guards."""

from __future__ import annotations

import ast
import re

from mockgem.operations.forms.code_promises import unchain
from mockgem.operations.forms.code_structural_edits import await_callbacks
from mockgem.operations.forms.code_types import parse_python
from mockgem.operations.forms.lazy_patterns import make_regex

RENAMED = make_regex(
    r"\brename\b[^.\n]{0,30}?[\"'`]?\b(?!(?:the|variable|function|parameter|class|method|from"
    r"|argument)\b)([A-Za-z_]\w*)[\"'`]?(?: [^.\n]{0,20}?)?\s(?:to|into|as)\s[\"'`]?([A-Za-z_]\w*)",
    re.I,
)


NAMED_TO = make_regex(
    r"\b(?:variable|parameter|argument|function|method"
    r"|class) [`\"']?([A-Za-z_]\w*)[`\"']? (?:to|as|into)"
    r" [`\"']?([A-Za-z_]\w*)",
    re.I,
)
FUNCTION_TO = make_regex(
    r"\b(?:the (?:function|method)|it|this) (?:to|as|into) [`\"']?([A-Za-z_]\w*)", re.I
)


def rename(source: str, wish: str) -> str:
    """Return a program in which a name is another one."""
    function = FUNCTION_TO.search(wish)
    if function:
        own = re.search(r"\b(?:def|function|func|fn|fun) (\w+)", source)
        source = re.sub(rf"\b{own[1]}\b", function[1], source) if own else source
    named = list(NAMED_TO.finditer(wish)) or (list(RENAMED.finditer(wish)) if not function else [])
    for match in named:
        source = re.sub(rf"(?<!\w){match[1]}(?!\w)", match[2], source)
    return source


CASE = make_regex(r"\s*(?:else )?if \((\w+) === ('[^']*'|\"[^\"]*\"|\d+)\) ?\{([^{}]*)\}")
ELSE = make_regex(r"\s*else ?\{([^{}]*)\}")


def use_switch(source: str) -> str:
    """Return JavaScript whose first chain of comparisons is a switch; as it is without one."""
    start = re.search(r"\bif \(\w+ === ", source)
    at, rows, name = (start.start(), [], "") if start else (0, [], "")
    begin = at
    while start and (match := CASE.match(source, at)):
        name = match[1]
        rows.append(f"  case {match[2]}:\n    {match[3].strip()}\n    break;")
        at = match.end()
    if len(rows) < 2:
        return source
    if other := ELSE.match(source, at):
        rows.append(f"  default:\n    {other[1].strip()}")
        at = other.end()
    body = "\n".join(rows)
    return f"{source[:begin]}switch ({name}) {{\n{body}\n}}{source[at:]}"


def make_class(source: str) -> str:
    """Return Python whose functions and values are the methods and the attributes of a class."""
    tree = parse_python(source)
    functions = [row for row in tree.body if isinstance(row, ast.FunctionDef)] if tree else []
    if tree is None or not functions:
        return source
    values = {
        row.targets[0].id: ast.unparse(row.value)
        for row in tree.body
        if isinstance(row, ast.Assign) and isinstance(row.targets[0], ast.Name)
    }
    sets = [f"        self.{name} = {value}" for name, value in values.items()] or ["        pass"]
    parts = ["    def __init__(self):\n" + "\n".join(sets)]
    for function in functions:
        lines = ast.unparse(function).split("\n")
        lines[0] = re.sub(
            r"\((?=\))", "(self", re.sub(r"\((?=[^)])", "(self, ", lines[0], count=1), count=1
        )
        body = "\n".join(f"    {line}" for line in lines if not line.strip().startswith("global "))
        for name in values:
            body = re.sub(rf"(?<![\w.]){name}(?!\w)", f"self.{name}", body)
        parts.append(body)
    word = next(iter(values), functions[0].name)
    title = "".join(part[:1].upper() + part[1:] for part in word.split("_"))
    return f"class {'Counter' if word == 'count' else title}:\n" + "\n\n".join(parts)


def guard(source: str, language: str) -> str:
    """Return a program whose functions deal with errors."""
    if language == "python":
        return guard_python(source)
    match = re.search(r"\{\n(.*)\n\}\s*$", source, re.S)
    if match is None or language not in GUARDS:
        return source
    inside = "\n".join(f"  {line}" if line.strip() else line for line in match[1].split("\n"))
    body = GUARDS[language].replace("{body}", inside)
    return f"{source[: match.start()]}{{\n{body}\n}}"


GUARDS = {
    **dict.fromkeys(
        ("javascript", "typescript", "jsx", "tsx"),
        "  try {\n{body}\n  } catch (error) {\n    console.error(error);\n    throw error;\n  }",
    ),
    **dict.fromkeys(
        ("java", "csharp", "php", "kotlin"),
        "  try {\n{body}\n  } catch (Exception error) {\n    throw new "
        "RuntimeException(error);\n  }",
    ),
}


def guard_python(source: str) -> str:
    """Return Python whose first function, or which as a whole, is inside try and except."""
    tree = parse_python(source)
    if tree is None:
        return ""
    lines = source.split("\n")
    function = next((row for row in tree.body if isinstance(row, ast.FunctionDef)), None)
    if function is None:
        first, last, indent = 0, len(lines), ""
    else:
        body = (
            function.body[1:]
            if ast.get_docstring(function) and len(function.body) > 1
            else function.body
        )
        first, last = body[0].lineno - 1, function.end_lineno or len(lines)
        indent = " " * body[0].col_offset
    inside = [f"    {line}" if line.strip() else line for line in lines[first:last]]
    after = [
        f"{indent}except (OSError, ValueError, TypeError) as error:",
        f'{indent}    print(f"Something went wrong: {{error}}")',
        f"{indent}    raise",
    ]
    return "\n".join([*lines[:first], f"{indent}try:", *inside, *after, *lines[last:]])


ARROWED = make_regex(
    r"^(async )?function (\w+)\(([^()\n]*)\) ?\{(?:\s*return ([^;\n]+);\s*\n?\}|)", re.M
)


def use_arrows(source: str) -> str:
    """Return JavaScript with arrow functions."""

    def write_arrow(match: re.Match[str]) -> str:
        head = f"const {match[2]} = {match[1] or ''}({match[3]}) =>"
        return f"{head} {match[4]};" if match[4] else f"{head} {{"

    return ARROWED.sub(write_arrow, source)


BLOCKING = make_regex(r"\brequests\.(get|post|put|delete)\(([^()\n]*)\)")


def make_async(source: str, language: str) -> str:
    """Return a program whose functions are asynchronous."""
    if language == "python":
        text = re.sub(r"^([ \t]*)def ", r"\1async def ", source, flags=re.M)
        text = BLOCKING.sub(r"(await asyncio.to_thread(requests.\1, \2))", text)
        text = re.sub(r"\btime\.sleep\(", "await asyncio.sleep(", text)
        return f"import asyncio\n{text}" if "asyncio." in text else text
    if awaited := await_callbacks(source):
        return awaited
    text = re.sub(r"(?<!async )\bfunction (?=\w)", "async function ", source)
    return unchain(text)


def add_logging(source: str, language: str) -> str:
    """Return a program that writes a line to the log when a function is called."""
    if language == "python":
        body = re.sub(
            r"^([ \t]*)(def (\w+)\([^\n]*:)$",
            r"\1\2\n\1    logger.info('Calling \3')",
            source,
            flags=re.M,
        )
        return f"import logging\n\nlogger = logging.getLogger(__name__)\n\n\n{body}"
    return re.sub(
        r"^([^\n]*function (\w+)\([^\n]*\{)$",
        r"\1\n  console.log('Calling \2');",
        source,
        flags=re.M,
    )


APPEND_LOOP = make_regex(
    r"^([ \t]*)(\w+) = \[\]\n\1for (\w+) in ([^\n:]+):\n"
    r"(?:\1[ \t]+if ([^\n:]+):\n)?\1[ \t]+\2\.append\(([^\n]+)\)$",
    re.M,
)


SHORT_LOOP = make_regex(r"^([ \t]*)for (\w+) in ([^\n:]+):\s?(\w+)\.append\(([^\n]+)\)$", re.M)
VAR = make_regex(r"^([ \t]*)var (\w+)", re.M)


def write_comprehension(match: re.Match[str]) -> str:
    condition = f" if {match[5]}" if match[5] else ""
    return f"{match[1]}{match[2]} = [{match[6]} for {match[3]} in {match[4]}{condition}]"
