"""Functions for a request, with its name and parameters, in the languages with a dialect."""

from __future__ import annotations

import re
from dataclasses import replace

from mockgem.operations.forms.code_emitter import translate_python
from mockgem.operations.forms.code_expressions import NotWritable
from mockgem.operations.forms.code_handwritten import HANDWRITTEN
from mockgem.operations.forms.code_length_checks import write_length_check
from mockgem.operations.forms.code_names import mentions, to_snake
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_short_functions import SHORT_FUNCTIONS
from mockgem.operations.forms.code_signatures import (
    find_taken,
    guess_kind,
    guess_parameters,
    guess_return,
)
from mockgem.operations.forms.code_snippets_typed import write_typed_snippet
from mockgem.operations.forms.code_tasks import list_tasks
from mockgem.operations.forms.lazy_patterns import make_regex

HEAD = make_regex(r"def (\w+)\(([^()]*)\) -> ([\w\[\]]+):\n")


def write_typed_function(request: CodeRequest) -> str:
    """Return the function that a request describes, in its language; empty if it cannot be."""
    name = request.name
    if check := write_length_check(request):
        return translate(check, request, name)
    about = f"{name} {describe_task(request)}"
    taken = request.parameters or find_taken(request.text)
    is_derived = not mentions(request.text, name)
    for task in list_tasks(about):
        own = "" if is_derived else name
        source = fit_task(task, own, taken)
        if not source and not request.parameters and not TAKES.search(request.text):
            source = fit_task(task, own, ())
        if source and (written := translate(source, request, name)):
            return written
    parameters = taken or guess_parameters(about)
    return translate(write_plain(name, parameters, about), request, name)


def find_steps(request: CodeRequest) -> str:
    """Return in Python what the name of a function says that it does; empty if it says nothing."""
    words = to_snake(request.name).replace("_", " ")
    for task in list_tasks(f"{request.name} {words} {' '.join(request.parameters)}"):
        if source := fit_task(task, request.name, request.parameters):
            return source
    has_sign = any(pattern.match(words) for pattern, _ in SIGNS)
    is_binary = has_sign and len(request.parameters) == len("ab")
    return write_plain(request.name, request.parameters, words) if is_binary else ""


TAKES = make_regex(
    r"\b(?:tak(?:es?|ing)|accept(?:s|ing)?|receiv(?:es?|ing)|parameters?|arguments?|args|params)\b"
    r"|(?<!\w)(?:nimmt|recib[ae]|prend|riceve|recebe)\b|\w\((?:\w+(?:, )?){1,6}\)",
    re.I,
)
"""Words before the parameters that a prompt wants, which what it says is given are not."""


def translate(source: str, request: CodeRequest, name: str) -> str:
    if request.language == "python":
        return add_doc(source, request)
    if written := find_handwritten(source, request.language):
        own, text = written
        text = rename_parameters(text, own, request)
        return re.sub(rf"\b{own}\b", name, text) if mentions(request.text, name) else text
    try:
        given = name if mentions(request.text, name) else ""
        return translate_python(source, request.language, given)
    except NotWritable:
        return ""


def rename_parameters(text: str, own: str, request: CodeRequest) -> str:
    """Return a function whose parameters have the names that a prompt gives them."""
    given = request.parameters
    head = re.search(r"\(([^()]*)\)", text[text.find(f"{own}(") :])
    names = read_signature_names(head[1], request.language) if head else ()
    if len(names) != len(given) or any(re.search(rf"\b{one}\b", text) for one in given):
        return text
    for name, new in zip(names, given, strict=True):
        text = re.sub(rf"\b{name}\b", new, text)
    return text


def find_handwritten(source: str, language: str) -> tuple[str, str] | None:
    """Return a well-known function as people write it in a language, and its name there."""
    head = HEAD.match(source)
    if head is None:
        return None
    known = SHORT_FUNCTIONS.get((language, find_known(source)))
    return known or HANDWRITTEN.get((language, head[3] + " " + find_key(source)))


KNOWN_MARKS = (
    ("anagram", "sorted(", "== sorted("),
    ("duplicates", "dict.fromkeys(", ""),
    ("palindrome", "[len(", "return False"),
    ("vowels", '"aeiou', "count += 1"),
    ("words", "len(", ".split())"),
    ("second largest", "sorted(", "[len(values) - 2]"),
    ("longest word", "longest = word", ""),
)
"""What tells a function from others: two parts of its text in Python."""


def find_known(source: str) -> str:
    """Return the word for a function that is written by hand in languages without a short way."""
    marks = ((word, first in source and second in source) for word, first, second in KNOWN_MARKS)
    return next((word for word, is_known in marks if is_known), "")


def find_key(source: str) -> str:
    """Return what tells a sort or a reversal from other functions, whatever their names."""
    for key, part in (("quick", "pivot"), ("sort", "sorted("), ("reverse", "[::-1]")):
        if part in source:
            return key
    return ""


def describe_task(request: CodeRequest) -> str:
    """Return what a prompt says about the function: what follows its name, or a short prompt."""
    return request.text if len(request.text) < 400 else request.about


def fit_task(task: str, name: str, taken: tuple[str, ...]) -> str:
    """Return a function with another name and other parameters; empty if their number differs."""
    head = HEAD.match(task)
    assert head is not None
    own = [part.partition(":")[0].strip() for part in head[2].split(",")]
    if taken and len(taken) != len(own):
        return ""
    names = dict(zip(own, taken, strict=True)) if taken else {}
    body = task[head.end() :]
    if names.keys() & names.values() or any(re.search(rf"\b{new}\b", body) for new in taken):
        names = {old: new for old, new in names.items() if old != new}
        if any(re.search(rf"\b{new}\b", task) for new in names.values()):
            return ""
    for old, new in names.items():
        task = re.sub(rf"(?<!\")\b{old}\b(?!\")", new, task)
    return re.sub(rf"\b{head[1]}\b", name, task) if name not in ("run", "") else task


def write_plain(name: str, parameters: tuple[str, ...], about: str) -> str:
    """Return a plain function with some parameters that returns a value of the likely kind."""
    kinds = [guess_kind(parameter) for parameter in parameters]
    returns = guess_return(name, about, kinds)
    given = ", ".join(f"{one}: {kind}" for one, kind in zip(parameters, kinds, strict=True))
    body = "\n".join(
        f"    {line}" for line in write_body(list(parameters), kinds, returns, about).split("\n")
    )
    return f"def {name}({given}) -> {returns}:\n{body}"


def write_body(names: list[str], kinds: list[str], returns: str, about: str) -> str:
    first, kind = names[0], kinds[0]
    rows = dict(zip(names, kinds, strict=True))
    lists = [name for name, one in rows.items() if one.startswith("list")]
    numbers = [name for name, one in rows.items() if one in ("int", "float")]
    if returns == "bool":
        if kind == "bool":
            return f"return {first}"
        test = f"{first} > 0" if kind in ("int", "float") else f"len({first}) > 0"
        return f"return {test}"
    if returns in ("int", "float"):
        return write_number(lists, numbers, first, kind, about)
    if returns.startswith("list"):
        return f"result = []\nfor item in {lists[0]}:\n    result.append(item)\nreturn result"
    return write_text(rows, lists)


def write_text(rows: dict[str, str], lists: list[str]) -> str:
    """Return the body of a function that returns a text."""
    if len(rows) == 1 and lists:
        is_texts = rows[lists[0]] == "list[str]"
        return f'return ", ".join({lists[0]})' if is_texts else f"return str(len({lists[0]}))"
    parts = [
        name if kind == "str" else f"str({name})"
        for name, kind in rows.items()
        if name not in lists
    ]
    if len(parts) == 1:
        return f"return {parts[0]}.strip()" if "(" not in parts[0] else f"return {parts[0]}"
    joined = ' + " " + '.join(parts)
    return f"return {joined}"


def write_number(lists: list[str], numbers: list[str], first: str, kind: str, about: str) -> str:
    """Return the body of a function that returns a number."""
    if lists:
        start = "0.0" if "float" in kind else "0"
        step = "item" if "float" in kind else "1"
        return f"total = {start}\nfor item in {lists[0]}:\n    total += {step}\nreturn total"
    if not numbers:
        return f"return len({first})"
    percents = [name for name in numbers if PERCENT.search(name)]
    if percents and len(numbers) > 1:
        other = next(name for name in numbers if name != percents[0])
        return f"return {other} * (1 + {percents[0]} / 100)"
    sign = next((sign for pattern, sign in SIGNS if pattern.search(about)), " * ")
    return f"return {sign.join(numbers)}"


PERCENT = make_regex(
    r"percent|rate|tax|tip|satz|prozent|porcent|pourcent|tasa|taux|tasso|taxa|\bmwst|\biva\b"
    r"|\btva\b|\bvat\b",
    re.I,
)
SIGNS = (
    (make_regex(r"(?:\b|_)(?:sum|total|add)", re.I), " + "),
    (make_regex(r"(?:\b|_)(?:subtract|minus|differen|remaining|change)", re.I), " - "),
    (make_regex(r"(?:\b|_)(?:divid|quotient|ratio|per_|average_)", re.I), " / "),
    (make_regex(r"(?:\b|_)(?:modul|remainder)", re.I), " % "),
)
"""What the name of a function says about its numbers, and the sign between them."""


def add_doc(source: str, request: CodeRequest) -> str:
    """Return a Python function with a sentence about it, and the imports that it needs."""
    words = re.sub(r"[\"\\\n`]", " ", request.about).strip(" .")
    head = HEAD.match(source)
    assert head is not None
    verb = re.match(r"[a-zA-Z]+s\b", words)
    doc = (
        words
        if verb and len(words) < 90
        else describe_name(request.name if mentions(source, request.name) else head[1])
    )
    if request.parameters and not re.search(
        r"\btype|annotat|: ?(?:str|int|float|list)\b", request.text
    ):
        plain = re.sub(r": [\w\[\]]+(?=,|$)", "", head[2])
        source = f"def {head[1]}({plain}):\n{source[head.end() :]}"
        head = PLAIN_HEAD.match(source)
        assert head is not None
    imports = "import re\n\n\n" if re.search(r"\bre\.", source) else ""
    doc = f'    """{doc[:1].upper()}{doc[1:]}."""\n'
    return f"{imports}{source[: head.end()]}{doc}{source[head.end() :]}"


PLAIN_HEAD = make_regex(r"def (\w+)\(([^()]*)\):\n")


def describe_name(name: str) -> str:
    """Return a sentence for the name of a function: "is_prime" says whether something is prime."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_")
    if words[0] in ("is", "has") and len(words) > 1:
        return f"Return whether the value {words[0]} {' '.join(words[1:])}"
    return " ".join(words) if len(words) > 1 else f"Return the {words[0]}"


RETURN_TYPE = make_regex(r"(?<=\)) ?(?:->|:) ?[\w&\[\]<>']+[^\n{]{0,20}")
INTEGER_TYPE = make_regex(r"\b[iu](?:8|16|32|64|128|size)\b")
BODY_START = make_regex(r"\)[^{}\n]*\n?\{\n")


def write_with_signature(request: CodeRequest, signature: str) -> str:
    """Return a program with a given signature and a known body; empty without such a body."""
    match = re.search(r"([A-Za-z_]\w*)\s*\(([^()]*)\)", signature)
    if match is None:
        return ""
    names = read_signature_names(match[2], request.language)
    named = replace(request, name=match[1], parameters=names or request.parameters)
    source = write_typed_snippet(named) or write_typed_function(named)
    if request.language == "python":
        head = HEAD.search(source) or PLAIN_HEAD.search(source)
        return (
            f"{source[: head.start()]}{signature.rstrip(':')}:\n{source[head.end() :]}"
            if head
            else ""
        )
    if request.language == "ruby":
        return source.replace(source.partition("\n")[0], signature, 1)
    return put_head(source, signature)


def put_head(source: str, signature: str) -> str:
    """Return a program whose first function has another head; empty if it has none."""
    body = BODY_START.search(source)
    if body is None:
        return ""
    returns = RETURN_TYPE.search(body[0])
    if returns and RETURN_TYPE.search(signature) is None and signature.endswith(")"):
        given = INTEGER_TYPE.search(signature)
        signature += returns[0].rstrip(" {\n").replace("i64", given[0] if given else "i64")
    start = source[: body.start()].rpartition("\n")[0]
    opening = f"{start}\n" if start else ""
    return f"{opening}{signature.rstrip(' {')} {{\n{source[body.end() :]}"


def read_signature_names(text: str, language: str) -> tuple[str, ...]:
    """Return the names of the parameters between the brackets of a signature."""
    names = []
    for part in text.split(","):
        words = re.findall(r"\w+", part.partition(":")[0].partition("=")[0])
        if words:
            names.append(words[0] if ":" in part or language in ("go", "python") else words[-1])
    return tuple(name for name in names if name not in ("self", "void", "const"))
