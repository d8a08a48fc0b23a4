"""The table of dialects, by language."""

from __future__ import annotations

from mockgem.operations.forms.code_dialects import Dialect
from mockgem.operations.forms.code_dialects_compiled import CPP, GO, RUST, C
from mockgem.operations.forms.code_dialects_managed import CSHARP, JAVA, KOTLIN, SWIFT
from mockgem.operations.forms.code_dialects_scripts import JAVASCRIPT, PHP, RUBY, TYPESCRIPT

DIALECTS: dict[str, Dialect] = {
    "javascript": JAVASCRIPT,
    "typescript": TYPESCRIPT,
    "java": JAVA,
    "csharp": CSHARP,
    "go": GO,
    "rust": RUST,
    "c": C,
    "cpp": CPP,
    "php": PHP,
    "ruby": RUBY,
    "kotlin": KOTLIN,
    "swift": SWIFT,
}
