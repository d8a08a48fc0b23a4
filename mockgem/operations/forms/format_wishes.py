"""Whether a prompt wants its reply as JSON, XML, CSV or YAML, and whether in a code block."""

from __future__ import annotations

import re
from functools import cache

from mockgem.operations.forms.counts import NUMBER
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.listed_fields import find_fields
from mockgem.operations.forms.question import Question

VERB = (
    r"(?:return|respond|reply|answer|output|format\w*|produce|generate|provide|give"
    r"|write|create|convert|parse|extract|print|need|represent|as|in|valid|only"
    r"|wrap|make|build|design|compose|emit|send|prepare|invent|mock|gib|antworte|brauche|"
    r"benötige|necesito|quiero|besoin|voglio|preciso|erzeuge"
    r"|erstelle|schreibe|liefere|devuelve|responde"
    r"|genera|crea|escribe|dame|réponds|renvoie|retourne|donne|génère|rispondi"
    r"|restituisci|fornisci|retorne|responda|gere|zwróć|odpowiedz|als|en|au|como|jako"
    r"|into|sample|ответь|верни|返回|以|用|으로|で|use|using|to|should be|must be|is a"
    r"|following|this|with|extraia|extrae|extrais|estrai|extrahiere)"
)
ABOUT_FORMAT = make_regex(
    r"\b(?:what is|what's|explain|difference between|compare|why|how (?:do|does|can|to)"
    r"|describe|was ist|qué es|pros and cons of|advantages of"
    r"|(?:parse|parses|read|reads|reading)\b(?![^.\n]{0,40}\b(?:as|to|into)\s))"
    r"\b[^.?\n]{0,40}\b(?:json|xml|csv|yaml)\b",
    re.I,
)
IN_PYTHON = make_regex(
    r"(?:用|使用)\s?(?:Python|JavaScript|Java|Go|PHP|Ruby)|(?:Python|JavaScript|Java|PHP"
    r"|Ruby)\s?(?:で|を使って|으로|로)"
    r"|\b(?:TypeScript|Go|Python|Rust|Java|C#) (?:types?|interfaces?|structs?|class(?:es)?"
    r"|models?|dataclass(?:es)?) "
    r"(?:for|from|that)\b",
    re.I,
)
"""A programming language that works with the format."""
PROGRAM = make_regex(
    r"\b(?:write|create|implement|code|make|build|develop|fix|refactor|need|want|give me|show"
    r"|schreibe?|erstelle|escribe|crea|écris|crée|scrivi|escreva)\b[^.\n]{0,40}?"
    r"\b(?:curl|commands?|function|script|program|handler|middleware"
    r"|class(?! (?:timetable|schedule|list|roster|plan|quiz|room))|struct|enum|interface"
    r"|query|method|regex"
    r"|dockerfile|package\.json"
    r"|config(?:uration)? file|docker-compose|endpoint|component|python|javascript"
    r"|typescript|java|sql|bash|funktion|programm|klasse|función|programa|fonction|funzione"
    r"|função)\b|\A\W*curl\b"
    r"|\b(?:flask|fastapi|django|express|node|spring) (?:\w+ ){0,2}(?:route|endpoint|api|app|view"
    r"|handler|controller)\b"
    r"|\bcurl (?:to|for|that|command|request)\b"
    r"|\bfetch\b[^\n]{0,60}https?://"
    r"|\b(?:python|javascript|java|typescript|js|bash|go|php|c#) (?:code|script"
    r"|function|program)\b",
    re.I,
)
DEMAND = make_regex(
    r"\b(?:output|respond|return|reply|answer|formatted)\b[^.\n]{0,60}\b(?:json|xml|yaml|csv)\b",
    re.I,
)
SCHEMA_WORD = make_regex(r"\bjson[- ]schema(?!-)", re.I)
JSON_LINES = make_regex(r"\b(?:jsonl|nd-?json|jsonlines)\b", re.I)
FENCED = make_regex(
    r"```|\b(?:code ?block|codeblock|fenced|markdown (?:code )?(?:block|snippet)|triple "
    r"backticks|code fence|codeblock|blocs? de codes?|codeblöcke?|code-blöcke?|bloques? de código"
    r"|bloc(?:chi|co) di codice|blocos? de código|codeblok|blok(?:u|iem)? kodu)\b",
    re.I,
)
BARE = make_regex(r"\b(?:only|raw|just|bare|nothing else|parse[ds]?)\b", re.I)
NOT_FENCED = make_regex(
    r"\b(?:no|not|without|don't|do not|never|ohne|kein\w*|sin|sans|pas|senza|sem|zonder|bez)\b"
    r"[^.\n]{0,40}(?:```|(?:blocs?|bloques?|blocos?) de c|blocco di|code[- ]?bl[oö]|code "
    r"?blocks?|fence\w*|markdown|backticks)",
    re.I,
)


def wants(kind: str, question: Question) -> bool:
    """Return whether a prompt wants its reply as JSON, XML, CSV or YAML."""
    if kind not in question.whole.lower():
        return kind == "csv" and SEPARATED.search(question.instruction) is not None
    if any(text and wants_in(kind, text) for text in (question.instruction, question.system)):
        return True
    end = question.prompt[-1500:]
    if compile_last_words(kind).search(end[-200:]):
        return True
    return DEMAND.search(end) is not None and wants_in(kind, end)


SEPARATED = make_regex(
    r"\b(?:rows|data|records|lines)\b[^.\n]{0,60}\b(?:semicolon|comma|tab)[- ](?:separated"
    r"|delimited)\b[^.\n]{0,20}\bcolumns?\b",
    re.I,
)
"""A wish for CSV without its name: "8 rows, semicolon-separated, columns id;name"."""


@cache
def compile_last_words(kind: str) -> re.Pattern[str]:
    return make_regex(
        rf"(?:[.!?\"”,);:…]\s|[-–—]\s?|\n)(?:(?:as|in|to) )?(?:raw |valid |just )?{kind}"
        rf"(?: format)?(?: only)?,?(?: {POLITE})*\W*\Z"
        rf"|\s{kind}(?: format)?(?: only)?,? {POLITE}\W*\Z",
        re.I,
    )


POLITE = r"(?:please|pls|plz|thx|thanks|thank you|ty|bitte|por favor|svp|danke)"
"""What stands after the format at the end of a message."""


def wants_in(kind: str, text: str) -> bool:
    text = JSON_LINES.sub("json lines", SCHEMA_WORD.sub("schema", text))
    target = TARGET.search(text)
    if target is not None and target[1].lower() == kind != target[2].lower():
        return False
    is_program = bool(PROGRAM.search(text) or IN_PYTHON.search(text))
    if not text.isascii() and "?" not in text and not is_program and kind in text.lower():
        return True
    match = compile_wish(kind).search(text)
    if match is None or is_asked_about(match, text):
        return False
    if is_program and not wants_data_of_program(kind, text):
        return False
    asked = ABOUT_FORMAT.search(text)
    if asked is None or AND_RETURN.search(asked[0]) or compile_end(kind).search(asked[0]):
        return True
    return compile_later_wish(kind).search(text, asked.end()) is not None


AND_RETURN = make_regex(
    r"\b(?:and|then|so) (?:please )?(?:return|output|respond|reply|answer|give|produce|write"
    r"|provide|turn|emit"
    r"|send|print|convert|extract|create|make|store|save|format)\b",
    re.I,
)


def wants_data_of_program(kind: str, text: str) -> bool:
    """Return whether a prompt about a program asks for data itself, not for code that writes it."""
    is_file = compile_file(kind).search(text) is not None
    return (is_file and "(" in text) or compile_program_wish(kind).search(text) is not None


@cache
def compile_wish(kind: str) -> re.Pattern[str]:
    return make_regex(
        rf"\b(?:messages|replies|responses|answers|outputs?) (?:are|is|must be|should be|have to"
        rf" be)"
        rf" (?:always |valid |in |pure |plain )*{kind}\b|\blines of {kind}\b|(?:->|→|=>) ?{kind}\b"
        rf"|\b{kind} front ?matter\b|\b(?:rows|records|entries) of {kind}\b"
        rf"|(?:^|[.!?\n] ?)\W*(?:an? |one )?{kind} "
        r"(?:objs?|quiz|menu|map|dict|payload|body|record):? "
        rf"|(?<!\w){VERB}(?!\w)(?:[^.\n]|\.(?=\w)){{0,90}}?\b{kind}\b(?!"
        rf" tags?\b| columns?\b| struct\b)"
        rf"|\b{kind}\b[ -](?:object|array"
        r"|list|format|instance|snippet|document|response|data|output|only|like|config"
        rf"|file|string)|(?:用|以|将)[^。\n]{{0,12}}{kind}"
        rf"|(?:^|[.!?:\n]\s?)\W{{0,4}}(?:an?|one|the)?\s?(?:single |valid |flat )?{kind}"
        r" (?:object|array|list|document)\b(?! is\b)"
        rf"|(?<!\w)(?:un|une|um|ein|eine|einen|uno|een)\s{kind}\b|(?:^"
        rf"|[.!?,;:]\s)\W*(?:[\w-]+-separated )?{kind}\b(?= "
        rf"please| pls| plz| only| lines\b|[.!]?\s*\Z|,| with| keys?\b| fields?\b"
        rf"| (?:for|describing|representing) (?:an?|the"
        rf"|my|one|{NUMBER}) | of|:)"
        rf"|\({kind}[,:;] (?=[a-z_]{{2,20}}(?:,| und | and | y | et ))"
        rf"|(?:^|[.!?\n] ){kind}(?=\. |:? ?\{{)|\binto (?:an? )?(?:valid )?{kind}\b"
        rf"|{kind}(?:格式|形式|으로| 형식|で)",
        re.I,
    )


@cache
def compile_file(kind: str) -> re.Pattern[str]:
    return make_regex(rf"\b{kind} (?:config\w*|settings|data|properties) files?\b", re.I)


@cache
def compile_program_wish(kind: str) -> re.Pattern[str]:
    return make_regex(
        rf"\b(?:respond|reply|answer|return only|output|format your)\b[^.\n]{{0,60}}\b{kind}\b"
        rf"|\b{kind} (?:list|array) (?:of|with) {NUMBER}\b"
        rf"|\b(?:in|as) (?:an? )?(?:valid )?{kind}\b(?: format)? ?(?:with|:|,)"
        rf"|[.!?\n] ?(?-i:Return|Give) (?:it |them |me )?(?:as )?(?:an? )?{kind}\b",
        re.I,
    )


@cache
def compile_end(kind: str) -> re.Pattern[str]:
    return make_regex(rf"\b(?:in|as|into|using) (?:valid )?{kind}\Z", re.I)


@cache
def compile_later_wish(kind: str) -> re.Pattern[str]:
    return make_regex(
        rf"\b(?:as|in|only|return|respond|valid|into|format)\b[^.\n]{{0,30}}\b{kind}\b", re.I
    )


TARGET = make_regex(
    r"\b(?:convert|turn|transform|translate|change|rewrite|wandle|convierte"
    r"|convertis)\b[^.\n]{0,30}?\b(json|xml|yaml|csv|toml|tsv)\b"
    r"[^.\n]{0,20}?\b(?:in)?to (?:an? )?(?:valid |markdown )?(json|xml|yaml|csv|toml|tsv|table"
    r"|html)\b",
    re.I,
)
ASKS = make_regex(
    r"\W{0,4}(?:what|why|how|when|where|which|who|is|are|does|do|did|should|must|has|have)\b", re.I
)
DEMANDS = make_regex(rf"(?<!\w){VERB}(?!\w)", re.I)


def is_asked_about(match: re.Match[str], text: str) -> bool:
    """Return whether a format is what a question is about: "Should a CSV file have a header?"."""
    if DEMANDS.match(match[0]):
        return False
    start = max(text.rfind(mark, 0, match.start()) for mark in ".!?\n") + 1
    end = text.find("?", match.end())
    return end >= 0 and ASKS.match(text, start) is not None and "." not in text[match.end() : end]


SHOWN_OBJECT = make_regex(
    r"\b(?:return|output|respond|reply|answer|write|print|produce|emit|send|generate|give"
    r"|antworte|gib|responde|devuelve|réponds|renvoie|rispondi|restituisci|retorne|zwróć|döndür"
    r"|верни|поверни|kembalikan|trả về|responda)\b[^.\n{]{0,60}[\s:]\{\s{0,12}[\"']\w"
    r"|\b(?:format|form|structure|shape|as|like)[:\s]{1,3}\{\s{0,12}\"\w{1,30}\"\s?:\s?[\[\"{\d]",
    re.I,
)
"""An object right after the verb: 'Return {"status": …'."""


OPEN_OBJECT = make_regex(
    r"\{\s*\"[^\"{}\n]{1,40}\"\s*:\s*(?:\.\.\.|…|<|\[\.\.\.|\"(?:\.\.\.|…|string|str|text"
    r"|number|int(?:eger)?|float|bool(?:ean)?)?\"|(?:n|x|string|str"
    r"|number|int|float|bool)\b)"
)
"""An object whose values are left open: {"capitale": ..., "population": ...}."""
KEYS_LINE = make_regex(
    r"(?:^|\n|[.:] )(?:json )?keys: ?[a-z_]{2,24}(?: \([^()\n]{1,60}\))?, ?[a-z_]{2,24}\b", re.I
)
"""The keys of an object, without the word JSON: "Keys: brand, model, size (number)"."""
TYPED_OBJECT = make_regex(
    r"\b(?:format|form|structure|shape|schema|return|reply|respond|answer|output)\b[^.\n{]{0,30}"
    r"\{\s*[a-z_]\w{0,30}\??: ?(?:str|string|int|integer|number|float|bool|boolean|list|array"
    r"|date)\b",
    re.I,
)
"""The form of a reply without quotation marks: "in this format: {name: str, age: int}"."""
SKETCH = make_regex(r"^\s*[A-Z]\w{0,40}\s?=\s?\{\s*[\"']\w", re.M)
SKETCH_USE = make_regex(r"^\s*return:?\s|\bschema\b|\breturn (?:a )?list\[", re.I | re.M)
"""A schema as Google's guides write it: Recipe = {'name': str} … Return: list[Recipe]."""


def shows_object(question: Question) -> bool:
    """Return whether the prompt shows the object to reply with, without the word JSON."""
    if KEYS_LINE.search(question.stated) and not NOT_JSON.search(question.wish):
        return True
    if TYPED_OBJECT.search(question.stated) and PROGRAM.search(question.instruction) is None:
        return True
    if "{" not in question.whole and "[" not in question.whole:
        return False
    if SKETCH.search(question.whole) and SKETCH_USE.search(question.whole):
        return True
    return (
        re.search(
            r"\b(?:output|response|reply|answer|return)[^.\n]{0,40}(?:format|form"
            r"|schema|structure|object)?[^.\n]{0,10}[:：]\s*\n?[{\[]\s*\"\w",
            question.whole,
            re.I,
        )
        is not None
        or OPEN_OBJECT.search(question.stated) is not None
        or OPEN_OBJECT.search(question.stated_system) is not None
        or (
            SHOWN_OBJECT.search(question.whole) is not None
            and PROGRAM.search(question.instruction) is None
        )
    )


def is_fenced(question: Question) -> bool:
    return FENCED.search(question.wish) is not None and NOT_FENCED.search(question.wish) is None


def fence(text: str, kind: str, question: Question) -> str:
    return f"```{kind}\n{text}\n```" if is_fenced(question) else text


LITERAL_WISH = make_regex(
    r"\b(?:as|return|output|respond with|reply with|provide|give me)\b[^.\n]{0,40}"
    r"\b(?:(?:python )?dict(?:ionary)?\b(?=[^.\n]{0,60}\b(?:keys?|with|of the form|like)\b)"
    r"|python (?:list|array)\b|(?:list|array) of strings\b)"
    r"|\A\W*(?:an? )?(?:\w+ )?(?:list|array) of objects\b",
    re.I,
)
CODE = make_regex(r"\b(?:function|code|script|class|program|def|method)\b", re.I)


def wants_literal(question: Question) -> bool:
    """Return whether a prompt wants a dictionary or a list of Python, which JSON is as well."""
    found = LITERAL_WISH.search(question.wish)
    return found is not None and CODE.search(question.instruction) is None


NOT_JSON = make_regex(r"\b(?:csv|xml|ya?ml|toml|table|markdown|code|function|sql)\b", re.I)
PAYLOAD = make_regex(
    r"\b(?:payloads?|(?:request|response|message) body|(?:sample|example|mock|fake|dummy|stub|seed"
    r"|test|placeholder)\w* (?:(?:api|http|rest) )?(?:(?:\w+ )?data(?:set)?|responses?|records)"
    r"|(?:chart|graph|time series) data|data for (?:an? |my |the )?(?:\w+ )?(?:chart|graph))\b"
    r"|\b(?:mock|fake|dummy|sample|test)\b[^.\n]{1,60}?\b(?:each|every)\b[^.\n]{0,20}"
    r"\b(?:has|have|with|having|needs?)\b",
    re.I,
)
OTHER_KIND = make_regex(
    r"\b(?:csv|tsv|ya?ml|xml|toml|sql|inserts?|markdown|excel|spreadsheet|html|code|seed file"
    r"|(?:as|in|into) (?:an? )?(?:\w+ )?table|tables? (?:with|of))\b",
    re.I,
)
"""Another form than JSON that sample data can have."""


def wants_payload(question: Question) -> bool:
    """Return whether a prompt wants the body of a request or an answer, and names its fields."""
    text = question.instruction
    return (
        PAYLOAD.search(text) is not None
        and PROGRAM.search(text) is None
        and OTHER_KIND.search(text) is None
        and not question.asks_how
        and (RESOURCE.search(text) is not None or len(find_fields(text)) > 1)
    )


RESOURCE = make_regex(
    r"\bresponses? (?:for|of|from|to)\b[^.\n]{0,30}\b(?:GET|POST|PUT|PATCH) /\w", re.I
)
