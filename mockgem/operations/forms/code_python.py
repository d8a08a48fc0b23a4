"""Python programs for a request."""

from __future__ import annotations

import re
from dataclasses import replace

from mockgem.operations.forms.code_names import read_parameters
from mockgem.operations.forms.code_request import CodeRequest

BODIES = {
    "is_palindrome": (
        "text",
        'cleaned = "".join(char.lower() for char in {0} if char.isalnum())\n    return '
        "cleaned == cleaned[::-1]",
    ),
    "fibonacci": (
        "n",
        "first, second = 0, 1\n    for _ in range({0}):\n        first, second = second,"
        " first + second\n    return first",
    ),
    "factorial": (
        "n",
        "result = 1\n    for number in range(2, {0} + 1):\n        result *= number\n   "
        " return result",
    ),
    "is_prime": (
        "n",
        "return {0} > 1 and all({0} % divisor for divisor in range(2, int({0} ** 0.5) + 1))",
    ),
    "reverse": ("items", "return {0}[::-1]"),
    "average": ("values", "return sum({0}) / len({0}) if {0} else 0.0"),
    "sort_items": ("items", "return dict(sorted({0}.items(), key=lambda pair: pair[1]))"),
    "add": ("a, b", "return a + b"),
    "binary_search": (
        "items, target",
        "low, high = 0, len(items) - 1\n    while low <= high:\n        middle = (low + "
        "high) // 2\n        if items[middle] == target:\n            return middle\n   "
        "     if items[middle] < target:\n            low = middle + 1\n        else:\n "
        "           high = middle - 1\n    return -1",
    ),
}
TYPES = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "array": "list[str]",
}


def write_python(request: CodeRequest, quoted: list[str]) -> str:
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
    return write_function(request)


CALL = re.compile(r"(?<![\w.`])`?([a-z_]\w{2,40})\(([a-z_][\w ,=:*]{0,80})\)")


def find_other_functions(request: CodeRequest) -> list[CodeRequest]:
    """Return a request for each further function that a prompt names with its parameters."""
    found = {name: read_parameters(given) for name, given in CALL.findall(request.text)}
    found.pop(request.name, None)
    return [
        replace(request, name=name, parameters=parameters)
        for name, parameters in list(found.items())[:6]
        if request.parameters and parameters
    ]


GROUPS = re.compile(r"\b(?:per|by|for each) (\w+)", re.I)
CSV_FILE = re.compile(r"\b[\w/-]{1,40}\.csv\b")
COLUMNS = re.compile(r"\bcolumns? ((?:[\"'`]?\w+[\"'`]?(?:, | and )?){1,12})", re.I)
METHODS = {"average": "mean", "mean": "mean", "count": "count", "number": "count", "max": "max"}


def write_pandas(request: CodeRequest) -> str:
    """Return a few lines that group the rows of a DataFrame."""
    text = request.text
    if file := CSV_FILE.search(text):
        return f'import pandas as pd\n\ndf = pd.read_csv("{file[0]}")\nprint(df.head())'
    match = COLUMNS.search(text)
    named = re.findall(r"\w+", match[1]) if match else []
    columns = [name for name in named if name != "and"] or ["group", "value"]
    group = GROUPS.search(text)
    key = group[1] if group and group[1] in columns else columns[0]
    value = next((name for name in columns if name != key), "value")
    method = next((name for word, name in METHODS.items() if word in text.lower()), "sum")
    return (
        "import pandas as pd\n\n"
        f'df = pd.DataFrame({{"{key}": ["a", "b", "a"], "{value}": [1, 2, 3]}})\n'
        f'result = df.groupby("{key}")["{value}"].{method}()\nprint(result)'
    )


def write_function(request: CodeRequest) -> str:
    if re.search(r"\bpandas\b|\bdataframe\b", request.text, re.I):
        return write_pandas(request)
    known = next((row for name, row in BODIES.items() if name in request.name), None)
    names = request.parameters or tuple((known[0] if known else "values").split(", "))
    doc = request.about.replace('"', "'").replace("\\", "").strip(" .")
    head = f'def {request.name}({", ".join(names)}):\n    """{doc[:1].upper()}{doc[1:70]}."""\n'
    if known:
        return f"{head}    {known[1].format(names[0])}"
    return (
        f"{head}    result = []\n    for value in {names[0]}:\n        "
        "result.append(value)\n    return result"
    )


def write_tests(request: CodeRequest) -> str:
    name = request.name if request.name.isidentifier() else "run"
    arguments = ", ".join(str(number) for number in range(2, 2 + max(1, len(request.parameters))))
    zeros = ", ".join("0" for _ in range(max(1, len(request.parameters))))
    return (
        f'import pytest\n\nfrom module import {name}\n\n\n@pytest.mark.parametrize(("arg'
        f'uments", "expected"), [(({arguments},), 5), (({zeros},), 0)])\n'
        f"def test_{name}_returns_the_expected_value(arguments, expected):\n    assert "
        f"{name}(*arguments) == expected\n\n\n"
        f"def test_{name}_rejects_bad_input():\n    with pytest.raises(TypeError):\n    "
        f"    {name}(None)"
    )


def write_class(request: CodeRequest) -> str:
    listed = list_methods(request)
    if listed:
        return (
            f"class {request.name}:\n    def __init__(self):\n        self.items = []\n\n"
            + "\n\n".join(listed)
        )
    if request.methods and not request.members:
        methods = "\n\n".join(write_method(name) for name in request.methods)
        return (
            f'class {request.name}:\n    """A {request.name.lower()} that keeps its items '
            f'in a list."""\n\n    def __init__(self):\n        self.items = []\n\n{methods}'
        )
    members = request.members or (("name", "string"),)
    fields = "\n".join(f"    {name}: {TYPES.get(kind, 'str')}" for name, kind in members)
    methods = "".join(f"\n\n{write_method(name)}" for name in request.methods)
    return (
        "from dataclasses import dataclass\n\n\n@dataclass\nclass "
        f"{request.name}:\n{fields}{methods}\n\n    def describe(self):\n        return "
        f'f"{request.name}: {{self.{members[0][0]}}}"'
    )


METHOD_LINE = re.compile(
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


def write_script(request: CodeRequest, quoted: list[str]) -> str:
    column = next((name for name in quoted if name.isidentifier()), "value")
    if "csv" in request.text.lower():
        return (
            "import csv\nimport sys\n\n\ndef main(path):\n    with open(path, "
            'newline="", encoding="utf-8") as file:\n        rows = '
            "list(csv.DictReader(file))\n"
            f'    print(sum(float(row["{column}"]) for row in rows))\n\n\nif __name__ '
            '== "__main__":\n    main(sys.argv[1])'
        )
    words = re.sub(r"[\"\\\n]", "", request.about)[:60]
    return (
        'def main():\n    items = ["first", "second", "third"]\n    for number, item in '
        f'enumerate(items, 1):\n        print(f"{{number}}: {{item}} '
        f'({words})".replace("{{}}", ""))\n\n\nif __name__ == "__main__":\n    main()'
    ).replace("{{}}", "")
