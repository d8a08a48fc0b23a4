"""What a prompt says about the code that it asks for: language, kind, names."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.code_names import CALCULATES, find_name
from mockgem.operations.forms.described_schema import find_fields
from mockgem.operations.forms.question import Question

LANGUAGES: tuple[tuple[str, str], ...] = (
    ("mermaid", r"mermaid|sequence diagram|flow ?chart"),
    ("dockerfile", r"docker ?file"),
    ("yaml", r"docker-?compose\S*|github actions?|kubernetes|k8s|helm|ya?ml"),
    (
        "regex",
        r"regex(?:p)?|regular expressions?|regulären? ausdruck|expresión regular"
        r"|expression régulière",
    ),
    ("tsx", r"tsx"),
    ("jsx", r"react|jsx"),
    ("typescript", r"typescript|ts"),
    ("javascript", r"javascript|node(?:\.js)?|js|express"),
    ("python", r"python3?|py|pytest|django|flask|fastapi|pandas|numpy"),
    ("sql", r"sql|mysql|postgres(?:ql)?|sqlite"),
    (
        "bash",
        r"bash|shell|sh|zsh|command[- ]line|one-liner|terminal|(?:git|linux|unix|curl) "
        r"commands?|curl",
    ),
    ("html", r"html5?|web ?page"),
    ("css", r"css|tailwind|scss"),
    ("go", r"golang|go"),
    ("rust", r"rust"),
    ("kotlin", r"kotlin"),
    ("swift", r"swift"),
    ("java", r"java"),
    ("cpp", r"c\+\+|cpp"),
    ("csharp", r"c#|csharp|\.net"),
    ("php", r"php|laravel"),
    ("ruby", r"ruby|rails"),
    ("c", r"c"),
    ("json", r"package\.json|json|tsconfig\S*"),
    ("xml", r"xml|svg"),
    ("latex", r"latex"),
)
CASE_SENSITIVE = frozenset(("go", "c", "rust", "swift", "ruby"))
COMPILED = [
    (
        name,
        re.compile(
            rf"(?<![A-Za-z0-9_.+#/-])(?:{pattern})(?![A-Za-z0-9_+#])",
            0 if name in CASE_SENSITIVE else re.I,
        ),
    )
    for name, pattern in LANGUAGES
]
PROPER = {
    "go": r"\bGo(?:lang)?\b|\bgolang\b|\bin go\b",
    "c": r"(?<![\w.+#/-])C(?![\w+#'-])",
    "rust": r"\b[Rr]ust\b",
    "swift": r"\b[Ss]wift\b",
    "ruby": r"\b[Rr]uby\b",
}
NOUN = re.compile(
    r"(?<!\w)(?:functions?|scripts?|programs?|class(?:es)?|code|snippets?|methods?"
    r"|quer(?:y|ies)|statements?|components?|interfaces?|unit tests?|tests?|one-liners?"
    r"|algorithms?|loops?|regex|endpoints?|api|app|page"
    r"|form|config\w*|docker ?file|docker-?compose\S*|package\.json|diagrams?|flow "
    r"?charts?|modules?|structs?|enums?|decorators?|commands?|workflow|template|hook"
    r"|search|sort|example|implementation|type|schema|stylesheet|card|button|layout"
    r"|funktion|skript|programm|klasse|abfrage|función|programa|clase|consulta|código"
    r"|fonction|programme|classe|requête|funzione|programma|função|functie|funkcj\w+"
    r"|skrypt|fonksiyon|fungsi|hàm|функци\w+|скрипт|программ\w+|код|函数|代码|関数|コード|함수"
    r"|코드)(?!\w)|函数|代码|関数|コード|함수|코드",
    re.I,
)
WISH = re.compile(
    r"(?<!\w)(?:write|create|implement|generate|code|build|make|give|show|need|want"
    r"|provide|draw|convert|translate|port|rewrite|refactor|fix|debug|correct"
    r"|optimi[sz]e|add|develop|program|define|design|example|how (?:do|can|to|would)"
    r"|using"
    r"|schreibe?|erstelle|implementiere|zeig|programmiere|escribe|crea|implementa"
    r"|genera|dame|écris|crée|implémente|donne|scrivi|scrivimi|crea|escreva|crie"
    r"|implemente|schrijf|maak|napisz|stwórz|yaz|oluştur|buat|tulis|viết|tạo)(?!\w)"
    r"|напиши\w*|создай\w*|写|编写|書いて|作成|작성|만들|اكتب|כתוב|लिख|เขียน",
    re.I,
)
ALWAYS_CODE = frozenset(("mermaid", "dockerfile", "regex"))
SQL_VERB = re.compile(
    r"\b(?:insert|select|update|delete|join|create table|query|statement)\b", re.I
)
EXPLAINS = re.compile(
    r"^\W*(?:what is|what are|what's|who|when|explain (?!how to)|why|describe"
    r"|how (?:does|did|is|are)|how do (?!i\b|you\b|we\b|one\b)"
    r"|difference|compare|is|are|should|was ist|qué es|qu'est-ce)\b",
    re.I,
)
METHODS = re.compile(
    r"\b(?:with|and|has|mit|con|avec)\s+(?:the )?(?:methods?\s+)?((?:[a-z_]\w{1,24}(?:, "
    r"?(?:and )?| and | und | y | et )){1,6}[a-z_]\w{1,24}) methods?\b|\bmethods?:? "
    r"((?:`?[a-z_]\w{1,24}`?(?:, ?(?:and )?| and | und )){1,6}`?[a-z_]\w{1,24})",
    re.I,
)


@frozen
class CodeRequest:
    """What code a prompt asks for.

    Attributes:
        name: The name of the function, class or component.
        parameters: The parameters that the prompt names.
        members: Fields or columns, with their schemas.
        methods: Methods of a class.
        about: What the code does, in the prompt's words.
    """

    language: str
    kind: str
    name: str
    parameters: tuple[str, ...]
    members: tuple[tuple[str, str], ...]
    methods: tuple[str, ...]
    about: str
    text: str


def read_code_request(question: Question) -> CodeRequest | None:
    """Return what code a message asks for; None if it asks for none."""
    text = question.instruction
    language = find_language(text) or (
        find_language(question.system) if NOUN.search(text) or is_generator(question.system) else ""
    )
    if not language and "```" in question.prompt:
        language = find_language(question.prompt[question.prompt.find("```") + 3 :][:14]) or ""
    asks = is_code_request(text, language) or is_generator(question.system)
    if (
        not language
        and asks
        and re.search(
            r"\b(?:write|implement|code|schreibe?|escribe|écris)\b[^.\n]{0,"
            r"30}\b(?:function|script|program|class|algorithm|funktion|función"
            r"|fonction)\b",
            text,
            re.I,
        )
    ):
        language = "python"
    if not language or not asks:
        return None
    return describe_code(question, language, question.prompt[:4000])


def is_generator(system: str) -> bool:
    return (
        re.search(
            r"\b(?:sql|code|regex|bash|python|html) (?:generator|writer|expert that "
            r"(?:outputs|returns))\b|\b(?:return|output|write|generate|respond with) "
            r"(?:only )?(?:the |valid )?(?:sql|code|python code|bash|html)\b",
            system,
            re.I,
        )
        is not None
    )


def is_code_request(text: str, language: str) -> bool:
    if EXPLAINS.search(text) and not re.search(
        r"\b(?:show|example|write|code (?:for|that|to)|(?:with|in) code)\b", text, re.I
    ):
        return False
    if language == "sql" and SQL_VERB.search(text):
        return True
    if language in ALWAYS_CODE or (
        language in ("css", "html") and re.search(r"\b(?:code only|only code)\b", text, re.I)
    ):
        return WISH.search(text) is not None or len(text) < 120
    if language == "latex" and not re.search(
        r"\bdocument|\btemplate|\bbeamer|\barticle class", text, re.I
    ):
        return False
    if language == "json" and "package" not in text and "tsconfig" not in text:
        return False
    return (
        WISH.search(text) is not None
        and (
            NOUN.search(text) is not None
            or (
                language != ""
                and len(text) < 400
                and "show" not in text
                and EXPLAINS.search(text) is None
                and re.search(
                    r"\b(?:in|with|using|for|the|auf|en|mit)\s+\S{1,12}|\bfix\b|\bcss\b"
                    r"|\bhtml\b|\bsql\b",
                    text,
                    re.I,
                )
                is not None
            )
        )
    ) or (
        NOUN.search(text) is not None
        and language != ""
        and len(text) < 120
        and not EXPLAINS.search(text)
    )


def find_language(text: str) -> str:
    """Return the programming language that a text names."""
    if target := re.search(
        r"\b(?:to|into|nach|a|en|in) (TypeScript|JavaScript|Python|Go|Rust|Java|Kotlin|SQL|Bash)\b",
        text,
    ):
        return {"typescript": "typescript"}.get(target[1].lower(), target[1].lower())
    for name, pattern in COMPILED:
        found = re.search(PROPER[name], text) if name in PROPER else pattern.search(text)
        if found:
            return name
    return ""


def describe_code(question: Question, language: str, text: str) -> CodeRequest:
    kind = find_kind(text, language)
    name, parameters = find_name(text, kind)
    fields = (
        [
            (field, str(schema.get("type", "string")))
            for field, schema in find_fields(question.instruction)
        ]
        if kind in ("class", "interface", "table", "component", "struct", "select", "form")
        or language == "sql"
        else []
    )
    methods = METHODS.search(text)
    found = re.findall(r"[a-z_]\w+", next(filter(None, methods.groups()))) if methods else []
    names = tuple(word for word in found if word not in ("and", "und", "the", "y", "et"))
    about = CALCULATES.search(text)
    return CodeRequest(
        language,
        kind,
        name,
        parameters,
        tuple(row for row in fields if row[0].isidentifier() and row[0] not in names)[:12],
        names,
        (about[1].strip() if about else question.topic),
        text,
    )


def find_kind(text: str, language: str) -> str:
    lower = text.lower()
    kinds = (
        (r"unit tests?|pytest|\btests? for\b|test cases?", "tests"),
        (r"\bcomponent\b", "component"),
        (r"\binterface\b|\btype for\b", "interface"),
        (r"\bclass\b|\bklasse\b|\bclase\b|\bclasse\b", "class"),
        (r"\bstruct\b", "struct"),
        (r"\bform\b", "form"),
        (r"sequence diagram", "sequence"),
        (r"create a table|create table|table named|to create (?:a |the )?table", "table"),
    )
    return next(
        (kind for pattern, kind in kinds if re.search(pattern, lower)),
        "script" if re.search(r"\bscript|program(?!ming)", lower) else "function",
    )


def find_quoted_names(question: Question) -> list[str]:
    return re.findall(r"[\"'`]([\w./-]{1,60})[\"'`]", question.prompt[:2000])
