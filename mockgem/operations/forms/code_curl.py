"""Requests of curl in other languages."""

from __future__ import annotations

import json
import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex

CURL = make_regex(r"\bcurl\s[^\n]*(?:\\\n[^\n]*)*https?://[^\n]*(?:\\\n[^\n]*)*")
URL = make_regex(r"https?://[^\s'\"\\]{3,300}")
METHOD = make_regex(r"(?:-X|--request)[ =]?['\"]?([A-Z]+)")
HEADER = make_regex(r"(?:-H|--header)[ =]?(['\"])([\w-]{1,40}):\s?(.{1,300}?)\1")
DATA = make_regex(r"(?:-d|--data(?:-raw|-binary)?|--json)[ =]?(['\"])(.{1,2000}?)\1(?=\s|\Z)", re.S)


@frozen
class CurlCall:
    """A request of curl."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    data: str


def read_curl(text: str) -> CurlCall | None:
    """Return the request in a command of curl; None without one."""
    found = CURL.search(text)
    if found is None:
        return None
    url, method = URL.search(found[0]), METHOD.search(found[0])
    data = DATA.search(found[0])
    headers = tuple((name, value) for _, name, value in HEADER.findall(found[0]))
    word = method[1] if method else "POST" if data else "GET"
    return CurlCall(word, url[0] if url else "", headers, data[2] if data else "")


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def write_requests(call: CurlCall) -> str:
    """Return a request with the library requests of Python."""
    rows = [f'    "{call.url}",']
    if call.headers:
        inside = ", ".join(f'"{name}": "{value}"' for name, value in call.headers)
        rows.append(f"    headers={{{inside}}},")
    if call.data and is_json(call.data):
        rows.append(f"    json={json.loads(call.data)!r},")
    elif call.data:
        rows.append(f"    data={call.data!r},")
    rows.append("    timeout=30,")
    return (
        f"import requests\n\nresponse = requests.{call.method.lower()}(\n"
        + "\n".join(rows)
        + "\n)\nresponse.raise_for_status()\nprint(response.json())"
    )


def write_fetch_call(call: CurlCall, axios: bool) -> str:
    """Return a request with fetch or axios."""
    headers = ", ".join(f"'{name}': '{value}'" for name, value in call.headers)
    body = call.data if is_json(call.data) else f"'{call.data}'"
    if axios:
        rows = [f"  method: '{call.method.lower()}',", f"  url: '{call.url}',"]
        rows += [f"  headers: {{ {headers} }},"] if headers else []
        rows += [f"  data: {body},"] if call.data else []
        inside = "\n".join(rows)
        return (
            f"import axios from 'axios';\n\nconst response = await axios({{\n{inside}\n}});\n"
            "console.log(response.data);"
        )
    rows = [f"  method: '{call.method}',"]
    rows += [f"  headers: {{ {headers} }},"] if headers else []
    rows += [f"  body: JSON.stringify({body}),"] if call.data else []
    inside = "\n".join(rows)
    return (
        f"const response = await fetch('{call.url}', {{\n{inside}\n}});\n"
        "const data = await response.json();\nconsole.log(data);"
    )


def write_php_call(call: CurlCall) -> str:
    rows = [f"curl_setopt($curl, CURLOPT_CUSTOMREQUEST, '{call.method}');"]
    if call.headers:
        inside = ", ".join(f"'{name}: {value}'" for name, value in call.headers)
        rows.append(f"curl_setopt($curl, CURLOPT_HTTPHEADER, [{inside}]);")
    rows += [f"curl_setopt($curl, CURLOPT_POSTFIELDS, '{call.data}');"] if call.data else []
    return (
        f"<?php\n\n$curl = curl_init('{call.url}');\ncurl_setopt($curl, CURLOPT_RETURNTRANSFER, "
        f"true);\n"
        + "\n".join(rows)
        + "\n\n$response = curl_exec($curl);\ncurl_close($curl);\necho $response;"
    )


def write_go_call(call: CurlCall) -> str:
    body = f"strings.NewReader(`{call.data}`)" if call.data else "nil"
    imports = '\t"fmt"\n\t"io"\n\t"net/http"\n' + ('\t"strings"\n' if call.data else "")
    headers = "".join(
        f'\trequest.Header.Set("{name}", "{value}")\n' for name, value in call.headers
    )
    return (
        f"package main\n\nimport (\n{imports})\n\nfunc main() {{\n"
        f'\trequest, err := http.NewRequest("{call.method}", "{call.url}", {body})\n'
        f"\tif err != nil {{\n\t\tpanic(err)\n\t}}\n{headers}"
        "\tresponse, err := http.DefaultClient.Do(request)\n\tif err != nil {\n\t\tpanic(err)\n"
        "\t}\n"
        "\tdefer response.Body.Close()\n\tbody, _ := io.ReadAll(response.Body)\n"
        "\tfmt.Println(string(body))\n}"
    )


def write_call(text: str, language: str) -> str:
    """Return the request of curl in a text in another language; empty without one."""
    call = read_curl(text)
    if call is None:
        return ""
    match language:
        case "python":
            return write_requests(call)
        case "javascript" | "typescript":
            return write_fetch_call(call, "axios" in text.lower())
        case "php":
            return write_php_call(call)
        case "go":
            return write_go_call(call)
    return ""
