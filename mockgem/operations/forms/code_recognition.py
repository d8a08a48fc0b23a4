"""Recognise the language of a given program by how it begins."""

from __future__ import annotations

from mockgem.operations.forms.lazy_patterns import make_regex

STATEMENT_MARKS = (
    ("java", r"System\.out\."),
    ("csharp", r"Console\.Write"),
    ("cpp", r"\bcout\b"),
    ("c", r"\bprintf\("),
)
"""What tells the language of a loop or of a variable in one of the family of C."""
LOOKS: tuple[tuple[str, str], ...] = (
    ("sql", r"\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE)\b"),
    (
        "python",
        (
            r"\s*(?:(?:async )?def \w+\(|class \w+(?:\([\w., ]*\))?:"
            r"|import \w[\w.]*(?: as \w+)?\s*(?:,|\n|\Z)|from [\w.]+ import"
            r"|@[\w.]+\n|for \w+ in (?:range\([^\n]{0,40}\)|\w+)\n"
            r"|for \w+(?:, ?\w+)? in [^\n]{1,80}:|for \w+ in \w[^\n]{0,60}\n[ \t]+\w"
            r"|while [^\n({]{1,80}:|if [^\n({]{1,80}:\n|if \w+ ?[=<>!]=? ?[^\n:;{]{1,40}:[ \n]"
            r"|for \w+ in range\([^\n()]{0,40}\):? \w+\("
            r"|print\(|print [\"']|with open\(|(?!SELECT)[a-z_]\w{0,30}(?:, \w+)? = (?:\[|\{"
            r"|\d|[\"'(\w]))"
        ),
    ),
    (
        "python",
        r"\s*(?:for \w+ in|while|if|def) \w[^\n;{]{0,60}[^\n;{,:]\n[ \t]{2,8}\w",
    ),
    ("javascript", r"\s*(?:functon|funtion|fucntion|funciton|cosnt|conosle) ?[\w.]+"),
    ("c", r"\s*(?:#include ?<\w+\.h>|int main\()"),
    ("cpp", r"\s*#include ?<\w+>"),
    ("csharp", r"\s*(?:using System|namespace \w+|public (?:static )?string \w+\()"),
    ("rust", r"\s*(?:pub )?fn \w+[(<]"),
    ("go", r"\s*(?:func \w*\(|func \(|package \w+\n)"),
    ("php", r"\s*<\?php"),
    ("bash", r"\s*#!\s?/(?:usr/)?(?:local/)?bin/(?:env )?(?:ba|z|da)?sh\b"),
    ("python", r"\s*#!\s?/usr/bin/(?:env )?python"),
    ("dockerfile", r"\s*FROM [\w./:-]+(?: AS \w+)?\n+(?:RUN|WORKDIR|COPY|ENV|ARG) "),
    ("html", r"\s*<(?:!DOCTYPE|html|div|form|table|ul|nav|section|button)\b[^\n]*>"),
    ("css", r"\s*[.#]?[a-z][\w-]* ?\{\n\s+[a-z-]+: [^\n]+;"),
    ("css", r"\s*[.#][a-z][\w-]* ?\{ ?[a-z-]+ ?: [^\n;{}]{1,40};"),
    (
        "kotlin",
        r"\s*(?:(?:suspend|override|private|data) )*(?:fun \w+\(|class \w+\(val )",
    ),
    ("typescript", r"\s*(?:export )?(?:interface \w+ \{|type \w+ = |enum \w+ \{)"),
    (
        "typescript",
        r"\s*(?:export )?(?:async )?function \w+(?:<\w+>)?\([^()\n]*\w\??: \w",
    ),
    (
        "ruby",
        (
            r"\s*(?:def [a-z_]\w*[?!]?(?:\([^()\n]*\))?\n(?![^:]*:\n)|class \w+ < \w+\n"
            r"|require '|puts )"
        ),
    ),
    (
        "javascript",
        (
            r"\s*(?:(?:async )?function \w*\(|(?:const|let|var) [\w{\[][\w, {}\[\]]{0,60} ?= "
            r"|export |fetch\([^\n]{1,200}\)\s{0,12}\.then\(|console\.log\(|document\.|class \w+ \{"
            r"|class \w+ extends|import [^\n]{1,60} from ['\"]"
            r"|for \((?:let|const|var) |import \{|[a-z]\w*(?:\.\w+){1,3}\([^\n]{0,200}(?:=>"
            r"|function ?\())"
        ),
    ),
    *(
        (
            name,
            (rf"\s*(?:for|int|if|while|String|string|auto)\b[^\n]{{1,80}}\n[\s\S]{{0,300}}{mark}"),
        )
        for name, mark in STATEMENT_MARKS
    ),
    ("go", r"\s*(?:for )?\w+(?:, \w+)? := [^\n]"),
    ("rust", r"\s*(?:let mut \w|for \w+ in \d+\.\.)"),
    ("javascript", r"\s*(?:if|while|switch) \([^\n]{0,60}===[^\n]{1,120}\) ?\{"),
    ("javascript", r"\s*if \([^\n{]{1,60}\) ?\{ ?return (?:true|false)\b"),
    ("sql", r"\s*(?:SELCT|SELET|SLECT|SELEC|SELECCT|INSRT INTO|DELET FROM|UPDTE)\b"),
    (
        "java",
        (
            r"\s*public (?:final |abstract )?class \w+|\s*(?:(?:public|private|protected"
            r"|static|final) )*[A-Za-z][\w<>\[\]]*"
            r" \w+\([^()\n]{0,120}\) ?\{"
        ),
    ),
)
"""Languages, and the beginning of a program in them; the first one that fits counts."""
LOOK = make_regex("|".join(f"({look})" for _, look in LOOKS))
"""All beginnings, with one group for each."""


def recognise_language(source: str) -> str:
    """Return the language of a program by how it begins; empty for other texts."""
    match = LOOK.match(source)
    return LOOKS[match.lastindex - 1][0] if match and match.lastindex else ""
