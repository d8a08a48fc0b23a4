"""A given function that adds up a field of all items, in other languages."""

from __future__ import annotations

from collections.abc import Callable

from mockgem.operations.forms.code_names import to_camel, to_pascal, to_snake
from mockgem.operations.forms.lazy_patterns import make_regex

REDUCE = make_regex(
    r"(?:function (\w+)\((\w+)[^()\n]*\)[^{\n]*\{\s*return"
    r"|const (\w+) = \(?(\w+)[^()=\n]*\)?[^=\n]*=>\s*"
    r"(?:\{\s*return)?)\s+(?:\w+)\.reduce\(\s*\((\w+)[^,()]*,\s*(\w+)[^()]*\)\s*=>\s*\5\s\+\s\6\.(\w+)"
    r"(?:\s\*\s\6\.(\w+))?,\s*0\s*\)"
)
SUM = make_regex(
    r"def (\w+)\((\w+)[^()\n]*\)[^:\n]*:\s*return sum\(\[?(\w+)(?:\.|\[\")(\w+)(?:\"\])?"
    r"(?: \* \3(?:\.|\[\")(\w+)(?:\"\])?)? for \3 in \2\]?\)"
)
GO = """package main

type Item struct {{
{fields}
}}

func {name}({items} []Item) float64 {{
	total := 0.0
	for _, item := range {items} {{
		total += {product}
	}}
	return total
}}"""
JAVA = """import java.util.List;

public class Main {{
    public record Item({fields}) {{
    }}

    public static double {name}(List<Item> {items}) {{
        return {items}.stream().mapToDouble(item -> {product}).sum();
    }}
}}"""
RUST = """pub struct Item {{
{fields}
}}

pub fn {name}({items}: &[Item]) -> f64 {{
    {items}.iter().map(|item| {product}).sum()
}}"""
CSHARP = """using System.Collections.Generic;
using System.Linq;

public record Item({fields});

public static class Program
{{
    public static double {name}(IEnumerable<Item> {items})
    {{
        return {items}.Sum(item => {product});
    }}
}}"""
KOTLIN = """data class Item({fields})

fun {name}({items}: List<Item>): Double = {items}.sumOf {{ {product} }}"""
SWIFT = """struct Item {{
{fields}
}}

func {name}(_ {items}: [Item]) -> Double {{
    return {items}.reduce(0) {{ $0 + {product} }}
}}"""
TYPESCRIPT = """interface Item {{
{fields}
}}

export function {name}({items}: Item[]): number {{
  return {items}.reduce((total, item) => total + {product}, 0);
}}"""
PYTHON = """def {name}({items}):
    return sum({product} for item in {items})"""
RUBY = """def {name}({items})
  {items}.sum {{ |item| {product} }}
end"""
PHP = """<?php

function {name}(array ${items}): float
{{
    return array_sum(array_map(fn ($item) => {product}, ${items}));
}}"""
Style = Callable[[str], str]
STYLES: dict[str, tuple[str, str, str, str, Style, Style]] = {
    "go": (GO, "\t{0} float64", "\n", "item.{0}", to_pascal, to_camel),
    "java": (JAVA, "double {0}", ", ", "item.{0}()", to_camel, to_camel),
    "rust": (RUST, "    pub {0}: f64,", "\n", "item.{0}", to_snake, to_snake),
    "csharp": (CSHARP, "double {0}", ", ", "item.{0}", to_pascal, to_pascal),
    "kotlin": (KOTLIN, "val {0}: Double", ", ", "it.{0}", to_camel, to_camel),
    "swift": (SWIFT, "    let {0}: Double", "\n", "$1.{0}", to_camel, to_camel),
    "typescript": (TYPESCRIPT, "  {0}: number;", "\n", "item.{0}", to_camel, to_camel),
    "python": (PYTHON, "", "", 'item["{0}"]', str, to_snake),
    "ruby": (RUBY, "", "", "item[:{0}]", to_snake, to_snake),
    "php": (PHP, "", "", "$item['{0}']", str, to_camel),
}
"""The program, a field, what joins fields, how a field is read, the styles of fields and names."""


def convert_field_sum(source: str, target: str) -> str:
    """Return a function that sums a field, in another language; empty for other functions."""
    if "reduce" not in source and "sum(" not in source:
        return ""
    found = REDUCE.search(source) or SUM.search(source)
    if found is None or target not in STYLES:
        return ""
    groups = found.groups()
    if found.re.pattern == SUM.pattern:
        name, items, fields = groups[0], groups[1], groups[3:5]
    else:
        name, items, fields = groups[0] or groups[2], groups[1] or groups[3], groups[6:8]
    template, row, join, read, style, own = STYLES[target]
    known = [style(field) for field in fields if field]
    return template.format(
        name=own(name),
        items=to_snake(items) if target in ("python", "ruby", "rust") else to_camel(items),
        fields=join.join(row.format(field) for field in known),
        product=" * ".join(read.format(field) for field in known),
    )
