"""Fields of an object that hold a program: {"language": "python", "code": "…"}."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

HOLDS_CODE = make_regex(
    r"^(?:(?:source|generated|python|sql|js|fixed|new)_?)?(?:code|snippet|script|sql|query|program)$",
    re.I,
)
BLOCK = make_regex(r"```(\w*)\n([\s\S]*?)\n```")
ENDINGS = {
    "python": "py",
    "javascript": "js",
    "typescript": "ts",
    "bash": "sh",
    "rust": "rs",
    "ruby": "rb",
    "csharp": "cs",
    "kotlin": "kt",
}
"""The endings of files whose language has another name."""
ARTICLE = make_regex(r"(?:an?|the) ", re.I)
"""The beginning of a message that only names a program: "A Python script that …"."""
FILE_NAME = make_regex(r"^(?:file_?name|file|path)$", re.I)


def write_code_fields(value: Any, question: Question) -> Any:
    """Return an object whose field for a program has the one that the message asks for."""
    key = next((key for key in value if HOLDS_CODE.match(key)), "") if has_texts(value) else ""
    if not key or not question.stated_system or question.results:
        return value
    from mockgem.operations.forms.code import write_code

    sql = f"\nThe tables: {question.system}" if key.lower() in ("sql", "query") else ""
    start = "Write a SQL query. " if sql else "Write " if ARTICLE.match(question.prompt) else ""
    wish = f"{start}{question.prompt}"
    asked = Question(f"{wish}\nOnly the code.", question.random, sql.strip())
    found = BLOCK.search(write_code(asked) or "")
    if found is None:
        return value
    language = found[1] or "text"
    source = found[2]
    return {name: describe_part(name, item, language, source, key) for name, item in value.items()}


def has_texts(value: Any) -> bool:
    return isinstance(value, dict) and any(isinstance(item, str) for item in value.values())


def describe_part(name: str, item: Any, language: str, source: str, key: str) -> Any:
    """Return the program, its language or its file for the fields that hold these."""
    if name == key:
        return source
    if name.lower() in ("language", "lang"):
        return language
    if FILE_NAME.match(name):
        return f"main.{ENDINGS.get(language, language)}"
    if name.lower() in ("explanation", "description", "notes") and isinstance(item, str):
        from mockgem.operations.forms.code_explaining import explain_code

        return explain_code(source, language) or item
    return item
