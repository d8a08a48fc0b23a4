"""Chains of promises in JavaScript, as steps that wait."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex

LINK = make_regex(r"\s*\.(then|catch|finally)\(")
ARROW = make_regex(
    r"\s*(?:async )?(?:\(?\s*(\w*|\{[^{}\n]*\})\s*\)?\s*=>|function\s*\w*\(\s*(\w*)\s*\))\s*(.*)\Z",
    re.S,
)
RETURNED = make_regex(r"\breturn\s+([^;]+);?\s*\Z")


@frozen
class PromiseStep:
    """One call of a chain: its method, and the parameter and the body of its function."""

    method: str
    parameter: str
    body: str


CALLBACK = make_regex(
    r"^([ \t]*)([\w.]+)\(([^()\n]*?),\s*(?:\((\w+)(?:,\s*(\w+))?\)\s*=>"
    r"|function\s*\((\w+)(?:,\s*(\w+))?\))\s*\{(.*)\}\);?\s*\Z",
    re.S | re.M,
)
CHECKS_ERROR = make_regex(r"\s*if \(\w+\)\s*(?:\{[^{}]*\}|(?:throw|return)[^;\n]*;)")


def await_callback(source: str) -> str:
    """Return a call with a callback of Node as a call that is awaited; else as it is."""
    match = CALLBACK.search(source)
    if match is None:
        return source
    indent, call, given, _, data, _, other, body = match.groups()
    plain = re.sub(r"^fs\.", "fs.promises.", call)
    result = (
        f"const {data or other} = await {plain}({given});"
        if data or other
        else f"await {plain}({given});"
    )
    lines = [line.strip() for line in re.split(r"\n|(?<=;) ", CHECKS_ERROR.sub("", body, count=1))]
    rows = [result, *(line for line in lines if line)]
    inside = "\n".join(f"{indent}  {row}" for row in rows)
    return (
        f"{source[: match.start()]}{indent}try {{\n{inside}\n{indent}}} catch (error) {{\n"
        f"{indent}  console.error(error);\n{indent}}}"
    )


def unchain(source: str) -> str:
    """Return a program whose first chain is written with await; as it is without a chain."""
    at = source.find(".then(")
    if at < 0:
        return await_callback(source)
    start = source.rfind("\n", 0, len(source[:at].rstrip())) + 1
    head = source[start:at].strip()
    links, end = read_links(source, at - len(source[:at]) + len(source[:at].rstrip()))
    if not links:
        return source
    indent = source[start : len(source[start:]) - len(source[start:].lstrip()) + start]
    returns = head.startswith("return ")
    rows = write_steps(head.removeprefix("return "), links, returns)
    caught = next((link for link in links if link.method == "catch"), None)
    last = next((link for link in links if link.method == "finally"), None)
    if caught or last:
        rows = ["try {", *(f"  {row}" for row in rows)]
        if caught:
            rows += [f"}} catch ({caught.parameter or 'error'}) {{", *indented(caught)]
        rows += ["} finally {", *indented(last)] if last else []
        rows.append("}")
    body = "\n".join(f"{indent}{row}" if row else "" for row in rows)
    return f"{source[:start]}{body}{source[end:]}"


def indented(link: PromiseStep) -> list[str]:
    return [f"  {row}" for row in split_body(link.body)]


def read_links(source: str, at: int) -> tuple[list[PromiseStep], int]:
    """Return the calls of a chain that begins at a place, and where it ends."""
    links: list[PromiseStep] = []
    while match := LINK.match(source, at):
        close = find_close(source, match.end() - 1)
        inside = ARROW.match(source[match.end() : close]) if close > 0 else None
        given = source[match.end() : close].strip()
        if inside is not None:
            links.append(PromiseStep(match[1], inside[1] or inside[2] or "", inside[3].strip()))
        elif re.fullmatch(r"[\w.]+", given):
            links.append(PromiseStep(match[1], "data", f"{given}(data)"))
        else:
            return [], at
        at = close + 1
    return links, at + (source[at : at + 1] == ";")


def find_close(source: str, at: int) -> int:
    """Return where the bracket at a place is closed; -1 if nowhere."""
    depth = 0
    for place in range(at, len(source)):
        depth += {"(": 1, ")": -1}.get(source[place], 0)
        if depth == 0:
            return place
    return -1


def split_body(body: str) -> list[str]:
    """Return the lines of the body of a function."""
    if not body.startswith("{"):
        return [f"{body};"]
    lines = [line.strip() for line in re.split(r"\n|(?<=;) ", body.strip("{} \n"))]
    return [line for line in lines if line]


def write_steps(value: str, links: list[PromiseStep], returns: bool) -> list[str]:
    rows: list[str] = []
    for link in links:
        if link.method != "then":
            continue
        rows.append(f"const {link.parameter or 'result'} = await {value};" if value else "")
        value = link.body
        if link.body.startswith("{"):
            lines = split_body(link.body)
            ended = RETURNED.search(lines[-1]) if lines else None
            rows += lines[:-1] if ended else lines
            value = ended[1] if ended else ""
    is_step = value.startswith("console.") or (not returns and "(" in value)
    return [row for row in rows if row] + (
        [f"{value};" if is_step else f"return {value};"] if value else []
    )
