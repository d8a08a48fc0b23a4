"""Strict checks of a reply's form: each is a name that `want` in the prompt files uses."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import yaml

BULLET = re.compile(r"^\s*[-*•] +\S", re.M)
NUMBERED = re.compile(r"^\s*\d+[.)] +\S", re.M)
FENCE = re.compile(r"^```([\w+-]*)\n(.*?)\n```\s*$", re.M | re.S)
HEADING = re.compile(r"^#{1,4} +\S", re.M)
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
TYPES: dict[str, Any] = {
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "array": list,
    "object": dict,
}
SPECIAL_LETTERS = {
    "ru": r"^[^іїєґ]*[а-яё]{3}[^іїєґ]*$",
    "uk": r"[іїєґ]",
    "ar": r"[\u0621-\u064a]{3}",
    "he": r"[\u05d0-\u05ea]{2}",
    "hi": r"[\u0900-\u097f]{2}",
    "ja": r"[\u3041-\u30ff]{1}",
    "zh": r"^[^\u3041-\u30ff\uac00-\ud7a3]*[\u4e00-\u9fff]{3}[^\u3041-\u30ff]*$",
    "ko": r"[\uac00-\ud7a3]{2}",
    "th": r"[\u0e00-\u0e7f]{3}",
}
COMMON_WORDS = {
    "en": "the is are of and to in that it a you this with for on be",
    "de": "der die das ist und zu in ein eine mit für auf nicht es sich den von man guten sie ich",
    "fr": "le la les de des est et un une pour dans que vous il en avec ce sur du",
    "es": "el la los las de es y un una para en que se con lo por su te buenos del",
    "pt": "o a os as de é e um uma para em que se com do da no na por você",
    "it": "il la le gli di è e un una per in che si con lo del della non più",
    "nl": "de het een is en van in op te dat met voor je zijn niet ik",
    "pl": "i w na z do się jest to nie że dla o jak po od dobry warto gdzie niż jeden",
    "tr": "bir ve bu için ile de da en çok olarak daha iyi gerekir",
    "vi": "và là của một có cho các với để trong được không này bạn",
    "id": "yang dan di untuk dengan ini itu dari pada adalah tidak ada lebih anda",
}


def check_reply(reply: str, want: dict[str, Any]) -> list[str]:
    """Return which checks of `want` a reply does not pass."""
    return [
        name
        for name, value in want.items()
        if name != "names" and not passes(name, value, reply, want)
    ]


def passes(name: str, value: Any, reply: str, want: dict[str, Any]) -> bool:
    try:
        if name in ("code", "fence", "only"):
            return check_code(reply, want)
        return CHECKS[name](reply, value)
    except (ValueError, SyntaxError, ElementTree.ParseError, yaml.YAMLError, AssertionError):
        return False


def count_matches(pattern: re.Pattern[str]) -> Callable[[str, Any], bool]:
    return lambda reply, value: len(pattern.findall(reply)) == value


def count_at_least(pattern: re.Pattern[str]) -> Callable[[str, Any], bool]:
    return lambda reply, value: len(pattern.findall(reply)) >= value


def check_integer(reply: str, limits: list[int]) -> bool:
    return re.fullmatch(r"-?\d+", reply) is not None and limits[0] <= int(reply) <= limits[1]


def check_number(reply: str, limits: list[float]) -> bool:
    return limits[0] <= float(reply) <= limits[1]


def check_json(reply: str, rule: dict[str, Any]) -> bool:
    """A bare or fenced JSON text, with exactly these keys."""
    if rule.get("fenced"):
        match = re.fullmatch(r"(?:[^`{\[]*\n)?```json\n(.*)\n```(?:\n[^`]*)?", reply, re.S)
        assert match is not None
        reply = match[1]
    value = json.loads(reply)
    rows = value if isinstance(value, list) else [value]
    if "array" in rule and (not isinstance(value, list) or len(value) != rule["array"]):
        return False
    if "items" in rule:
        return all(isinstance(row, TYPES[rule["items"]]) and row for row in rows)
    return all(isinstance(row, dict) and row and has_fields(row, rule) for row in rows)


def has_fields(row: dict[str, Any], rule: dict[str, Any]) -> bool:
    types = rule.get("types", {}).items()
    if "keys" in rule and list(row) != rule["keys"]:
        return False
    return all(
        isinstance(row[key], TYPES[kind]) and (kind == "boolean" or not isinstance(row[key], bool))
        for key, kind in types
    )


def check_xml(reply: str, rule: dict[str, Any]) -> bool:
    root = ElementTree.fromstring(unfence(reply))
    return root.tag == rule["root"] and [child.tag for child in root] == rule["tags"]


def check_inside(reply: str, tag: str) -> bool:
    match = re.search(rf"<{tag}>(.+?)</{tag}>", reply, re.S)
    return match is not None and bool(match[1].strip())


def check_csv(reply: str, rule: dict[str, Any]) -> bool:
    rows = list(csv.reader(io.StringIO(unfence(reply).strip())))
    return (
        rows[0] == rule["columns"]
        and len(rows) == rule["rows"] + 1
        and all(len(row) == len(rows[0]) and all(row) for row in rows)
    )


def check_yaml(reply: str, rule: dict[str, Any]) -> bool:
    value = yaml.safe_load(unfence(reply))
    return isinstance(value, dict) and list(value) == rule["keys"]


def check_json_loose(reply: str, rule: dict[str, Any]) -> bool:
    """JSON that is bare or fenced, with nothing beside it."""
    return check_json(unfence(reply), rule)


def check_yaml_keys(reply: str, keys: list[str]) -> bool:
    text = unfence(reply).strip().removeprefix("---").removesuffix("---")
    return list(yaml.safe_load(text)) == keys


def check_csv_columns(reply: str, columns: list[str]) -> bool:
    rows = list(csv.reader(io.StringIO(unfence(reply).strip()), skipinitialspace=True))
    return rows[0] == columns and len(rows) > 1 and all(len(row) == len(columns) for row in rows)


def check_comma_list(reply: str, count: int) -> bool:
    items = [item.strip() for item in reply.split(",")]
    return len(items) == count and all(0 < len(item) < 40 for item in items) and "\n" not in reply


def check_labels(reply: str, labels: list[str]) -> bool:
    found = re.findall(r"^\**([\w ]+)\**: *\S", reply, re.M)
    return [label for label in found if label in labels] == labels and reply.startswith(labels[0])


def unfence(reply: str) -> str:
    match = re.fullmatch(r"\s*```\w*\n(.*)\n```\s*", reply, re.S)
    return match[1] if match else reply


def check_code(reply: str, want: dict[str, Any]) -> bool:
    """One fenced block in the language, with the names of the prompt, that parses."""
    blocks = FENCE.findall(reply)
    if not blocks and want.get("only"):
        blocks = [(want.get("code", ""), reply)]
    assert len(blocks) == 1
    language, source = blocks[0]
    if want.get("only"):
        assert FENCE.sub("", reply).strip() in ("", reply.strip())
    else:
        assert FENCE.split(reply)[0].strip()
        assert FENCE.split(reply)[-1].strip()
    if "fence" in want and language not in want["fence"]:
        return False
    if "code" in want and language not in (want["code"], *ALIASES.get(want["code"], ())):
        return False
    names = all(re.search(rf"(?<!\w){re.escape(n)}(?!\w)", source) for n in want.get("names", ()))
    return names and parses(want.get("code") or language, source)


ALIASES = {"javascript": ("js",), "python": ("py",), "yaml": ("yml",)}


def parses(language: str, source: str) -> bool:
    """Return whether a real parser accepts a program; true for languages without one here."""
    match language:
        case "python":
            ast.parse(source)
        case "json":
            json.loads(source)
        case "yaml":
            assert isinstance(yaml.safe_load(source), dict)
        case "sql":
            return check_sql(source)
        case "html":
            check_html(source)
        case "xml":
            ElementTree.fromstring(source)
        case "javascript":
            return check_javascript(source)
        case _:
            return has_balanced_brackets(source)
    return True


def check_sql(source: str) -> bool:
    """Return whether SQLite understands a statement, whose tables it need not have."""
    assert sqlite3.complete_statement(source)
    connection = sqlite3.connect(":memory:")
    try:
        for statement in filter(str.strip, source.split(";")):
            connection.execute(f"EXPLAIN {statement}")
    except sqlite3.OperationalError as error:
        return "syntax error" not in str(error) and "incomplete" not in str(error)
    finally:
        connection.close()
    return True


def check_html(source: str) -> None:
    """Raise AssertionError unless every element is closed."""
    open_tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:
            if tag not in ("meta", "input", "br", "img", "link", "hr"):
                open_tags.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert open_tags.pop() == tag

    Reader().feed(source)
    assert not open_tags
    assert re.search(r"<\w+", source)


def check_javascript(source: str) -> bool:
    node = shutil.which("node")
    if node is None:
        return has_balanced_brackets(source)
    command = [node, "--input-type=module", "--check", "-"]
    return subprocess.run(command, input=source.encode(), capture_output=True).returncode == 0


def has_balanced_brackets(source: str) -> bool:
    return all(source.count(a) == source.count(b) for a, b in ("()", "[]", "{}")) and bool(
        source.strip()
    )


def check_raw_sql(reply: str, _: Any) -> bool:
    return "```" not in reply and check_sql(reply)


def check_table(reply: str, rule: dict[str, Any]) -> bool:
    """One Markdown table with these columns and this number of rows."""
    lines = [line.strip() for line in reply.splitlines() if line.strip().startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert len(cells) > 2
    assert all(re.fullmatch(r":?-{3,}:?", cell) for cell in cells[1])
    assert all(len(row) == len(cells[0]) and all(row) for row in cells)
    if "columns" in rule and cells[0] != rule["columns"]:
        return False
    return "rows" not in rule or len(cells) - 2 == rule["rows"]


def count_sentences(reply: str) -> int:
    return len(re.findall(r"[.!?。！？](?=\s|$|[\"'”»)]|(?<=[。！？]))", reply.strip()))


def check_language(reply: str, language: str) -> bool:
    """Return whether a reply is in a language: by its letters, or its most common words."""
    plain = FENCE.sub("", reply)
    plain = re.sub(r"\"[^\"\n]{1,80}\"|«[^»\n]{1,80}»|„[^“”\n]{1,80}[“”]|“[^”\n]{1,80}”", "", plain)
    if language.startswith("zh"):
        traditional = re.search(r"[這個們說與為時從對學問關點實應後過]", plain)
        return re.search(SPECIAL_LETTERS["zh"], plain, re.S) is not None and (
            (traditional is not None) == (language == "zh-Hant")
        )
    if language in SPECIAL_LETTERS:
        return re.search(SPECIAL_LETTERS[language], plain, re.S) is not None
    words = re.findall(r"[^\W\d_]+", plain.lower())
    scores = {
        code: sum(word in common.split() for word in words) for code, common in COMMON_WORDS.items()
    }
    return scores[language] > 0 and scores[language] == max(scores.values())


def check_letter(reply: str, _: Any) -> bool:
    return bool(re.search(r"^Dear .+,$", reply, re.M)) and bool(
        re.search(r"^(Sincerely|Kind regards|Best regards|Yours \w+),$", reply, re.M)
    )


def check_email(reply: str, _: Any) -> bool:
    return bool(re.search(r"^\**Subject:\**\s*\S", reply, re.M)) and bool(
        re.search(r"^(Best|Kind regards|Best regards|Sincerely|Thanks|Cheers),$", reply, re.M)
    )


def check_latex(reply: str, _: Any) -> bool:
    return bool(re.search(r"\$\$.+?\$\$|\\\[.+?\\\]|(?<!\$)\$[^$\n]+\$", reply, re.S)) and (
        reply.count("{") == reply.count("}")
    )


def contains_any(reply: str, texts: list[str]) -> bool:
    return any(text.lower() in reply.lower() for text in texts)


CHECKS: dict[str, Callable[[str, Any], bool]] = {
    "one_of": lambda reply, values: reply in values,
    "integer": check_integer,
    "number": check_number,
    "regex": lambda reply, pattern: re.fullmatch(pattern, reply) is not None,
    "json": check_json,
    "json_loose": check_json_loose,
    "yaml_loose": check_yaml_keys,
    "csv_loose": check_csv_columns,
    "xml": check_xml,
    "xml_inside": check_inside,
    "csv": check_csv,
    "yaml": check_yaml,
    "comma_list": check_comma_list,
    "labels": check_labels,
    "raw_sql": check_raw_sql,
    "contains": lambda reply, texts: all(text.lower() in reply.lower() for text in texts),
    "contains_any": contains_any,
    "excludes": lambda reply, texts: not any(text.lower() in reply.lower() for text in texts),
    "bullets": count_matches(BULLET),
    "bullets_at_least": count_at_least(BULLET),
    "numbered": count_matches(NUMBERED),
    "numbered_at_least": count_at_least(NUMBERED),
    "items": lambda reply, n: n in (len(BULLET.findall(reply)), len(NUMBERED.findall(reply))),
    "table": check_table,
    "headings": count_at_least(HEADING),
    "letter": check_letter,
    "email": check_email,
    "max_words": lambda reply, n: 0 < len(reply.split()) <= n,
    "max_characters": lambda reply, n: 0 < len(reply) <= n,
    "max_sentences": lambda reply, n: 0 < count_sentences(reply) <= n,
    "words": lambda reply, n: len(reply.split()) == n,
    "words_about": lambda reply, n: abs(len(reply.split()) - n) <= n / 10,
    "sentences": lambda reply, n: count_sentences(reply) == n,
    "paragraphs": lambda reply, n: len(reply.strip().split("\n\n")) == n,
    "lines": lambda reply, n: len(list(filter(str.strip, reply.splitlines()))) == n,
    "hashtags": count_matches(re.compile(r"(?<!\w)#\w+")),
    "checklist": count_at_least(re.compile(r"^- \[[ x]\] \S", re.M)),
    "latex": check_latex,
    "quote": lambda reply, _: re.search(r"^> +\S", reply, re.M) is not None,
    "emoji": lambda reply, _: EMOJI.search(unicodedata.normalize("NFC", reply)) is not None,
    "links": count_at_least(re.compile(r"\[[^\]\n]+\]\(https?://[^)\s]+\)")),
    "lang": check_language,
}
