"""The statement of a method of a class, in each language."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.operations.forms.code_calls import FORMATS, TEMPLATES
from mockgem.operations.forms.code_methods import Method
from mockgem.operations.forms.code_names import to_camel, to_pascal, to_snake
from mockgem.operations.forms.lazy_patterns import make_regex

FIELDS = {
    **dict.fromkeys(("java", "javascript", "typescript"), "this.{}"),
    **dict.fromkeys(("python", "rust"), "self.{}"),
    **dict.fromkeys(("csharp", "cpp", "kotlin", "swift"), "{}"),
    "php": "$this->{}",
    "ruby": "@{}",
    "go": "own.{}",
}
STYLES: dict[str, Callable[[str], str]] = {
    "csharp": to_pascal,
    "go": to_pascal,
    "python": str,
    **dict.fromkeys(("ruby", "rust", "cpp"), to_snake),
}
LISTS = {
    "java": ("{0}.add({1})", "{0}.remove({1})"),
    "csharp": ("{0}.Add({1})", "{0}.Remove({1})"),
    "javascript": ("{0}.push({1})", "{0} = {0}.filter((one) => one !== {1})"),
    "python": ("{0}.append({1})", "{0}.remove({1})"),
    "ruby": ("{0} << {1}", "{0}.delete({1})"),
    "php": ("{0}[] = {1}", "{0} = array_diff({0}, [{1}])"),
    "go": (
        "{0} = append({0}, {1})",
        "{0} = slices.DeleteFunc({0}, func(one string) bool {{ return one == {1} }})",
    ),
    "rust": ("{0}.push({1})", "{0}.retain(|one| *one != {1})"),
    "cpp": ("{0}.push_back({1})", "std::erase({0}, {1})"),
    "kotlin": ("{0} += {1}", "{0} -= {1}"),
    "swift": ("{0}.append({1})", "{0}.removeAll {{ $0 == {1} }}"),
}
TEXTS = {"python": ('f"', "{{{0}}}", '"'), **TEMPLATES}
"""How a language begins a text with places, writes a place, and ends the text."""
ROOTS = {
    **dict.fromkeys(("java", "csharp"), "Math.Sqrt({0})"),
    "java": "Math.sqrt({0})",
    "go": "math.Sqrt({0})",
    "rust": "({0}).sqrt()",
    "cpp": "std::sqrt({0})",
    "kotlin": "kotlin.math.sqrt({0})",
    "swift": "({0}).squareRoot()",
}
"""The square root, where a language has no sign for powers."""


def write_step(method: Method, language: str) -> str:
    """Return the statement of a method, without the mark at its end."""
    step = method.step
    if step.startswith("say "):
        return f"return {write_text(step[4:], language)}"
    if step.startswith(("append ", "remove ")):
        act, field, value = step.split(" ")
        rows = LISTS["javascript" if language == "typescript" else language]
        mark = "$" if language == "php" else ""
        return rows[act == "remove"].format(name_field(field[1:], language), f"{mark}{value}")
    mark = "$" if language == "php" else ""
    for name, kind in method.parameters:
        own = f"{mark}{style_parameter(name, language)}"
        if kind == "object":
            step = re.sub(rf"(?<![@\w$]){name}\.(\w+)", rf"{own}.@@\1", step)
        else:
            step = re.sub(rf"(?<![@\w$]){name}\b", own, step)
    style = STYLES.get(language, to_camel)
    arrow = "->" if language == "php" else "."
    step = re.sub(r"\.@@(\w+)", lambda found: f"{arrow}{style(found[1])}", step)
    step = re.sub(r"@(\w+)", lambda found: name_field(found[1], language), step)
    if language in ROOTS:
        step = ROOT.sub(
            lambda found: ROOTS[language].format(found[1]), SQUARE.sub(r"\1 * \1", step)
        )
    return step.replace("true", "True") if language == "python" else step


SQUARE = make_regex(r"(\([^()\n]{1,60}\)) \*\* 2")
ROOT = make_regex(r"(?<=return )\((\([^\n]{1,300}\))\) \*\* 0\.5")


def name_field(name: str, language: str) -> str:
    return FIELDS[language].format(STYLES.get(language, to_camel)(name))


def write_text(said: str, language: str) -> str:
    """Return a text in which each "@name" stands for a field."""
    if language in TEXTS and "@" in said:
        start, place, end = TEXTS[language]
        return start + AT.sub(lambda at: place.format(name_field(at[1], language)), said) + end
    text = said.replace('"', '\\"')
    if "@" not in said:
        return f'"{text}".to_string()' if language == "rust" else f'"{text}"'
    call, place = FORMATS[language]
    given = [name_field(name, language) for name in AT.findall(said)]
    return call.format(", ".join([f'"{AT.sub(place, text)}"', *given]))


AT = make_regex(r"@(\w+)")


def style_parameter(name: str, language: str) -> str:
    return name if language in ("python", "ruby", "rust") else to_camel(name)
