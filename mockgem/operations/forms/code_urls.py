"""Programs that load JSON from an address in the prompt, and show a value of it."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_names import to_camel
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

URL = make_regex(r"https?://[^\s'\"`<>)\\]{3,300}")
LOADS = make_regex(
    r"\b(?:calls?|fetch(?:es)?|requests?|gets?|quer(?:y|ies)|hits?|loads?|retrieves?|reads?)\b",
    re.I,
)
OTHER = make_regex(
    r"\b(?:post|put|patch|delete|scrap\w+|links?|headlines?|titles?|images?|pdf|files?|csv|html"
    r"|download\w*|async\w*|retr(?:y|ies)|class|component|tests?|dashboard|widget|page)\b",
    re.I,
)
SHOWS = make_regex(
    r"\b(?:print|log|show|display|return|output|echo)(?:s|ing)? (?:only |out )?(?:the |its )?"
    r"(?:current |value of (?:the )?)?[`\"']?([a-z]\w{1,30}(?: [a-z]\w{1,20})?)[`\"']?"
    r"(?: field| value)?"
    r"(?: (?:of|for) (?:all|each|every) (?:of the )?(?:\w+ )?(\w{2,30}))?"
    r"(?=\s*(?:[.,;\n]|and\b|from\b|in\b|to\b|\Z))",
    re.I,
)
WHOLE = frozenset("response result results json data output body it them error errors".split())
"""Words for the whole answer, not for a field of it."""


def write_url_call(request: CodeRequest) -> str:
    """Return a program that loads an address and shows a value; empty for other requests."""
    url = URL.search(request.text[:1500]) if "://" in request.text[:1500] else None
    write = WRITERS.get(request.language)
    if url is None or write is None or request.kind not in ("function", "script", "command"):
        return ""
    text = request.text[:1500].replace(url[0], " ")
    shown = SHOWS.search(text)
    if shown is None or not LOADS.search(text) or OTHER.search(text):
        return ""
    field = "" if shown[1].split()[-1].lower() in WHOLE else re.sub(r"\W+", "_", shown[1].lower())
    is_each = shown[2] is not None
    field = field.removesuffix("s") if is_each else field
    is_named = re.search(rf"\b{re.escape(request.name)}\b", text) is not None
    name = request.name if is_named and request.name not in ("run", "Item", "API") else ""
    return write(url[0].rstrip(".,;:"), field, name, is_each)


def write_python_call(url: str, field: str, name: str, is_each: bool) -> str:
    load = (
        f'response = requests.get("{url}", timeout=30)\nresponse.raise_for_status()\n'
        "data = response.json()"
    )
    value = f'data["{field}"]' if field else "data"
    if is_each:
        value = f'[item["{field}"] for item in data]'
    if name:
        body = load.replace("\n", "\n    ")
        function = f"def {name}():\n    {body}\n    return {value}"
        return f"import requests\n\n\n{function}\n\n\nprint({name}())"
    show = f'for item in data:\n    print(item["{field}"])' if is_each else f"print({value})"
    return f"import requests\n\n{load}\n{show}"


def write_javascript_call(url: str, field: str, name: str, is_each: bool) -> str:
    value = f"data.map((item) => item.{field})" if is_each else f"data.{field}" if field else "data"
    own = to_camel(name) if name else "load"
    return (
        f"async function {own}() {{\n  const response = await fetch('{url}');\n"
        "  if (!response.ok) {\n    throw new Error(`HTTP ${response.status}`);\n  }\n"
        f"  const data = await response.json();\n  return {value};\n}}\n\n"
        f"{own}().then((value) => console.log(value));"
    )


def write_bash_call(url: str, field: str, name: str, is_each: bool) -> str:
    path = f".[].{field}" if is_each else f".{field}"
    return f'curl -fsS "{url}" | jq -r "{path}"'


WRITERS = {
    "python": write_python_call,
    "javascript": write_javascript_call,
    "bash": write_bash_call,
}
