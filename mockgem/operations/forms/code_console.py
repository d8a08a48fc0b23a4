"""Whole programs for a console: loops over a range, and programs that read numbers."""

from __future__ import annotations

import re
from textwrap import indent

from mockgem.operations.forms.code_mains import MAINS
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

RANGE = make_regex(
    r"(?<![\d.])(\d{1,6}) ?(?:to|through|up to|until|down to|bis|al?|à|até|hasta|-) ?"
    r"(\d{1,6})\b(?!\.\d)",
    re.I,
)
LOOP = make_regex(
    r"\b(?:for[- ]?)?loops?\b|\bfor-?schleife\b|\b(?:bucle|boucle|ciclo|laço) for\b"
    r"|\b(?:prints?|printing|outputs?|counts?|displays?|shows?) "
    r"(?:(?:all|out|the|every|each|from) ){0,4}(?:numbers?|integers|from)\b",
    re.I,
)
NOT_PLAIN = make_regex(
    r"\bfunctions?\b|\bwhile\b|\bevens?\b|\bodds?\b|\bprimes?\b|\bfizz|\bsquares?\b|\bsum\b"
    r"|\bmultipl|\bdivisible\b|\brandom\b|\bfactorial|\bfibonacci|\btables?\b|\brecurs|\bexcept\b"
    r"|\bskip|\bguess|\blist compr|\bevery (?:second|third|\d)|\bstep\b|\breverse\b|\bcalled\b"
    r"|\bnamed\b|\bmethod\b|\bclass\b|\bthread|\bgoroutine|\basync|\bdelay|\bsleep|\bcubes?\b",
    re.I,
)
"""What makes a program more than a loop that prints each number."""
LOOPS = {
    "python": ("for number in range({start}, {after}{by}):\n    print(number)"),
    "javascript": "for (let number = {start}; number {sign} {stop}; number{step}) {{\n"
    "  console.log(number);\n}}",
    "php": "<?php\n\nfor ($number = {start}; $number {sign} {stop}; $number{step}) {{\n"
    "    echo $number, PHP_EOL;\n}}",
    "ruby": "{start}.{word}({stop}) do |number|\n  puts number\nend",
    "bash": 'for number in {{{start}..{stop}}}; do\n  echo "$number"\ndone',
    "kotlin": "fun main() {{\n    for (number in {start} {places} {stop}) {{\n"
    "        println(number)\n    }}\n}}",
    "swift": "for number in stride(from: {start}, through: {stop}, by: {jump}) {{\n"
    "    print(number)\n}}",
    "go": 'package main\n\nimport "fmt"\n\nfunc main() {{\n'
    "\tfor number := {start}; number {sign} {stop}; number{step} {{\n"
    "\t\tfmt.Println(number)\n\t}}\n}}",
    "rust": "fn main() {{\n    for number in {rust} {{\n"
    '        println!("{{}}", number);\n    }}\n}}',
    "c": "#include <stdio.h>\n\nint main(void) {{\n"
    "    for (int number = {start}; number {sign} {stop}; number{step}) {{\n"
    '        printf("%d\\n", number);\n    }}\n    return 0;\n}}',
    "cpp": "#include <iostream>\n\nint main() {{\n"
    "    for (int number = {start}; number {sign} {stop}; number{step}) {{\n"
    "        std::cout << number << '\\n';\n    }}\n    return 0;\n}}",
    "java": "public class Main {{\n    public static void main(String[] args) {{\n"
    "        for (int number = {start}; number {sign} {stop}; number{step}) {{\n"
    "            System.out.println(number);\n        }}\n    }}\n}}",
    "csharp": "for (int number = {start}; number {sign} {stop}; number{step})\n{{\n"
    "    Console.WriteLine(number);\n}}",
}
"""A program that prints each number of a range."""


def write_console(request: CodeRequest) -> str:
    """Return a loop that prints numbers, or a program that reads some; empty for other wishes."""
    text = request.text[:600]
    return write_loop(request.language, text) or write_reading(request.language, text)


def write_loop(language: str, text: str) -> str:
    """Return a program that prints each number of a range; empty if a text wants more."""
    row = LOOPS.get("javascript" if language == "typescript" else language)
    if row is None or "```" in text or not LOOP.search(text) or NOT_PLAIN.search(text):
        return ""
    limits = RANGE.search(text)
    if limits is None:
        return ""
    start, stop = int(limits[1]), int(limits[2])
    rises = start <= stop
    return row.format(
        start=start,
        stop=stop,
        after=stop + 1 if rises else stop - 1,
        by="" if rises else ", -1",
        sign="<=" if rises else ">=",
        step="++" if rises else "--",
        word="upto" if rises else "downto",
        places=".." if rises else "downTo",
        jump=1 if rises else -1,
        rust=f"{start}..={stop}" if rises else f"({stop}..={start}).rev()",
    ).replace(" .. ", "..")


WORDS: dict[str, tuple[str, str, str, str]] = {
    "en": (r"asks?|reads?|inputs?|enters?|prompts?|user", "Enter a number", "even", "odd"),
    "es": (
        r"pid[ae]|pedir|solicit[ae]|pregunt[ae]|le[ae]|ingres[ae]\w*",
        "Introduce un número",
        "par",
        "impar",
    ),
    "pt": (r"peça|pede|solicite|leia|lê|pergunte", "Digite um número", "par", "ímpar"),
    "fr": (r"demande|saisi\w*|lit", "Entrez un nombre", "pair", "impair"),
    "de": (
        r"einliest|liest|fragt|abfragt|einlesen|ein(?:gibt|geben)|eingabe",
        "Zahl eingeben",
        "gerade",
        "ungerade",
    ),
    "it": (r"chied\w+|legg\w+", "Inserisci un numero", "pari", "dispari"),
}
"""The words for reading in each language, the question for a number, even and odd."""
READS = {name: make_regex(rf"\b(?:{row[0]})\b", re.I) for name, row in WORDS.items()}
PROGRAM = make_regex(r"\b(?:prog?ram\w*|scripts?|skript|prog|app|code|código)\b", re.I)
TWO = make_regex(
    r"\b(?:two|2|dos|dois|deux|zwei|due)\b [^.\n]{0,14}?\b(?:n[uú]m\w+|nombres|zahlen|integers"
    r"|enteros|inteiros|entiers|interi)\b",
    re.I,
)
ONE = make_regex(
    r"\b(?:an?|un|um|une|eine|uno) (?:\w+ )?(?:n[uú]m\w+|nombre|zahl|integer|entero|inteiro|entier"
    r"|intero)\b",
    re.I,
)
PARITY = make_regex(r"\b(?:even|odd|impar|ímpar|impair|gerade|ungerade|dispari)\b", re.I)
SUMS = (
    (make_regex(r"\b(?:sums?|add\w*|suma\w*|soma|somme|summe|somma)\b", re.I), "first + second"),
    (make_regex(r"\b(?:multipl\w+|products?|produ\w+)\b", re.I), "first * second"),
)
SQUARE = make_regex(
    r"\b(?:square|cuadrado|quadrado|carré|quadrat|quadrato)\b(?! roots?)(?!wurzel)", re.I
)
FRAMES = {
    "c": "#include <stdio.h>\n\n{}",
    "cpp": "#include <iostream>\n\n{}",
    "java": "import java.util.Scanner;\n\npublic class Main {{\n{}\n}}",
    "csharp": "using System;\n\npublic class Program\n{{\n{}\n}}",
    "go": 'package main\n\nimport "fmt"\n\n{}',
}
SAYS = {
    "c": 'printf("%d: {}\\n", number);',
    "cpp": 'std::cout << number << ": {}\\n";',
    "java": 'System.out.println(number + ": {}");',
    "csharp": 'Console.WriteLine(number + ": {}");',
    "go": 'fmt.Println(number, "{}")',
}


def write_reading(language: str, text: str) -> str:
    """Return a program that reads one or two numbers and says what a text wants of them."""
    spoken = next((name for name, pattern in READS.items() if pattern.search(text)), "")
    is_known = language in FRAMES or language == "python"
    if not spoken or not is_known or not PROGRAM.search(text) or "```" in text:
        return ""
    if TWO.search(text) and spoken != "en":
        shown = next((row for pattern, row in SUMS if pattern.search(text)), "")
        return write_numbers(language, spoken, ["first", "second"], shown) if shown else ""
    if TWO.search(text) or not ONE.search(text):
        return ""
    if PARITY.search(text):
        return write_parity(language, spoken)
    return (
        write_numbers(language, spoken, ["number"], "number * number")
        if SQUARE.search(text)
        else ""
    )


def write_parity(language: str, spoken: str) -> str:
    """Return a program that reads a number and says whether it is even."""
    _, asked, even, odd = WORDS[spoken]
    if language == "python":
        return (
            f'number = int(input("{asked}: "))\n'
            f'if number % 2 == 0:\n    print(f"{{number}}: {even}")\n'
            f'else:\n    print(f"{{number}}: {odd}")'
        )
    main = MAINS[language]
    says = SAYS[language]
    head = main.test.format("number % 2 == 0")
    other = "}\nelse\n{" if language == "csharp" else "} else {"
    rows = [
        read_number(language, "number", asked),
        head,
        f"{main.indent}{says.format(even)}",
        other,
        f"{main.indent}{says.format(odd)}",
        main.end,
    ]
    return frame_rows(language, rows)


def write_numbers(language: str, spoken: str, names: list[str], shown: str) -> str:
    """Return a program that reads numbers and shows what an expression makes of them."""
    asked = WORDS[spoken][1]
    if language == "python":
        rows = [f'{name} = float(input("{asked}: "))' for name in names]
        return "\n".join([*rows, f"print({shown})"])
    main = MAINS[language]
    rows = [read_number(language, name, asked) for name in names]
    if language == "rust":
        rows = [LINE.sub(f"{name}_line", row) for row, name in zip(rows, names, strict=True)]
    show = main.shows.get("int") or main.shows["any"]
    if language == "java":
        shown = f"({shown})" if "+" in shown else shown
    return frame_rows(language, [*rows, show.format(shown)])


LINE = make_regex(r"\bline\b")


def read_number(language: str, name: str, asked: str) -> str:
    """Return the lines that ask for a whole number."""
    rows = MAINS[language].reads["int"].format(name)
    return rows.replace(f'"{name}: "', f'"{asked}: "')


def frame_rows(language: str, rows: list[str]) -> str:
    """Return a program whose main function has some lines."""
    main = MAINS[language]
    if language == "java":
        rows = ["Scanner input = new Scanner(System.in);", *rows]
    body = main.frame.format("\n".join(indent(row, main.indent) for row in rows))
    is_inside = language in ("java", "csharp")
    return FRAMES[language].format(indent(body, "    ") if is_inside else body)
