"""Commit messages and names of branches."""

from __future__ import annotations

import re

from mockgem.operations.forms.diff_changes import describe_diff, explain_diff
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.writing import Writer
from mockgem.operations.generators.prompt_analysis import topic_of

COMMIT = make_regex(
    r"\bcommit[- ]message|\bcommit-nachricht|mensaje de commit|message de commit"
    r"|messaggio di commit|\bgit commit\b",
    re.I,
)
FILE = make_regex(
    r"(?:^\+\+\+ b/|^--- a/|^diff --git a/|\bin |\bfile )([\w/-]*?(\w[\w-]*)\.[a-z]{1,5})\b", re.M
)
BRANCH = make_regex(r"\b(?:git )?branch name\b", re.I)
TYPES = (
    (r"\bREADME|\bdocs?\b|documentation|comment", "docs"),
    (r"\btests?\b|\bpytest\b|\bspec\b", "test"),
    (r"\bfix\w*|\bbug\b|\berror|crash\w*|\bif \w+ else\b|\bnull\b|exception|handle", "fix"),
    (r"refactor|rename|extract|clean", "refactor"),
    (r"\bci\b|pipeline|workflow", "ci"),
    (r"upgrade|bump|dependenc", "chore"),
)
LABEL = make_regex(r"^(?:diff|change|changes|summary|änderung|cambios?)\s?[:：]\s*", re.I)
PLAIN = make_regex(r"\b50/72\b|\bimperative\b|\bcapital letter\b|\bbody\b", re.I)
BODY = make_regex(r"\bbody\b|\bblank line\b|\b50/72\b", re.I)
MAX_SUBJECT = 60


@form(
    "commit message",
    "Write a conventional commit message for this change: fix the crash when the cart is empty.",
    words="commit branch",
    about="one line such as `fix(cart): …`, or the name of a branch",
)
def write_commit_message(question: Question) -> str | None:
    is_branch = BRANCH.search(question.instruction) is not None
    if question.asks_how or not (is_branch or COMMIT.search(question.instruction)):
        return None
    text = question.material or question.prompt
    kind = next((name for words, name in TYPES if re.search(words, text)), "feat")
    subject = describe_change(question)
    if is_branch:
        return f"{kind}/{'-'.join(re.findall(r'[a-z0-9]+', subject.lower())[:6])}"
    if PLAIN.search(question.wish):
        line = f"{subject[:1].upper()}{subject[1:]}"[:50].rstrip(" ,.")
        wants_body = BODY.search(question.wish) is not None
        body = explain_diff(question.prompt) or Writer(question).write_sentence()
        return f"{line}\n\n{body}" if wants_body else line
    file = FILE.search(question.prompt)
    return f"{kind}({file[2]}): {subject}" if file else f"{kind}: {subject}"


def describe_change(question: Question) -> str:
    """Return the change in a few words that begin with a verb."""
    file = FILE.search(question.prompt)
    if re.search(r"^[-+]", question.prompt, re.M) and (changed := describe_diff(question.prompt)):
        return changed
    if re.search(r"^[-+] ", question.prompt, re.M) and not file:
        return "handle the value with a safe default"
    if file and re.search(r"^(?:\+\+\+|---|@@)", question.prompt, re.M):
        return f"update {file[2]} for empty and unusual input"
    after = re.split(r"[:：]\s", question.instruction, maxsplit=1)
    text = LABEL.sub("", question.material or (after[1] if len(after) > 1 else ""))
    phrase = (text or topic_of(question.prompt)).split("\n")[0].strip(" .`\"'")
    short = phrase[:MAX_SUBJECT].rsplit(" ", 1)[0] if len(phrase) > MAX_SUBJECT else phrase
    return f"{short[:1].lower()}{short[1:]}" or "update the code"
