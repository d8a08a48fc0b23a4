"""Comments above the lines of a given program, which say what the line does."""

from __future__ import annotations

from itertools import pairwise

from mockgem.operations.forms.code_given import COMMENTS
from mockgem.operations.forms.lazy_patterns import make_regex

ROWS: tuple[tuple[str, str], ...] = (
    (
        (
            r"(?:async )?def (\w+)|(?:export )?(?:async )?function (\w+)|func (\w+)"
            r"|(?:pub )?fn (\w+)"
        ),
        "Define {0}",
    ),
    (r"(?:export )?(?:const|let|var) (\w+) = (?:async )?\(?[\w, ]*\)? ?=>", "Define {0}"),
    (
        (
            r"(?:public |private |final |export |abstract )*(?:class|struct"
            r"|interface) (\w+)"
        ),
        "Describe {0}",
    ),
    (r"import |from \w|#include|using |require|package ", "Load what the program needs"),
    (r"RUN\b", "Run a command"),
    (r"(?:COPY|ADD)\b", "Copy the files"),
    (r"WORKDIR (\S+)", "Enter {0}"),
    (r"(?:CMD|ENTRYPOINT)\b", "Start the program"),
    (r"EXPOSE (\d+)", "Open the port {0}"),
    (r"FROM ([\w./-]+:[\w.-]+)", "Take the image {0}"),
    (r"return\b\s*(?P<rest>[^;\n]{0,40})", "Return the result"),
    (r"for\b.{0,80}?\b(?:of|in|range|:)\s+([\w*.$/{}\"]+)", "Go through {0}"),
    (r"for\b", "Repeat the steps"),
    (r"while\b", "Repeat as long as the condition holds"),
    (r"if\b", "Check the condition"),
    (r"elif\b|else if\b|\} else if\b", "Check another case"),
    (r"else\b|\} else\b", "Otherwise"),
    (r"try\b", "Try this, because it may fail"),
    (r"except|catch|\} catch", "Deal with the error"),
    (r"print|console\.log|System\.out|fmt\.Print|echo|puts", "Show the result"),
    (
        (
            r"(?:const|let|var|int|double|float|bool|boolean|string|String|auto"
            r"|final)\b[\w<>\[\]&* ]*?(\w+) :?= "
        ),
        "Set {0}",
    ),
    (r"([\w, .$\[\]]{1,40}?) (?:\+|-|\*)= ", "Change {0}"),
    (r"([\w, .$]{1,40}?) :?= ", "Set {0}"),
    (r"SELECT\b", "Choose the columns"),
    (r"FROM (\w+)", "Read from {0}"),
    (r"(?:LEFT |INNER |RIGHT )?JOIN (\w+)", "Add the rows of {0}"),
    (r"WHERE\b", "Keep the rows that match"),
    (r"GROUP BY (\w+)", "Make a group for each {0}"),
    (r"ORDER BY (\w+)", "Sort by {0}"),
    (r"(\w[\w.]*)\(", "Call {0}"),
    (r"(?!do\b|done\b|fi\b|then\b|set\b|end\b)([a-z][\w.-]*) [\"'$/~.-]", "Run {0}"),
)
"""How a line begins, and what it does."""
COMPILED = [(make_regex(pattern), text) for pattern, text in ROWS]
MARKS = ("#", "//", "--", "/*", "*", '"""', "<!--", "'''")
MAX_LINES = 120


def add_remarks(source: str, language: str) -> str:
    """Return a program with a comment above each line that does something."""
    style = COMMENTS.get(language, "# {}")
    lines = source.split("\n")[:MAX_LINES]
    done: list[str] = []
    inside = False
    for before, line in pairwise(["", *lines]):
        was_inside, inside = inside, inside != (line.count('"""') % 2 == 1)
        remark = "" if was_inside or inside or is_continued(before) else describe_line(line)
        if remark and not before.lstrip().startswith(MARKS):
            done.append(f"{line[: len(line) - len(line.lstrip())]}{style.format(remark)}")
        done.append(line)
    return "\n".join(done)


def list_lines(source: str) -> str:
    """Return the lines of a program as a numbered list, each with what it does."""
    rows = [(line.strip(), describe_line(line)) for line in source.split("\n")[:MAX_LINES]]
    said = [f"`{line}` – {tell(words)}" for line, words in rows if words and "`" not in line]
    return "\n".join(f"{at}. {one}" for at, one in enumerate(said, 1))


def tell(words: str) -> str:
    """Return "sets the total" for the remark "Set the total"."""
    verb, space, rest = words.partition(" ")
    ending = "es" if verb.endswith(("o", "s", "x", "ch", "sh")) else "s"
    third = "otherwise" if verb == "Otherwise" else f"{verb.lower()}{ending}"
    third = f"{verb[:-1].lower()}ies" if verb.endswith("ry") else third
    return f"{third}{space}{rest}."


def is_continued(line: str) -> bool:
    """Return whether a line continues in the next one."""
    return line.rstrip().endswith((",", "(", "[", "\\"))


def describe_line(line: str) -> str:
    """Return what a line does, in a few words; empty for lines that need no comment."""
    text = line.strip()[:200]
    if not text or text.startswith(MARKS) or text[0] in "})]@" or text.startswith(("else", "elif")):
        return ""
    for pattern, words in COMPILED:
        if match := pattern.match(text):
            names = [name for name in match.groups() if name]
            return words.format(names[0].strip() if names else "it")
    return ""
