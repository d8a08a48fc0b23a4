"""What a prompt gives for a program: a whole signature, the names that the program must use."""

from __future__ import annotations

import re
from dataclasses import replace

from mockgem.operations.forms.code_functions import (
    put_head,
    read_signature_names,
    write_with_signature,
)
from mockgem.operations.forms.code_heads import WORDS, find_head
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_snippets import write_snippet
from mockgem.operations.forms.code_snippets_web import write_script_snippet
from mockgem.operations.forms.lazy_patterns import make_regex

SIGNATURE = make_regex(
    r"`([^`\n]{0,80}?\b([A-Za-z_]\w{0,40})(?:<[^<>()`\n]{1,40}>)?"
    r"\([^`\n]{0,120}\)[^`\n{;]{0,60})[;{ ]{0,3}`"
)
STARTS = {
    "rust": r"(?:pub )?fn\b",
    "go": r"func\b",
    "python": r"(?:async )?def\b",
    "javascript": r"(?:async )?function\b",
    "typescript": r"(?:export )?(?:async )?function\b",
    "java": r"(?:public |private |static |protected )*[\w<>\[\]]+ \w+\(",
    "csharp": r"(?:public |private |static |internal )*[\w<>\[\]]+ \w+\(",
    "c": r"(?:static |const |unsigned )*\w+[ *]+\w+\(",
    "cpp": r"(?:static |const |unsigned )*[\w:<>]+[ *&]+\w+\(",
    "kotlin": r"fun\b",
    "swift": r"func\b",
    "php": r"function\b",
    "ruby": r"def\b",
}
RETURNS = (
    (r"->\s*(?:Option|\?)|\?\s*$", {"rust": "None", "kotlin": "null", "swift": "nil"}),
    (r"Vec<", {"rust": "Vec::new()"}),
    (
        r"\[\]|List<|Array<|\blist\b|vector",
        {
            "go": "nil",
            "java": "null",
            "csharp": "null",
            "typescript": "[]",
            "python": "[]",
            "kotlin": "emptyList()",
            "swift": "[]",
            "cpp": "{}",
            "php": "[]",
        },
    ),
    (
        r"&?\bstr(?:ing)?\b|String|char",
        {
            "rust": "String::new()",
            "python": '""',
            "c": '""',
        },
    ),
    (r"\bbool(?:ean)?\b|\bBool(?:ean)?\b", {"python": "False"}),
    (r"\bfloat\b|\bdouble\b|f64|f32|Double|Float|number", {"rust": "0.0"}),
)
DEFAULTS = {"string": '""', "bool": "false", "number": "0"}


CALLED = r"[A-Za-z_]\w*(?:<[^<>()]{1,40}>)?\("
"""The name of a function and its types before the bracket: "chunk<T>("."""


def find_signature(request: CodeRequest) -> str:
    """Return the signature between backticks, if it is one of the language; empty without one."""
    for match in SIGNATURE.finditer(request.text):
        text = match[1].strip()
        is_untyped = request.language == "typescript" and ":" not in text
        if request.language in WORDS and re.match(CALLED, text) and not is_untyped:
            text = f"{WORDS[request.language]} {text}"
        if re.match(STARTS.get(request.language, r"(?!)"), text):
            return text.rstrip(":").rstrip() if request.language != "python" else text
    return find_head(request.language, request.kind, request.text)


HEADERS = (
    (make_regex(r"\bFILE\b"), "stdio.h"),
    (make_regex(r"\bu?int(?:8|16|32|64)_t\b"), "stdint.h"),
    (make_regex(r"\bs?size_t\b"), "stddef.h"),
    (make_regex(r"\bbool\b"), "stdbool.h"),
)


def include_headers(signature: str) -> str:
    """Return the lines that include what the types of a function in C need."""
    needed = [f"#include <{name}>\n" for kind, name in HEADERS if kind.search(signature)]
    return "".join([*needed, "\n"]) if needed else ""


def write_given(request: CodeRequest, signature: str) -> str:
    """Return a program with a given signature: known steps, or the empty value of its type."""
    if request.language in ("javascript", "typescript"):
        head = re.search(r"(\w+)(?:<[^<>()]*>)?\s*\(([^()]*)\)", signature)
        names = read_signature_names(head[2], request.language) if head else ()
        own = replace(request, name=head[1] if head else request.name, parameters=names)
        if (known := write_script_snippet(own)) and (put := put_head(known, signature)):
            return put
    if request.language == "python" and (known := write_known(request, signature)):
        return known
    if written := write_with_signature(request, signature):
        return written
    indent = "\t" if request.language == "go" else "    "
    value = find_empty_value(request.language, signature)
    named = re.search(r"(\w+)\(", signature)
    body = KNOWN.get((request.language, named[1] if named else request.name), "")
    if request.language == "python":
        return f"{signature.rstrip(':')}:\n{indent}return {value}"
    if request.language == "ruby":
        return f"{signature}\n  {value}\nend"
    if not body:
        ends = "" if request.language in ("go", "rust", "kotlin", "swift") else ";"
        is_last = request.language == "rust"
        is_void = re.search(r"\bvoid\b", signature) or (
            request.language == "go" and signature.endswith(")") and signature.count("(") == 1
        )
        body = "" if is_void else f"{indent}{'' if is_last else 'return '}{value}{ends}"
    opening = "<?php\n\n" if request.language == "php" else ""
    if request.language == "c":
        opening = include_headers(signature)
    return f"{opening}{signature} {{\n{body}\n}}"


def write_known(request: CodeRequest, signature: str) -> str:
    """Return a well-known program of Python with a given head; empty without one."""
    head = re.search(r"(\w+)\s*\(([^()]*)\)", signature)
    if head is None:
        return ""
    names = read_signature_names(head[2], "python")
    source = write_snippet(replace(request, name=head[1], parameters=names))
    line = re.search(rf"^(?:async )?def {head[1]}\([^()\n]*\)[^\n]*:$", source, re.M)
    if line is None:
        return ""
    return f"{source[: line.start()]}{signature.rstrip(':')}:{source[line.end() :]}"


def find_empty_value(language: str, signature: str) -> str:
    tail = signature.rpartition(")")[2] or signature
    kind = tail if re.search(r"\w", tail) else signature.partition("(")[0]
    for pattern, values in RETURNS:
        if re.search(pattern, kind):
            if language in values:
                return values[language]
            if "str" in pattern:
                return DEFAULTS["string"]
            if "bool" in pattern:
                return DEFAULTS["bool"]
            if "float" in pattern:
                return DEFAULTS["number"]
    return "None" if language == "python" and not re.search(r"\w", tail) else "0"


KNOWN = {
    (
        "c",
        "gcd",
    ): "    while (b != 0) {\n        int rest = a % b;\n        a = b;\n        b = rest;\n    }\n"
    "    return a;",
    ("rust", "fibonacci"): "    let (mut first, mut second) = (0, 1);\n    for _ in 0..n {\n"
    "        (first, second) = (second, first + second);\n    }\n    first",
}

COMMENTS = {
    **dict.fromkeys(
        "python bash ruby yaml dockerfile makefile perl r hcl elixir powershell nginx"
        " graphql julia ini dotenv crystal nim gdscript".split(),
        "# {}",
    ),
    **dict.fromkeys(
        "javascript typescript go rust java kotlin swift c cpp csharp php dart scala"
        " jsx tsx mongodb groovy protobuf prisma solidity zig objectivec verilog fsharp".split(),
        "// {}",
    ),
    **dict.fromkeys(("sql", "haskell", "lua"), "-- {}"),
    **dict.fromkeys(("html", "xml", "vue", "svelte"), "<!-- {} -->"),
    **dict.fromkeys(("clojure", "scheme", "asm"), "; {}"),
    **dict.fromkeys(("latex", "matlab"), "% {}"),
    "css": "/* {} */",
    "mermaid": "%% {}",
    "vba": "' {}",
}
"""How each language writes a comment."""
USED = make_regex(
    r"`([^`\n]{2,60})`|(?<!\w)[\"']([^\"'\n]{2,40})[\"'](?!\w)|(?<![\w./<])(/[a-z][\w/{}:.-]{1,40})"
    r"|(?<![\w-])(--[a-z][\w-]{1,24})|\b([a-z]+(?:[A-Z][a-z0-9]+)+|[a-z]+(?:_[a-z0-9]+)+"
    r"|[A-Z]{2,}_[A-Z_]+)\b|\b(?:port|version|timeout|limit|status|returns?|порт|puerto|porta|端口"
    r"|ポート) (\d{2,5})\b|\b([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+)\b|\b([\w-]{2,30}\.(?:csv|json|txt"
    r"|xlsx|xml|ya?ml|db|log|png|jpg|pdf|html))\b|\b((?:\d{1,3}\.){3}\d{1,3})\b|\b(?!(?:an?|the"
    r"|this|each|one|new|optional|single|first|second|url|string|integer|boolean|number"
    r"|its)\b)([a-z_]\w{2,30}) (?:parameter|argument|column|attribute)\b"
)
"""Names that a program should use: quoted ones, paths, options, identifiers."""


BETWEEN = make_regex(
    r"\b(?:between|of) [`\"']?([=!<>&|?.]{1,3}|[a-z]{2,12})[`\"']? and [`\"']?([=!<>&|?.]{1,3}"
    r"|[a-z]{2,12})[`\"']? (?:in|operators?|keywords?)\b"
)
PRODUCTS = frozenset(
    "JavaScript TypeScript PowerShell PostgreSQL MongoDB GraphQL GitHub GitLab FastAPI"
    " NodeJS SwiftUI DataFrame LeetCode YouTube StackOverflow JavaFX MySQL PyTorch"
    " TensorFlow OpenAI ChatGPT NumPy SciPy DevOps NextJS ReactJS AngularJS ExpressJS MacOS"
    " ClickHouse CloudFormation CodeIgniter WordPress".split()
)
"""Names of products, which a program does not use."""


SHOWN_OBJECT = make_regex(r"\{\s*\"[^}]{0,1200}\}")
"""A JSON object whose values a type does not have."""


STATED_PATH = make_regex(r"(?:https?://[\w.-]{3,80})?(?<![\w.<])/[a-z][\w/{}-]{1,60}", re.I)
URL_PARAMETER = make_regex(
    r"^(export )?(async )?function (\w+)\(url(: string)?\)|^((?:async )?def \w+)\(url(: str)?\)",
    re.M,
)


def call_stated_path(source: str, text: str) -> str:
    """Return a function whose address is by default the only one that a text states."""
    paths = list(dict.fromkeys(STATED_PATH.findall(text)))
    if len(paths) != 1 or "{" in paths[0] or paths[0] in source:
        return source

    def put_default(match: re.Match[str]) -> str:
        kind = match[4] or match[6] or ""
        quote = '"' if match[5] else "'"
        equals = " = " if kind or not match[5] else "="
        return f"{match[0].partition('(')[0]}(url{kind}{equals}{quote}{paths[0]}{quote})"

    return URL_PARAMETER.sub(put_default, source, count=1)


CURL = make_regex(r"\bcurl (?:-|https?:|[\"'])")


def add_missing_names(source: str, request: CodeRequest) -> str:
    """Return a program with a comment that has the names of the prompt which it does not use."""
    source = call_stated_path(source, request.text[:600])
    comment = COMMENTS.get(request.language)
    text = request.text[:1500]
    if request.language == "sql":
        text = re.sub(
            r"\((?:[^()]|\([^()]*\)){0,800}\)", " ", request.text.rpartition("Question: ")[2]
        )
    if request.kind in ("interface", "class", "struct"):
        text = SHOWN_OBJECT.sub(" ", text)
    found = (next(filter(None, match.groups())).rstrip(".:") for match in USED.finditer(text))
    pair = BETWEEN.search(text)
    listed = [*found, *(pair.groups() if pair else ())]
    names = [
        name
        for name in dict.fromkeys(listed)
        if name not in source
        and name.replace(" ", '", "') not in source
        and "--" not in name[2:]
        and name not in PRODUCTS
        and not (name.partition("(")[0].strip() in source and "(" in name)
        and not CURL.search(text)
        and not (request.language == "yaml" and name.endswith((".yml", ".yaml")))
        and not name.endswith(("Bot", "GPT"))
    ]
    if comment is None or not names or len(names) > 12:
        return source
    line = comment.format(f"Uses {', '.join(names)}".replace("`", ""))
    if "-->" in comment and "--" in " ".join(names):
        return source
    first, newline, rest = source.partition("\n")
    if first.startswith(("<?php", "<!DOCTYPE", "package ", "#!", "flowchart", "sequenceDiagram")):
        return f"{first}\n{line}{newline}{rest}"
    return f"{line}\n{source}"
