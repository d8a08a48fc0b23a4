"""What an endpoint replies in a prompt: a JSON object or a text, and programs that send it."""

from __future__ import annotations

import json
import re
from typing import Any

from mockgem.operations.forms.code_names import to_camel, to_pascal
from mockgem.operations.forms.lazy_patterns import make_regex

JSON_START = make_regex(r"\{\s*\"")
SAID = make_regex(
    r"\b(?:returns?|returning|responds?|responding|repl(?:y|ies)|replying|sends?|says?|prints?"
    r"|answers?|text|greeting|displays?|outputs?)\b[^.\n\"'“`{]{0,40}[\"'“`]([^\"'”`\n"
    r"]{2,60})[\"'”`]",
    re.I,
)


PLAIN = make_regex(
    r"\b(?:returns?|responds? with|sends?|says?|prints?|displays?) (?:the (?:text|string"
    r"|message) )?"
    r"(hello,? world!?|pong|ok)(?=[\s.,]|\Z)",
    re.I,
)


def find_sent(text: str) -> dict[str, Any] | str | None:
    """Return the JSON object or the quoted text that an endpoint sends; None without one."""
    start = JSON_START.search(text)
    start = start if start and not TAKEN.search(text, 0, start.start()) else None
    try:
        value = json.JSONDecoder().raw_decode(text, start.start())[0] if start else None
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict) and value:
        return value
    said = SAID.search(text) or PLAIN.search(text)
    return said[1].strip() if said and not said[1].startswith("/") else None


TAKEN = make_regex(
    r"\b(?:accept\w*|receiv\w*|body|payload|posts?|takes?|input|request)\b[^.\n]{0,30}\Z", re.I
)
"""The words before the JSON that a request brings."""


def write_literal(value: Any, language: str) -> str:
    """Return a JSON value as Python or JavaScript writes it."""
    if language == "python":
        return json.dumps(value, ensure_ascii=False) if is_plain(value) else repr(value)
    text = json.dumps(value, ensure_ascii=False)
    text = re.sub(r"\"([A-Za-z_]\w*)\": ", r"\1: ", text)
    text = re.sub(r"\"([^\"'\\]*)\"", r"'\1'", text)
    return re.sub(r"\{(.*)\}", r"{ \1 }", text) if isinstance(value, dict) else text


def is_plain(value: Any) -> bool:
    """Return whether Python writes a JSON value as JSON does."""
    return not re.search(r"\b(?:true|false|null)\b", json.dumps(value))


HANDLER = make_regex(
    r"\bhandler (?:called |named |func(?:tion)? )?`?([A-Za-z]\w+)|\b([A-Za-z]\w*Handler)\b"
    r"|\b(?!HTTP|JSON|REST)([A-Z]\w+) handler\b"
)
NOT_NAMES = frozenset(("that", "which", "for", "in", "HTTP", "on", "to", "with", "function", "at"))
PATH = make_regex(r"(?<![\w/:.])(/[a-z][\w/-]*)")


def find_handler(text: str) -> str:
    """Return the name that a prompt gives a handler; empty without one."""
    match = HANDLER.search(text)
    name = next(filter(None, match.groups())) if match else ""
    return "" if name in NOT_NAMES else name


def write_go_reply(text: str, port: str) -> str:
    """Return a server of Go that sends the JSON or the text of a prompt; empty without one."""
    sent, path = find_sent(text), PATH.search(text)
    if sent is None:
        return ""
    own = path[1].strip("/").replace("/", "_").replace("-", "_") if path else ""
    name = find_handler(text) or to_camel(f"{own}_handler" if own else "handler")
    imports = ["log", "net/http"]
    if isinstance(sent, dict):
        imports.insert(0, "encoding/json")
        steps = (
            '\tw.Header().Set("Content-Type", "application/json")\n'
            f"\t_ = json.NewEncoder(w).Encode(map[string]any{write_go_object(sent)})"
        )
    else:
        imports.insert(0, "fmt")
        steps = f'\tfmt.Fprintln(w, "{sent}")'
    listed = "\n".join(f'\t"{one}"' for one in imports)
    return (
        f"package main\n\nimport (\n{listed}\n)\n\n"
        f"func {name}(w http.ResponseWriter, r *http.Request) {{\n{steps}\n}}\n\n"
        f'func main() {{\n\thttp.HandleFunc("{path[1] if path else "/"}", {name})\n'
        f'\tlog.Fatal(http.ListenAndServe(":{port}", nil))\n}}'
    )


def write_go_object(value: dict[str, Any]) -> str:
    return "{" + ", ".join(f'"{key}": {write_go_value(one)}' for key, one in value.items()) + "}"


def write_go_value(value: Any) -> str:
    match value:
        case dict():
            return f"map[string]any{write_go_object(value)}"
        case list():
            return f"[]any{{{', '.join(map(write_go_value, value))}}}"
        case None:
            return "nil"
    return json.dumps(value, ensure_ascii=False)


TEXT_KEY = "message"
"""The key of a text that a route sends as JSON."""


def write_next_route(text: str) -> str:
    """Return a route of Next.js that sends the JSON of a prompt."""
    sent = find_sent(text)
    body = {TEXT_KEY: sent} if isinstance(sent, str) else sent or {"status": "ok"}
    method = re.search(r"\b(GET|POST|PUT|DELETE|PATCH)\b", text)
    return (
        f"export async function {method[1] if method else 'GET'}() {{\n"
        f"  return Response.json({write_literal(body, 'javascript')});\n}}"
    )


def write_spring_reply(text: str) -> str:
    """Return a controller of Spring that sends the text or the JSON of a prompt; else empty."""
    sent, path = find_sent(text), PATH.search(text)
    if sent is None or path is None:
        return ""
    name = to_pascal(re.findall(r"[a-z]\w*", path[1])[-1])
    kind = "String" if isinstance(sent, str) else "Map<String, Object>"
    pairs = (
        ""
        if isinstance(sent, str)
        else ", ".join(f'"{key}", {write_go_value(one)}' for key, one in sent.items())
    )
    value = f'"{sent}"' if isinstance(sent, str) else f"Map.of({pairs})"
    imports = "" if isinstance(sent, str) else "import java.util.Map;\n"
    return (
        f"{imports}import org.springframework.web.bind.annotation.GetMapping;\n"
        "import org.springframework.web.bind.annotation.RestController;\n\n"
        f'@RestController\npublic class {name}Controller {{\n    @GetMapping("{path[1]}")\n'
        f"    public {kind} {name[:1].lower()}{name[1:]}() {{\n        return {value};\n    }}\n}}"
    )
