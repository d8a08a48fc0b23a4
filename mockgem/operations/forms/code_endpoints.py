"""Endpoints of FastAPI and Flask, and decorators of Python."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_replies import find_sent, write_literal
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_route_checks import write_fastapi_body
from mockgem.operations.forms.lazy_patterns import make_regex

ROUTE = make_regex(
    r"\b(GET|POST|PUT|DELETE|PATCH)\b(?: (?:request|endpoint|route))?(?: (?:to|at|for"
    r"|on))? ?[`\"']?(/[\w/{}:<>.-]*)"
    r"|(?<![\w.:/])(/[a-z][\w/{}:<>-]*)",
)


RESOURCE = make_regex(
    r"\b(?:api|endpoints?|routes|server|backend|crud)\b[^.\n]{0,24}?\b(?:for|of|to manage"
    r"|managing) (?:a |an |the )?"
    r"(?!(?:list|create)\b)(\w{3,20})|\b(?:list|create|delete|update"
    r"|manage)\w* (?:and \w+ )?(?:a |an |the )?(\w{3,20}s)\b",
    re.I,
)
VERBS = (
    ("list", "GET", ""),
    ("create|add", "POST", ""),
    ("get|read|show", "GET", "/:id"),
    ("update|edit", "PUT", "/:id"),
    ("delete|remove", "DELETE", "/:id"),
)


def list_resource_routes(text: str) -> list[tuple[str, str]]:
    """Return the routes for "routes to list, create and delete todos"; empty without such verbs."""
    match = RESOURCE.search(text)
    wants = [
        row
        for row in VERBS
        if re.search(rf"\b(?:{row[0]})\b", text, re.I) or re.search(r"\bcrud\b", text, re.I)
    ]
    if match is None or len(wants) < 2:
        return []
    name = next(filter(None, match.groups())).lower()
    path = f"/{name if name.endswith('s') else f'{name}s'}"
    return [(method, f"{path}{end}") for _, method, end in wants]


def list_routes(text: str) -> list[tuple[str, str]]:
    """Return the methods and the paths that a text names."""
    found = [(match[1] or "GET", match[2] or match[3]) for match in ROUTE.finditer(text)]
    words = re.findall(
        r"\b(?:a|an|and|with) (GET|POST|PUT|DELETE) (?:endpoint|route|request)", text
    )
    rows = (
        list(dict.fromkeys(found))
        or list_resource_routes(text)
        or [(word, "/items") for word in words]
    )
    return [(method, path.rstrip(".")) for method, path in rows][:6] or [("GET", "/")]


RETURNS = make_regex(r"[^/\n]{0,14}\breturn\w*\s(?:the |a |back )?[\"'`]?([\w ]{2,24})")


def find_returned(path: str, text: str) -> str:
    """Return what a route returns in a prompt: the word, "body" for the posted data; else empty."""
    at = text.find(path)
    match = RETURNS.match(text, at + len(path)) if at >= 0 else None
    if match is None:
        return ""
    if re.search(r"\bposted|\bbody|\brequest|\binput|\bsame", match[1]):
        return "body"
    word = match[1].split()[0]
    return word if word not in ("all", "list", "json", "current", "user", "users", "list") else ""


def name_route(method: str, path: str) -> str:
    words = re.findall(r"[a-z]\w*", path)
    verb = {"GET": "read", "POST": "create", "PUT": "update", "DELETE": "delete"}.get(
        method, "change"
    )
    return "_".join([verb, *words]) if words else f"{verb}_root"


LISTS = make_regex(r"\b(?:list of|lists?|all)\b", re.I)


def list_examples(request: CodeRequest, path: str) -> list[dict[str, object]] | dict[str, str]:
    """Return two example items for a path whose answer is a list; else a status."""
    if not LISTS.search(request.text) or not path.endswith("s"):
        return {"status": "ok"}
    name = path.rsplit("/", 1)[-1].removesuffix("s").capitalize()
    return [{"id": at, "name": f"{name} {at}"} for at in (1, 2)]


def write_fastapi(request: CodeRequest) -> str:
    rows = []
    for method, path in list_routes(request.text):
        path = re.sub(r":(\w+)|<(?:\w+:)?(\w+)>", lambda found: f"{{{found[1] or found[2]}}}", path)
        names = re.findall(r"\{(\w+)\}", path)
        given = [f"{name}: {'int' if name.endswith('id') else 'str'}" for name in names]
        given += ["item: Item"] if method in ("POST", "PUT", "PATCH") else []
        result = (
            "item"
            if "item: Item" in given
            else f'{{"{names[0]}": {names[0]}}}'
            if names
            else write_literal(find_sent(request.text) or list_examples(request, path), "python")
        )
        before, steps = write_fastapi_body(method, path, request.text)
        rows.append(
            (f"{before}\n\n\n" if before else "") + f'@app.{method.lower()}("{path}")\nasync def '
            f"{name_route(method, path)}({', '.join(given)}):\n"
            f"{steps or f'    return {result}'}"
        )
    has_body = any("item: Item" in row for row in rows)
    used = "FastAPI, HTTPException" if "HTTPException" in "".join(rows) else "FastAPI"
    head = f"from fastapi import {used}\n"
    head += (
        "from pydantic import BaseModel\n\napp = FastAPI()\n" if has_body else "\napp = FastAPI()\n"
    )
    typed = TYPED_FIELD.findall(request.text)
    fields = request.members or (("name", "string"), ("price", "number"))
    types = {
        "string": "str",
        "integer": "int",
        "number": "float",
        "boolean": "bool",
        "array": "list[str]",
    }
    rows_of_model = [f"    {name}: {types.get(kind, 'str')}\n" for name, kind in fields]
    if len(typed) > 1:
        rows_of_model = [
            f"    {name}: {kind}{f' = {default.strip()}' if default else ''}\n"
            for name, kind, default in typed
        ]
    model = "\n\nclass Item(BaseModel):\n" + "".join(rows_of_model)
    if {"price", "quantity"} <= {name for name, _, _ in typed} and TOTAL.search(request.text):
        rows = [
            row.replace("return item", 'return {"total": item.price * item.quantity}')
            for row in rows
        ]
    return f"{head}{model if has_body else ''}\n\n" + "\n\n\n".join(rows)


TYPED_FIELD = make_regex(
    r"\b([a-z_]\w{0,30}): ?(str|int|float|bool|date|datetime|list\[\w+\]"
    r"|dict)\b(?: ?= ?([\w.\"'-]{1,20}))?"
)
"""A field of a model with its type: "quantity: int = 1"."""
TOTAL = make_regex(r"\breturn\w* (?:the )?total\b", re.I)


def write_flask(request: CodeRequest) -> str:
    rows = []
    for method, path in list_routes(request.text):
        path = re.sub(r":(\w+)|\{(\w+)\}", lambda found: f"<{found[1] or found[2]}>", path)
        names = re.findall(r"<(?:\w+:)?(\w+)>", path)
        returned = find_returned(path, request.text)
        method = "POST" if returned == "body" and method == "GET" else method
        sent = write_literal(find_sent(request.text) or {"status": "ok"}, "python")
        result = "request.get_json()" if method in ("POST", "PUT", "PATCH") else sent
        if returned and returned != "body":
            result = f'"{returned}"'
        if names and method == "GET":
            result = f'{{"{names[0]}": {names[0]}}}'
        rows.append(
            f'@app.{method.lower()}("{path}")\ndef '
            f"{name_route(method, path)}({', '.join(names)}):\n"
            f"    return jsonify({result})"
        )
    body = "\n\n\n".join(rows)
    return (
        f"from flask import Flask, jsonify, request\n\napp = Flask(__name__)\n\n\n{body}\n\n\n"
        'if __name__ == "__main__":\n    app.run(debug=True)'
    )


MEASURES = make_regex(
    r"\b(?:execution|running|elapsed|run)[ -]?time\b|\bhow long\b|\bduration\b|\bmeasur\w+", re.I
)
"""A wish for the time of a call, not for a number of times."""


def write_decorator(request: CodeRequest) -> str:
    name = (
        request.name
        if request.name not in ("run", "takes") and "_" not in request.name[:1]
        else "decorator"
    )
    timed = re.search(r"\btim(?:e|es|ing|eit|er)\b|how long|duration", request.text, re.I)
    retried = re.search(r"\bretr(?:y|ies)\b|again", request.text, re.I)
    count = re.search(r"\b(\d{1,2}) times\b", request.text)
    most = int(count[1]) if count else 3
    if retried:
        timed = MEASURES.search(request.text)
    if retried and timed:
        name = "measure_and_retry" if name in ("sort_items", "decorator", "retry", "log") else name
        steps = (
            f"        for attempt in range({most}):\n"
            "            start = time.perf_counter()\n            try:\n"
            "                return function(*args, **kwargs)\n            except Exception:\n"
            f"                if attempt == {most - 1}:\n                    raise\n"
            "            finally:\n                seconds = time.perf_counter() - start\n"
            '                print(f"{function.__name__} took {seconds:.3f} s")'
        )
    elif retried:
        steps = (
            f"        for attempt in range({most}):\n            try:\n"
            "                return function(*args, **kwargs)\n            except Exception:\n"
            f"                if attempt == {most - 1}:\n                    raise"
        )
    elif timed:
        steps = (
            "        start = time.perf_counter()\n        result = function(*args, **kwargs)\n"
            '        print(f"{function.__name__} took {time.perf_counter() - start:.3f} s")\n'
            "        return result"
        )
    else:
        steps = (
            '        print(f"Calling {function.__name__} with {args} {kwargs}")\n'
            "        result = function(*args, **kwargs)\n"
            '        print(f"{function.__name__} returned {result!r}")\n        return result'
        )
    imports = "import functools\nimport time\n" if timed else "import functools\n"
    return (
        f"{imports}\n\ndef {name}(function):\n    @functools.wraps(function)\n"
        f"    def wrapper(*args, **kwargs):\n{steps}\n\n    return wrapper"
    )
