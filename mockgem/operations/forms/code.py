"""Code in the language that the prompt names, with the names in the prompt."""

from __future__ import annotations

import ast
import re

from mockgem.operations.forms.code_completion import complete_code
from mockgem.operations.forms.code_given import add_missing_names, find_signature, write_given
from mockgem.operations.forms.code_languages import find_language, recognise_language
from mockgem.operations.forms.code_request import CodeRequest, find_quoted_names, read_code_request
from mockgem.operations.forms.code_templates import write_program
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.writing import Writer
from mockgem.operations.generators.prompt_analysis import topic_of

ONLY_CODE = re.compile(
    r"\b(?:code |sql |single )?(?:block|file|snippet) only\b|\bnothing (?:around|outside|after"
    r"|below)\b"
    r"|\b(?:no|without any|without) (?:text|words|prose|sentences?|comments) (?:outside|around"
    r"|before|after)"
    r"|\b(?:no|without) (?:text|explanations?|tests|other words)\b|\bprose is not\b|\bwithout any"
    r" (?:\w+ or )?(?:tests?|explanation)|\b(?:the )?\w+"
    r" block only\b|\bdo(?: not|n['’]t) (?:explain|add any|write any)|\bno usage"
    r" examples?\b"
    r"|\b(?:exactly|only|just) (?:one|a single) (?:\S+ ){0,2}(?:code ?block|block|snippet|query"
    r"|command)\b"
    r"|\bno comments outside|\b(?:answer|reply|output|response|respond|return)\b ?(?:=|is|:|with"
    r"|as|in) (?:the |an? |one |a"
    r" single )(?:\S+ ){0,2}(?:code ?block|fence)(?: only| alone)?(?=[.\n]|\Z)|\bno prose\b|"
    r"\b(?:only|just|nothing but)\b[^.\n]{0,30}\b(?:code|query|sql|script|function"
    r"|snippet|html|css|regex|command|program|file|block|yaml|json|diagram)\b|\b(?:code"
    r"|query|sql|script|html|regex|command) only\b|\bno (?:explanation|comment\w*|text"
    r"|prose|other text|other output|commentary|intro\w*)|\bnothing (?:else|more|before)\b"
    r"|\bnada más\b|\brien d'autre\b|\bnient'altro\b|\bnichts anderes\b|without (?:any"
    r" )?(?:explanation|comment)|nur (?:den )?code"
    r"|solo (?:el )?código|uniquement le code|solo il codice|只.{0,4}代码|コードのみ",
    re.I,
)
RAW = re.compile(
    r"\b(?:no|without|not|never|don['’]t)\b[^.\n]{0,20}\b(?:markdown|code ?block|backticks|fence\w*"
    r"|formatting)\b|\braw (?:code|sql|query|text)\b",
    re.I,
)
EXPLANATIONS = {
    "en": "The code is short on purpose; adapt the names and add checks where you need them."
}


@form(
    "code",
    "Write a Python function called `is_palindrome` that checks whether a string is a palindrome.",
    "Write a Python script that reads a CSV file and prints the sum of the column "
    '"amount". Only code, no explanation.',
    "Write a SQL query that selects the name and email of all users who signed up in "
    "2024, ordered by name.",
    "Create a React component `UserCard` that shows a name and an avatar.",
    "Draw a Mermaid flowchart of a login process.",
    words="code html5 css3 function functions script program class classes python py javascript "
    "typescript js ts react jsx tsx sql bash shell html css tailwind regex regexp "
    "regular mermaid dockerfile docker golang go rust java kotlin swift php ruby node "
    "express c c++ c# query queries git curl insert algorithm component interface "
    "snippet one-liner flowchart diagram funktion skript programm klasse abfrage "
    "función programa clase consulta código fonction programme classe requête funzione "
    "programma função functie funkcja funkcję skrypt fonksiyon fungsi hàm implement "
    "pytest fetch package postgresql mysql sqlite swiftui kubectl powershell scala perl lua dart"
    " flutter "
    "haskell elixir graphql cron crontab cronjob handler terraform nginx matlab vba commands view"
    " pandas numpy dataframe django flask fastapi jest vue makefile select"
    " optimize refactor "
    "fix debug method methods svg kubernetes github yaml command",
    about="a code block in the requested language, between two sentences unless the prompt "
    "wants only code",
)
def write_code(question: Question) -> str | None:
    request = read_code_request(question)
    if request is None or NAMES_CHOICES.search(question.prompt[:1500]):
        return None
    source = complete_code(question) or find_given_code(question)
    if not source:
        signature = find_signature(request)
        names = find_quoted_names(question)
        source = write_given(request, signature) if signature else write_program(request, names)
        source = add_missing_names(source, request)
    if RAW.search(question.whole):
        return source
    block = f"```{request.language}\n{source}\n```"
    if ONLY_CODE.search(question.whole):
        return block
    return f"{introduce(request, question)}\n\n{block}\n\n{explain(question)}"


NAMES_CHOICES = re.compile(
    r"\b(?:pick|choose|select) (?:one )?(?:from|of)\b|\b(?:which|what) (?:programming )?language\b"
    r"|(?:^|\s)(?:choices|labels|categories|classes|possible \w+)\s?[:：]",
    re.I,
)
"""Options about a given program: "Which language is this? Choices: go, rust"."""
CHANGES_CODE = re.compile(
    r"\b(?:refactor|fix|debug|optimi[sz]e|improve|clean up|simplify|format|comment|document|correct"
    r"|refaktoriere|korrigiere|corrige|correggi|rename)\b",
    re.I,
)
CODE_BLOCK = re.compile(r"```([\w+#-]{0,16})\n(.{1,6000}?)\n?```", re.S)


def find_given_code(question: Question) -> str:
    """Return the code that the prompt gives to change: mockgem only mends what does not parse."""
    match = CODE_BLOCK.search(question.prompt[:12_000])
    if match is None and recognise_language(question.material):
        if not CHANGES_CODE.search(question.instruction):
            return ""
        return check_for_null(end_statement(question), question)
    if match is None or not CHANGES_CODE.search(question.instruction):
        return ""
    return mend_python(match[2]) if is_python(match, question) else match[2]


def end_statement(question: Question) -> str:
    """Return the given program; SQL with the semicolon at its end."""
    source = question.material.rstrip()
    is_open = recognise_language(source) == "sql" and not source.endswith(";")
    return f"{source};" if is_open else source


PARAMETERS = re.compile(r"\w\((?:final )?[\w<>\[\]]+ (\w+)[^()\n]{0,120}\) ?\{\n")


def check_for_null(source: str, question: Question) -> str:
    """Return a program whose first parameter is checked, if the prompt wants a null check."""
    match = PARAMETERS.search(source)
    if match is None or "null" not in question.lower or "null" in source:
        return source
    check = f"    if ({match[1]} == null) {{\n        return null;\n    }}\n"
    return f"{source[: match.end()]}{check}{source[match.end() :]}"


def is_python(match: re.Match[str], question: Question) -> bool:
    return match[1].lower() in ("python", "py") or (
        not match[1] and find_language(question.instruction) == "python"
    )


MISSING_COLON = re.compile(
    r"^([ \t]{0,40}(?:def|class|if|elif|else|for|while|try|except|finally|with)\b"
    r"[^\n:#]{0,200}[^\s:#])[ \t]{0,8}$",
    re.M,
)


def mend_python(source: str) -> str:
    """Return Python that parses: the given code, with missing colons; empty if it needs more."""
    for text in (source, MISSING_COLON.sub(r"\1:", source)):
        try:
            ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        return text
    return ""


def introduce(request: CodeRequest, question: Question) -> str:
    if question.language != "en":
        return Writer(question).write_opener()
    name = (
        f"`{request.name}`"
        if request.name not in ("run", "Item")
        and request.language in ("python", "javascript", "typescript", "jsx", "java", "go", "rust")
        else f"a short version{name_subject(request, question)}"
    )
    return f"Here is {name} in {request_title(request)}:"


def request_title(request: CodeRequest) -> str:
    return TITLES.get(request.language, request.language.capitalize())


def name_subject(request: CodeRequest, question: Question) -> str:
    """Return " of" and what the program is, if the prompt names it in a few words."""
    subject = IN_A_LANGUAGE.sub("", topic_of(question.prompt)).strip()
    names_language = request_title(request).lower() in subject.lower()
    if names_language or not ARTICLE.match(subject) or len(subject.split()) > MAX_SUBJECT_WORDS:
        return ""
    return f" of {subject[:1].lower()}{subject[1:]}"


IN_A_LANGUAGE = re.compile(r"\s+(?:in|using|with)\s+[\w+#.]+\W*$")
ARTICLE = re.compile(r"(?:an?|the)\s", re.I)
MAX_SUBJECT_WORDS = 7


TITLES = {
    "javascript": "JavaScript",
    "typescript": "TypeScript",
    "sql": "SQL",
    "html": "HTML",
    "css": "CSS",
    "json": "JSON",
    "yaml": "YAML",
    "jsx": "React",
    "tsx": "React",
    "cpp": "C++",
    "csharp": "C#",
    "php": "PHP",
    "xml": "XML",
    "latex": "LaTeX",
    "regex": "a regular expression",
}


def explain(question: Question) -> str:
    return EXPLANATIONS.get(question.language) or Writer(question).write_sentence()
