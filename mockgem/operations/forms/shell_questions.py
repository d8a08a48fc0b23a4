"""Questions about a command: "how do I rename a git branch", "what command lists containers"."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_bash import write_bash_line, write_known_command
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

ASKS_HOW = make_regex(
    r"\A\W*(?:(?:hey|hi|quick question|so|and|ok)[,:]? )?(?:how (?:do|can|would|should) (?:i|you"
    r"|we)"
    r"|how to|what(?:'s| is)? (?:the )?(?:\w+ )?command|which command|what command"
    r"|what do i (?:type|run)|what does the (?:\w+ )?command|(?:give|show"
    r"|tell) me the (?:\w+ )?command"
    r"|(?:the )?(?:git|docker|shell|bash|linux|terminal) command)\b",
    re.I,
)
ONE_LINER = make_regex(r"\A\W*(?:an? )?(?:\w+ )?one[- ]?liner\b", re.I)
GIT = make_regex(
    r"\bgit\b|\b(?:my|the|last) (?:last |latest |local )?commits?\b|\b(?:my|a|the) (?:local "
    r"|remote )?branch",
    re.I,
)
SHELL = make_regex(r"\bdocker\b|\bcontainers?\b|\bport \d|\bdisk space\b|\bchmod\b|\btar\b", re.I)
FILES = make_regex(r"\bfiles?\b", re.I)
OTHER_WISH = make_regex(
    r"\b(?:explain|difference|why|python|javascript|java|powershell|github|gitlab|script|step)\b",
    re.I,
)
MAX_PROMPT = 160


@form(
    "command for a task",
    "how do i rename a git branch",
    "what command lists the running docker containers",
    "one liner to find all files over 100mb",
    words="how what which command one oneliner",
    about="the command of git, docker or the shell that does what the prompt asks for",
)
def answer_with_command(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if len(prompt) > MAX_PROMPT or question.language != "en" or OTHER_WISH.search(prompt):
        return None
    if ONE_LINER.match(prompt) and FILES.search(prompt):
        return show(
            write_bash_line(CodeRequest("bash", "command", "", (), (), (), "", prompt)), question
        )
    if not ASKS_HOW.match(prompt):
        return None
    if GIT.search(prompt):
        return show(write_known_command(f"git {prompt}"), question)
    return show(write_known_command(prompt), question) if SHELL.search(prompt) else None


def show(command: str, question: Question) -> str | None:
    if not command or question.is_terse:
        return command or None
    return f"```bash\n{command}\n```"
