"""One more method for a class of the conversation: its name, and what it does with the fields."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_methods import PARAMETER_KINDS, plan_method
from mockgem.operations.forms.code_names import to_camel, to_snake
from mockgem.operations.forms.code_signatures import guess_kind
from mockgem.operations.forms.code_steps import write_step
from mockgem.operations.forms.lazy_patterns import make_regex

ADDS = r"\b(?:add|include|give it|write|implement|create|need|want)(?: (?:me|us|it|in|also))?"
KIND = r"(?:instance |class |new |public )?(?:method|member function|function)"
NAMED = make_regex(
    rf"{ADDS} (?:another |an? |the |one more )?{KIND} (?:called |named )?`?"
    r"((?!(?:to|that|which|for|called|named|in|with|and|returning|please)\b)[A-Za-z_]\w*)"
    rf"|{ADDS} (?:another |an? |the |one more )`?((?!new\b|another\b|class\b|public\b)[A-Za-z_]\w*)"
    r"`?(?:\(\w{0,20}\))?`? method\b",
    re.I,
)
"""A method that a message names: "add a method called area", "add an area method"."""
TASK = make_regex(
    rf"{ADDS} (?:another |an? |the |one more )?{KIND} "
    r"(?:(?:to|that|which|for) (?:can |will |should )?)?([a-z]+) "
    r"((?:(?!(?:of|and|for|from|in|with|using|as|to|by|if|it)\b)[a-z_]+ ?){1,5})",
    re.I,
)
"""A method of which a message says what it does: "add a method to get the area"."""
SMALL = frozenset("a an the its their this that me us whether object class rectangle".split())
VERBS = {"returns": "get", "return": "get", "gives": "get", "returning": "get", "checks": "is"}
FIELDS = {
    "python": make_regex(r"\bself\.(\w+) = (\[)?"),
    "javascript": make_regex(r"\bthis\.(\w+) = (\[)?"),
    "typescript": make_regex(r"\bthis\.(\w+) = (\[)?"),
    "java": make_regex(
        r"^ {4}(?:private|public|protected) (?:final )?\w+ (\w+)(?: = (\[))?;", re.M
    ),
}
METHODS = {
    "javascript": "  {name}({given}) {{\n    {step};\n  }}",
    "typescript": "  {name}({given}) {{\n    {step};\n  }}",
    "java": "    public {returns} {name}({given}) {{\n        {step};\n    }}",
}
RETURNS = {"number": "double", "integer": "int", "string": "String", "boolean": "boolean"}


def find_added_method(wish: str) -> str:
    """Return the name of the method that a message adds, with underscores; empty without one."""
    if named := NAMED.search(wish):
        return to_snake(named[1] or named[2]) if not is_dunder(named) else named[1] or named[2]
    match = TASK.search(wish)
    if match is None:
        return ""
    verb = match[1].lower()
    words = [word for word in re.findall(r"[a-z_]+", match[2].lower()) if word not in SMALL][:3]
    first = VERBS.get(verb, re.sub(r"(?<=[a-z]{2}[^s])s\Z|(?<=[a-z]{3})ing\Z", "", verb))
    return "_".join([first, *words])


def is_dunder(match: re.Match[str]) -> bool:
    return (match[1] or match[2]).startswith("__")


def add_planned_method(source: str, language: str, name: str) -> str:
    """Return a class with one more method; empty if the language or the class is not known."""
    fields = FIELDS.get(language)
    if fields is None or not re.search(r"\bclass \w", source):
        return ""
    members = tuple(
        {
            one: "array" if is_list else read_kind(one) for one, is_list in fields.findall(source)
        }.items()
    )
    if step := find_list_step(name, language, members):
        return put_method(source, language, name, step)
    method = plan_method(name, members)
    if not method.step:
        return ""
    step, given = write_step(method, language), [one for one, _ in method.parameters]
    if language == "python":
        head = ", ".join(("self", *given))
        return f"{source.rstrip()}\n\n    def {name}({head}):\n        {step}"
    end = source.rstrip().rfind("}")
    typed = [f"{RETURNS.get(kind, 'Object')} {one}" for one, kind in method.parameters]
    added = METHODS[language].format(
        name=to_camel(name),
        given=", ".join(typed if language == "java" else given),
        returns=RETURNS.get(method.returns, "void"),
        step=step,
    )
    return f"{source[:end].rstrip()}\n\n{added}\n{source[end:]}"


LIST_STEPS = {
    "peek": ("return self.{0}[-1]", "return this.{0}[this.{0}.length - 1]"),
    "top": ("return self.{0}[-1]", "return this.{0}[this.{0}.length - 1]"),
    "last": ("return self.{0}[-1]", "return this.{0}[this.{0}.length - 1]"),
    "first": ("return self.{0}[0]", "return this.{0}[0]"),
    "front": ("return self.{0}[0]", "return this.{0}[0]"),
    "size": ("return len(self.{0})", "return this.{0}.length"),
    "count": ("return len(self.{0})", "return this.{0}.length"),
    "length": ("return len(self.{0})", "return this.{0}.length"),
    "is_empty": ("return not self.{0}", "return this.{0}.length === 0"),
    "clear": ("self.{0}.clear()", "this.{0} = []"),
    "reverse": ("self.{0}.reverse()", "this.{0}.reverse()"),
}
"""What methods of a class with one list do, in Python and in JavaScript."""


def find_list_step(name: str, language: str, members: tuple[tuple[str, str], ...]) -> str:
    """Return the line of a method of a stack or a queue; empty for other classes."""
    lists = [one for one, kind in members if kind == "array"]
    rows = LIST_STEPS.get(name)
    if rows is None or len(lists) != 1 or language == "java":
        return ""
    return rows[language != "python"].format(lists[0])


def put_method(source: str, language: str, name: str, step: str) -> str:
    """Return a class with a method without parameters at its end."""
    if language == "python":
        return f"{source.rstrip()}\n\n    def {name}(self):\n        {step}"
    end = source.rstrip().rfind("}")
    added = METHODS[language].format(name=to_camel(name), given="", returns="", step=step)
    return f"{source[:end].rstrip()}\n\n{added}\n{source[end:]}"


def read_kind(field: str) -> str:
    return PARAMETER_KINDS.get(guess_kind(field), "string")
