"""Examples of a choice between cases, in the languages that have one."""

from __future__ import annotations

from mockgem.operations.forms.lazy_patterns import make_regex

CASES = """switch (day) {
    case 1:
        <show>("Monday");
        break;
    case 2:
        <show>("Tuesday");
        break;
    default:
        <show>("Another day");
        break;
}"""
SWITCHES = {
    "java": "int day = 2;\n\n" + CASES.replace("<show>", "System.out.println"),
    "csharp": "int day = 2;\n\n" + CASES.replace("<show>", "Console.WriteLine"),
    "javascript": "const day = 2;\n\n" + CASES.replace("<show>", "console.log"),
    "typescript": "const day: number = 2;\n\n" + CASES.replace("<show>", "console.log"),
    "php": "<?php\n\n$day = 2;\n\n" + CASES.replace("(day)", "($day)").replace("<show>", "print"),
    "c": """#include <stdio.h>

int main(void) {
    int day = 2;
    switch (day) {
        case 1:
            puts("Monday");
            break;
        default:
            puts("Another day");
            break;
    }
    return 0;
}""",
    "cpp": """#include <iostream>

int main() {
    int day = 2;
    switch (day) {
        case 1:
            std::cout << "Monday\\n";
            break;
        default:
            std::cout << "Another day\\n";
            break;
    }
}""",
    "go": """package main

import "fmt"

func main() {
	day := 2
	switch day {
	case 1:
		fmt.Println("Monday")
	default:
		fmt.Println("Another day")
	}
}""",
    "kotlin": """val day = 2

when (day) {
    1 -> println("Monday")
    else -> println("Another day")
}""",
    "swift": """let day = 2

switch day {
case 1:
    print("Monday")
default:
    print("Another day")
}""",
    "rust": """fn main() {
    let day = 2;
    match day {
        1 => println!("Monday"),
        _ => println!("Another day"),
    }
}""",
    "python": """day = 2

match day:
    case 1:
        print("Monday")
    case _:
        print("Another day")""",
    "bash": """#!/usr/bin/env bash
case "${1:-}" in
  start)
    echo "Starting"
    ;;
  *)
    echo "Usage: $0 start"
    ;;
esac""",
}
ASKS = make_regex(
    r"\b(?:switch|match|when|case)(?:[- /]case)? (?:statements?|expressions?|blocks?)\b"
    r"|\bswitch-?(?:anweisung|case)\b",
)


def write_switch(text: str, language: str) -> str:
    """Return an example of a choice between cases; empty for other prompts."""
    return SWITCHES.get(language, "") if ASKS.search(text) else ""
