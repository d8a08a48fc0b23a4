"""Enumerations in the languages that have them."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_names import to_pascal
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

ENUM = make_regex(
    r"\benum\b[^.\n]{0,20}?(?:called |named )?[\"'`]?((?-i:[A-Z])\w{1,40}|for (?:an? |the "
    r")?[a-z]+(?: [a-z]+)?)[\"'`]?[^.\n]{0,30}?(?:with"
    r"|for|containing|of|:|values|members)"
    r"\s(?:the )?(?:values |members |variants |constants )?((?:[\"'`]?\w{1,30}[\"'`]?(?:,\s"
    r"|\sand\s|,\sand\s|\sund\s)){1,20}[\"'`]?\w{1,30})",
    re.I,
)


def write_enum(request: CodeRequest) -> str:
    """Return the enumeration that a prompt describes; empty if it describes none."""
    if rich := write_rich_enum(request):
        return rich
    match = ENUM.search(AND_METHOD.sub(".", request.text))
    if match is None:
        return ""
    values = [word for word in re.findall(r"\w+", match[2]) if word not in ("and", "und")]
    name = re.sub(r"^for (?:an? |the )?", "", match[1])
    name = name if name[:1].isupper() else to_pascal(name.replace(" ", "_"))
    source = format_enum(request.language, name, values)
    method = METHOD.search(request.text)
    if request.language != "rust" or method is None:
        return source
    own = next(filter(None, method.groups()))
    arms = "\n".join(f"            {name}::{value} => 1.0," for value in values)
    return (
        f"{source}\n\nimpl {name} {{\n    pub fn {own}(&self) -> f64 {{\n        match self {{\n"
        f"{arms}\n        }}\n    }}\n}}"
    )


AND_METHOD = make_regex(
    r"\s(?:and|with|plus) (?:an? |the )?(?:\w+ )?(?:methods?|functions?)\b", re.I
)
"""What follows the values of an enumeration."""
VARIANT = make_regex(r"\b([A-Z]\w*)\(([\w:<>, ]{1,60})\)")
ENUM_NAME = make_regex(r"\benum (?:called |named )?`?([A-Z]\w+)")
METHOD = make_regex(r"\b`?([a-z]\w*)`?(?:\(\))? method\b|\bmethod `?([a-z]\w*)")


def write_rich_enum(request: CodeRequest) -> str:
    """Return an enumeration of Rust or Swift whose variants hold values; empty for others."""
    variants, named = VARIANT.findall(request.text), ENUM_NAME.search(request.text)
    if not variants or named is None or request.language not in ("rust", "swift"):
        return ""
    found = METHOD.search(request.text)
    method = next(filter(None, found.groups())) if found else ""
    if request.language == "swift":
        rows = "\n".join(
            f"    case {name[:1].lower()}{name[1:]}({kinds})" for name, kinds in variants
        )
        return f"enum {named[1]} {{\n{rows}\n}}"
    rows = "\n".join(f"    {name}({kinds})," for name, kinds in variants)
    block = f"#[derive(Debug, Clone)]\npub enum {named[1]} {{\n{rows}\n}}"
    if not method:
        return block
    arms = []
    for name, kinds in variants:
        letters = [chr(ord("a") + at) for at in range(kinds.count(",") + 1)]
        arms.append(
            f"            {named[1]}::{name}({', '.join(letters)}) => {' * '.join(letters)},"
        )
    body = "\n".join(arms)
    return (
        f"{block}\n\nimpl {named[1]} {{\n    pub fn {method}(&self) -> f64 {{\n        match "
        f"self {{\n"
        f"{body}\n        }}\n    }}\n}}"
    )


def format_enum(language: str, name: str, values: list[str]) -> str:
    pascal = [value if not value.isupper() else to_pascal(value.lower()) for value in values]
    match language:
        case "python":
            rows = "\n".join(f'    {value.upper()} = "{value.lower()}"' for value in values)
            return f"from enum import Enum\n\n\nclass {name}(Enum):\n{rows}"
        case "java" | "kotlin" | "cpp" | "c" | "csharp":
            word = {
                "java": "public enum",
                "kotlin": "enum class",
                "cpp": "enum class",
                "csharp": "public enum",
            }
            ends = ";" if language in ("c", "cpp") else ""
            return (
                f"{word.get(language, 'enum')} {name} {{\n    "
                + ",\n    ".join(values)
                + f"\n}}{ends}"
            )
        case "typescript":
            rows = "\n".join(f'  {value} = "{value}",' for value in values)
            return f"export enum {name} {{\n{rows}\n}}"
        case "rust":
            return (
                f"#[derive(Debug, Clone, Copy, PartialEq)]\npub enum {name} {{\n    "
                + ",\n    ".join(pascal)
                + ",\n}"
            )
        case "swift":
            return f"enum {name} {{\n" + "\n".join(f"    case {value}" for value in values) + "\n}"
        case "go":
            first, *rest = values
            rows = "\n".join(f"\t{value}" for value in rest)
            return f"package main\n\ntype {name} int\n\nconst (\n\t{first} {name} = iota\n{rows}\n)"
    return ""
