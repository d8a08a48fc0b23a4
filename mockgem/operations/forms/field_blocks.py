"""Find fields that stand in lines, in a table, in a header line or between quotation marks."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.described_values import describe_by_name, describe_field
from mockgem.operations.forms.lazy_patterns import make_regex

KEYS = (
    r"(?:keys?|fields?|sections|slots?|properties|property|attributes?|columns?|elements"
    r"|schlüsseln?"
    r"|feld(?:e?s|ern?)?|spalten|claves?|campos?|columnas?|clés?|champs?|colonnes?"
    r"|chiavi|chiave|children|sub-?elements|campi|colonne|velden|veld|kolommen|pola|polem|polami|kluczem|kluczami|"
    r"kolumny|kolumnami"
    r"|chaves?|colunas?|alanlar\w*|anahtarlar\w*|sütunlar\w*|kunci|kolom|khóa|trường|ключами"
    r"|ключи|ключі|ключом|ключем|полями|полем|поля|колонками|колонки|стовпцями|стовпці"
    r"|столбцами|字段|键|欄位|列|キー|フィールド|列名|필드|키|열|header|headers)"
)


TYPE = r"(?:boolean|bool|string|integer|int|numeric|number|float|array|list|object)"


FIELD_BLOCK = make_regex(
    rf"(?<!\w){KEYS}(?: to \w+| below| you need)?\s?(?:\([^()\n]{{1,40}}\))?\s?[:：][ \t]*\n"
    rf"((?:[ \t]{{0,8}}[\"'`]?[^\W\d]\w{{0,30}}[\"'`]?[ ]?(?:[-–—:(][^\n]{{0,200}})?(?:\n|\Z))"
    r"{2,30})",
    re.I,
)


BLOCK_LINE = make_regex(r"[ \t]*[\"'`]?([^\W\d]\w{0,30})[\"'`]?\s?(?:[-–—:(]\s?([^\n]*))?$")


def find_field_block(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of lines such as "title - a short title" after "Fields:"."""
    match = FIELD_BLOCK.search(text)
    if match is None:
        return []
    lines = filter(None, map(BLOCK_LINE.match, match[1].splitlines()))
    return [(line[1], describe_field(line[1], line[2] or "")) for line in lines]


HEADER_LINE = make_regex(
    r"\b(?:header|columns?|kopfzeile|spalten|cabecera|encabezado|en-tête"
    r"|intestazione)\b[^\n\"'`]{0,30}"
    r"[\"'`]([A-Za-z_][\w ]{0,30}(?:[,;][ ]?[A-Za-z_][\w ]{0,30}){1,20})[\"'`]",
    re.I,
)


BARE_HEADER = make_regex(
    r"\bheader(?: line| row)?(?: is)?\s?:?\s(\w{1,30}(?:[;,|]\w{1,30}){1,20})(?!\w)", re.I
)


OF_DATA = make_regex(r"\b(?:csv|rows?|records?|data|columns?)\b", re.I)
TIGHT = make_regex(
    r"(?<![\w,])[a-z_]\w{1,24}(?:\([^()\n]{1,40}\))?(?:[,;][a-z_]\w{1,24}(?:\([^()\n]{1,40}\))?){2,20}"
    r"(?![\w,])",
    re.I,
)
"""Names without spaces between them: "user_id,email,plan(free/pro)"."""
TIGHT_NAME = make_regex(r"([a-z_]\w{1,24})(?:\(([^()\n]{1,40})\))?", re.I)


def find_header_line(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of 'header line "name,class,hp"'."""
    match = HEADER_LINE.search(text) or BARE_HEADER.search(text)
    if match is None and OF_DATA.search(text) and (tight := TIGHT.search(text)):
        return [(name, describe_field(name, note)) for name, note in TIGHT_NAME.findall(tight[0])]
    names = [name.strip() for name in re.split(r"[,;|]", match[1])] if match else []
    return [(name, describe_by_name(name)) for name in names]


KEY_LINES = make_regex(
    r"(?:^[ \t]{0,8}(?:[-*•][ \t])?[\"'`]?[a-z_]\w{0,30}[\"'`]?[ \t]?:[ \t][^\n]{2,240}(?:\n"
    r"|\Z)){2,30}",
    re.M,
)


KEY_LINE = make_regex(
    r"[ \t]{0,8}(?:[-*•][ \t])?[\"'`]?([a-z_]\w{0,30})[\"'`]?[ \t]?:[ \t]([^\n]+)"
)


HAS_TYPE = make_regex(
    rf"\b(?:{TYPE[3:-1]}|text|date|list|one of|true|max\.?|short|sentence|number|null)s?\b|\"|\|",
    re.I,
)


def find_key_lines(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of lines such as 'verdict: "allow" or "block"'."""
    for match in KEY_LINES.finditer(text):
        lines = list(filter(None, map(KEY_LINE.match, match[0].splitlines())))
        if sum(HAS_TYPE.search(line[2]) is not None for line in lines) * 2 > len(lines):
            return [(line[1], describe_field(line[1], line[2])) for line in lines]
    return []


QUOTED_TYPED = make_regex(r"[\"'`]([^\W\d]\w{0,40})[\"'`]\s?\(([^()\n]{2,200})\)")


def find_quoted_typed(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of '"answer" (string) and "sources" (array of ids)'."""
    found = QUOTED_TYPED.findall(text)
    typed = [pair for pair in found if HAS_TYPE.search(pair[1])]
    is_known = len(found) > 1 and typed
    return [(name, describe_field(name, about)) for name, about in found] if is_known else []


TYPE_AFTER = make_regex(
    r"[\"'`]([^\W\d]\w{0,40})[\"'`] ((?:array|list|string|boolean|number|integer|object)\b"
    r"(?: of [^\"'`.,;\n]{3,30}?(?=,| and |[.;\n]|\Z))?|(?:field|key)\b)",
    re.I,
)
WITH_ARTICLE = make_regex(r"(?:\b(?:an?|the|and|with)|,) [\"'`]([^\W\d]\w{0,40})[\"'`](?!:)", re.I)


def find_type_after(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of 'a "names" array of 6 strings and a "favorite"'."""
    typed = dict(TYPE_AFTER.findall(text[:3000]))
    names = list(dict.fromkeys(WITH_ARTICLE.findall(text[:3000]))) if typed else []
    fields = [(name, describe_field(name, typed.get(name, ""))) for name in names]
    return fields if len(fields) > 1 else []


TABLE_HEAD = make_regex(
    r"^[ \t]*\|?[ \t]*(?:field|name|key|property|attribute|column|feld|schlüssel|campo"
    r"|champ)s?[ \t]*"
    r"\|[^\n]*\b(?:types?|description|meaning|allowed|values?|format|typ|tipo)\b[^\n]*\n"
    r"[ \t]*[|: -]{3,200}\n((?:[^\n|]{0,4}\|?[^\n]*\|[^\n]*(?:\n|\Z)){1,30})",
    re.I | re.M,
)


def find_schema_table(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of a Markdown table with the columns field, type, allowed values."""
    match = TABLE_HEAD.search(text) if "|" in text else None
    rows = [row.strip().strip("|").split("|") for row in match[1].splitlines()] if match else []
    fields = [
        (row[0].strip(" `*\"'"), [cell.strip() for cell in row[1:]]) for row in rows if row[1:]
    ]
    return [(name, describe_row(name, cells)) for name, cells in fields if name]


def describe_row(name: str, cells: list[str]) -> dict[str, Any]:
    """Return the schema of a row: choices if a cell lists single words, else its type."""
    for cell in cells:
        items = [item.strip(" `\"'") for item in re.split(r"[,/|;]|\bor\b", cell)]
        if len(items) > 1 and all(re.fullmatch(r"[\w-]{1,24}", item) for item in items):
            return {"type": "string", "enum": items}
    return describe_field(name, " ".join(cells[:1]))


CJK_KEY = make_regex(r"キー|フィールド|項目|字段|键|鍵|欄位|필드|키|항목")


CJK_QUOTED = make_regex(r"[「『“\"]([^」』”\"\n]{1,24})[」』”\"]")


CJK_CONTAINS = make_regex(
    r"(?:包含|包括|含有|含む|포함)(?:以下)?[:：]?\s?([\u3041-\u9fff、，和与與及]{2,40})"
)


def find_cjk_contained(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of "每个包含名称和颜色"."""
    match = CJK_CONTAINS.search(text) if not text.isascii() else None
    names = [name for name in re.split("[、，和与與及]", match[1]) if name] if match else []
    is_series = len(names) > 1 and all(len(name) <= MAX_CJK for name in names)
    return [(name, describe_by_name(name)) for name in names] if is_series else []


MAX_CJK = 6
"""Characters of a name in Chinese."""


def find_cjk_quoted(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of "キーが「タイトル」と「要約」のJSON"."""
    if text.isascii() or not CJK_KEY.search(text):
        return []
    names = list(dict.fromkeys(CJK_QUOTED.findall(text)))
    return [(name, describe_by_name(name)) for name in names] if len(names) > 1 else []


CJK_NAMES = make_regex(
    r"((?:[A-Za-z_]\w{0,30}\s?(?:,|、|과|와|と|和)\s?){0,10}[A-Za-z_]\w{0,30})\s?"
    r"(?:필드|키|열|という(?:キー|フィールド)|の(?:キー|フィールド|列)|(?:这|這)?[两兩三四五六]?[个個]?(?:字段|键|欄位))",
    re.A,
)


def find_before_cjk_keys(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of "name과 population 필드"."""
    match = CJK_NAMES.search(text) if not text.isascii() else None
    names = re.findall(r"[A-Za-z_][A-Za-z0-9_]*", match[1]) if match else []
    return [(name, describe_by_name(name)) for name in names] if len(names) > 1 else []


TYPED_KEY = make_regex(
    r"(?:\b(boolean|string|integer|numeric|number|text|array|list|float) )?(?:field"
    r"|key|property|attribute)s? (?:called |named )?[\"'`“]([^\W\d][\w-]{0,"
    r"40})[\"'`”]",
    re.I,
)


def find_typed_keys(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of 'a boolean field "flagged" and a string field "reason"'."""
    found = TYPED_KEY.findall(text)
    return [(name, describe_field(name, kind)) for kind, name in found] if len(found) > 1 else []


CODE_SPAN = make_regex(r"`([A-Za-z_]\w{0,40})`(?: ?\(([^()\n]{1,160})\))?([^`.;\n]{0,60})")


BEFORE_TYPE = make_regex(
    r"\b(boolean|string|integer|numeric|number|list|array|float)[ ]{1,2}$", re.I
)


def find_code_spans(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of "a `rating` from 1 to 5, a `pros` array and a boolean `paid`"."""
    found = list(CODE_SPAN.finditer(text[:6000])) if text.count("`") > 3 else []
    fields: dict[str, dict[str, Any]] = {}
    for match in found:
        before = BEFORE_TYPE.search(text, max(0, match.start() - 30), match.start())
        after = re.split(r",|\band\b|\bund\b", match[3], maxsplit=1)[0]
        about = match[2] or (before[1] if before else after)
        fields.setdefault(match[1], describe_field(match[1], about))
    return list(fields.items()) if len(fields) > 1 else []
