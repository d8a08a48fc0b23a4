"""Short programs in languages that few prompts name, and commands of stores."""

from __future__ import annotations

import json
import re

from mockgem.operations.forms.code_compares import LIMITS
from mockgem.operations.forms.code_names import to_camel, to_pascal, to_snake
from mockgem.operations.forms.lazy_patterns import make_regex

RARE: dict[str, tuple[str, str]] = {
    "asm": (
        r"assembly|assembler|nasm|x86(?:-64)?|arm64 asm|masm",
        'section .data\n    text db "Hello, world!", 10\n    length equ $ - text\n\nsection .text\n'
        "    global _start\n\n_start:\n    mov rax, 1\n    mov rdi, 1\n    mov rsi, text\n"
        "    mov rdx, length\n    syscall\n\n    mov rax, 60\n    xor rdi, rdi\n    syscall",
    ),
    "fortran": (
        "fortran",
        "program {snake}\n  implicit none\n  integer :: i, total\n  total = 0\n  do i = 1, 10\n"
        "    total = total + i\n  end do\n  print *, total\nend program {snake}",
    ),
    "cobol": (
        "cobol",
        "       IDENTIFICATION DIVISION.\n       PROGRAM-ID. {upper}.\n       DATA DIVISION.\n"
        "       WORKING-STORAGE SECTION.\n       01 TOTAL PIC 9(5) VALUE 0.\n       PROCEDURE "
        "DIVISION.\n"
        "           ADD 1 TO TOTAL.\n           DISPLAY TOTAL.\n           STOP RUN.",
    ),
    "pascal": (
        "pascal|delphi",
        "program {pascal};\nvar\n  I, Total: Integer;\nbegin\n  Total := 0;\n  for I := 1 to 10 "
        "do\n"
        "    Total := Total + I;\n  WriteLn(Total);\nend.",
    ),
    "fsharp": (
        r"f#|fsharp",
        'let {camel} values =\n    values |> List.sum\n\nprintfn "%d" ({camel} [1; 2; 3])',
    ),
    "ocaml": (
        "ocaml",
        "let rec {snake} values =\n  match values with\n  | [] -> 0\n  "
        "| head :: tail -> head + {snake} tail",
    ),
    "erlang": (
        "erlang",
        "-module({snake}).\n-export([{snake}/1]).\n\n{snake}([]) -> 0;\n{snake}([Head "
        "| Tail]) -> Head + {snake}(Tail).",
    ),
    "objectivec": (
        r"objective-?c",
        "#import <Foundation/Foundation.h>\n\nNSInteger {camel}(NSArray<NSNumber *> *values) {{\n"
        "    NSInteger total = 0;\n    for (NSNumber *value in values) {{\n        total += "
        "value.integerValue;\n"
        "    }}\n    return total;\n}}",
    ),
    "scheme": (
        "scheme|racket|lisp",
        "(define ({kebab} values)\n  (if (null? values)\n      0\n      (+ (car values) "
        "({kebab} (cdr values)))))",
    ),
    "prolog": (
        "prolog",
        "{snake}([], 0).\n{snake}([Head | Tail], Total) :-\n    {snake}(Tail, Rest),\n    Total "
        "is Head + Rest.",
    ),
    "nim": (
        r"nim (?:proc|function|program|code)",
        "proc {camel}(values: seq[int]): int =\n  for value in values:\n    result += value",
    ),
    "crystal": (
        r"crystal (?:method|function|program)",
        "def {snake}(values : Array(Int32)) : Int32\n  values.sum\nend",
    ),
    "verilog": (
        "verilog",
        "module {snake} (\n    input  wire clk,\n    input  wire reset,\n    output reg  [7:0] "
        "count\n);\n"
        "    always @(posedge clk) begin\n        if (reset)\n            count <= 8'd0;\n      "
        "  else\n"
        "            count <= count + 8'd1;\n    end\nendmodule",
    ),
    "vhdl": (
        "vhdl",
        "library ieee;\nuse ieee.std_logic_1164.all;\n\nentity {snake} is\n    port (clk : in "
        "std_logic;"
        " output : out std_logic);\nend entity;\n\narchitecture behaviour of {snake} is\nbegin\n"
        "    output <= clk;\nend architecture;",
    ),
    "glsl": (
        "glsl|fragment shader|vertex shader",
        "#version 330 core\n\nout vec4 color;\n\nuniform float time;\n\nvoid main() {{\n    "
        "color = vec4(abs(sin(time)), 0.4, 0.6, 1.0);\n}}",
    ),
    "gdscript": (
        "gdscript|godot",
        "extends Node2D\n\n@export var speed := 200.0\n\nfunc _process(delta: float) -> void:\n"
        "\tposition.x += speed * delta",
    ),
    "dax": ("dax|power ?bi measure", "{pascal} = SUM(Sales[Amount])"),
    "jq": (r"jq (?:filter|expression|command|query)", "jq '.[] | {{id, name}}' data.json"),
    "batch": (
        r"batch (?:file|script)|\.bat(?: file)?",
        "@echo off\nfor %%f in (*.*) do (\n    echo %%f\n)\npause",
    ),
    "applescript": (
        "applescript",
        'tell application "Finder"\n    activate\n    display dialog "Done"\nend tell',
    ),
    "autohotkey": ("autohotkey|ahk", '^j::\n{{\n    Send "Hello"\n}}'),
    "promql": (
        "promql|prometheus (?:query|alert)",
        "sum(rate(http_requests_total[5m])) by (status)",
    ),
    "haproxy": (
        "haproxy",
        "frontend http\n    bind *:80\n    default_backend web\n\nbackend web\n    balance "
        "roundrobin\n    server web1 127.0.0.1:8080 check",
    ),
    "apache": (
        r"\.?htaccess|apache (?:config\w*|virtual ?host|vhost)",
        "RewriteEngine On\nRewriteCond %{{HTTPS}} off\nRewriteRule ^ "
        "https://%{{HTTP_HOST}}%{{REQUEST_URI}} [L,R=301]",
    ),
}
"""The words for a language, and a program in it with places for a name."""


def write_rare(language: str, name: str) -> str:
    """Return a short program in a language that few prompts name."""
    snake = to_snake(name)
    return RARE[language][1].format(
        snake=snake,
        camel=to_camel(snake),
        pascal=to_pascal(snake),
        upper=snake.upper().replace("_", "-"),
        kebab=snake.replace("_", "-"),
    )


VARIABLE = make_regex(r"\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)\b")
NOT_VARIABLES = frozenset("ENV URL API JSON YAML HTTP SQL I A DB OK JS TS PHP AWS CSS HTML".split())
DEFAULTS = {"debug": "false", "port": "3000", "url": "https://example.com", "env": "development"}


def write_dotenv(text: str) -> str:
    """Return the variables of an environment that a text names."""
    names = [name for name in VARIABLE.findall(text) if name not in NOT_VARIABLES and len(name) > 2]
    names = list(dict.fromkeys(names)) or ["APP_ENV", "DATABASE_URL", "SECRET_KEY"]
    return "\n".join(
        f"{name}={DEFAULTS.get(name.lower().split('_')[-1], 'change-me')}" for name in names
    )


KEY = make_regex(
    r"\b(?:key|hash|list|set|counter|called|named)s? [`\"']?((?!(?:with|to|that|and|in|for|of"
    r"|named|called|key|a|an|the)\b)[\w:.{}-]{2,40})[`\"']?|\b(\w+:[\w:]+)\b"
)
VALUE = make_regex(
    r"\bvalue (?:of )?[`\"']?([\w.-]{1,40})|\b(?:to|with) [`\"']?(?!(?:value|set|the|a|store"
    r"|get)\b)([\w.-]{1,40})"
)
SECONDS = make_regex(r"\b(\d{1,6}) (seconds?|minutes?|hours?|days?|s|min|h)\b", re.I)
FACTORS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def write_redis(text: str) -> str:
    """Return a command of Redis for the key, the value and the time that a text names."""
    match, found, time = KEY.search(text), VALUE.search(text), SECONDS.search(text)
    key = next(filter(None, match.groups())) if match else "key"
    value = next(filter(None, found.groups())) if found else "value"
    lower = text.lower()
    if re.search(r"\bincrement|\bincr\b|counter", lower):
        return f"INCR {key}"
    if re.search(r"\bdelete|\bremove", lower):
        return f"DEL {key}"
    if re.search(r"\bpush|\bqueue|\blist\b", lower):
        return f"LPUSH {key} {value}"
    if re.search(r"\bhash\b|\bfields?\b", lower):
        return f"HSET {key} field {value}"
    seconds = int(time[1]) * FACTORS[time[2][0].lower()] if time else 0
    if re.search(r"\bset\b|\bstore\b|\bsave\b", lower):
        return f"SET {key} {value}" + (f" EX {seconds}" if seconds else "")
    return f"EXPIRE {key} {seconds}" if seconds else f"GET {key}"


TERM = make_regex(r"\b(\w+) (?:is|=|equals|equal to) [\"'“]?([\w.-]+)[\"'”]?")
BETWEEN = make_regex(r"\b(\w+) (?:is )?between [$€]?(\d[\d.]*) and [$€]?(\d[\d.]*)")
MATCHES = make_regex(r"\b(\w+) (?:contains?|matches|match(?:ing)?) [\"'“]([^\"'”\n]{1,60})")
OPERATORS = {">": "gt", ">=": "gte", "<": "lt", "<=": "lte"}


def write_search(text: str) -> str:
    """Return a query of Elasticsearch for the fields and the values of a text."""
    rows: list[dict[str, object]] = [
        {"range": {name: {"gte": read_number(low), "lte": read_number(high)}}}
        for name, low, high in BETWEEN.findall(text)
    ]
    known = {name for name, _, _ in BETWEEN.findall(text)}
    rows += [{"term": {name: value}} for name, value in TERM.findall(text) if name not in known]
    for sign, words in LIMITS:
        found = re.search(rf"\b(\w+) (?:is )?(?:{words})\s[$€]?(\d[\d.]*)", text, re.I)
        if found and sign in OPERATORS:
            rows.append({"range": {found[1]: {OPERATORS[sign]: read_number(found[2])}}})
    must = [{"match": {name: value}} for name, value in MATCHES.findall(text)]
    body: dict[str, object] = {"must": must} if must else {}
    if rows:
        body["filter"] = rows
    query: dict[str, object] = {"bool": body} if body else {"match_all": {}}
    return json.dumps({"query": query}, indent=2)


NODE = make_regex(
    r"\b(?:friends?|followers?|colleagues?|children|parents|movies|actors?|products?) (?:of|for"
    r"|by) [\"'`]?([A-Z]\w+)"
)


def write_cypher(text: str) -> str:
    """Return a query of Cypher for the person and the relation of a text."""
    match, names = NODE.search(text), re.findall(r"[\"'`]([\w ]{2,30})[\"'`]", text)
    name = match[1] if match else names[0] if names else "Alice"
    relation = "FRIEND"
    for word, label in (
        ("friend", "FRIEND"),
        ("follow", "FOLLOWS"),
        ("act", "ACTED_IN"),
        ("bought", "BOUGHT"),
        ("work", "WORKS_AT"),
        ("know", "KNOWS"),
    ):
        relation = label if word in text.lower() else relation
    return f"MATCH (a:Person {{name: '{name}'}})-[:{relation}]->(b)\nRETURN b.name;"


def read_number(text: str) -> float | int:
    plain = text.rstrip(".")
    return float(plain) if "." in plain else int(plain)
