"""What short expressions that people ask about do, in words."""

from __future__ import annotations

from mockgem.operations.forms.lazy_patterns import make_regex

ROWS: tuple[tuple[str, str], ...] = (
    (
        r"\[\.\.\.new Set\(([\w.]+)\)\]|Array\.from\(new Set\(([\w.]+)\)\)",
        "`Set` keeps each value of `{0}` once, so the result is a list without duplicates",
    ),
    (
        r"\[\.\.\.new Set\(([\w.]{1,40}\.map\([^\n\[\]]{1,60}\))\)\]",
        "`Set` keeps each value of `{0}` once, so the result is a list without duplicates",
    ),
    (r"list\((?:set|dict\.fromkeys)\(([\w.]+)\)\)", "it keeps each value of `{0}` once"),
    (r"([\w.]+)\[::-1\]", "`[::-1]` reads `{0}` from its end, so the order is reversed"),
    (
        r"\[([^\[\]\n]{1,60}) for (\w+) in ([^\[\]\n]{1,40}?) if ([^\[\]\n]{1,60})\]",
        "the list comprehension takes each `{1}` in `{2}` for which `{3}` holds, and "
        "collects `{0}`",
    ),
    (
        r"\[([^\[\]\n]{1,60}) for (\w+) in ([^\[\]\n]{1,40})\]",
        "the list comprehension takes each `{1}` in `{2}` and collects `{0}`",
    ),
    (
        r"([\w.]+)\.reduce\(\(?(\w+), ?\w+\)? ?=>",
        "`reduce` goes through `{0}` and carries one result, `{1}`, from step to step",
    ),
    (r"([\w.]+)\.filter\(", "`filter` keeps only the items of `{0}` for which the test is true"),
    (r"([\w.]+)\.map\(", "`map` makes a new list with one value for each item of `{0}`"),
    (r"([\w.]+)\.sort\(\(a, ?b\) ?=> ?a", "`sort` orders `{0}` from the smallest value up"),
    (r"([\w.]+)\.sort\(\(a, ?b\) ?=> ?b", "`sort` orders `{0}` from the largest value down"),
    (r"\bJSON\.parse\(JSON\.stringify\((\w+)\)\)", "it makes a deep copy of `{0}`"),
    (r"\bsorted\((\w+), key=", "`sorted` returns the items of `{0}` in the order of the key"),
    (r"\{\.\.\.(\w+), ?\.\.\.(\w+)\}", "the spread puts the fields of `{0}` and `{1}` together"),
    (r"\blambda (\w+):", "the `lambda` is a small function of `{0}` without a name"),
    (
        r"(\w+) ?\?\? ?(\w+|'[^'\n]*'|\"[^\"\n]*\")",
        "`??` takes `{1}` if `{0}` is null or undefined",
    ),
    (r"\benumerate\((\w+)", "`enumerate` gives each item of `{0}` with its position"),
    (r"\bzip\((\w+), ?(\w+)\)", "`zip` takes the items of `{0}` and `{1}` in pairs"),
    (r"(\w+)\.split\(\)", "`split` cuts `{0}` into words"),
    (r"\bos\.environ|\bprocess\.env", "it reads a setting from the environment"),
    (r"\bsetTimeout\(", "`setTimeout` runs a function later"),
    (r"\bawait (\w[\w.]*)\(", "`await` waits until `{0}` is done"),
)
COMPILED = [(make_regex(pattern), words) for pattern, words in ROWS]
MOST = 3


def explain_idioms(source: str) -> list[str]:
    """Return a sentence for each well-known expression in a program, up to three."""
    found = []
    for pattern, words in COMPILED:
        if match := pattern.search(source[:2000]):
            parts = [part.replace("`", "") for part in match.groups() if part]
            said = words.format(*parts)
            found.append(f"{said[:1].upper()}{said[1:]}.")
    return found[:MOST]
