"""What an error message means and what to do about it."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.plain_errors import LOOKS_LIKE_LOG
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

ASKS = make_regex(
    r"\b(?:what does (?:this|it|that)(?: error)? mean|what (?:do|can|should) i do|how (?:do|can"
    r"|to) (?:i )?(?:fix|solve|resolve)"
    r"|what(?:['’]?s| is) (?:wrong|going on|this error)|whats wrong|why (?:do|am|is"
    r"|does) [^?\n]{0,30}(?:error|fail\w*|happen\w*)"
    r"|help(?: me)?(?: with| fix)?|any idea|fix this)\b",
    re.I,
)
KNOWN = (
    (
        r"failed to push some refs|tip of your current branch is behind|non-fast-forward",
        "The remote branch has commits that you don't have locally, so git refuses to overwrite"
        " them.",
        "Run `git pull --rebase`, solve conflicts if there are any, and then `git push` again."
        " Don't use `--force` unless you are sure that the remote commits are not needed.",
    ),
    (
        r"CONFLICT \(content\)|automatic merge failed",
        "The same lines were changed on both branches, and git can't decide which version is"
        " right.",
        "Open the files with `<<<<<<<` marks, keep what you want, `git add` them and finish with"
        " `git commit`.",
    ),
    (
        r"permission denied \(publickey\)",
        "The server does not know the SSH key that you use.",
        "Add your public key to your account, and check with `ssh -T git@github.com` that it is"
        " used.",
    ),
    (
        r"connection is not available, request timed out|pool (?:is )?exhausted"
        r"|too many connections",
        "All connections of the database pool were in use, and a request waited too long for a"
        " free one.",
        "Look for queries or transactions that keep their connection too long, and raise the size"
        " of the pool only after that.",
    ),
    (
        r"EADDRINUSE|address already in use",
        "Another program already listens on this port.",
        "Find it with `lsof -i :PORT` and stop it, or start your server on another port.",
    ),
    (
        r"ECONNREFUSED|connection refused",
        "Nothing accepts connections at this address, so the service is probably not running.",
        "Check that the service is started, and that host and port are right.",
    ),
    (
        r"ModuleNotFoundError|No module named",
        "Python does not find this package in the environment that runs your program.",
        "Activate the right environment and install the package with `pip install`.",
    ),
    (
        r"Cannot find module|MODULE_NOT_FOUND|Can't resolve",
        "Node does not find this package or file.",
        "Run `npm install`, and check the spelling of the path in the import.",
    ),
    (
        r"out of memory|OutOfMemory|heap out of memory|OOMKilled",
        "The program needed more memory than it may use.",
        "Give it more memory, or process the data in smaller parts.",
    ),
    (
        r"no space left on device|ENOSPC",
        "The disk is full.",
        "Delete what you don't need (`df -h` and `du -sh *` show what is large), or enlarge the"
        " disk.",
    ),
    (
        r"CORS|Access-Control-Allow-Origin",
        "The browser blocked the answer, because the server does not allow your page's origin.",
        "Let the server send `Access-Control-Allow-Origin` for your origin, or use a proxy in"
        " development.",
    ),
    (
        r"SSL(?: \w+){0,3} (?:error|handshake|certificate)|SSL: |certificate (?:verify failed"
        r"|has expired)|self[- ]signed",
        "The certificate of the server could not be verified.",
        "Renew it or install the missing intermediate one; check the clock of your machine, too.",
    ),
    (
        r"segmentation fault|SIGSEGV",
        "The program touched memory that does not belong to it.",
        "Look for pointers that are null or freed; a debugger or a sanitizer shows the line.",
    ),
    (
        r"deadlock",
        "Two transactions or threads waited for each other's locks.",
        "Take locks always in the same order, keep transactions short, and try the failed one"
        " again.",
    ),
    (
        r"timed? ?out|timeout|ETIMEDOUT",
        "The other side did not answer in time.",
        "Check whether it is overloaded or unreachable, and raise the limit only if slow answers"
        " are normal.",
    ),
    (
        r"permission denied|EACCES|access denied",
        "Your user may not read, write or run this.",
        "Check owner and mode with `ls -l`, and change them with `chown` or `chmod`.",
    ),
    (
        r"command not found|is not recognized as an internal",
        "The shell does not find this program.",
        "Install it, or add its folder to your `PATH`.",
    ),
    (
        r"undefined is not|Cannot read propert\w+ of (?:undefined|null)",
        "The code reads a property of a value that is not there.",
        "Find out where the value should come from, and check it before you use it.",
    ),
    (
        r"NullPointerException|null reference",
        "The code uses an object that is null.",
        "Look at the first line of your own code in the stack trace, and check the value there.",
    ),
    (
        r"syntax error|SyntaxError|unexpected token",
        "The program or query does not follow the grammar of its language at this place.",
        "Look at the marked line and the one before it: often a bracket, a quote or a comma is"
        " missing.",
    ),
    (
        r"\b500\b|internal server error",
        "Something failed on the server while it handled the request.",
        "Look at the server's log at that time; the error above it is usually the cause.",
    ),
)
MAX_PROMPT = 3_000


@form(
    "explained error",
    "what does this mean and what do i do\n\nerror: failed to push some refs to"
    " 'github.com:me/app.git'\n"
    "hint: Updates were rejected because the tip of your current branch is behind",
    words="what whats how why help fix any",
    about="what a known error message means, and what to do",
)
def explain_error(question: Question) -> str | None:
    prompt = question.prompt
    if question.language != "en" or len(prompt) > MAX_PROMPT or "\n" not in prompt.strip():
        return None
    wish, _, text = prompt.strip().partition("\n")
    if not ASKS.search(wish) or not LOOKS_LIKE_LOG.search(text) or "{" in text or "def " in text:
        return None
    found = next((row for row in KNOWN if re.search(row[0], text, re.I)), None)
    return f"{found[1]} {found[2]}" if found else None
