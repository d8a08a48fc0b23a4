"""What a terminal or a console shows: "act as a Linux terminal", with simple commands."""

from __future__ import annotations

import re
import shlex

from mockgem.operations.forms.calculations import calculate
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import WORD_START, Question
from mockgem.operations.forms.registry import form

MAX_TEXT = 2_000
ACTS = make_regex(
    r"\b(?:act(?:ing)? as|you are|you're|behave like|simulate|pretend to be"
    r"|imagine you are) (?:an? |the )?"
    r"(?:(?P<shell>(?:linux|unix|bash|ubuntu|debian|posix|macos|zsh"
    r"|command[- ]line)?[ -]?(?:terminal|shell"
    r"|command line)(?! (?:script|expert|assistant|wizard|guru|admin|command|programmer|developer"
    r"|helper))"
    r"(?! \w*script))|(?P<console>(?:javascript|js|node|python|python3|ruby)[ -](?:console"
    r"|interpreter|repl"
    r"|shell)))\b",
    re.I,
)
SHELL_STARTS = frozenset(
    word[:WORD_START] for word in "terminal shell console interpreter repl command".split()
)
"""The first letters of the words of which a message that sets up a terminal has one."""
FIRST = make_regex(
    r"\bmy first (?:command|input|request|line"
    r"|code)(?: \w+)? is:?\s*(?P<mark>[\"“`']?)(?P<line>[^\n]{1,300}?)\s*\Z",
    re.I,
)
FENCE = make_regex(r"\bcode block\b", re.I)
HOME = "/home/user"
FILES = ("Documents", "Downloads", "Pictures", "notes.txt")
NOTES = "Buy milk\nCall Ben\nFinish the report"
SILENT = frozenset("cd mkdir touch rm cp mv chmod chown export clear alias source sleep".split())
ANSWERS = {
    "pwd": HOME,
    "whoami": "user",
    "hostname": "localhost",
    "date": "Mon Jan 12 09:30:00 UTC 2026",
    "uname": "Linux",
    "id": "uid=1000(user) gid=1000(user) groups=1000(user)",
    "uptime": " 09:30:00 up 3 days,  2:14,  1 user,  load average: 0.08, 0.03, 0.01",
    "ls": "  ".join(FILES),
}
LONG_LIST = "\n".join(
    (
        "total 16",
        "drwxr-xr-x 2 user user 4096 Jan 10 08:12 Documents",
        "drwxr-xr-x 2 user user 4096 Jan 11 17:40 Downloads",
        "drwxr-xr-x 2 user user 4096 Jan  9 12:05 Pictures",
        "-rw-r--r-- 1 user user   35 Jan 12 09:01 notes.txt",
    )
)
PRINTS = make_regex(r"(?:console\.log|print|puts)\s?\(?\s?(?P<what>.+?)\)?;?\s*\Z", re.S)


@form(
    "terminal",
    "I want you to act as a Linux terminal. Reply only with the output inside a code block. My"
    " first"
    " command is pwd",
    about="what a shell or a console shows for a simple command",
)
def show_output(question: Question) -> str | None:
    is_plain = not question.earlier and not question.stated_system
    if is_plain and not question.may_have_word(SHELL_STARTS):
        return None
    prompt = question.prompt.strip()[:MAX_TEXT]
    own = ACTS.search(prompt)
    earlier = " ".join(text for role, text in question.earlier if role == "user")[:MAX_TEXT]
    acts = own or ACTS.search(question.stated_system[:MAX_TEXT]) or ACTS.search(earlier)
    if acts is None:
        return None
    first = FIRST.search(prompt) if own else None
    if own and first is None:
        return None
    line = clean(first) if first else prompt.strip("`").strip()
    shown = run_code(line) if acts["console"] else run_line(line)
    rules = f"{prompt} {question.stated_system} {earlier}"
    return f"```\n{shown}\n```" if FENCE.search(rules) or not question.stated_system else shown


def clean(match: re.Match[str]) -> str:
    """Return the first command without the quotation marks around the whole of it."""
    line, mark = match["line"].strip(), match["mark"]
    closing = {"“": "”"}.get(mark, mark)
    if mark and line.endswith((closing, f"{closing}.")):
        return line.rstrip(".")[: -len(closing)].strip()
    return f"{mark}{line}".rstrip(".") if not mark else f"{mark}{line}"


def run_line(line: str) -> str:
    """Return what a line of a shell shows, with its pipes."""
    shown = ""
    for at, part in enumerate(re.split(r"\s*(?:\|(?!\|))\s*", line)):
        for command in re.split(r"\s*(?:&&|;)\s*", part):
            shown = run_command(command, shown if at else "")
    return shown


def run_command(command: str, given: str) -> str:
    """Return what a command shows; `given` is the output before a pipe."""
    try:
        words = shlex.split(command)
    except ValueError:
        words = command.split()
    if not words:
        return given
    name, rest = words[0], words[1:]
    options = "".join(one for one in rest if one.startswith("-"))
    others = [one for one in rest if not one.startswith("-")]
    match name:
        case "echo":
            return (
                " ".join(one for one in rest if one != "-n")
                .replace("$HOME", HOME)
                .replace("$USER", "user")
            )
        case "ls":
            return LONG_LIST if "l" in options else ANSWERS["ls"]
        case "uname" if options:
            return "Linux localhost 6.1.0 x86_64 GNU/Linux"
        case "wc":
            return count(given or NOTES, options)
        case "cat" | "head" | "tail" | "less":
            text = given or (NOTES if others[-1:] == ["notes.txt"] else "")
            return text or f"{name}: {others[-1] if others else ''}: No such file or directory"
        case "sort" | "uniq":
            lines = sorted((given or NOTES).splitlines(), reverse="r" in options)
            return "\n".join(lines)
        case "grep":
            wanted = others[0] if others else ""
            return "\n".join(one for one in (given or NOTES).splitlines() if wanted in one)
        case "tr" if len(others) > 1 and "upper" in others[1]:
            return given.upper()
    if name in ANSWERS:
        return ANSWERS[name]
    return "" if name in SILENT else f"bash: {name}: command not found"


def count(text: str, options: str) -> str:
    """Return the lines, words or characters of a text, as `wc` counts them."""
    if "c" in options or "m" in options:
        return str(len(text.encode()) + 1)
    if "w" in options:
        return str(len(text.split()))
    lines = text.count("\n") + 1
    if "l" in options:
        return str(lines)
    return f"{lines:7} {len(text.split()):7} {len(text.encode()) + 1:7}"


def run_code(line: str) -> str:
    """Return what a console shows for a printed text or a sum."""
    match = PRINTS.search(line)
    what = (match["what"] if match else line).strip().rstrip(";")
    if len(what) > 1 and what[0] in "\"'`" and what[-1] == what[0]:
        return what[1:-1]
    return calculate(what) or ("undefined" if match is None else what)
