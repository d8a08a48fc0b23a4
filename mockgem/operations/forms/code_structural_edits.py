"""Larger edits of a given program: nested callbacks, chains of conditions, errors of its own."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

CALL = make_regex(
    r"^[ \t]*(?:return )?(?P<call>[\w.]+)\((?P<given>[^()\n]*(?:\([^()\n]*\)[^()\n]*)*?),\s*"
    r"(?:function\s*\w*\s*)?\(\s*(?P<error>\w+)(?:,\s*(?P<data>\w+))?\s*\)\s*(?:=>\s*)?\{[ \t]*\n",
    re.M,
)
"""A call whose last argument is a callback with an error and a result."""
CHECKS = make_regex(
    r"^[ \t]*if \(\s*\w+\s*\)\s*(?:\{[^{}]*\}|return [^;\n]*;?|throw [^;\n]*;?)[ \t]*\n", re.M
)
"""The check for an error at the beginning of a callback."""
HEAD = make_regex(
    r"(?:async )?function (?P<name>\w+)\((?P<given>[^()\n]*?),?\s*(?P<back>cb|callback|done"
    r"|next)\s*\)\s*\{\n(?P<body>.*)\}\s*;?\s*\Z",
    re.S,
)
MOST_CALLS = 12


def await_callbacks(source: str) -> str:
    """Return a function with nested callbacks as an asynchronous one; empty for other programs."""
    head = HEAD.search(source)
    if head is None:
        return ""
    rows: list[str] = []
    body = head["body"]
    for _ in range(MOST_CALLS):
        match = CALL.search(body)
        if match is None:
            break
        rows += [line.strip() for line in body[: match.start()].splitlines() if line.strip()]
        given = match["given"].strip()
        call = f"await {match['call']}({given})"
        rows.append(f"const {match['data']} = {call};" if match["data"] else f"{call};")
        inside = body[match.end() :]
        body = CHECKS.sub("", inside[: inside.rfind("}")], count=1)
    if not rows:
        return ""
    back = head["back"]
    result = re.search(rf"\b{back}\(\s*null\s*,\s*(?P<value>.+?)\)\s*;", body, re.S)
    rest = body[: result.start()] if result else body
    rest = re.sub(rf"^[ \t]*(?:return )?{back}\([^\n]*\);?[ \t]*$", "", rest, flags=re.M)
    rows += [line.strip() for line in rest.splitlines() if line.strip(" \t});")]
    rows += [f"return {result['value'].strip()};"] if result else []
    inner = "\n".join(f"  {row}" for row in rows)
    before = source[: head.start()]
    return f"{before}async function {head['name']}({head['given'].strip()}) {{\n{inner}\n}}"


BRANCH = make_regex(
    r"^(?P<indent>[ \t]+)(?:el)?if (?P<name>\w+) == (?P<key>\"[^\"\n]*\"|'[^'\n]*'|-?\d+):\s*\n"
    r"[ \t]+return (?P<value>[^\n]+)\n?",
    re.M,
)
LAST = make_regex(
    r"^(?P<indent>[ \t]+)else:\s*\n[ \t]+return (?P<value>[^\n]+)\n?"
    r"|^[ \t]+return (?P<after>[^\n]+)\n?",
    re.M,
)
FEWEST = 2
WANTS_TABLE = make_regex(r"\b(?:dict(?:ionary)?|lookup(?: table)?|mapping|hash ?map)\b", re.I)


def use_dictionary(source: str) -> str:
    """Return a Python function with a dictionary in place of its conditions; empty for others."""
    found = list(BRANCH.finditer(source))
    if len(found) < FEWEST or len({one["name"] for one in found}) > 1:
        return ""
    indent, name = found[0]["indent"], found[0]["name"]
    end = found[-1].end()
    last = LAST.match(source, end)
    usual = (last["value"] or last["after"]).strip() if last else "None"
    rows = "\n".join(f"{indent}    {one['key']}: {one['value'].strip()}," for one in found)
    table = f"{indent}values = {{\n{rows}\n{indent}}}\n"
    rest = source[last.end() if last else end :]
    result = f"{indent}return values.get({name}, {usual})\n"
    return f"{source[: found[0].start()]}{table}{result}{rest}".rstrip()


WANTS_CACHE = make_regex(r"\b(?:memoi[sz]\w+|lru_cache|cach(?:e|es|ed|ing))\b", re.I)
FIRST_FUNCTION = make_regex(r"^def \w+\(", re.M)


def cache_results(source: str) -> str:
    """Return a Python function whose results are kept; empty for other programs."""
    match = FIRST_FUNCTION.search(source)
    if match is None or "@cache" in source or "@lru_cache" in source:
        return ""
    head = f"{source[: match.start()]}@cache\n{source[match.start() :]}"
    return f"from functools import cache\n\n\n{head}"


RAISES = make_regex(
    r"\bmake (?:the )?`?(?P<method>\w+)`?(?:\(\))?(?: method)? (?:raise"
    r"|throw)s? (?:an? )?(?:custom |own )?"
    r"`?(?P<error>[A-Z]\w*(?:Error|Exception))`?"
    r"|\b(?P<method2>\w+)(?:\(\))? should (?:raise"
    r"|throw) (?:an? )?(?:custom )?`?(?P<error2>[A-Z]\w*(?:Error|Exception))`?",
)
LIST_FIELD = make_regex(r"\bself\.(\w+) = \[\]")


def raise_own_error(source: str, wish: str) -> str:
    """Return a Python class whose method raises an error of its own; as it is without a wish."""
    match, held = RAISES.search(wish), LIST_FIELD.search(source)
    if match is None or held is None:
        return source
    method, error = match["method"] or match["method2"], match["error"] or match["error2"]
    head = re.search(rf"^([ \t]+)def {method}\(self[^\n]*:\n", source, re.M)
    if head is None or f"class {error}" in source:
        return source
    inside = f"{head[1]}    "
    said = f'raise {error}("There is nothing to {method}")'
    check = f"{inside}if not self.{held[1]}:\n{inside}    {said}\n"
    changed = source[: head.end()] + check + source[head.end() :]
    at = re.search(r"^class \w", changed, re.M)
    place = at.start() if at else 0
    return f"{changed[:place]}class {error}(Exception):\n    pass\n\n\n{changed[place:]}"
