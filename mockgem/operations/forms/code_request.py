"""What a prompt says about the code that it asks for: language, kind, names."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.code_languages import find_language, recognise_language
from mockgem.operations.forms.code_members import (
    ARTICLES,
    NOT_FIELDS,
    find_json_members,
    find_members,
    find_methods,
    find_typed_members,
    name_thing,
)
from mockgem.operations.forms.code_names import CALCULATES, find_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.listed_fields import find_fields
from mockgem.operations.forms.question import NEGATED, Question

NOUN = make_regex(
    r"(?<!\w)(?:contracts?|messages?|types|records?|cron expression|models?|quick ?sort"
    r"|merge ?sort|bubble ?sort"
    r"|fizz ?buzz"
    r"|fibonacci|palindrome|hello world|linked"
    r" list|binary tree|factorial|hooks?|routes?|functions?|scripts?|programs?|class(?:es)?"
    r"|code|snippets?|methods?"
    r"|quer(?:y|ies)|statements?|components?|interfaces?|unit tests?|tests?|one[- ]liners?"
    r"|algorithms?|loops?|regex|endpoints?|api|app|page|requests?"
    r"|form|config\w*|docker ?file|docker[- ]?compose\S*|package\.json|diagrams?|flow "
    r"?charts?|modules?|structs?|enums?|decorators?|commands?|workflow|template|hook"
    r"|search|sort|example|implementation|type|schema|stylesheet|card|button|layout|handler"
    r"|middleware|server|entry|view|macro|resource|server block"
    r"|funktion|skript|programm|klasse|abfrage|función|programa|clase|consulta|código"
    r"|fonction|programme|classe|requête|funzione|programma|função|functie|funkcj\w+"
    r"|skrypt\w*|fonksiyon\w*|fungsi|hàm|pipeline|ya?ml|функци\w+|скрипт|программ\w+|код|函数|代码|関数|コード|함수"
    r"|코드)(?!\w)|函数|函數|代码|程式|関数|コード|함수|코드|查询|查詢|クエリ|쿼리|запрос|دالة|كود|برنامج|פונקציה|קוד|फ़ंक्शन|फंक्शन|कोड|ฟังก์ชัน|โค้ด|スクリプト|脚本|스크립트",
    re.I,
)
WISH = make_regex(
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
ALWAYS_CODE = frozenset(("mermaid", "dockerfile", "makefile", "regex", "gitignore"))
SQL_VERB = make_regex(
    r"\b(?:insert|select|update|delete|join|create table|query|statement)\b", re.I
)
EXPLAINS = make_regex(
    r"^\W*(?:what is|what are|what's|who|when|explain (?!how to)|why|describe"
    r"|how (?:does|did|is|are)|how do (?!i\b|you\b|we\b|one\b)"
    r"|difference|compare|is|are|should|was ist|qué es|qu'est-ce)\b",
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
    if language == "json" and question.stated_system:
        language = find_language(question.system) or language
    if not language and question.material:
        language = recognise_language(question.material)
    if not language and "```" in question.prompt:
        language = find_language(question.prompt[question.prompt.find("```") + 3 :][:14]) or ""
    asks = is_code_request(text, language) or is_generator(question.system)
    if (
        not language
        and asks
        and re.search(
            r"\b(?:write|implement|code|schreibe?|escribe|écris)\b[^.\n]{0,"
            r"30}\b(?:function|script|program|class|algorithm|code|snippet|funktion|función"
            r"|fonction)\b",
            text,
            re.I,
        )
    ):
        language = "python"
    if not language or not asks:
        return None
    text = question.prompt[:4000]
    if language == "sql" and has_tables(question.system):
        text = f"{question.system[:4000]}\nQuestion: {text}"
    return describe_code(question, language, text)


def has_tables(system: str) -> bool:
    """Return whether a system instruction describes tables."""
    return re.search(r"\bcreate table\b|\btables?\b|\bschema\b", system, re.I) is not None


def is_generator(system: str) -> bool:
    return (
        re.search(
            r"\b(?:sql|code|regex|bash|python|html|shell) (?:generator|writer|assistant"
            r"|expert that "
            r"(?:outputs|returns))\b|\b(?:return|output|write|generate|respond with|reply with) "
            r"(?:only )?(?:the |valid |raw |a single |a )?(?:sql|code|python code|bash|html"
            r"|shell command|regex)\b|\b(?:translate|convert|turn)\b[^.\n]{0,60}"
            r"\b(?:in)?to (?:a |an |valid )?(?:\w+ )?(?:sql|bash|shell command|regex|python"
            r"|code)\b",
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
    first = FIRST_WORDS.match(text) if language and "?" not in text else None
    if first is not None and find_language(first[1]):
        return True
    if language and (begins := BEGINS.match(text)) and find_language(begins[0][:-2]):
        return True
    if language not in NO_PROGRAMS and is_short_wish(text):
        return True
    if language not in NO_PROGRAMS and asks_how_to(text):
        return True
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
    if language == "json" and not re.search(r"package|tsconfig|json[ -]?schema", text, re.I):
        return False
    return asks_for_program(text, language)


FOREIGN_HOW = make_regex(
    r"\W{0,4}(?:wie|comment|cómo|come (?:si|posso|faccio)|como|jak|hoe|nasıl|bagaimana|как|як|どう"
    r"|怎么|怎麼|如何|어떻게|كيف|איך|कैसे)\b"
    r"|(?:用|使用)\s?(?:[A-Z][\w+#]*)\s?(?:来|來)?[^\W\d_a-zA-Z]|[A-Za-z+#]{2,12}\s?(?:で|を使って|으로|로)"
    r"|làm (?:thế nào|sao)|nasıl\b|อย่างไร|ยังไง",
    re.I,
)
"""How people ask in other languages how something is done."""
BESIDE_LANGUAGE = make_regex(
    r"(?:\b(?:in|en|em|w|v|di|dalam|trong|με|на|в|у|mit|con|avec|com|z|met|bằng)\s|用|使用|ב-?"
    r"|في |में )"
    r"\s?([\w#+.]{1,12}?)(?=[\s?!.,’'`]|[^\x00-\x7f]|\Z)"
    r"|([A-Za-z+#]{1,12})\s?(?:で|を使って|으로|로|'da|'de| ile|中)",
    re.I,
)


def asks_how_to(text: str) -> bool:
    """Return whether a text in another language asks how to do something in a language."""
    if len(text) > 200 or not FOREIGN_HOW.search(text):
        return False
    names = (match[1] or match[2] for match in BESIDE_LANGUAGE.finditer(text))
    return any(find_language(name) for name in names)


NO_PROGRAMS = frozenset(("", "latex", "json", "xml", "yaml"))


def is_short_wish(text: str) -> bool:
    """Return whether a text is as short as "reverse a string in go" or "LRU cache in Python"."""
    if len(text) > 120 or "?" in text or not names_language(text):
        return False
    return VERB.match(text) is not None or (len(text) < 90 and IN_LANGUAGE.match(text) is not None)


def asks_for_program(text: str, language: str) -> bool:
    """Return whether a text wishes a program, or names a kind of program and a language."""
    return (
        WISH.search(text) is not None
        and (
            NOUN.search(text) is not None
            or (
                language != ""
                and len(text) < 400
                and EXPLAINS.search(text) is None
                and (names_language(text) or MARKUP.search(text) is not None)
            )
        )
    ) or (
        NOUN.search(text) is not None
        and language != ""
        and len(text) < 120
        and not EXPLAINS.search(text)
    )


BEFORE_LANGUAGE = make_regex(
    r"\b(?:in|to|into|with|using|auf|en|mit|con|avec|em|nach|write|show|give me|need|want|have"
    r"|create|make|schreibe?|escribe|écris|scrivi)\s+"
    r"(?:(?!(?:about|on|of|for|from|to)\b)[\w-]+\s){0,3}[\w.#+]{1,14}",
    re.I,
)
MARKUP = make_regex(r"\bfix\b|\brefactor\b|\bpandas\b|\bdataframe\b|\bcss\b|\bhtml\b|\bsql\b", re.I)


def names_language(text: str) -> bool:
    """Return whether a language is what to write in, not what to write about."""
    return any(find_language(match[0]) for match in BEFORE_LANGUAGE.finditer(text[:1000]))


IN_LANGUAGE = make_regex(
    r"(?!.*\b(?:list|best|jobs?|librar\w+|frameworks?|ideas?|tips|differences?|history|vs|pros|article|blog"
    r"|essay|explain|describe|summary|questions?|courses?|books?|translat\w+|poem|story|why|what|career"
    r"|answer|reply|respond)\b)"
    r"[^?\n]{3,70}\b(?:in|with|using) [\w#+.]{1,12}\W*$",
    re.I,
)
"""A short prompt such as "LRU cache in Python"."""
VERB = make_regex(
    r"\W{0,4}(?:please )?(?:reverse|sort|parse|read|find|remove|check|convert|merge|split|loop"
    r"|iterate"
    r"|count|filter|generate|fetch|call|connect|send|open|calculate|compute|print|get|download|rename"
    r"|delete|flatten|validate|format|replace|sum|swap|shuffle|group|map|center|align|create|make"
    r"|concatenate|join|append|insert|return|compare|round)\b",
    re.I,
)
"""The beginning of "reverse a string in go"."""
FIRST_WORDS = make_regex(
    r"\W{0,4}([\w.#+]{1,12}) (?:to|for|that|which|one[- ]?liner|snippet|code|function|script|query"
    r"|program)\b"
)
"""The beginning of "SQL to get the second highest salary"."""
BEGINS = make_regex(r"\W{0,4}[\w.#+]{1,12}(?: code)?\s?: (?=\w)")
"""The beginning of "Python: merge two dictionaries"."""


FORMULA = make_regex(
    r"\b(?:comput|calculat|return|get|determin)\w* (?:the )?`?([a-z]\w{1,40})`? from (?:the )?`?"
    r"([a-z_]\w{0,30}(?:`?,? (?:and )?`?[a-z_]\w{0,30}){1,4})`?(?=[.,;\n]|\Z)"
)
TWO_FIELDS = make_regex(
    r"\bwith (?:the )?(?:fields |coordinates )?([a-z]) and ([a-z])\b"
    r"|\bwith (\w{1,30}) and (\w{1,30}) (?:fields|properties|attributes)\b",
    re.I,
)


LINE = make_regex(r"\bone-liner|\b(?:single|one) (?:\w+ ){0,2}(?:command|line)|\bone line\b", re.I)


def describe_code(question: Question, language: str, text: str) -> CodeRequest:
    kind = find_kind(NEGATED.sub(" ", text), language)
    if language == "bash" and LINE.search(question.wish):
        kind = "command"
    name, parameters = find_name(text, kind)
    if name == "run" and (formula := FORMULA.search(text)):
        name, parameters = formula[1], tuple(filter(None, re.split(r",\s|\sand\s", formula[2])))
    fields = (
        [
            (field, str(schema.get("type", "string")))
            for field, schema in find_fields(question.instruction)
        ]
        if kind in ("class", "interface", "table", "component", "struct", "select", "form")
        or language == "sql"
        else []
    )
    if kind in ("class", "struct", "interface") and (two := TWO_FIELDS.search(text)):
        names = [name for name in two.groups() if name]
        fields = [(name, "integer" if len(name) == 1 else "string") for name in names]
    fields = [row for row in fields if "method" not in row[0] and row[0].lower() not in NOT_FIELDS]
    if kind in ("class", "struct", "interface") and (shown := find_json_members(text)):
        fields = shown
    if kind in ("class", "struct", "interface") and len(fields) < 2:
        fields = find_members(text) or fields
    if kind == "class" and name == "Item" and (known := re.search(STRUCTURES, text, re.I)):
        name = "".join(word[:1].upper() + word[1:] for word in known[0].split())
    if kind in ("class", "struct", "interface") and name in ("Item", "API", *ARTICLES):
        name = name_thing(text) or name
    if kind in ("class", "struct", "interface") and (typed := find_typed_members(text)):
        fields = typed if len(typed) > 1 or not fields else fields
    method_names = find_methods(text)
    about = CALCULATES.search(text)
    return CodeRequest(
        language,
        kind,
        name,
        parameters,
        tuple(row for row in fields if row[0].isidentifier() and row[0] not in method_names)[:12],
        method_names,
        (about[1].strip() if about else question.topic),
        text,
    )


FUNCTION_CALL = make_regex(r"\bfunction [`\"']?[a-z_]\w{1,40}\(|\bdef \w+\(")


FUNCTION_FIRST = make_regex(
    r"\W*(?:please )?(?:write|create|implement|give|generate|make|need"
    r"|i want)?(?: me)?\s?(?:an?|the) "
    r"(?:[\w#+.]+ ){0,3}function\b(?! component)",
    re.I,
)
STRUCTURES = (
    r"(?:(?:doubly |singly )?linked list|stack|queue|priority queue|binary (?:search )?tree"
    r"|lru cache"
    r"|hash (?:map|table)|trie|min heap|max heap)"
)


def find_kind(text: str, language: str) -> str:
    lower = text.lower()
    kinds = (
        (
            r"\b(?:write|create|generate|add|need|give me)\b[^.\n]{0,30}\btests?\b|unit tests?"
            r"|\b(?-i:Jest)\b|\bjest tests?\b|\btests? for\b"
            r"|test cases?",
            "tests",
        ),
        (r"\bcomponent\b", "component"),
        (r"\binterface\b|\btypes? (?:for|from)\b", "interface"),
        (r"\brecord\b", "class"),
        (
            r"\b(?:pydantic|sqlalchemy|django|mongoose|eloquent|activerecord)\b[^.\n]{0,20}\bmodels?\b",
            "class",
        ),
        (r"\b(?:data)?class\b|\bklasse\b|\bclase\b|\bclasse\b", "class"),
        (r"\bstruct\b", "struct"),
        (
            rf"\b(?:implement\w*|create|write|build|make)\b[^.\n]{{0,24}}\b{STRUCTURES}\b(?![^.\n]*\bfunction)",
            "class",
        ),
        (r"\bform\b", "form"),
        (r"sequence diagram", "sequence"),
        (r"create a table|create table|table named|to create (?:a |the )?table", "table"),
    )
    if FUNCTION_FIRST.match(text):
        return "function"
    return next(
        (kind for pattern, kind in kinds if re.search(pattern, lower)),
        "script"
        if re.search(r"\bscript|program(?!m(?:ing|er))", lower) and not FUNCTION_CALL.search(text)
        else "function",
    )


def find_quoted_names(question: Question) -> list[str]:
    return re.findall(r"[\"'`]([\w./-]{1,60})[\"'`]", question.prompt[:2000])
