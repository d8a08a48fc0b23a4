"""What a prompt says about the code that it asks for: language, kind, names."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.code_glossary import gloss_task
from mockgem.operations.forms.code_joins import read_tables
from mockgem.operations.forms.code_kinds import STRUCTURES, find_kind
from mockgem.operations.forms.code_languages import (
    find_ending,
    find_language,
)
from mockgem.operations.forms.code_members import (
    ARTICLES,
    METHOD_WORD,
    NOT_FIELDS,
    cut_methods,
    find_json_members,
    find_members,
    find_methods,
    find_parenthesised,
    find_shared_type,
    find_table,
    find_typed_members,
    name_row,
    name_thing,
)
from mockgem.operations.forms.code_methods import imply_members
from mockgem.operations.forms.code_names import (
    CALCULATES,
    derive_name,
    find_name,
    mentions,
    name_after_thing,
)
from mockgem.operations.forms.code_recognition import recognise_language
from mockgem.operations.forms.code_signatures import guess_kind
from mockgem.operations.forms.code_wishes import (
    CODE_ALONE,
    NOUN,
    asks_by_system,
    find_first_language,
    is_code_request,
    is_generator,
)
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.listed_fields import find_fields
from mockgem.operations.forms.question import NEGATED, Question


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


CALLED_MEMBERS = make_regex(
    r"\b(?P<with>with|has|having) (?P<fields>(?:[a-z_]\w*, )*[a-z_]\w*),? (?:and )?"
    r"(?P<methods>[a-z_]\w*\(\)(?:(?:, | and |, and )[a-z_]\w*\(\)){0,6})"
)
"""Fields and methods of a class in one list: "with width, height, area() and perimeter()"."""


def name_methods(text: str) -> str:
    """Return a text that says which of the members of a class are methods."""
    if "class" not in text.lower() or "()" not in text:
        return text
    return CALLED_MEMBERS.sub(
        lambda match: (
            f"{match['with']} {match['fields']} and methods {match['methods'].replace('()', '')}"
        ),
        text,
        count=1,
    )


def read_code_request(question: Question) -> CodeRequest | None:
    """Return what code a message asks for; None if it asks for none."""
    text = NEGATED.sub(" ", question.instruction or question.prompt[:400])
    text = OPTION_MARK.sub(" ", text) if "C" in text else text
    ending = find_ending(question.prompt)
    language = find_request_language(question, text, ending)
    asks = ending != "" or is_code_request(text, language) or is_generator(question.system)
    if not asks and question.system and asks_by_system(text, question.system):
        language = language or find_language(question.system)
        asks = True
    if (
        not language
        and asks
        and not SPOKEN_SCRIPT.search(text)
        and re.search(
            r"\b(?:write|implement|code|schreibe?|escribe|écris)\b[^.\n]{0,"
            r"30}\b(?:function|script|program|class|algorithm|code|snippet|funktion|función"
            r"|fonction)\b",
            text,
            re.I,
        )
    ):
        language = "python"
    if (
        not language
        or not asks
        or (language == "yaml" and NAMES_KEYS.search(question.stated_system))
    ):
        return None
    text = name_methods(question.prompt[:4000])
    if language == "sql" and has_tables(question.system):
        text = f"{question.system[:4000]}\nQuestion: {text}"
    return describe_code(question, language, text)


OPTION_MARK = make_regex(r"\(C\)|^[ \t]*C[.)](?= )", re.M)
"""The mark of an answer to choose from, which is not the language C."""
NAMES_KEYS = make_regex(r"\bya?ml\b[^.\n]{0,40}\b(?:with|keys?|fields?)\b", re.I)
"""A system instruction that names the keys of its replies, which are data and no manifests."""
ASKS_QUERY = make_regex(
    r"\b(?:write|give|create|need|show|what|build|generate)\b[^.\n]{0,30}\bquer(?:y"
    r"|ies)\b(?=[\s\S]{0,400}\w\s?\(\w+(?:,|\s\w+,))"
    r"|\btables?\b[^.\n]{0,60}\w\s?\(\w+, [^\n]{0,300}\bquer(?:y|ies)\b"
    r"|\b(?:write|give me|create|need) (?:an? |the )?quer(?:y|ies)\b[^\n]{0,160}\b(?:tables?"
    r"|rows|column)\b",
    re.I,
)
"""A query about a table whose columns are shown."""
SPOKEN_SCRIPT = make_regex(
    r"\b(?:play|video|podcast|movie|film|sketch|commercial|radio|episode|scene|speech|youtube"
    r"|tiktok|voice ?-?over|theat(?:re|er)|webinar|phone call|sales call|meditation|actors?)\b",
    re.I,
)
"""What people write scripts for that are not programs."""


def find_request_language(question: Question, text: str, ending: str) -> str:
    """Return the language of the program that a request wants; empty if nothing names one."""
    language = (
        ending
        or find_language(text)
        or (
            find_language(question.system)
            if NOUN.search(text) or is_generator(question.system)
            else ""
        )
    )
    if not language and COMMANDS_ONLY.search(question.system):
        language = "bash"
    if language == "json" and question.stated_system:
        language = find_language(question.system) or language
    if not language and question.material:
        language = recognise_language(question.material)
    if not language and "```" in question.prompt:
        language = find_language(question.prompt[question.prompt.find("```") + 3 :][:14]) or ""
    if not language and question.material and CODE_ALONE.search(text):
        language = find_language(question.material[:400])
    if not language and ASKS_QUERY.search(text):
        language = "sql"
    if not language and (first := find_first_language(text)):
        language = first
    is_component = language == "typescript" and "component" in text.lower()
    return "tsx" if is_component and "react" in question.whole.lower() else language


COMMANDS_ONLY = make_regex(
    r"\b(?:linux|unix|terminal|shell|sysadmin|command[- ]line)\b[\s\S]{0,200}\b(?:only|just"
    r"|single|with)\b"
    r"[^.\n]{0,20}\bcommands?\b|\bcommands? only\b",
    re.I,
)
"""A system instruction whose answers are commands."""


def has_tables(system: str) -> bool:
    """Return whether a system instruction describes tables."""
    return re.search(r"\bcreate table\b|\btables?\b|\bschema\b", system, re.I) is not None


FORMULA = make_regex(
    r"\b(?:comput|calculat|return|get|determin)\w* (?:the )?`?([a-z]\w{1,40})`? from (?:the )?`?"
    r"([a-z_]\w{0,30}(?:`?,? (?:and )?`?[a-z_]\w{0,30}){1,4})`?(?=[.,;\n]|\Z)"
)
TWO_FIELDS = make_regex(
    r"\bwith (?:the )?(?:fields |coordinates )?([a-z]) and ([a-z])\b"
    r"|\bwith (\w{1,30}) and (\w{1,30}) (?:fields|properties|attributes)\b",
    re.I,
)


TESTED = make_regex(
    r"\b(?:for|of) (?:an? |the |my |our )(?!python\b|simple\b|javascript\b|js\b|function\b"
    r"|method\b)([a-z]\w{2,24}) (?:function|method)\b"
)
"""What is tested: "unit tests for a login function"."""
LINE = make_regex(r"\bone-liner|\b(?:single|one) (?:\w+ ){0,2}(?:command|line)|\bone line\b", re.I)


def describe_code(question: Question, language: str, text: str) -> CodeRequest:
    kind = find_kind(NEGATED.sub(" ", text), language)
    if language == "bash" and LINE.search(question.wish):
        kind = "command"
    name, parameters = find_name(text, kind)
    if kind == "tests" and not mentions(text, name) and (tested := TESTED.search(text)):
        name = tested[1]
    told = gloss_task(text) if kind in FUNCTIONS and question.written_language != "en" else ""
    if told and not mentions(text, name):
        name = derive_name(told)
    if name == "run" and (formula := FORMULA.search(text)):
        name, parameters = formula[1], tuple(filter(None, re.split(r",\s|\sand\s", formula[2])))
    if name == "run":
        name = name_after_thing(text) or "run"
    fields = list_stated_fields(question, language, kind, text)
    if kind in ("class", "struct", "interface") and (shown := find_json_members(text)):
        fields = shown
    created = read_tables(text) if kind in ("class", "struct", "interface") else []
    if created and language != "sql":
        fields = [(column, find_column_kind(column, text)) for column in created[0].columns]
        name = name if name not in ("Item", "API") else name_row(created[0].name)
    if kind in ("class", "struct", "interface") and len(fields) < 2:
        fields = find_members(text) or fields
    if kind == "class" and name == "Item" and (known := re.search(STRUCTURES, text, re.I)):
        name = "".join(word[:1].upper() + word[1:] for word in known[0].split())
    is_unnamed = name in ("Item", "API", *ARTICLES) or TYPE_FOR.search(text) is not None
    if kind in THINGS and (is_unnamed or (kind == "class" and find_table(text))):
        name = name_thing(text) or name
    if kind in ("class", "struct", "interface") and (typed := find_typed_members(text)):
        fields = typed if len(typed) > 1 or not fields else fields
    if kind in THINGS and fields and (shared := find_shared_type(text)):
        fields = [(field, shared) for field, _ in fields]
    if kind in THINGS:
        fields = [(field, guess_schema(field, schema, text)) for field, schema in fields]
    method_names = find_methods(text)
    fields = [(clean_field(field), schema) for field, schema in fields]
    fields = [row for row in fields if row[0] not in method_names]
    if kind in ("class", "struct") and method_names and not fields:
        fields = list(imply_members(method_names))
    about = CALCULATES.search(text)
    return CodeRequest(
        language,
        kind,
        name,
        parameters,
        tuple(
            row
            for row in fields
            if row[0].isidentifier() and row[0] not in method_names and row[0] != name
        )[:12],
        method_names,
        about[1].strip() if about else find_program_topic(question),
        f"{text}\n{told}" if told else text,
    )


def guess_schema(field: str, schema: str, text: str) -> str:
    """Return the kind of a field, by its name if a prompt says nothing of it."""
    guessed = GUESSED.get(guess_kind(field), schema)
    if schema != "string" or guessed == schema:
        return schema
    is_said = re.search(rf"\b{re.escape(field)}\b\W{{1,3}}(?:an? )?(?:str|text|char)", text, re.I)
    return (
        schema if is_said or re.search(rf"\bstring `?{re.escape(field)}\b", text, re.I) else guessed
    )


GUESSED = {"float": "number", "bool": "boolean"}
PROGRAM_THAT = make_regex(
    r"(?<![\w-])(?:[\w+#]{1,12}[- ])?(?:programm|skript|script|funktion|klasse|methode|programa"
    r"|función"
    r"|programme|fonction|programma|funzione|função)\w*,? (?:das|die|der|welche[rs]?|que|qui|che"
    r"|dat) (?:den |die |das )?([^.!?\n]{5,120})",
    re.I,
)
"""What a program should do, in other languages: "ein Programm, das den Benutzer begrüßt"."""


def find_program_topic(question: Question) -> str:
    match = PROGRAM_THAT.search(question.stated) if question.written_language != "en" else None
    return match[1].strip() if match else question.topic


def list_stated_fields(
    question: Question, language: str, kind: str, text: str
) -> list[tuple[str, str]]:
    """Return the fields that a prompt lists, without its methods."""
    fields = (
        [
            (field, str(schema.get("type", "string")))
            for field, schema in find_fields(
                cut_methods(question.instruction) if kind in THINGS else question.instruction
            )
        ]
        if kind in ("class", "interface", "table", "component", "struct", "select", "form")
        or language == "sql"
        else []
    )
    if kind in ("class", "struct", "interface") and (two := TWO_FIELDS.search(text)):
        names = [name for name in two.groups() if name]
        number = "number" if "distance" in text else "integer"
        fields = [(name, number if len(name) == 1 else "string") for name in names]
    if kind in ("form", "component") or language == "json":
        fields = find_parenthesised(text) or fields
    fields = [(clean_field(name), find_kind_of(name, kind, text)) for name, kind in fields]
    if language == "typescript":
        fields = [
            (name.removesuffix("_Date"), "Date" if name.endswith("_Date") else kind)
            for name, kind in fields
        ]
    fields = [
        row
        for row in fields
        if not ACCESSORS.search(row[0]) and not METHOD_WORD.search(row[0].replace("_", " "))
    ]
    return [row for row in fields if "method" not in row[0] and row[0].lower() not in NOT_FIELDS]


def find_column_kind(column: str, text: str) -> str:
    """Return the kind of a column in a statement that creates a table."""
    if re.search(rf"\b{re.escape(column)}[`\"]?\s+(?:big|small|tiny)?(?:int|serial)", text, re.I):
        return "integer"
    if re.search(
        rf"\b{re.escape(column)}[`\"]?\s+(?:decimal|numeric|float|double|real|money)", text, re.I
    ):
        return "number"
    is_bool = re.search(rf"\b{re.escape(column)}[`\"]?\s+bool", text, re.I)
    return "boolean" if is_bool else "string"


def clean_field(name: str) -> str:
    """Return a name without the word for a quality of the field: age_optional is age."""
    name = re.sub(
        r"^(?:private_|public_)?(?:double|int|string|float|boolean|bool|long)_(?=\w)", "", name
    )
    return re.sub(
        r"(?<=\w)_(?:optional|required|unique|nullable|props?|fields?|propert(?:y|ies)"
        r"|attributes?)$",
        "",
        name,
    )


def find_kind_of(name: str, kind: str, text: str) -> str:
    """Return string for a field whose number of characters a prompt limits."""
    is_text = re.search(rf"\b{re.escape(name)} ?\([^()\n]*\bchar", text) is not None
    return "string" if is_text else kind


TYPE_FOR = make_regex(
    r"\b(?:interface|type|class|struct|record|model|dto|entity) (?:for|of|to represent"
    r"|representing)"
    r" (?:an?|the) [a-z]+ [a-z]+\b(?<!with)(?<!that)(?<!which)(?<!in)(?<!using)(?<!containing)",
    re.I,
)
"""A kind of program for a thing of several words: "a type for a blog post"."""
FUNCTIONS = frozenset(("function", "script"))
THINGS = frozenset(("class", "interface", "struct"))
"""Kinds of programs that have fields."""
ACCESSORS = make_regex(r"(?:^|_)(?:getters?|setters?|constructors?)$", re.I)


def find_quoted_names(question: Question) -> list[str]:
    return re.findall(r"[\"'`]([\w./-]{1,60})[\"'`]", question.prompt[:2000])
