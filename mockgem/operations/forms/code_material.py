"""Find the program that a prompt gives."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_changes import GivenCode
from mockgem.operations.forms.code_languages import find_language
from mockgem.operations.forms.code_recognition import recognise_language
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

MAX_PROMPT = 12_000
CODE_BLOCK = make_regex(r"```([\w+#-]{0,16})[ \t]*\n(.{1,8000}?)\n?[ \t]*```", re.S)
TICKED = make_regex(r"(?<!`)`([^`\n]{8,300})`(?!`)")
AFTER_COLON = make_regex(r"[:?][ \t]+[\"“]?(?=\S)")
AFTER_LANGUAGE = make_regex(
    r"\b(?:python|javascript|js|java|php|ruby|code|this|is)"
    r" (?=\w+(?:\.\w+)?(?: ?= ?|\()|for |const )"
    r"(?=[^\n]*[()\[\]])",
    re.I,
)
ONE_LINE_END = make_regex(r"(?<=[\w\"')\]]) (?=print\()")
"""The end of a statement of Python whose line break is lost."""
CODE_TAG = make_regex(r"<code>\s*\n?(.{1,8000}?)\n?\s*</code>", re.S)
LABELS = {
    "py": "python",
    "python3": "python",
    "js": "javascript",
    "node": "javascript",
    "ts": "typescript",
    "sh": "bash",
    "shell": "bash",
    "zsh": "bash",
    "c++": "cpp",
    "cs": "csharp",
    "c#": "csharp",
    "golang": "go",
    "rs": "rust",
    "rb": "ruby",
    "kt": "kotlin",
    "yml": "yaml",
    "postgresql": "sql",
    "mysql": "sql",
}
NOT_CODE = frozenset(
    ("text", "txt", "json", "xml", "yaml", "csv", "diff", "markdown", "md", "html")
)
PROSE = make_regex(
    r"[A-Z][a-z']+ [a-z']+ [a-z']+ |(?:Please|Answer|Return|Respond|Output|Only)\b [a-z]"
)


CODE_MARK = make_regex(r"[\n`;{}()=<>:]")
"""A character of which every given program has one."""


def find_code(question: Question) -> GivenCode | None:
    """Return the program that a prompt gives; None if it gives none."""
    prompt = question.prompt[:MAX_PROMPT]
    if CODE_MARK.search(prompt) is None:
        return None
    if (query := QUERY_ALONE.match(prompt)) and query["wish"].strip():
        return make_given("sql", query["source"], query["wish"].strip())
    fence = CODE_BLOCK.search(prompt)
    block = fence or CODE_TAG.search(prompt)
    if block is not None:
        label = fence[1].lower() if fence else ""
        if label in NOT_CODE:
            return None
        wish = f"{prompt[: block.start()]} {prompt[block.end() :]}"
        return make_given(label, block[block.re.groups].rstrip(), wish)
    start = find_start(prompt)
    if start >= 0:
        return split_at(prompt, start)
    ticked = TICKED.search(prompt)
    if ticked is not None and recognise_language(ticked[1]) and not ends_open(ticked[1]):
        return make_given("", ticked[1], f"{prompt[: ticked.start()]} {prompt[ticked.end() :]}")
    return None


QUERY_ALONE = make_regex(
    r"\s*(?P<source>(?:SELECT|WITH|UPDATE|DELETE)\b[^;]{5,2000};)[ \t]*(?:--"
    r"|/\*)(?P<wish>[^;]{3,300})\Z"
)
"""A query and what to do with it in a comment behind it."""


def ends_open(source: str) -> bool:
    """Return whether a program is a head alone, as the name of a function to write."""
    return (
        source.count("{") != source.count("}")
        or re.search(r"\breturn\b|=|\bprint|;|SELECT", source) is None
    )


QUESTION_AFTER = make_regex(
    r"(?:[ \t]*(?:return |print )?[\w.]{1,20} ?[*+/-] ?\w{1,12})?[ \t]+(?:-{1,2} |// ?|# ?)?"
    r"((?:[a-z']{1,14}[,?.!]{0,3}(?:\s+|\Z)){2,30})\Z",
    re.I,
)
ASKING = make_regex(
    r"\b(?:how|why|what|whats|i|it|is|fix|pls|please|gives?|gets?|getting|help|can|wont|won't"
    r"|doesnt|doesn't|not|throws?|wrong|error|explain)\b",
    re.I,
)


def cut_question(source: str, wish: str) -> tuple[str, str]:
    """Return a program of one line without the words after it, which join the wish."""
    end = max(source.rfind(sign) for sign in ";)}]\"'") + 1
    after = QUESTION_AFTER.match(source, end) if end > 0 and "\n" not in source else None
    if after is None or not ASKING.search(after[1]):
        return source, wish
    return source[: after.start(1)].rstrip(" \t-#/"), f"{wish} {after[1]}"


def make_given(label: str, source: str, wish: str) -> GivenCode:
    source, wish = cut_question(source, wish) if not label else (source, wish)
    language = LABELS.get(label, label) or recognise_language(source)
    if language == "python" and "\n" not in source:
        source = ONE_LINE_END.sub("\n", source)
    if not language:
        named = find_language(wish)
        language = "" if named in NOT_CODE or named in ("bash", "regex") else named
    return GivenCode(language, source, wish.strip())


def find_start(prompt: str) -> int:
    """Return where a program without a fence begins; -1 without one."""
    at = 0
    for line in prompt.split("\n"):
        if (
            (at > 0 or "\n" in prompt.strip())
            and recognise_language(prompt[at : at + 400])
            and not PROSE.match(line)
        ):
            return at
        if at == 0 or line[:1].isupper():
            for colon in AFTER_COLON.finditer(line):
                if recognise_language(line[colon.end() :]):
                    return at + colon.end()
        at += len(line) + 1
    named = AFTER_LANGUAGE.search(prompt) if len(prompt) < 300 else None
    if named and recognise_language(prompt[named.end() :]):
        return named.end()
    return 0 if recognise_language(prompt) and "\n" in prompt.strip() else -1


def unquote(source: str) -> str:
    """Return a program that stood between quotes, with its lines."""
    text = source.rstrip().rstrip('."”')
    return text if "\n" in text else text.replace("\\n", "\n").replace('\\"', '"')


def split_at(prompt: str, start: int) -> GivenCode:
    """Return the program from a place to the next prose; the rest is the wish."""
    parts = re.split(r"(\n\s*\n)", prompt[start:])
    kept = [parts[0]]
    for gap, part in zip(parts[1::2], parts[2::2], strict=False):
        if PROSE.match(part.lstrip()) and not part.startswith((" ", "\t")):
            break
        kept += [gap, part]
    source = "".join(kept)
    wish = f"{prompt[:start]} {prompt[start + len(source) :]}"
    source = unquote(source) if prompt[start - 1 : start] in ('"', "“") else source
    return make_given("", source.strip("\n").rstrip(), wish)
