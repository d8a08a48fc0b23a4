"""Mistakes in a short program that show only when it runs, with their meaning and the cure."""

from __future__ import annotations

import ast
import re

from mockgem.operations.forms.code_misspelled import check_misspelled
from mockgem.operations.forms.code_types import parse_python
from mockgem.operations.forms.lazy_patterns import make_regex

LIST = make_regex(r"\b(\w+) ?= ?\[([^\[\]\n]{1,200})\]")
DICTIONARY = make_regex(r"\b(\w+) ?= ?\{([^{}]{1,300})\}")
NUMBER = make_regex(r"^[ \t]*(\w+) ?= ?\d+(?:\.\d+)?[ \t]*(?:#[^\n]*)?$", re.M)
READ = make_regex(r"^[ \t]*(\w+) ?= ?(input\([^()\n]*\))", re.M)
CONSTANT = make_regex(r"\bconst (\w+) ?=")
WHILE = make_regex(r"^([ \t]*)while (\w+) ?[<>]=? ?[^\n:]{1,40}:\n", re.M)
Found = tuple[str, str]


def find_mistake(source: str, language: str, wish: str = "") -> Found | None:
    """Return a program without its mistake, and what the mistake is; None if none is found."""
    if language != "python" and (found := check_undefined(source, wish)):
        return found
    if language == "sql":
        return check_group(source)
    if found := check_last_step(source, wish):
        return found
    checks = PYTHON_CHECKS if language == "python" else SCRIPT_CHECKS
    if language not in ("python", "javascript", "typescript", "jsx", "tsx"):
        return None
    return next(filter(None, (check(source) for check in checks)), None)


MISSES_LAST = make_regex(
    r"\b(?:last|final) (?:element|item|entry|value|number|one|row|character|letter)\b"
    r"|\boff[- ]by[- ]one\b"
    r"|\b(?:skips?|misses|ignores|forgets) the (?:last|end)\b",
    re.I,
)
STOPS_EARLY = make_regex(
    r"(?P<loop>< ?[A-Za-z_][\w.]*(?:\.length|\.size\(\)|\.Length|\.Count|\.count)"
    r"|range\((?:\d+, ?)?len\(\w+\)) ?- ?1\b"
)
"""The end of a loop that leaves out the last element."""


def check_last_step(source: str, wish: str) -> Found | None:
    """Return a program whose loop reaches the last element, if the prompt misses it."""
    match = STOPS_EARLY.search(source) if MISSES_LAST.search(wish) else None
    if match is None or re.search(r"\[\w+ ?\+ ?1\]", source):
        return None
    fixed = source[: match.start()] + match["loop"] + source[match.end() :]
    return fixed, (
        "The loop ends one step too early, so the last element is never checked: "
        f"`{match[0]}` has to be `{match['loop']}`."
    )


UNGROUPED = make_regex(
    r"\ASELECT\s+([a-z_][\w.]*(?:,\s?[a-z_][\w.]*){0,4}),\s*(?:COUNT|SUM|AVG|MIN|MAX)\([^()\n]*\)",
    re.I,
)


def check_group(source: str) -> Found | None:
    """Return a query with the group that its count or sum needs."""
    match = UNGROUPED.match(source.strip())
    if match is None or "group by" in source.lower():
        return None
    body, order, rest = re.split(
        r"(?i)(\s+(?:ORDER BY|LIMIT)\b|\Z)", source.strip().rstrip(";"), maxsplit=1
    )
    fixed = f"{body}\nGROUP BY {match[1]}{order}{rest};"
    return fixed, (
        f"`{match[1]}` stands beside an aggregate, so the query needs `GROUP BY {match[1]}`."
    )


def check_index(source: str) -> Found | None:
    for match in LIST.finditer(source):
        name, count = match[1], match[2].count(",") + 1
        used = re.search(rf"\b{name}\[(\d+)\]", source[match.end() :])
        if used and int(used[1]) >= count:
            fixed = source[: match.end()] + re.sub(
                rf"\b{name}\[{used[1]}\]", f"{name}[{count - 1}]", source[match.end() :]
            )
            return fixed, (
                f"`{name}` has {count} items, so its last index is {count - 1}, and "
                f"`{name}[{used[1]}]` raises an `IndexError`."
            )
    return None


def check_key(source: str) -> Found | None:
    for match in DICTIONARY.finditer(source):
        keys = re.findall(r"[\"'](\w+)[\"'] ?:", match[2])
        used = re.search(rf"\b{match[1]}\[[\"'](\w+)[\"']\](?! ?=)", source[match.end() :])
        if keys and used and used[1] not in keys:
            fixed = source.replace(used[0], f'{match[1]}.get("{used[1]}")')
            return fixed, f"`{match[1]}` has no key `{used[1]}`, so Python raises a `KeyError`."
    return None


def check_sum_of_text(source: str) -> Found | None:
    for match in NUMBER.finditer(source):
        used = re.search(rf"([\"'] ?\+ ?)({match[1]})\b", source)
        if used:
            fixed = source[: used.start(2)] + f"str({used[2]})" + source[used.end(2) :]
            return (
                fixed,
                f"A text and the number `{match[1]}` cannot be added: this is a `TypeError`.",
            )
    literal = re.search(r"([\"'] ?\+ ?)(\d+)\b", source)
    if literal:
        fixed = source[: literal.start(2)] + f"str({literal[2]})" + source[literal.end(2) :]
        return fixed, f"A text and the number {literal[2]} cannot be added: this is a `TypeError`."
    return None


def check_input(source: str) -> Found | None:
    for match in READ.finditer(source):
        if re.search(rf"\b{match[1]} ?(?:[<>+*/-]|==|%)=? ?\d", source[match.end() :]):
            fixed = source.replace(match[2], f"int({match[2]})", 1)
            return fixed, f"`input` returns a text, so `{match[1]}` has to become a number first."
    return None


def check_loop(source: str) -> Found | None:
    match = WHILE.search(source)
    if match is None or re.search(rf"\b{match[2]} ?[-+*/]?= ", source[match.end() :]):
        return None
    body = re.match(rf"(?:{match[1]}[ \t]+[^\n]*(?:\n|\Z))+", source[match.end() :])
    if body is None or re.search(r"\b(?:break|return)\b", body[0]):
        return None
    end = match.end() + body.end()
    line = f"{match[1]}    {match[2]} += 1"
    fixed = f"{source[:end].rstrip()}\n{line}\n{source[end:]}".rstrip()
    return fixed, f"`{match[2]}` never changes inside the loop, so the loop never ends."


def check_zero(source: str) -> Found | None:
    if re.search(r"/ ?0\b(?!\.)", source) is None:
        return None
    return re.sub(
        r"/ ?0\b(?!\.)", "/ 1", source
    ), "A number is divided by zero: `ZeroDivisionError`."


def check_constant(source: str) -> Found | None:
    for match in CONSTANT.finditer(source):
        if re.search(rf"(?<![\w.]){match[1]} ?(?:[-+*/]?=(?![=>])|\+\+|--)", source[match.end() :]):
            fixed = source.replace(match[0], match[0].replace("const", "let", 1), 1)
            return fixed, f"`{match[1]}` is a constant, and a constant cannot get another value."
    return None


def check_closure(source: str) -> Found | None:
    if not re.search(r"\bfor \(var \w+[\s\S]{0,200}(?:setTimeout|addEventListener|=>)", source):
        return None
    return re.sub(r"\bfor \(var ", "for (let ", source), (
        "`var` is shared by all rounds of the loop, so each callback sees its last value; `let` "
        "is not."
    )


def check_for_in(source: str) -> Found | None:
    match = re.search(r"\bfor \((let|const|var) (\w+) in (\w+)\)", source)
    if match is None or not re.search(rf"(?:\+=|\() ?{match[2]}\b(?!\])", source[match.end() :]):
        return None
    fixed = source.replace(match[0], match[0].replace(" in ", " of "), 1)
    return fixed, (
        f"`for … in` goes through the positions of `{match[3]}`; `for … of` goes through its "
        "values."
    )


def check_promise(source: str) -> Found | None:
    match = re.search(r"= (fetch\([^()\n]*\)|\w+\.json\(\))(?! ?\.then)", source)
    if match is None or "await" in source or ".then" in source:
        return None
    fixed = source.replace(match[1], f"await {match[1]}")
    fixed = re.sub(r"(?<!async )function ", "async function ", fixed, count=1)
    return fixed, "The call returns a promise, and its value is there only after `await`."


SILENT_SCRIPT = make_regex(
    r"(\bfunction \w+\([^()\n]*\) ?\{\s+|=> ?\{\s+)(?!return\b)"
    r"([\w.]+ ?[-+*/%] ?[\w. +*/%-]+;?\s*\})"
)


def check_return(source: str) -> Found | None:
    """Return a function that gives back what it works out, if it forgets to."""
    match = SILENT_SCRIPT.search(source)
    if match is None:
        return None
    fixed = f"{source[: match.end(1)]}return {source[match.start(2) :]}"
    return fixed, FORGOTTEN.format("undefined")


def check_python_return(source: str) -> Found | None:
    """Return a function of Python that gives back what it works out, if it forgets to."""
    tree = parse_python(source)
    for function in ast.walk(tree) if tree else ():
        if not isinstance(function, ast.FunctionDef):
            continue
        last = function.body[-1]
        returns = any(isinstance(node, ast.Return) for node in ast.walk(function))
        if isinstance(last, ast.Expr) and isinstance(last.value, SILENT) and not returns:
            lines = source.split("\n")
            line = lines[last.lineno - 1]
            lines[last.lineno - 1] = f"{line[: last.col_offset]}return {line[last.col_offset :]}"
            return "\n".join(lines), FORGOTTEN.format("None")
    return None


SILENT = (ast.BinOp, ast.Compare, ast.BoolOp, ast.Name, ast.ListComp, ast.Subscript)
"""Expressions whose value is lost if nothing takes it."""
FORGOTTEN = "The function works out a value but has no `return`, so it gives `{0}`."


USED_WITHOUT_CHECK = make_regex(r"(?<![\w.?)])([a-z]\w{0,40})\.(map|filter|forEach|reduce|find)\(")


def check_undefined(source: str, wish: str) -> Found | None:
    """Return a program that works without its list, if the error says that it has none."""
    match = USED_WITHOUT_CHECK.search(source)
    if match is None or not re.search(r"\bof (?:undefined|null)\b", wish):
        return None
    name, step = match[1], match[2]
    fixed = f"{source[: match.start()]}({name} ?? []).{step}({source[match.end() :]}"
    return fixed, (
        f"`{name}` is undefined when `.{step}` is called, for example before the data has "
        f"arrived. With `?? []` an empty list is used until then."
    )


NULL = make_regex(r"\b(?:const|let|var) (\w+) ?= ?(null|undefined)\b;?")


def check_null(source: str) -> Found | None:
    """Return a program that reads a field of nothing with `?.`, and says why it failed."""
    for match in NULL.finditer(source):
        name, value = match.groups()
        used = re.search(rf"(?<![\w.]){name}\.(\w+)(?! ?=[^=])", source[match.end() :])
        if used:
            rest = source[match.end() :].replace(used[0], f"{name}?.{used[1]}", 1)
            return source[: match.end()] + rest, (
                f"`{name}` is {value}, and {value} has no properties, so reading `{used[0]}` "
                f"throws a `TypeError`. With `?.` the result is undefined instead of an error."
            )
    return None


DIVIDES = make_regex(r"^(?P<pad>[ \t]+)return [^\n]*/ ?len\((?P<name>\w+)\)[^\n]*$", re.M)
EMPTY_CALL = make_regex(r"\b(\w+)\(\[\]\)")


def check_empty_call(source: str) -> Found | None:
    """Return a program that divides by the length of a list and is called with an empty one."""
    called, divides = EMPTY_CALL.search(source), DIVIDES.search(source)
    if called is None or divides is None or f"def {called[1]}(" not in source:
        return None
    if source.rfind("def ", 0, divides.start()) != source.find(f"def {called[1]}("):
        return None
    pad, name = divides["pad"], divides["name"]
    fixed = (
        f"{source[: divides.start()]}{pad}if not {name}:\n{pad}    return 0\n"
        f"{source[divides.start() :]}"
    )
    reason = (
        f"`{called[0]}` fails with a `ZeroDivisionError`: `len({name})` is 0 for an empty list."
        " This version returns 0 then."
    )
    return fixed, reason


MUTABLE = make_regex(
    r"(?P<head>def (?P<name>\w+)\([^()\n]*?\b(?P<arg>\w+)(?:: ?[\w\[\], ]+)?) ?= ?(?P<value>\[\]"
    r"|\{\})(?P<rest>[^()\n]*\)[^:\n]*:\n)(?P<pad>[ \t]+)"
)


def check_default(source: str) -> Found | None:
    """Return a function whose default is a list of its own for each call."""
    match = MUTABLE.search(source)
    if match is None or source[match.end() :].startswith(('"', "'")):
        return None
    arg, value, pad = match["arg"], match["value"], match["pad"]
    guard = f"if {arg} is None:\n{pad}    {arg} = {value}\n{pad}"
    fixed = (
        f"{source[: match.start()]}{match['head']}=None{match['rest']}{pad}{guard}"
        f"{source[match.end() :]}"
    )
    return fixed, (
        f"The default `{arg}={value}` is created once and shared by all calls of `{match['name']}`,"
        " so values of earlier calls stay in it. This version makes a new one for each call."
    )


PYTHON_CHECKS = (
    check_default,
    check_empty_call,
    check_index,
    check_key,
    check_sum_of_text,
    check_input,
    check_zero,
    check_loop,
    check_python_return,
    check_misspelled,
)
SCRIPT_CHECKS = (
    check_null,
    check_constant,
    check_closure,
    check_promise,
    check_for_in,
    check_return,
)
