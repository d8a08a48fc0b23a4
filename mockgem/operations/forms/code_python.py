"""Python programs for a request."""

from __future__ import annotations

import re
from dataclasses import replace

from mockgem.operations.forms.code_functions import write_typed_function
from mockgem.operations.forms.code_methods import Members, plan_methods
from mockgem.operations.forms.code_names import read_parameters
from mockgem.operations.forms.code_pandas import CSV_FILE, PANDAS, write_pandas
from mockgem.operations.forms.code_python_tests import write_tests
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_scripts import write_file_script
from mockgem.operations.forms.code_snippets import write_snippet
from mockgem.operations.forms.code_steps import write_step
from mockgem.operations.forms.code_tasks import list_tasks
from mockgem.operations.forms.lazy_patterns import make_regex

TYPES = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "array": "list[str]",
}


def write_python(request: CodeRequest, quoted: list[str]) -> str:
    sums = request.kind == "script" and SUMS_COLUMN.search(request.text)
    if sums:
        return write_script(request, quoted)
    if request.kind == "script" and (files := write_file_script(request.text)):
        return files
    if PANDAS.search(request.text) and request.kind not in ("tests", "class"):
        return write_pandas(request)
    if (
        request.kind not in ("tests", "class", "struct", "interface")
        and not PANDAS.search(request.text)
        and (source := write_snippet(request))
    ):
        return source
    match request.kind:
        case "tests":
            return write_tests(request)
        case "class" | "struct" | "interface":
            return write_class(request)
        case "script":
            return write_script(request, quoted)
    others = find_other_functions(request)
    if others:
        return "\n\n\n".join(map(write_function, [request, *others]))
    return use_libraries(shorten(write_function(request), request.text), request.text)


SUMS_COLUMN = make_regex(
    r"\bcsv\b[^\n]{0,80}\b(?:sum|total|average|mean|max\w*|min\w*) of (?:the )?column\b", re.I
)
"""A file whose column is added up."""
ONE_LINE = make_regex(r"\bone[- ]?liner\b|\b(?:in|as) (?:one|a single) line\b", re.I)
SINGLE_RETURN = make_regex(
    r"def (\w+)\(([^()]*)\)(?: -> [^\n:]+)?:\n(?:[ \t]+\"\"\"[^\n]*\"\"\"\n)?[ \t]+return ([^\n"
    r"]+)\s*"
)


def shorten(source: str, text: str) -> str:
    """Return a function as a lambda if a prompt wants a line and it has one return."""
    match = SINGLE_RETURN.fullmatch(source) if ONE_LINE.search(text) else None
    if match is None:
        return source
    names = ", ".join(part.partition(":")[0].strip() for part in match[2].split(","))
    return f"{match[1]} = lambda {names}: {match[3]}"


LIBRARY = make_regex(
    r"\b(?:using|use|with|via|mit|con|avec|usando|en utilisant) (?:the )?`?(aiohttp|httpx"
    r"|requests|asyncio|numpy|scipy|nltk"
    r"|spacy|itertools|functools|collections|datetime|pathlib|logging|json|csv|re|math|random"
    r"|subprocess|threading"
    r"|multiprocessing|sqlite3|redis|psycopg2|pymongo|openpyxl|pillow|opencv|torch|tensorflow"
    r"|sklearn|polars"
    r"|click|typer|rich|tqdm|yaml|jinja2|boto3|paramiko|websockets)`?\b",
    re.I,
)
IMPORTED = {"opencv": "cv2", "pillow": "PIL", "yaml": "yaml"}


def use_libraries(source: str, text: str) -> str:
    """Return a program that imports the libraries of a prompt, and waits if it should."""
    names = dict.fromkeys(
        IMPORTED.get(name.lower(), name.lower()) for name in LIBRARY.findall(text)
    )
    imports = [f"import {name}" for name in names if f"import {name}" not in source]
    if re.search(r"\basync\b|\basynchron", text, re.I):
        source = re.sub(r"^def ", "async def ", source, count=1, flags=re.M)
    return "\n".join(imports) + f"\n\n\n{source}" if imports else source


CALL = make_regex(r"(?<![\w.`])`?([a-z_]\w{2,40})\(([a-z_][\w ,=:*]{0,80})\)")


def find_other_functions(request: CodeRequest) -> list[CodeRequest]:
    """Return a request for each further function that a prompt names with its parameters."""
    found = {name: read_parameters(given) for name, given in CALL.findall(request.text)}
    found.pop(request.name, None)
    return [
        replace(request, name=name, parameters=parameters)
        for name, parameters in list(found.items())[:6]
        if request.parameters and parameters
    ]


def write_function(request: CodeRequest) -> str:
    if PANDAS.search(request.text):
        return write_pandas(request)
    return write_typed_function(request)


def write_class(request: CodeRequest) -> str:
    listed = list_methods(request)
    if listed:
        return (
            f"class {request.name}:\n    def __init__(self):\n        self.items = []\n\n"
            + "\n\n".join(listed)
        )
    if request.methods and (not request.members or set(request.methods) <= STACK_METHODS):
        methods = "\n\n".join(write_method(name) for name in request.methods)
        return (
            f'class {request.name}:\n    """A {request.name.lower()} that keeps its items '
            f'in a list."""\n\n    def __init__(self):\n        self.items = []\n\n{methods}'
        )
    given = find_method_heads(request)
    if given and len(request.members) > 1 and not RAISED.search(request.text):
        return write_planned_class(replace(request, methods=tuple(name for name, _ in given)))
    if given:
        return write_stateful_class(request, given)
    if request.methods and request.members:
        return write_planned_class(request)
    members = request.members or (("name", "string"),)
    defaults: dict[str, str] = dict(DEFAULTS.findall(request.text))
    members = tuple(sorted(members, key=lambda row: row[0] in defaults))
    fields = "\n".join(
        f"    {name}: {TYPES.get(kind, 'str')}{f' = {defaults[name]}' if name in defaults else ''}"
        for name, kind in members
    )
    methods = "".join(f"\n\n{write_method(name)}" for name in request.methods)
    return (
        "from dataclasses import dataclass\n\n\n@dataclass\nclass "
        f"{request.name}:\n{fields}{methods}\n\n    def describe(self):\n        return "
        f'f"{request.name}: {{self.{members[0][0]}}}"'
    )


DEFAULTS = make_regex(
    r"\b([a-z_]\w{0,30})(?:: ?\w{1,12})? ?= ?(True|False|None|\d+(?:\.\d+)?|\"[^\"\n]{0,40}\")"
)
"""Fields with their defaults: "in_stock: bool = True"."""


def write_planned_class(request: CodeRequest) -> str:
    """Return a class with the fields of a request, whose methods work with them."""
    is_typed = re.search(r"\btype(?:d| ?hints?| annotations?)\b", request.text) is not None
    has_docs = "docstring" in request.text.lower()

    def write_head(name: str, parameters: Members, returns: str, doc: str) -> str:
        given = [
            f"{one}: {TYPES.get(kind, 'str')}" if is_typed else one for one, kind in parameters
        ]
        ends = f" -> {TYPES.get(returns, 'None')}" if is_typed else ""
        head = f"    def {name}({', '.join(['self', *given])}){ends}:\n"
        return f'{head}        """{doc}."""\n' if has_docs else head

    is_kept = any(one in request.text for one, _ in request.members)
    own = tuple(row for row in request.members if row[1] != "array" or is_kept)
    sets = "\n".join(
        f"        self.{row[0]} = {row[0] if row in own else '[]'}" for row in request.members
    )
    rows = [write_head("__init__", own, "", f"Create a {request.name}") + sets]
    for one in plan_methods(request.methods, request.members, request.text):
        step = write_step(one, "python") if one.step else "pass"
        doc = f"{one.name.replace('_', ' ').capitalize()} of this {request.name}"
        rows.append(f"{write_head(one.name, one.parameters, one.returns, doc)}        {step}")
    start = f'    """A {request.name}."""\n\n' if has_docs else ""
    return f"class {request.name}:\n{start}" + "\n\n".join(rows)


METHOD_HEAD = make_regex(r"(?<![\w.])`?([a-z_]\w{1,30})\(([\w ,=:*.\"']{0,60})\)")
PROPERTY = make_regex(
    r"\b(?:property|attribute|field) (?:called |named )?`?([a-z_]\w*)|`?\b(?!(?:a|an"
    r"|the)\b)([a-z_]\w*)`? (?:property|attribute)\b"
)
RAISED = make_regex(r"\braises? (?:an? )?`?(\w*(?:Error|Exception))\b", re.I)


def find_method_heads(request: CodeRequest) -> list[tuple[str, tuple[str, ...]]]:
    """Return the methods that a prompt names with their parameters: "deposit(amount)"."""
    found = {
        name: tuple(one for one in read_parameters(given) if one != "self")
        for name, given in METHOD_HEAD.findall(request.text)
    }
    return (
        list(found.items()) if any(found.values()) and (len(found) > 1 or request.methods) else []
    )


def write_stateful_class(request: CodeRequest, heads: list[tuple[str, tuple[str, ...]]]) -> str:
    """Return a class whose methods add to a value, take from it, or show it."""
    named = PROPERTY.search(request.text)
    value = next(filter(None, named.groups()), "") if named else ""
    value = value or next((name for name, _ in request.members if name not in dict(heads)), "items")
    taken = [name for name, _ in request.members if name not in (value, *dict(heads))]
    start = "[]" if value == "items" else "0"
    error = RAISED.search(request.text)
    sets = "".join(f"        self.{name} = {name}\n" for name in taken)
    head = ", ".join(("self", *taken))
    rows = [f"    def __init__({head}):\n{sets}        self.{value} = {start}"]
    for name, names in heads:
        if name == "__init__":
            continue
        given = ", ".join(("self", *names))
        rows.append(f"    def {name}({given}):\n{write_method_body(name, names, value, error)}")
    return f"class {request.name}:\n" + "\n\n".join(rows)


def write_method_body(
    name: str, names: tuple[str, ...], value: str, error: re.Match[str] | None
) -> str:
    if not names:
        return f"        return self.{value}"
    takes = re.match(r"withdraw|remove|subtract|delete|pop|decre|sell|take", name) is not None
    if value == "items":
        item = names[0] if len(names) == 1 else f"({', '.join(names)})"
        return f"        self.items.{'remove' if takes else 'append'}({item})"
    check = ""
    if error and (takes or not re.search(r"insufficient|enough|not enough", name)):
        limit = f"{names[0]} > self.{value}" if takes else f"{names[0]} < 0"
        check = f'        if {limit}:\n            raise {error[1]}("Not a valid {names[0]}")\n'
    return f"{check}        self.{value} {'-' if takes else '+'}= {names[0]}"


METHOD_LINE = make_regex(
    r"^[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t]*`?([a-z_]\w{0,40})\(([^()\n]{0,80})\)", re.M
)


def list_methods(request: CodeRequest) -> list[str]:
    """Return the methods that a prompt lists in lines such as "- add(ticker, shares): …"."""
    return [
        write_listed(name, read_parameters(given))
        for name, given in METHOD_LINE.findall(request.text)
    ]


def write_listed(name: str, parameters: tuple[str, ...]) -> str:
    body = f"self.items.append(({', '.join(parameters)},))" if parameters else "return self.items"
    return f"    def {name}({', '.join(('self', *parameters))}):\n        {body}"


STACK_METHODS = frozenset("push pop peek size is_empty append enqueue dequeue".split())


def write_method(name: str) -> str:
    bodies = {
        "push": "self.items.append(item)",
        "append": "self.items.append(item)",
        "add": "self.items.append(item)",
        "enqueue": "self.items.append(item)",
        "pop": "return self.items.pop()",
        "dequeue": "return self.items.pop(0)",
        "peek": "return self.items[-1]",
        "size": "return len(self.items)",
        "is_empty": "return not self.items",
    }
    takes = "self, item" if name in ("push", "append", "add", "enqueue", "remove") else "self"
    return f"    def {name}({takes}):\n        {bodies.get(name, 'return list(self.items)')}"


COLUMN_NAME = make_regex(
    r"\b(?:column|columna|colonne|spalte|colonna|coluna|kolom|kolumn\w{1,2})"
    r" (?:named |called |llamada |namens |con el nombre )?[\"'`]?(?!(?:of|in|and|with|de"
    r"|und)\b)(\w{1,40})",
    re.I,
)


def write_asking_script(request: CodeRequest) -> str:
    """Return a known function with a program that asks for its arguments; empty without one."""
    task = next(list_tasks(request.about), "")
    head = re.match(r"def (\w+)\(([^()]*)\)", task)
    if head is None:
        return ""
    casts = {"int": "int(input({}))", "float": "float(input({}))", "str": "input({})"}
    rows = []
    for part in head[2].split(","):
        name, _, kind = (one.strip() for one in part.partition(":"))
        call = casts.get(kind, "[float(one) for one in input({}).split()]")
        rows.append(f"    {name} = " + call.format(f'"{name.capitalize()}: "'))
    names = ", ".join(part.partition(":")[0].strip() for part in head[2].split(","))
    asks = "\n".join(rows)
    imports = "import re\n\n\n" if "re." in task else ""
    return (
        f"{imports}{task}\n\n\ndef main():\n{asks}\n    print({head[1]}({names}))\n\n\n"
        'if __name__ == "__main__":\n    main()'
    )


FIGURES = (
    (r"\b(?:averages?|mean|durchschnitt|promedio|moyenne|media)\b", "sum(values) / len(values)"),
    (r"\b(?:max(?:imum)?|highest|largest|biggest)\b", "max(values)"),
    (r"\b(?:min(?:imum)?|lowest|smallest)\b", "min(values)"),
)


def choose_figure(text: str) -> str:
    """Return the expression of the figure that a prompt wants of a column; else of the sum."""
    found = (figure for words, figure in FIGURES if re.search(words, text, re.I))
    return next(found, "sum(values)")


def write_script(request: CodeRequest, quoted: list[str]) -> str:
    named = COLUMN_NAME.search(request.text)
    column = next((name for name in quoted if name.isidentifier()), named[1] if named else "value")
    if "csv" in request.text.lower():
        file = CSV_FILE.search(request.text)
        imports, path = ("", f'"{file[0]}"') if file else ("import sys\n", "sys.argv[1]")
        return (
            f"import csv\n{imports}\n\ndef main(path):\n    with open(path, "
            'newline="", encoding="utf-8") as file:\n        rows = '
            "list(csv.DictReader(file))\n"
            f'    values = [float(row["{column}"]) for row in rows]\n'
            f"    print({choose_figure(request.text)})\n\n\nif __name__ "
            f'== "__main__":\n    main({path})'
        )
    if source := write_file_script(request.text):
        return source
    if source := write_asking_script(request):
        return source
    words = re.sub(r"[\"\\\n{}]", "", request.about)[:60]
    return (
        'def main():\n    items = ["first", "second", "third"]\n    for number, item in '
        f'enumerate(items, 1):\n        print(f"{{number}}: {{item}} '
        f'({words})")\n\n\nif __name__ == "__main__":\n    main()'
    )
