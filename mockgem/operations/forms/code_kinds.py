"""Which kind of program a prompt wants: a function, a class, a component, a form, tests."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

FUNCTION_CALL = make_regex(r"\bfunction [`\"']?[a-z_]\w{1,40}\(|\bdef \w+\(")


FUNCTION_FIRST = make_regex(
    r"\W*(?:please )?(?:write|create|implement|give|generate|make|need"
    r"|i want)?(?: me)?\s?(?:an?|the) "
    r"(?:[\w#+.]+ ){0,3}(?:function|method)\b(?! component)",
    re.I,
)
STRUCTURES = (
    r"(?:(?:doubly |singly )?linked list|stack|queue|priority queue|binary (?:search )?tree"
    r"|lru cache"
    r"|hash (?:map|table)|trie|min heap|max heap)"
)


KINDS = tuple(
    (make_regex(pattern), name)
    for pattern, name in (
        (
            r"\b(?:write|create|generate|add|need|give me)\b[^.\n]{0,30}\btests?\b"
            r"|unit[- ]?tests?|\btests? (?:jest|pytest|pour|para|für|per|junit)\b"
            r"|tests? unita\w+|pruebas? unitarias?|testes? unitários?"
            r"|\bjest tests?\b|\b(?:with|using|in) jest\b|\btests? for\b"
            r"|test cases?|\b(?:pytests?|vitest|junit|rspec|phpunit|mocha|xunit) (?:for|of)\b",
            "tests",
        ),
        (r"\b(?:component|composant|componente|komponente|komponent)\b", "component"),
        (
            r"\bjson\b[^.\n]{0,24}\b(?:in)?to (?:an? )?(?:typescript |ts )?types?\b(?! guard)",
            "interface",
        ),
        (r"\binterface\b|\btypes? (?:for|from)\b|\btype [a-z]\w+ (?:\(|with\b)", "interface"),
        (r"\b(?:fastapi|flask|express) (?:endpoint|route|handler)\b", "function"),
        (r"\brecord\b", "class"),
        (
            r"\b(?:pydantic|sqlalchemy|django|mongoose|eloquent"
            r"|activerecord)\b[^.\n]{0,20}\bmodels?\b",
            "class",
        ),
        (
            r"\b(?:data)?class\b|\bklasse\b|\bclase\b|\bclasse\b|класс|klas[aęy]\b|类|クラス|클래스",
            "class",
        ),
        (r"\bstruct\b", "struct"),
        (
            rf"\b(?:implement\w*|create|write|build"
            rf"|make)\b[^.\n]{{0,24}}\b{STRUCTURES}\b(?![^.\n]*\bfunction)",
            "class",
        ),
        (r"\bform\b", "form"),
        (r"sequence diagram", "sequence"),
        (
            r"(?:creat(?:e|es|ing)|defin(?:e|es|ing)) (?:an? |the )?(?:new )?(?:sql )?table"
            r"|table named|to create (?:a |the )?table",
            "table",
        ),
    )
)
"""What a prompt says about the kind of program. The first that fits counts."""


SCRIPT = make_regex(
    r"\bscript|program(?!m(?:ing|er))|\bconsole app|\bskript|\bskrypt|скрипт|программ[ау]\b|脚本"
    r"|スクリプト|스크립트"
)


STYLE_CLASS = make_regex(
    r"\bcss class(?:es)?\b|\b(?:adds?|removes?|toggles?|adding|toggling) (?:the |an? )?class\b"
)
"""A class of an element on a page, which is no class of a program."""


def find_kind(text: str, language: str) -> str:
    lower = STYLE_CLASS.sub(" ", text.lower())
    if FUNCTION_FIRST.match(text):
        return "function"
    return next(
        (kind for pattern, kind in KINDS if pattern.search(lower)),
        "script" if SCRIPT.search(lower) and not FUNCTION_CALL.search(text) else "function",
    )
