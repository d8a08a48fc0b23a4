"""A type and a function about it in one request: "an interface Order and isDelivered(order)"."""

from __future__ import annotations

import re
from dataclasses import replace

from mockgem.core.frozen import frozen
from mockgem.operations.forms.code_names import to_snake
from mockgem.operations.forms.code_request import CodeRequest, describe_code
from mockgem.operations.forms.code_templates import write_program
from mockgem.operations.forms.code_unions import find_unions
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

TYPE = make_regex(r"\b(?:interface|type|struct|data ?class|class|record|model)\b", re.I)
FUNCTION = make_regex(
    r",?\s(?:and|plus|then|as well as)\s(?:also\s)?(?:write\s)?(?:an?\s|the\s)?(?:[a-z]+\s)?"
    r"(?:function|func|fn|helper)\s(?:called\s|named\s)?`?([A-Za-z_]\w{0,40})\(([^()\n]{0,80})\)`?"
    r"(?:\s(?:->\s?)?(bool|int|string|float64|str|float|f64|number|boolean)\b)?",
)


@frozen
class Task:
    """A function about a type.

    Attributes:
        one: The name of its parameter; `other` that of a second one.
        is_list: Whether the parameter holds several objects.
        fields: The fields of the type, as the program spells them.
    """

    name: str
    one: str
    other: str
    thing: str
    is_list: bool
    fields: tuple[tuple[str, str], ...]
    values: tuple[tuple[str, str], ...]


def write_pair(question: Question, request: CodeRequest) -> str:
    """Return a type and a function about it; empty if a prompt does not want both."""
    write = WRITERS.get(request.language)
    text = request.text[:2000]
    if write is None or "(" not in text or request.kind == "tests":
        return ""
    match = FUNCTION.search(text)
    if match is None or TYPE.search(text[: match.start()]) is None:
        return ""
    first = f"{text[: match.start()]}."
    own = describe_code(Question(first, question.random, question.system), request.language, first)
    if own.kind not in ("interface", "class", "struct") or not own.members:
        return ""
    source = write_program(replace(own, methods=()), [])
    task = read_task(match, own, first)
    if request.language == "go" and task.other:
        return ""
    return f"{source}{write(task)}"


def read_task(match: re.Match[str], own: CodeRequest, text: str) -> Task:
    parameters = [part.split(":")[0].split()[0] for part in match[2].split(",") if part.strip()]
    one = parameters[0] if parameters else own.name[:1].lower() + own.name[1:]
    other = parameters[1] if len(parameters) > 1 else ""
    is_list = one.endswith("s") and not own.name.lower().endswith("s")
    values = tuple(
        (value.lower(), name) for name, union in find_unions(text).items() for value in union
    )
    return Task(match[1], one, other, own.name, is_list, own.members, values)


def find_field(task: Task, pattern: str, kinds: tuple[str, ...] = ()) -> str:
    return next(
        (name for name, kind in task.fields if re.search(pattern, name, re.I) or kind in kinds), ""
    )


def plan(task: Task) -> tuple[str, str, str]:
    """Return what a function does: its kind, the field that it reads, and a value."""
    words = to_snake(task.name)
    rest = re.sub(r"^(?:is|has|are)_", "", words)
    if rest != words:
        known = dict(task.values)
        value = next((one for one in known if to_snake(one.replace(" ", "_")) == rest), "")
        if value:
            return "equals", known[value], value
        if rest == "adult" and (age := find_field(task, r"^age$")):
            return "least", age, "18"
        flag = find_field(
            task, rf"^(?:is_?|has_?)?{rest}$|^in_?stock$|active|enabled", ("boolean",)
        )
        return ("flag", flag, "") if flag else ("filled", task.fields[0][0], "")
    if task.is_list and re.search(r"total|sum|price|cost|value|average", words):
        return "sum", find_field(task, r"price|amount|cost|total|value") or task.fields[-1][0], ""
    if task.other and {"x", "y"} <= {name.lower() for name, _ in task.fields}:
        return "distance", "x", "y"
    if re.search(r"greet|hello|welcome", words):
        return "greet", find_field(task, r"name") or task.fields[0][0], ""
    return "get", find_field(task, rest) or task.fields[0][0], ""


def write_typescript(task: Task) -> str:
    kind, field, value = plan(task)
    kept = f"{task.one}.{field}"
    typed = f"{task.one}: {task.thing}{'[]' if task.is_list else ''}"
    typed += f", {task.other}: {task.thing}" if task.other else ""
    returns, step = {
        "equals": ("boolean", f"{kept} === '{value}'"),
        "least": ("boolean", f"{kept} >= {value}"),
        "flag": ("boolean", kept),
        "filled": ("boolean", f"Boolean({kept})"),
        "sum": ("number", f"{task.one}.reduce((sum, item) => sum + item.{field}, 0)"),
        "distance": (
            "number",
            f"Math.hypot({task.one}.x - {task.other}.x, {task.one}.y - {task.other}.y)",
        ),
        "greet": ("string", f"`Hello, ${{{kept}}}!`"),
        "get": (f"{task.thing}['{field}']", kept),
    }[kind]
    return f"\n\nexport function {task.name}({typed}): {returns} {{\n  return {step};\n}}"


def write_python(task: Task) -> str:
    kind, field, value = plan(task)
    kept = f"{task.one}.{field}"
    typed = f"{task.one}: {f'list[{task.thing}]' if task.is_list else task.thing}"
    typed += f", {task.other}: {task.thing}" if task.other else ""
    returns, step = {
        "equals": ("bool", f'{kept} == "{value}"'),
        "least": ("bool", f"{kept} >= {value}"),
        "flag": ("bool", kept),
        "filled": ("bool", f"bool({kept})"),
        "sum": ("float", f"sum(item.{field} for item in {task.one})"),
        "distance": (
            "float",
            f"(({task.one}.x - {task.other}.x) ** 2 + ({task.one}.y - {task.other}.y) ** 2) ** 0.5",
        ),
        "greet": ("str", f'f"Hello, {{{kept}}}!"'),
        "get": ("object", kept),
    }[kind]
    return f"\n\n\ndef {task.name}({typed}) -> {returns}:\n    return {step}"


def write_go(task: Task) -> str:
    kind, field, value = plan(task)
    name = field[:1].upper() + field[1:]
    kept = f"{task.one}.{name}"
    typed = f"{task.one} {'[]' if task.is_list else ''}{task.thing}"
    if kind == "sum":
        steps = (
            f"\tvar total float64\n\tfor _, item := range {task.one} {{\n"
            f"\t\ttotal += float64(item.{name})\n\t}}\n\treturn total"
        )
        return f"\n\nfunc {task.name}({typed}) float64 {{\n{steps}\n}}"
    returns, step = {
        "equals": ("bool", f'{kept} == "{value}"'),
        "least": ("bool", f"{kept} >= {value}"),
        "flag": ("bool", kept),
        "filled": ("bool", f'{kept} != ""'),
        "greet": ("string", f'"Hello, " + {kept} + "!"'),
        "get": ("string", kept),
    }[kind]
    return f"\n\nfunc {task.name}({typed}) {returns} {{\n\treturn {step}\n}}"


WRITERS = {"typescript": write_typescript, "python": write_python, "go": write_go}
