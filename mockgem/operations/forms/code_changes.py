"""Changes of a given program: comments, types, documentation, tests, mended names, its language."""

from __future__ import annotations

import ast
import difflib
import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.code_emitter import translate_python
from mockgem.operations.forms.code_expressions import NotWritable
from mockgem.operations.forms.code_from_braces import rewrite_in_python
from mockgem.operations.forms.code_functions import write_plain
from mockgem.operations.forms.code_remarks import add_remarks
from mockgem.operations.forms.code_signatures import guess_kind
from mockgem.operations.forms.code_tests import find_functions, write_tests_for

WISHES = (
    ("arrow", r"\barrow function\b"),
    ("async", r"\basync(?:hronous)?\b"),
    ("logging", r"\badd (?:some )?(?:logging|log messages|log statements|print statements)\b"),
    ("rename", r"\brename\b[^.\n]{0,40}\b(?:to|into|as)\b"),
    (
        "guard",
        r"\b(?:error|exception)[- ]handling\b|\bhandle (?:errors?|exceptions?)\b"
        r"|\btry[-/ ](?:except|catch)\b"
        r"|\bfehlerbehandlung\b",
    ),
    (
        "tests",
        r"\b(?:unit ?tests?|test cases|tests? for|pytest|jest|junit|write tests|tests schreib"
        r"|pruebas unitarias|tests unitaires|test unitari)\b",
    ),
    ("types", r"\b(?:type hints?|type annotations?|types? to|annotate|typisier)"),
    ("docs", r"\b(?:docstrings?|jsdoc|javadoc|doc comments?|documentation|document)\b"),
    (
        "comments",
        r"\b(?:add|write|insert|include|put|with|füge|añade|agrega|ajoute|aggiungi)\b"
        r"[^.\n]{0,30}\b(?:comment\w*|kommentare?|comentarios?|commentaires?|commenti)\b"
        r"|\bcomment (?:this|the|each|every|my)\b|\bkommentier\w*|\bcomenta\b|\bcommente[rz]?\b"
        r"|\bcommenta\b|komentarz\w*|\byorum\w*"
        r"|コメント|注释|註解|주석|комментар\w*|коментар\w*|chú thích|تعليق\w*|הערות|टिप्पणी",
    ),
    (
        "convert",
        r"\b(?:convert|translate|port|rewrite|transpile|turn|change|transform|migrate"
        r"|réécri\w*|reescrib\w*|reescrev\w*|przepisz|dönüştür|ubah|wandle|übersetze|konvertiere|convierte|traduce|convertis|traduis|converti|converta)\b"
        r"|\b(?:equivalent|version)\b[^.\n]{0,20}\b(?:in|of)\b",
    ),
    (
        "fix",
        r"\b(?:fix\w*|bugs?|debug|broken|error|wrong|doesn['’]?t work|not work\w*|correct|repair"
        r"|mend|why (?:does|is|am)|fehler|korrigiere|corrige|erreur|errore|correggi|issue|corrija"
        r"|popraw|napraw|düzelt|perbaiki|verbeter|sửa)\b"
        r"|修正|修复|修復|バグ|버그|고쳐|수정|исправ\w*|виправ\w*|أصلح|תקן",
    ),
    (
        "change",
        r"\b(?:refactor\w*|optimi[sz]\w+|improv\w+|clean\w* up|simplif\w+|format|rename|shorten"
        r"|readable|pythonic|modernize|rewrite|faster|efficient|refaktoriere|verbessere|mejora"
        r"|améliore|migliora|list comprehension|async|minify|extend|add|make|replace)\b",
    ),
)
"""What a prompt may want of a program that it gives. The first that fits counts."""
COMPILED = [(name, re.compile(pattern, re.I)) for name, pattern in WISHES]


@frozen
class GivenCode:
    """A program in a prompt.

    Attributes:
        language: The name of its language, as after a fence; empty if unknown.
        wish: What the prompt says besides the program.
    """

    language: str
    source: str
    wish: str


def name_wish(wish: str) -> str:
    """Return what a prompt wants of a given program; empty if it wants a new one."""
    return next((name for name, pattern in COMPILED if pattern.search(wish)), "")


def change_code(given: GivenCode, target: str) -> tuple[str, str]:
    """Return the language and the text of a changed program; empty if there is no way.

    Args:
        target: The language that the prompt names, if any.
    """
    language = given.language
    match name_wish(given.wish):
        case "arrow":
            return language, use_arrows(given.source)
        case "async":
            return language, make_async(given.source, language)
        case "logging":
            return language, add_logging(given.source, language)
        case "rename":
            return language, rename(given.source, given.wish)
        case "guard":
            return language, guard(given.source, language)
        case "tests":
            return language, write_tests_for(given.source, language, given.wish)
        case "types" if language == "python":
            return language, add_types(given.source)
        case "docs":
            return language, add_docs(given.source, language)
        case "comments":
            return language, add_remarks(given.source, language)
        case "convert" if target and target != language:
            return target, convert(given.source, language, target)
        case "fix":
            fixed = fix_code(given.source, language)
            return language, check_for_null(fixed) if "null" in given.wish.lower() else fixed
        case "change" | "convert" | "types":
            return language, improve(given.source, language, given.wish)
    return language, ""


def convert(source: str, language: str, target: str) -> str:
    """Return a program in another language; empty if there is no way."""
    if language == "javascript" and target == "typescript":
        return add_script_types(source)
    if target in ("jsx", "tsx"):
        return source
    python = source if language == "python" else rewrite_in_python(source)
    if target == "python":
        return python
    if not python:
        return write_heads(source, language, target)
    try:
        return translate_python(annotate(python), target)
    except NotWritable:
        return write_heads(source, language, target)


def write_heads(source: str, language: str, target: str) -> str:
    """Return functions with the names and parameters of a program, in another language."""
    written = []
    for name, names in find_functions(source, language):
        plain = write_plain(name, tuple(names) or ("value",), name)
        try:
            written.append(translate_python(plain, target, name))
        except NotWritable:
            return ""
    return "\n\n".join(written)


SCRIPT_HEAD = re.compile(r"(function \w*\(|const \w+ = \()([^()\n]*)(\))(?=\s*(?:\{|=>))")


def add_script_types(source: str) -> str:
    """Return JavaScript whose functions name the types of their parameters."""

    def annotate_head(match: re.Match[str]) -> str:
        names = [name.strip() for name in match[2].split(",") if name.strip()]
        typed = [f"{name}: {SCRIPT_TYPES[guess_kind(name)]}" for name in names]
        return f"{match[1]}{', '.join(typed)}{match[3]}"

    return SCRIPT_HEAD.sub(annotate_head, source)


SCRIPT_TYPES = {
    "int": "number",
    "float": "number",
    "str": "string",
    "bool": "boolean",
    "list[float]": "number[]",
    "list[str]": "string[]",
}


def parse_python(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def annotate(source: str) -> str:
    """Return Python functions with types for all parameters and for what they return."""
    tree = parse_python(source)
    if tree is None:
        return source
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for arg in node.args.args:
                arg.annotation = arg.annotation or ast.parse(find_kind(arg.arg, node)).body[0].value  # type: ignore[attr-defined]
            node.returns = node.returns or ast.Name(find_return(node))
    return ast.unparse(ast.fix_missing_locations(tree))


def find_kind(name: str, function: ast.FunctionDef) -> str:
    """Return the kind of a parameter, by what its function does with it, else by its name."""
    for node in ast.walk(function):
        match node:
            case ast.For(iter=ast.Name(id=found)) if found == name:
                return guess_kind(name) if guess_kind(name).startswith("list") else "list[int]"
            case ast.Call(func=ast.Attribute(value=ast.Name(id=found), attr=part)) if (
                found == name and part in ("lower", "upper", "strip", "split", "replace")
            ):
                return "str"
    return guess_kind(name)


def find_return(function: ast.FunctionDef) -> str:
    """Return the kind of what a function returns, as far as its last return shows it."""
    returned = [
        node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value
    ]
    if not returned:
        return "None"
    match returned[-1]:
        case ast.Constant(value=value):
            return type(value).__name__ if value is not None else "None"
        case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
            return "bool"
        case ast.JoinedStr():
            return "str"
        case ast.Dict() | ast.DictComp():
            return "dict"
        case ast.List() | ast.ListComp():
            return "list"
        case ast.Call(func=ast.Attribute(attr="join" | "strip" | "lower" | "upper" | "replace")):
            return "str"
        case ast.Call(func=ast.Name(id="len" | "int" | "sum")):
            return "int"
        case ast.Call(func=ast.Name(id="str" | "list" | "dict" | "set" | "bool" as name)):
            return name
        case ast.BinOp(op=ast.Div()):
            return "float"
    kinds = {find_kind(arg.arg, function) for arg in function.args.args}
    return "float" if "float" in kinds else "str" if "str" in kinds else "int"


def add_types(source: str) -> str:
    """Return Python with type hints; the program stays as it is but for the heads of functions."""
    tree = parse_python(source)
    if tree is None:
        return ""
    lines = source.split("\n")
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for node in functions:
        first = node.body[0].lineno - 1
        if first <= node.lineno - 1 or first - node.lineno > 0:
            continue
        head = lines[node.lineno - 1]
        indent = head[: len(head) - len(head.lstrip())]
        lines[node.lineno - 1] = f"{indent}{write_head(node)}"
    return "\n".join(lines)


def write_head(node: ast.FunctionDef) -> str:
    """Return the head of a function with types."""
    for arg in node.args.args:
        if arg.annotation is None and arg.arg not in ("self", "cls"):
            arg.annotation = ast.Name(find_kind(arg.arg, node))
    for arg, default in zip(reversed(node.args.args), reversed(node.args.defaults), strict=False):
        if isinstance(default, ast.Constant) and default.value is None and arg.annotation:
            kind = ast.unparse(arg.annotation)
            arg.annotation = ast.Name(f"{kind} | None" if "None" not in kind else kind)
    returns = ast.unparse(node.returns) if node.returns else find_return(node)
    return f"def {node.name}({ast.unparse(node.args)}) -> {returns}:"


def add_docs(source: str, language: str) -> str:
    """Return a program whose functions say what they are for."""
    if language == "python":
        return add_docstrings(source)
    return FUNCTION_LINE.sub(document_function, source)


FUNCTION_LINE = re.compile(
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


def say_words(name: str) -> str:
    """Return the words of a name: "userId" is "user id"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).replace("_", " ").strip().lower()


def say_what(name: str) -> str:
    """Return what a function with a name does, as a sentence without its full stop."""
    words = say_words(name).split() or ["work"]
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
    rows = [f"{indent}    {name}: The {say_words(name)}." for name in names]
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


RENAMED = re.compile(
    r"\brename\b[^.\n]{0,30}?[\"'`]?\b(?!(?:the|variable|function|parameter|class|method|from|argument)\b)"
    r"([A-Za-z_]\w*)[\"'`]?(?: [^.\n]{0,20}?)?\s(?:to|into|as)\s[\"'`]?([A-Za-z_]\w*)",
    re.I,
)


def rename(source: str, wish: str) -> str:
    """Return a program in which a name is another one."""
    match = RENAMED.search(wish)
    return re.sub(rf"(?<!\w){match[1]}(?!\w)", match[2], source) if match else source


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


BEYOND_END = re.compile(r"<= ?(\w[\w.]*)\.length\b(?! ?-)")
BEYOND_LENGTH = re.compile(r"range\(len\((\w+)\) ?\+ ?1\)")
ARROWED = re.compile(
    r"^(async )?function (\w+)\(([^()\n]*)\) ?\{(?:\s*return ([^;\n]+);\s*\n?\}|)", re.M
)


def use_arrows(source: str) -> str:
    """Return JavaScript with arrow functions."""

    def write_arrow(match: re.Match[str]) -> str:
        head = f"const {match[2]} = {match[1] or ''}({match[3]}) =>"
        return f"{head} {match[4]};" if match[4] else f"{head} {{"

    return ARROWED.sub(write_arrow, source)


BLOCKING = re.compile(r"\brequests\.(get|post|put|delete)\(([^()\n]*)\)")


def make_async(source: str, language: str) -> str:
    """Return a program whose functions are asynchronous."""
    if language == "python":
        text = re.sub(r"^([ \t]*)def ", r"\1async def ", source, flags=re.M)
        text = BLOCKING.sub(r"(await asyncio.to_thread(requests.\1, \2))", text)
        text = re.sub(r"\btime\.sleep\(", "await asyncio.sleep(", text)
        return f"import asyncio\n{text}" if "asyncio." in text else text
    text = re.sub(r"(?<!async )\bfunction (?=\w)", "async function ", source)
    return CHAINED.sub(write_awaits, text)


CHAINED = re.compile(
    r"^([ \t]*)(?:return )?(fetch\([^()\n]*\))\s*\.then\(\(?(\w+)\)? => \3\.json\(\)\)"
    r"(?:\s*\.then\(\(?(\w+)\)? => ([^\n]+?)\))?;?$",
    re.M,
)


def write_awaits(match: re.Match[str]) -> str:
    indent, call, reply, data, last = match.groups()
    rows = [f"{indent}const {reply} = await {call};"]
    rows.append(f"{indent}const {data or 'data'} = await {reply}.json();")
    rows.append(f"{indent}{last};" if last else f"{indent}return data;")
    return "\n".join(rows)


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


MISSING_COLON = re.compile(
    r"^([ \t]{0,40}(?:def|class|if|elif|else|for|while|try|except|finally|with)\b"
    r"[^\n:#]{0,200}[^\s:#])[ \t]{0,8}$",
    re.M,
)
OLD_PRINT = re.compile(r"^([ \t]*)print +([^(\n=][^\n]*)$", re.M)
ASSIGNS_IN_TEST = re.compile(r"^([ \t]*(?:if|elif|while) [^\n=!<>]{1,80}[^\n=!<>])=(?!=)", re.M)


def fix_code(source: str, language: str) -> str:
    """Return a program without the mistakes that are plain to see."""
    source = BEYOND_END.sub(r"< \1.length", source)
    source = BEYOND_LENGTH.sub(r"range(len(\1))", source)
    if language != "python":
        return balance(source)
    mended = source
    for pattern, new in (
        (MISSING_COLON, r"\1:"),
        (OLD_PRINT, r"\1print(\2)"),
        (ASSIGNS_IN_TEST, r"\1=="),
    ):
        if parse_python(mended) is None:
            mended = pattern.sub(new, mended)
    if parse_python(mended) is None:
        mended = balance(mended)
    return fix_names(mended, "python") if parse_python(mended) is not None else ""


PARAMETERS = re.compile(r"\w\((?:final )?[\w<>\[\]]+ (\w+)[^()\n]{0,120}\) ?\{\n")


def check_for_null(source: str) -> str:
    """Return a method of Java whose first parameter is checked before it is used."""
    match = PARAMETERS.search(source)
    if match is None or "null" in source:
        return source
    check = f"    if ({match[1]} == null) {{\n        return null;\n    }}\n"
    return f"{source[: match.end()]}{check}{source[match.end() :]}"


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


WORD = re.compile(r"(?<![\w.\"'])[A-Za-z_]\w*")


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
    for name in sorted(used):
        near = difflib.get_close_matches(name, sorted(known), 1, 0.7)
        if near:
            source = re.sub(rf"(?<![\w.]){re.escape(name)}(?!\w)", near[0], source)
    return source


BUILTINS = frozenset(__builtins__ if isinstance(__builtins__, dict) else dir(__builtins__))
APPEND_LOOP = re.compile(
    r"^([ \t]*)(\w+) = \[\]\n\1for (\w+) in ([^\n:]+):\n"
    r"(?:\1[ \t]+if ([^\n:]+):\n)?\1[ \t]+\2\.append\(([^\n]+)\)$",
    re.M,
)
VAR = re.compile(r"^([ \t]*)var (\w+)", re.M)


def improve(source: str, language: str, wish: str) -> str:
    """Return a program with the changes that need no thought; else as it is."""
    if language == "python":
        tree = parse_python(source)
        if tree is None:
            return fix_code(source, language)
        return APPEND_LOOP.sub(write_comprehension, source)
    if language == "sql":
        return source.rstrip().rstrip(";") + ";"
    return VAR.sub(r"\1let \2", source)


def write_comprehension(match: re.Match[str]) -> str:
    condition = f" if {match[5]}" if match[5] else ""
    return f"{match[1]}{match[2]} = [{match[6]} for {match[3]} in {match[4]}{condition}]"
