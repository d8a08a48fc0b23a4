"""Whole programs of compiled languages: a main function that calls the one for the task."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex


@frozen
class Main:
    """How a language writes a main function.

    Attributes:
        head: The pattern of a function's head, with the groups "name", "given" and "returns".
        frame: The function, with a place for its lines.
        reads: The lines that read a value of a kind, with places for its name.
        values: Sample values by kind.
        shows: The line that shows a value of a kind; "any" for other kinds.
        loop: The head of a loop over "number", with places for its limits.
        test: The head of a condition.
        imports: What the program imports, with a mark of its use.
    """

    head: re.Pattern[str]
    frame: str
    reads: dict[str, str]
    values: dict[str, str]
    shows: dict[str, str]
    loop: str
    test: str
    imports: tuple[tuple[str, str], ...]
    indent: str = "    "
    end: str = "}"


STATIC = make_regex(r"public static (?P<returns>[\w<>\[\]]+) (?P<name>\w+)\((?P<given>[^()\n]*)\)")
FAMILY = make_regex(
    r"^(?P<returns>(?:const )?[\w:]+(?:<[^<>\n]*>)?[ *&]*?) ?(?P<name>\w+)\((?P<given>[^()\n"
    r"]*)\) \{",
    re.M,
)
MAINS: dict[str, Main] = {
    "c": Main(
        FAMILY,
        "int main(void) {{\n{}\n    return 0;\n}}",
        {
            "int": 'int {0};\nprintf("{0}: ");\nscanf("%d", &{0});',
            "float": 'double {0};\nprintf("{0}: ");\nscanf("%lf", &{0});',
            "str": 'char {0}[256];\nprintf("{0}: ");\nscanf("%255s", {0});',
        },
        {"int": "10", "float": "2.5", "str": '"hello"'},
        {
            "int": 'printf("%d\\n", {});',
            "float": 'printf("%.2f\\n", {});',
            "str": 'printf("%s\\n", {});',
            "bool": 'printf("%s\\n", {} ? "yes" : "no");',
        },
        "for (int number = {0}; number <= {1}; number++) {{",
        "if ({}) {{",
        (("printf", "#include <stdio.h>\n"),),
    ),
    "cpp": Main(
        FAMILY,
        "int main() {{\n{}\n}}",
        {
            "int": 'int {0};\nstd::cout << "{0}: ";\nstd::cin >> {0};',
            "float": 'double {0};\nstd::cout << "{0}: ";\nstd::cin >> {0};',
            "str": 'std::string {0};\nstd::cout << "{0}: ";\nstd::getline(std::cin, {0});',
        },
        {"int": "10", "float": "2.5", "str": '"hello"', "list": "{3, 1, 2}"},
        {
            "any": "std::cout << {} << '\\n';",
            "bool": 'std::cout << ({} ? "yes" : "no") << \'\\n\';',
            "list": "for (auto item : {}) {{\n    std::cout << item << '\\n';\n}}",
        },
        "for (int number = {0}; number <= {1}; ++number) {{",
        "if ({}) {{",
        (("std::cout", "#include <iostream>\n"),),
    ),
    "java": Main(
        STATIC,
        "public static void main(String[] args) {{\n{}\n}}",
        {
            "int": 'System.out.print("{0}: ");\nint {0} = input.nextInt();',
            "float": 'System.out.print("{0}: ");\ndouble {0} = input.nextDouble();',
            "str": 'System.out.print("{0}: ");\nString {0} = input.nextLine();',
        },
        {"int": "10", "float": "2.5", "str": '"hello"', "list": "List.of(3, 1, 2)"},
        {"any": "System.out.println({});"},
        "for (int number = {0}; number <= {1}; number++) {{",
        "if ({}) {{",
        (("input.next", "Scanner input = new Scanner(System.in);"),),
    ),
    "csharp": Main(
        STATIC,
        "public static void Main()\n{{\n{}\n}}",
        {
            "int": 'Console.Write("{0}: ");\nint {0} = int.Parse(Console.ReadLine()!);',
            "float": 'Console.Write("{0}: ");\ndouble {0} = double.Parse(Console.ReadLine()!);',
            "str": 'Console.Write("{0}: ");\nstring {0} = Console.ReadLine()!;',
        },
        {"int": "10", "float": "2.5", "str": '"hello"', "list": "new List<int> { 3, 1, 2 }"},
        {"any": "Console.WriteLine({});", "list": 'Console.WriteLine(string.Join(", ", {}));'},
        "for (int number = {0}; number <= {1}; number++)\n{{",
        "if ({})\n{{",
        (),
    ),
    "go": Main(
        make_regex(r"^func (?P<name>\w+)\((?P<given>[^()\n]*)\) ?(?P<returns>[\w\[\]]*) ?\{", re.M),
        "func main() {{\n{}\n}}",
        {
            "int": 'var {0} int\nfmt.Print("{0}: ")\nfmt.Scan(&{0})',
            "float": 'var {0} float64\nfmt.Print("{0}: ")\nfmt.Scan(&{0})',
            "str": 'var {0} string\nfmt.Print("{0}: ")\nfmt.Scan(&{0})',
        },
        {"int": "10", "float": "2.5", "str": '"hello"', "list": "[]int{3, 1, 2}"},
        {"any": "fmt.Println({})"},
        "for number := {0}; number <= {1}; number++ {{",
        "if {} {{",
        (("fmt.", "fmt"),),
        "\t",
    ),
    "rust": Main(
        make_regex(
            r"^(?:pub )?fn (?P<name>\w+)\((?P<given>[^()\n]*)\)(?: -> (?P<returns>[^{\n]+?))? \{",
            re.M,
        ),
        "fn main() {{\n{}\n}}",
        {
            "int": "let mut line = String::new();\nstd::io::stdin().read_line(&mut "
            "line).unwrap();\n"
            "let {0}: i64 = line.trim().parse().unwrap();",
            "float": "let mut line = String::new();\nstd::io::stdin().read_line(&mut "
            "line).unwrap();\n"
            "let {0}: f64 = line.trim().parse().unwrap();",
            "str": "let mut line = String::new();\nstd::io::stdin().read_line(&mut "
            "line).unwrap();\n"
            "let {0} = line.trim();",
        },
        {"int": "10", "float": "2.5", "str": '"hello"', "list": "&[3, 1, 2]"},
        {
            "any": 'println!("{{:?}}", {});',
            "str": 'println!("{{}}", {});',
            "int": 'println!("{{}}", {});',
        },
        "for number in {0}..={1} {{",
        "if {} {{",
        (),
    ),
}
UPTO = make_regex(
    r"\bfirst (\d{1,5})\b|\b(?:from |between )?(\d{1,4}) (?:to|and|through|bis|-) (\d{1,6})\b"
    r"|\b(?:up to|below|less than|until) (\d{1,6})\b",
    re.I,
)
PRINTS = make_regex(r"\bprintf\(|\bcout\b|\.print(?:ln)?\(|\bWriteLine\(|fmt\.Print|println!")
ASKS = make_regex(
    r"\b(?:reads?|asks?|inputs?|enter\w*|user|prompts?|scanf|stdin|given by|takes? (?:an? |two "
    r")?\w+ as input)\b",
    re.I,
)
KINDS = (
    ("list", r"\[|<|\*(?! ?\w*text)|vector"),
    ("str", r"str|String|char"),
    ("float", r"double|float|f64"),
    ("bool", r"bool"),
    ("int", r"int|i64|i32|usize|long"),
)


def read_kind(text: str) -> str:
    """Return the kind of a type, as Python names it; a pointer to characters is a text."""
    if "char" in text:
        return "str"
    return next((kind for kind, pattern in KINDS if re.search(pattern, text)), "")


def add_main(source: str, request: CodeRequest) -> str:
    """Return a program that calls its function; the function alone if it cannot be called."""
    main = MAINS.get(request.language)
    head = main.head.search(source) if main else None
    if main is None or head is None or "main(" in source.lower():
        return source
    given = [
        (read_kind(part), read_name(part, request.language)) for part in head["given"].split(",")
    ]
    given = [row for row in given if row[1]]
    returns = read_kind(head["returns"] or "")
    prints = PRINTS.search(source) is not None
    lines = [] if prints else call_in_loop(main, head["name"], given, returns, request.text)
    lines = lines or call_once(main, head["name"], given, returns, request.text)
    if not lines:
        return source
    step = main.indent
    body = main.frame.format(
        "\n".join(f"{step}{row}" for line in lines for row in line.split("\n"))
    )
    return f"{import_used(source, body, main, request.language)}\n\n{body}"


def read_name(part: str, language: str) -> str:
    words = re.findall(r"\w+", part.partition(":")[0] if language == "rust" else part)
    return (words[0] if language in ("go", "rust") else words[-1]) if words else ""


def call_in_loop(
    main: Main, name: str, given: list[tuple[str, str]], returns: str, text: str
) -> list[str]:
    """Return the lines that call a function with each number of a range; empty without one."""
    limits = UPTO.search(text)
    if limits is None or [kind for kind, _ in given] != ["int"] or ASKS.search(text):
        return []
    start, stop = limits[2] or ("0" if limits[1] else "1"), limits[1] or limits[3] or limits[4]
    stop = str(int(stop) - 1) if limits[1] else stop
    shown = "number" if returns == "bool" else f"{name}(number)"
    show = find_show(main, "int" if returns == "bool" else returns, shown)
    inside = [show]
    if returns == "bool":
        inside = [main.test.format(f"{name}(number)"), f"{main.indent}{show}", main.end]
    rows = [f"{main.indent}{row}" for line in inside for row in line.split("\n")]
    return [main.loop.format(start, stop), *rows, main.end]


def find_show(main: Main, kind: str, value: str) -> str:
    row = main.shows.get(kind) or main.shows.get("any", "")
    return row.format(value) if row else ""


def call_once(
    main: Main, name: str, given: list[tuple[str, str]], returns: str, text: str
) -> list[str]:
    """Return the lines that call a function with what a user enters, or with sample values."""
    asks, rows, values = ASKS.search(text) is not None, [], []
    number = re.search(r"\b(?:of|for|to|first) (\d{1,4})\b", text)
    for kind, one in given:
        if asks and kind in main.reads:
            rows.append(main.reads[kind].format(one))
            values.append(one)
        elif kind in main.values:
            values.append(number[1] if number and kind == "int" else main.values[kind])
        else:
            return []
    show = find_show(main, returns, f"{name}({', '.join(values)})")
    if not show:
        return []
    opening = [line for mark, line in main.imports if mark == "input.next" and asks and rows]
    return [*opening, *rows, show]


def import_used(source: str, body: str, main: Main, language: str) -> str:
    """Return a function with what its main function imports."""
    if language == "go" and '"fmt"' not in source:
        return source.replace("package main\n", 'package main\n\nimport "fmt"\n', 1)
    for mark, line in main.imports:
        if mark in body and line.startswith("#") and line not in source:
            separator = "" if source.startswith("#") else "\n"
            source = f"{line}{separator}{source}"
    return source
