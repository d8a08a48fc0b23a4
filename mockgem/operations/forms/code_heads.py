"""Heads of functions that a prompt writes without backticks: "function gcd(a: u64, b: u64)"."""

from __future__ import annotations

from mockgem.operations.forms.lazy_patterns import make_regex

WORDS = {
    "python": "def",
    "typescript": "function",
    "go": "func",
    "rust": "fn",
    "swift": "func",
    "kotlin": "fun",
}
"""The word before a function's name, which prompts leave out."""
BARE = r"(?<![\w`.])(?:{word} )?"
GO_TYPE = (
    r"(?:\[\]|\*|map\[\w+\])*(?:u?int(?:8|16|32|64)?|float(?:32|64)|string|bool|byte|rune|error"
    r"|any)"
)
C_TYPE = (
    r"(?:(?:static|const|unsigned|public|private) ){0,4}(?:(?:int|void|double|float|bool|boolean"
    r"|char|short|long|size_t|ssize_t|u?int(?:8|16|32|64)_t|FILE|struct \w+|[Ss]tring|Integer"
    r"|object|(?:List|Map|Set|IEnumerable|Dictionary"
    r"|Optional)<[\w<>, ]{1,30}>|std::(?:string|vector<\w+>))(?:\[\])?)"
)
C_HEAD = make_regex(rf"(?<![\w(`])({C_TYPE}[ *&]+(\w{{1,40}})\((?:[^()\n]{{0,120}})\))")
HEADS = {
    **dict.fromkeys(("c", "cpp", "csharp", "java"), C_HEAD),
    "python": make_regex(
        r"(?<![\w`.])((?:async )?def \w+\([^()\n]{0,160}\)(?: ?-> ?[\w\[\], |.]+?(?=:|\s*(?:$"
        r"|\n|\. |\.$|that\b|which\b|to\b|,)))?"
        r"|[a-z]\w*\((?:[^()\n:]{1,40}: ?[^()\n]{1,160})\)(?: ?-> ?[\w\[\], |]+?(?=:"
        r"|\s*(?:$|\n|\. |\.$|that\b|which\b|to\b|using\b|,)))?)",
        0,
    ),
    "go": make_regex(
        r"(?<![\w`.])(?:func )?([A-Z]\w*\([^()\n]{1,80}\)(?: (?:\([^()\n]{1,40}\)"
        r"|[\w\[\]*]+(?:\.\w+)?(?=[\s.,]|\Z)))?"
        rf"|[a-z]\w*\((?:[^()\n]{{0,80}} {GO_TYPE})?\)(?: (?:\([^()\n]{{1,40}}\)|{GO_TYPE}\b)))"
    ),
    "rust": make_regex(
        r"(?<![\w`.])((?:pub )?fn \w+\([^()\n]{0,160}\)|[a-z]\w*\([a-z_&][^()\n:]{0,40}: ?"
        r"[^()\n]{1,160}\))((?: ?-> ?[\w<>&', \[\]]+?(?=\s*(?:$|\n|\{|\. |\.$|that\b|which\b"
        r"|to\b|using\b)))?)"
    ),
    "typescript": make_regex(
        r"(?<![\w`.])((?:function )?[a-z]\w*\([^()\n:]{1,60}: ?[^()\n]{1,160}\)"
        r"(?:: [\w<>\[\]]+)?)"
    ),
    "kotlin": make_regex(
        r"(?<![\w`.])((?:fun )?[a-z]\w*\([^()\n:]{1,60}: ?[^()\n]{1,160}\)(?:: [\w<>?]+)?)"
    ),
    "swift": make_regex(
        r"(?<![\w`.])((?:func )?[a-z]\w*\([^()\n:]{1,60}: ?[^()\n]{1,160}\)"
        r"(?: ?-> ?[\w<>?\[\]]+)?)"
    ),
}


def find_head(language: str, kind: str, text: str) -> str:
    """Return the head with types that a text writes for a function; empty without one."""
    pattern = HEADS.get(language)
    match = pattern.search(text) if pattern is not None and "(" in text else None
    if match is None or (pattern is C_HEAD and kind != "function"):
        return ""
    head = f"{match[1]}{match[2]}" if language == "rust" else match[1]
    word = WORDS.get(language, "")
    is_whole = not word or f"{word} " in head[:12]
    return head.strip() if is_whole else f"{word} {head.strip()}"
