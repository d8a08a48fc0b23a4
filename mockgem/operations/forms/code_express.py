"""Servers of Express, and functions that fetch."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_endpoints import list_routes
from mockgem.operations.forms.code_names import to_camel
from mockgem.operations.forms.code_replies import find_sent, write_literal
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_route_checks import write_express_body
from mockgem.operations.forms.code_snippets import URL
from mockgem.operations.forms.lazy_patterns import make_regex

PORT = make_regex(r"\bport (\d{2,5})\b", re.I)


def write_express(request: CodeRequest) -> str:
    """Return an Express server with the routes and the port that a prompt names."""
    if re.search(r"\bmiddleware\b", request.text, re.I) and not re.search(
        r"\bserver\b|\bapi\b", request.text
    ):
        own = to_camel(request.name) if request.name not in ("run", "Item") else "logRequest"
        types = ": any" if request.language == "typescript" else ""
        return (
            f"export function {own}(request{types}, response{types}, next{types}) {{\n"
            "  console.log(request.method, request.url);\n  next();\n}"
        )
    port = PORT.search(request.text)
    if PLAIN_NODE.search(request.text):
        return write_plain_server(request.text, port[1] if port else "3000")
    rows = []
    for method, path in list_routes(request.text):
        path = re.sub(r"\{(\w+)\}|<(\w+)>", lambda found: f":{found[1] or found[2]}", path)
        name = re.search(r":(\w+)", path)
        sent = find_sent(request.text) or {"status": "ok"}
        reply = write_literal(sent, "javascript")
        if method in ("POST", "PUT", "PATCH"):
            reply = "request.body"
        elif name:
            reply = f"{{ {name[1]}: request.params.{name[1]} }}"
        before, body = write_express_body(method, path, request.text)
        if body:
            rows.append(
                f"{before}\n\napp.{method.lower()}('{path}', (request, response) => {{\n{body}}});"
            )
            continue
        status = "status(201)." if method == "POST" else ""
        send = "json" if reply[0] in "{r" else "send"
        rows.append(
            f"app.{method.lower()}('{path}', (request, response) => {{\n"
            f"  response.{status}{send}({reply});\n}});"
        )
    body = "\n\n".join(rows)
    if re.search(r"\bcors\b", request.text, re.I):
        url = URL.search(request.text)
        given = f"{{ origin: '{url[0].rstrip('.,')}' }}" if url else ""
        return (
            "import cors from 'cors';\nimport express from 'express';\n\nconst app = express();\n"
            f"app.use(cors({given}));\napp.use(express.json());\n\n{body}\n\n"
            f"app.listen({port[1] if port else 3000});"
        )
    return (
        "import express from 'express';\n\nconst app = express();\napp.use(express.json());\n\n"
        f"{body}\n\napp.listen({port[1] if port else 3000});"
    )


PLAIN_NODE = make_regex(
    r"\b(?:without|no) (?:using )?(?:express|frameworks?|dependencies)\b|\bnode:http\b|\bhttp "
    r"module\b"
    r"|\b(?:plain|vanilla|pure|built-in) (?:node|http)\b",
    re.I,
)


def write_plain_server(text: str, port: str) -> str:
    """Return a server of Node.js that needs no package."""
    sent = find_sent(text) or {"status": "ok"}
    is_text = isinstance(sent, str)
    kind = "text/plain" if is_text else "application/json"
    body = write_literal(sent, "javascript")
    return (
        "import { createServer } from 'node:http';\n\n"
        "const server = createServer((request, response) => {\n"
        f"  response.writeHead(200, {{ 'Content-Type': '{kind}' }});\n"
        f"  response.end({body if is_text else f'JSON.stringify({body})'});\n}});\n\n"
        f"server.listen({port}, () => console.log('Listening on port {port}'));"
    )


POSTS = make_regex(
    r"\bPOST\b|\bpost (?:request|data|json|to)\b"
    r"|\b(?:send|submit)\w*\b[^.\n]{0,20}\b(?:json|data)\b"
)


def write_post(name: str, types: str, address: str) -> str:
    """Return a function that sends JSON to an address, or to the one that it takes."""
    own = "postData" if name == "fetchData" else name
    given = ", ".join(
        [*([] if address else [f"url{types}"]), f"data{': unknown' if types else ''}"]
    )
    return (
        f"export async function {own}({given}){': Promise<unknown>' if types else ''} {{\n"
        f"  const response = await fetch({address or 'url'}, {{\n    method: 'POST',\n"
        "    headers: { 'Content-Type': 'application/json' },\n"
        "    body: JSON.stringify(data),\n  });\n"
        "  if (!response.ok) {\n    throw new Error(`HTTP ${response.status}`);\n  }\n"
        "  return response.json();\n}"
    )


def write_fetch(request: CodeRequest) -> str:
    """Return a function that loads JSON from the address that a prompt names."""
    url = URL.search(request.text)
    name = to_camel(request.name) if request.name not in ("run", "Item") else "fetchData"
    by = re.search(
        r"\bby (?:an? |the |its |their )?(id|name|slug|email|\w+_?[iI]d)\b", request.text
    )
    taken = request.parameters or ((by[1],) if by else ()) or (() if url else ("url",))
    typed = re.search(r"\b(?:typed|returns? an?|type) ([A-Z]\w+)", request.text)
    types = ": string" if request.language == "typescript" else ""
    returns = f": Promise<{typed[1] if typed else 'unknown'}>" if types else ""
    interface = (
        f"export interface {typed[1]} {{\n  id: number;\n  name: string;\n}}\n\n"
        if types and typed
        else ""
    )
    if POSTS.search(request.text):
        return write_post(name, types, f"'{url[0].rstrip('.,')}'" if url else "")
    address = f"'{url[0].rstrip('.,')}'" if url else taken[0]
    if url and taken:
        address = f"`{url[0].rstrip('.,/')}/${{{taken[0]}}}`"
    given = ", ".join(f"{one}{types}" for one in taken)
    return (
        f"{interface}export async function {name}({given}){returns} {{\n  const response = await "
        f"fetch({address});\n"
        "  if (!response.ok) {\n    throw new Error(`HTTP ${response.status}`);\n  }\n"
        "  return response.json();\n}"
    )
