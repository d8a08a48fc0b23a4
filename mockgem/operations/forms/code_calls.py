"""Calls of short programs whose form depends on the language alone."""

from __future__ import annotations

PARTS = {
    "append": "append",
    "lower": "lower",
    "upper": "upper",
    "strip": "strip",
    "split": "words",
    "capitalize": "capital",
}
"""The methods of Python, and the operation of a dialect."""
PRINTS = {
    "javascript": "console.log({0})",
    "typescript": "console.log({0})",
    "java": "System.out.println({0})",
    "csharp": "Console.WriteLine({0})",
    "go": "fmt.Println({0})",
    "rust": 'println!("{{}}", {0})',
    "c": 'printf("%d\\n", {0})',
    "cpp": "std::cout << {0} << '\\n'",
    "php": "echo {0}, PHP_EOL",
    "ruby": "puts {0}",
    "kotlin": "println({0})",
    "swift": "print({0})",
}
TWO_VALUES = {
    "javascript": "Math.{name}({0}, {1})",
    "typescript": "Math.{name}({0}, {1})",
    "java": "Math.{name}({0}, {1})",
    "csharp": "Math.{pascal}({0}, {1})",
    "go": "{name}({0}, {1})",
    "rust": "{0}.{name}({1})",
    "c": "f{name}({0}, {1})",
    "cpp": "std::{name}({0}, {1})",
    "php": "{name}({0}, {1})",
    "ruby": "[{0}, {1}].{name}",
    "kotlin": "{name}Of({0}, {1})",
    "swift": "{name}({0}, {1})",
}
"""The larger and the smaller of two values."""
TEMPLATES = {
    "javascript": ("`", "${{{0}}}", "`"),
    "typescript": ("`", "${{{0}}}", "`"),
    "csharp": ('$"', "{{{0}}}", '"'),
    "php": ('"', "{{{0}}}", '"'),
    "ruby": ('"', "#{{{0}}}", '"'),
    "kotlin": ('"', "${{{0}}}", '"'),
    "swift": ('"', "\\({0})", '"'),
}
"""How a language begins a text with places, writes a place, and ends the text."""
FORMATS = {
    "java": ("String.format({0})", "%s"),
    "go": ("fmt.Sprintf({0})", "%v"),
    "rust": ("format!({0})", "{}"),
    "cpp": ("std::format({0})", "{}"),
}
"""How a language without such texts puts values into the places of a text."""
