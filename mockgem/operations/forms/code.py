"""Code in the language that the prompt names, with the names in the prompt."""

from __future__ import annotations

import re
from dataclasses import replace

from mockgem.operations.forms.code_classes import CLASS_KINDS
from mockgem.operations.forms.code_defined import find_defined
from mockgem.operations.forms.code_documents import write_regex
from mockgem.operations.forms.code_explaining import explain_code
from mockgem.operations.forms.code_explaining_abroad import explain_abroad
from mockgem.operations.forms.code_functions import read_signature_names
from mockgem.operations.forms.code_given import add_missing_names, find_signature, write_given
from mockgem.operations.forms.code_guards import add_guards
from mockgem.operations.forms.code_html_ids import use_ids
from mockgem.operations.forms.code_languages import find_ending, find_language
from mockgem.operations.forms.code_pairs import write_pair
from mockgem.operations.forms.code_phrases import find_ends, find_phrases
from mockgem.operations.forms.code_pipelines import write_pipeline
from mockgem.operations.forms.code_programs import find_program
from mockgem.operations.forms.code_props import use_props
from mockgem.operations.forms.code_raised_errors import raise_errors
from mockgem.operations.forms.code_regex import USES, explain_pattern, number_parts, write_use
from mockgem.operations.forms.code_request import CodeRequest, find_quoted_names, read_code_request
from mockgem.operations.forms.code_shown_types import write_shown_interface
from mockgem.operations.forms.code_stated_dataclasses import write_stated_dataclass
from mockgem.operations.forms.code_stated_interfaces import write_stated_interfaces
from mockgem.operations.forms.code_stated_names import use_stated_name, use_stated_variable
from mockgem.operations.forms.code_templates import write_program
from mockgem.operations.forms.code_tests_beside import add_tests_beside
from mockgem.operations.forms.code_titles import TITLES
from mockgem.operations.forms.code_types import add_types
from mockgem.operations.forms.code_usage import add_usage
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.units import DEGREES
from mockgem.operations.generators.prompt_analysis import topic_of

ONLY_CODE = make_regex(
    r"\b(?:only|just|solely) the (?:\w+ )?(?:config(?:uration)?|query|script|snippet|file|yaml"
    r"|dockerfile|sql"
    r"|command|regex|block)\b"
    r"|\b(?:any|no) (?:text|words|output|prose) (?:other than|besides|except|but)\b"
    r"|\b(?:code |sql |single )?(?:block|file|snippet) only\b|\bnothing (?:around|outside|after"
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
    r"|snippet|html|css|regex|pattern|command|program|file|block|yaml|json|diagram)\b|\b(?:code"
    r"|query|sql|script|html|regex|command) only\b|\bno (?:explanation|comment\w*|text"
    r"|prose|other text|other output|commentary|intro\w*)|\bnothing (?:else|more|before)\b"
    r"|\bnada más\b|\brien d'autre\b|\bnient'altro\b|\bnichts anderes\b|without (?:any"
    r" )?(?:explanation|comment)|nur (?:den )?code"
    r"|(?:apenas|somente|só) o código|alleen (?:de )?code|tylko kod|sadece kod\w*|hanya kode"
    r"|chỉ (?:cần )?(?:mã|code)"
    r"|только код|лише код|тільки код|الكود فقط|כוד בלבד|רק (?:את )?הקוד|केवल कोड|코드만|代碼即可"
    r"|只.{0,4}程式碼"
    r"|\b(?:yaml|json|html|css|sql|xml|python|javascript|bash) only\b"
    r"|\b(?:answer|respond|reply|output|return) (?:with|in) \w+(?: \(\w+\)| code)? only\b"
    r"|solo (?:el )?código|uniquement le code|solo il codice|只.{0,4}(?:代码|SQL|HTML|CSS)"
    r"|コードのみ",
    re.I,
)
RAW = make_regex(
    r"\b(?:no|without|not|never|don['’]t)\b[^.\n]{0,20}\b(?:markdown|code ?block|backticks|fence\w*"
    r"|formatting)\b|\b(?:no|not|without|never) (?:include |use |add )?(?:\w+ ){1,3}(?:or"
    r"|and) (?:any )?(?:markdown|code fences?"
    r"|backticks|code ?blocks?)\b|\bplain text only\b|\braw (?:code|sql|query|text)\b",
    re.I,
)


TYPED = make_regex(r"\b(?:type hints?|type annotations?|typed|typing)\b", re.I)


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
    "pytest fetch package boto3 asyncio postgresql mysql sqlite swiftui kubectl powershell "
    "scala perl lua dart"
    " flutter "
    "haskell elixir graphql cron crontab cronjob handler terraform nginx matlab vba commands view"
    " pandas numpy dataframe django flask fastapi jest vue makefile select"
    " optimize refactor "
    "solidity prisma protobuf clojure groovy zig julia contract message "
    "server gitignore junit pydantic sqlalchemy unittest selenium model cache cron recursion table "
    "loop loops string array list stack queue tree diagram schema style component "
    "quicksort mergesort fizzbuzz fibonacci palindrome factorial svelte angular laravel hook hooks "
    "endpoint endpoints route decorator server javadoc "
    "fix debug method methods svg kubernetes github yaml command ansible systemd proto proto2 "
    "proto3"
    " grpc mongo k8s deployment manifest excel formula formulas sheets formel fórmula formule"
    " terminal cypher neo4j openapi helm ggplot dplyr componente composant komponente requêtes"
    " zapytanie zapytania simulate plot unit tests sed awk grep r struct enum linq lambda "
    "ffmpeg cors"
    " webpack vite bootstrap htmx jquery redux crud jwt websocket middleware async debounce "
    "throttle"
    " cli scraper crawler webhook leetcode tkinter scss cmake gradle maven rspec phpunit mocha "
    "vitest"
    " playwright cypress ggplot2 nodejs linq spring controller controllers repository jenkinsfile"
    " jenkins "
    "gradle"
    " apps elasticsearch opensearch redis assembly assembler nasm x86 fortran cobol pascal "
    "delphi f#"
    " ocaml erlang objective scheme racket lisp prolog verilog vhdl glsl shader gdscript godot "
    "dax jq"
    " batch applescript autohotkey promql haproxy htaccess apache env dotenv widget hero c言語 "
    "callback promise eslint"
    " pgsql plsql iptables ufw useradd chmod chown systemctl languages procedimiento"
    " commande comando befehl excel"
    " prettier syntax div center centre index trigger procedure migration pseudocode context"
    " manager view javie javy "
    "latex virtual commands",
    about="a code block in the requested language, between two sentences unless the prompt "
    "wants only code",
)
def write_code(question: Question) -> str | None:
    request = read_code_request(question)
    if request is None or asks_about_code(question) or NAMES_CHOICES.search(question.prompt[:1500]):
        return None
    if ROUTES.search(question.stated_system):
        return None
    if request.language == "c" and DEGREES.search(question.prompt[:200]):
        return None
    if several := write_in_several(question, request):
        return several
    if request.language == "regex" and wants_use(question):
        named = find_language(REGEX_WORD.sub(" ", question.instruction))
        if named in USES:
            source = write_use(write_regex(request), named, request.text)
            return frame_code(question, named, source, "")
    if request.language in USES and PATTERN_FIRST.match(question.instruction):
        source = write_use(write_regex(request), request.language, request.text)
        return frame_code(question, request.language, source, "")
    if program := find_program(request):
        renamed = replace(request, name=program.name or request.name)
        subject = name_subject(renamed, question)
        return frame_code(question, program.language, program.source, subject)
    source = write_stated_dataclass(request) or write_stated_interfaces(request)
    source = source or write_pair(question, request) or write_source(question, request)
    source = use_stated_name(source, request.text[:1500])
    source = use_stated_variable(source, request.text[:1500])
    if request.language == "python" and TYPED.search(request.text[:1500]):
        source = add_types(source) or source
    source = add_usage(add_guards(source, request), request)
    source = raise_errors(use_details(source, request), request)
    source = add_missing_names(source, request)
    framed = frame_code(question, request.language, source, name_subject(request, question))
    label = FENCES.get(request.language, request.language)
    return add_tests_beside(framed, source, request, label)


def use_details(source: str, request: CodeRequest) -> str:
    """Return a program with the ids, the export or the package that a prompt names."""
    text = request.text[:3000]
    if request.language == "html":
        return use_ids(source, text)
    if request.language in ("tsx", "jsx") and DEFAULT_EXPORT.search(text):
        source = source.replace("export function", "export default function", 1)
    if request.language == "tsx":
        return use_props(source, text)
    if request.language == "go" and (package := GO_PACKAGE.search(text)):
        return source.replace("package main\n", f"package {package[1]}\n", 1)
    return source


DEFAULT_EXPORT = make_regex(r"\bexport\w*[^.\n]{0,24}\bdefault\b|\bdefault export", re.I)
GO_PACKAGE = make_regex(
    r"\b[Pp]ackage(?: name)?(?: is|:| called| named)? `?([a-z]\w{1,30})`?\b(?! main)"
)
ROUTES = make_regex(
    r"\b(?:respond|reply|answer|return|output)\b(?: with)? (?:only )?(?:the |its |their )?"
    r"(?:agent |worker |team |route |role )?name(?: only)?\b|\bnext (?:agent|worker|speaker)\b"
    r"|\b(?:agent|worker|speaker|team|assistant) (?:to (?:act|go|speak|work|handle\w*)"
    r"|who (?:should|acts|speaks))\b",
    re.I,
)
"""A system instruction of a router, which names who is next, whatever the message asks for."""


def write_source(question: Question, request: CodeRequest) -> str:
    """Return a program with the head that a prompt gives, or for the thing that it describes."""
    is_enum = "enum" in request.text.lower() and request.language in ("rust", "swift")
    signature = find_signature(request) if not is_enum and request.kind != "tests" else ""
    if pipeline := write_pipeline(request, signature):
        return pipeline
    if shown := write_shown_interface(request):
        return shown
    names = find_quoted_names(question)
    if not signature:
        return write_program(request, names)
    head = re.search(r"([A-Za-z_]\w*)\s*\(", signature)
    is_class = (
        request.kind in CLASS_KINDS
        and head is not None
        and request.name not in ("Item", head[1])
        and re.search(rf"`?{request.name}\b", request.text) is not None
    )
    if not is_class:
        return write_given(request, signature)
    if head is not None and request.language == "python" and "self" in signature:
        request = replace(request, methods=(*request.methods, head[1]))
    source = write_program(request, names)
    if head is None or f"{head[1]}(" in source or not FUNCTION.search(request.text):
        return source
    given = replace(request, kind="function", members=(), methods=(), name=head[1])
    function = write_given(given, signature)
    if "self" not in signature:
        return f"{source}\n\n{function}"
    inside = "\n".join(f"    {line}" if line else "" for line in function.split("\n"))
    return f"{source}\n\nimpl {request.name} {{\n{inside}\n}}"


def wants_use(question: Question) -> bool:
    """Return whether a prompt wants a program that uses a pattern, not only the pattern."""
    text = question.instruction
    is_alone = ONLY_CODE.search(question.whole) is not None
    return USES_PATTERN.search(text) is not None or (
        not is_alone and IN_PROGRAM.search(text) is not None
    )


PATTERN_FIRST = make_regex(
    r"\W*(?:(?:write|give me|i need|create|show me) )?(?:an? |the )?reg(?:ular )?ex(?:p|pression)?"
    r" (?:to|for|that|which|matching)\b",
    re.I,
)
"""A wish for a pattern first, whatever language it is for."""
IN_PROGRAM = make_regex(
    r"\b(?:in|for|mit|en) (?:javascript|js|typescript|ts|python|java|php|golang|go|ruby|c#|rust)\b",
    re.I,
)
FUNCTION = make_regex(r"\bfunction\b|\bfn\b|\bdef\b", re.I)
USES_PATTERN = make_regex(
    r"\b(?:usage|use it|example|function|script|snippet|code|program)\b", re.I
)
REGEX_WORD = make_regex(r"\breg(?:ular )?ex(?:p|pressions?)?\b", re.I)
CRON = make_regex(r"(?:[\d*/,-]+ ){4}[\d*/,-]+\Z")
"""A schedule without a command, which is not a program."""


def frame_code(
    question: Question, language: str, source: str, subject: str, ending: str = ""
) -> str:
    """Return a program in a code block between two sentences, or as bare as the prompt wants it.

    Args:
        subject: " of" and what the program is, if it has no name.
        ending: The sentence after the program, if it is not about what the program takes.
    """
    is_line = LINE_ALONE.search(question.whole) is not None and "\n" not in source
    is_formula = language == "excel" or is_line or CRON.match(source) is not None
    is_expression = is_formula and (question.is_terse or is_line)
    is_object = language == "json" and JSON_ALONE.search(question.whole) is not None
    is_pattern = language == "regex" and PATTERN_ALONE.search(question.whole) is not None
    is_raw = is_expression or is_object or is_pattern or RAW.search(question.whole) is not None
    if is_raw or find_ending(question.prompt):
        return source
    block = f"```{FENCES.get(language, language)}\n{source}\n```"
    if ONLY_CODE.search(question.whole):
        return block
    start = introduce(question, language, source, subject)
    end = ending if ending and question.language == "en" else explain(question, language, source)
    return f"{start}\n\n{block}\n\n{end}"


LINE_ALONE = make_regex(r"\b(?:only|just|nothing but) the (?:\w+ )?line\b|\bline only\b", re.I)
PATTERN_ALONE = make_regex(
    r"\b(?:only|just|nothing but)\b[^.\n]{0,20}\b(?:regex\w*|patterns?|expressions?)\b"
    r"(?![^\n]{0,60}\b(?:block|fence))|\b(?:regex|pattern) only\b",
    re.I,
)
JSON_ALONE = make_regex(
    r"\bjson (?:only|alone)\b|\b(?:only|just|nothing but) (?:valid |the )?json\b", re.I
)
FENCES = {"mongodb": "javascript", "excel": "", "elasticsearch": "json", "dotenv": "bash"}
"""The label of a code block, where it is not the name of the language."""
ABOUT_CODE = make_regex(
    r"\b(?:review|list|name|find)\b[^.\n]{0,40}\b(?:problems?|issues?|bugs?|weaknesses|smells)\b"
    r"|\bcode review\b",
    re.I,
)


def asks_about_code(question: Question) -> bool:
    """Return whether a prompt gives code and wants words about it."""
    return "```" in question.prompt and ABOUT_CODE.search(question.instruction) is not None


DOCKER_FILES = make_regex(
    r"\bdocker ?file\b[^.\n]{0,40}\b(?:and|plus|with)\b[^.\n]{0,20}\bdocker[- ]compose"
    r"|\bdocker[- ]compose\S*[^.\n]{0,30}\b(?:and|plus)\b[^.\n]{0,12}\bdocker ?file\b",
    re.I,
)
"""Two files for containers in one request."""
LANGUAGE_NAME = r"(?!(?:in|for|also|then)\b)[A-Z][\w+#]{0,14}"
BETWEEN = r"(?:,? (?:and|und|y|et|or|then|also)|,) (?:(?:also|then) )?(?:in |for )?"
SEVERAL = make_regex(
    rf"\b(?:in|for|languages?:|using) (?:both )?((?:{LANGUAGE_NAME}{BETWEEN}){{1,5}}"
    rf"{LANGUAGE_NAME})"
    r"(?!\w|\.js|\s(?:to|through|over|from|back|on|into)\b)",
    re.I,
)
LANGUAGE_MARK = make_regex(BETWEEN, re.I)


def write_in_several(question: Question, request: CodeRequest) -> str:
    """Return a program in each of the languages that a prompt lists; empty for one language."""
    match = SEVERAL.search(question.instruction)
    names = LANGUAGE_MARK.split(match[1]) if match else []
    languages = [find_language(f"in {name}") for name in names]
    if DOCKER_FILES.search(question.instruction):
        languages = ["dockerfile", "yaml"]
    if len(languages) < 2 or not all(languages) or "sql" in languages or "html" in languages:
        return ""
    parts = []
    for language in languages:
        source = write_source(question, replace(request, language=language))
        parts.append(
            f"**{TITLES.get(language, language.capitalize())}:**\n\n```{language}\n{source}\n```"
        )
    return "\n\n".join(parts)


NAMES_CHOICES = make_regex(
    r"\b(?:pick|choose|select) (?:one )?(?:from|of)\b|\b(?:which|what) (?:programming )?language\b"
    r"|(?:^|\s)(?:choices|labels|categories|classes|possible \w+)\s?[:：]"
    r"|\b(?:answer|reply|respond)\b(?: with)? (?:only|just|either)?(?: with)? ?[\"'“]?(?:yes"
    r"|true)[\"'”]? ?(?:or|/)"
    r" ?[\"'“]?(?:no|false)\b",
    re.I,
)
"""Options about a given program: "Which language is this? Choices: go, rust"."""
NOT_EXPLAINED = frozenset(("html", "css", "yaml", "json", "excel", "regex", "dockerfile"))
WANTS_EXPLANATION = make_regex(
    r"\b(?:and|then|also|with|plus|,|\.) ?(?:briefly |shortly |please |always |then |also ){0,2}"
    r"explain(?:ing)?\b(?! (?:error|why not))|\b(?:brief|short|quick|simple|one[- ]line|small)"
    r" explanation\b|\bexplain (?:it|them|each|how it works|the code|what it does|your)\b"
    r"|\b(?:tell|show) me how (?:it|this|that) works\b|\band (?:say|tell me) what it does\b"
    r"|\berkläre? (?:sie|es|ihn|den|die|das|kurz)\b|\bmit (?:einer )?(?:kurzen )?erklärung"
    r"|\bexpl[ií]ca(?:l[oa]|me)?\b|\bexplique[zr]?\b|\bspiega(?:l[oa]|mi)?\b|\bmet uitleg\b"
    r"|\bleg (?:het|dit|de)\b|\bwyjaśnij\b|\bобъясни\w*",
    re.I,
)
"""How a prompt says that it wants a program and what it does."""
EXPLAINS_PARTS = make_regex(
    r"\bexplain(?:ing)?\b[^.\n]{0,30}\b(?:parts?|pieces?|groups?|tokens?|it|pattern|regex|works)\b"
    r"|\bwith (?:an |a short |a brief )?explanation\b|\bhow it works\b",
    re.I,
)
"""How a prompt says that it wants a pattern and what its parts mean."""
TESTS = r"\bdef test_|^ *describe\(|@Test|#\[test\]|\bfunc Test"
"""What programs of tests have."""


def introduce(question: Question, language: str, source: str, subject: str) -> str:
    title = TITLES.get(language, language.capitalize())
    if question.language != "en":
        return find_phrases(question.language).start.format(title)
    if language == "regex":
        return "Here is a regular expression for this:"
    name, _ = find_defined(source, question.prompt)
    if re.search(TESTS, source, re.M):
        tested = re.search(r"from module import (\w+)|import \{ (\w+) \}", source)
        about = f" for `{tested[1] or tested[2]}`" if tested and tested[1] != "pytest" else ""
        return f"Here are the tests{about} in {title}:"
    return f"Here is {f'`{name}`' if name else f'a short version{subject}'} in {title}:"


def request_title(request: CodeRequest) -> str:
    return TITLES.get(request.language, request.language.capitalize())


def name_subject(request: CodeRequest, question: Question) -> str:
    """Return " of" and what the program is, if the prompt names it in a few words."""
    subject = IN_A_LANGUAGE.sub("", topic_of(question.prompt)).strip()
    names_language = request_title(request).lower() in subject.lower()
    if names_language or not ARTICLE.match(subject) or len(subject.split()) > MAX_SUBJECT_WORDS:
        return ""
    return f" of {subject[:1].lower()}{subject[1:]}"


IN_A_LANGUAGE = make_regex(r"\s+(?:in|using|with)\s+[\w+#.]+\W*$")
ARTICLE = make_regex(r"(?:an?|the)\s", re.I)
MAX_SUBJECT_WORDS = 7


def explain(question: Question, language: str, source: str) -> str:
    """Return the text after a program: what it does, what it takes, or what to do with it."""
    if language == "regex" and EXPLAINS_PARTS.search(question.whole):
        return number_parts(explain_pattern(source.strip().splitlines()[-1]))
    if language not in NOT_EXPLAINED and WANTS_EXPLANATION.search(question.whole):
        said = (
            explain_code(source, language)
            if question.language == "en"
            else explain_abroad(source, language, question.language)
        )
        if said:
            return said
    is_test = re.search(TESTS, source, re.M) is not None
    ends = find_ends(question.language, "tests" if is_test else language)
    name, parameters = find_defined(source, question.prompt)
    names = read_signature_names(parameters, language)
    if question.language == "en" and names and not name.lower().startswith("test"):
        takes = ", ".join(f"`{one}`" for one in names[:-1])
        takes = f"{takes} and `{names[-1]}`" if takes else f"`{names[-1]}`"
        return f"`{name}` takes {takes}. {question.random.pick(ends)}"
    return question.random.pick(ends)
