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


def ends_open(source: str) -> bool:
    """Return whether a program is a head alone, as the name of a function to write."""
    return (
        source.count("{") != source.count("}")
        or re.search(r"\breturn\b|=|\bprint|;|SELECT", source) is None
    )


def make_given(label: str, source: str, wish: str) -> GivenCode:
    language = LABELS.get(label, label) or recognise_language(source)
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
