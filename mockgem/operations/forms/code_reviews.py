"""Reviews of a given program or of a diff: what is to be improved, in sentences."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_fix_reasons import explain_fix
from mockgem.operations.forms.code_fixes import fix_code
from mockgem.operations.forms.code_material import find_code
from mockgem.operations.forms.code_tests import find_functions
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

REVIEWS = make_regex(
    r"\b(?:review|critique|audit)\b[^.\n]{0,40}\b(?:code|function|class|snippet|script|query|diff"
    r"|changes?|pr|pull request|patch|commit|component|method|implementation|it|this)\b"
    r"|\b(?:code|pr|pull request) review(?:er|s)?\b|\bfeedback on\b[^.\n]{0,20}\b(?:code"
    r"|function|diff)\b"
    r"|\b(?:list|name|find|identify|spot|point out|are there|any|what are)\b[^.\n]{0,40}"
    r"\b(?:problems?|issues?|bugs?|weaknesses|smells|vulnerabilit\w+|improvements?)\b[^.\n]{0,16}"
    r"\b(?:in|with|of|for|to)\b[^.\n]{0,12}\b(?:this|the|my|following|code|function|script"
    r"|snippet)\b"
    r"|\bwhat (?:could|can|should|would you) (?:be )?(?:improve|change)d?\b"
    r"|\b(?:is|does) (?:this|my|the following) (?:code|function|query)\b[^.\n?]{0,20}"
    r"\b(?:secure|safe|good|ok|clean|vulnerable|correct|efficient|have any)\b",
    re.I,
)
OTHER_WISH = make_regex(
    r"\b(?:json|xml|yaml|csv|table|score|rate|rating|yes or no|yes ?/ ?no|approve or|one word"
    r"|single word"
    r"|label"
    r"|classify|lgtm|commit message|title|only the (?:number|line)|which line|fixed (?:code"
    r"|version)"
    r"|correct(?:ed)? (?:code|version)|only (?:the )?code|rewrite|and fix|refactored|complexity)\b",
    re.I,
)
DIFF = make_regex(
    r"```(?:diff|patch)\n(.{1,6000}?)\n[ \t]*```|((?:^[+-][^\n]*\n?|^[ @][^\n]*\n?){2,200})",
    re.S | re.M,
)


@form(
    "code review",
    "Review this code and suggest improvements:\n\n```python\ndef calc(l):\n    s = 0\n"
    "    for i in range(len(l)):\n        s = s + l[i]\n    return s / len(l)\n```",
    words="review reviewer critique audit feedback problem problems issue issues bug bugs "
    "weaknesses"
    " vulnerabilities vulnerability improved improve improvements change secure safe efficient",
    about="remarks about a given program or diff",
)
def review_code(question: Question) -> str | None:
    text = f"{question.instruction[:1500]}\n{question.system[:1500]}"
    if question.language != "en" or not REVIEWS.search(text) or OTHER_WISH.search(text):
        return None
    remarks = list_diff_remarks(question.prompt) or list_remarks(question)
    if not remarks:
        return None
    given = find_code(question)
    mistake = explain_fix(given.source, fix_code(given.source, given.language)) if given else ""
    if mistake:
        remarks.insert(0, mistake)
    counted = COUNTED.search(text)
    if SHORT.search(text):
        return " ".join(remarks[:2])
    count = parse_count(counted[1], 10) if counted else len(remarks)
    wanted = count if counted else max(count, MIN_REMARKS)
    remarks = list(dict.fromkeys([*remarks, *GENERAL]))[:wanted]
    if counted and re.search(r"\bnumbered\b", text, re.I):
        return "\n".join(f"{at}. {one}" for at, one in enumerate(remarks, 1))
    if levels := find_severities(text):
        return "\n".join(f"- {levels[rank_remark(one)]} {one}" for one in remarks)
    rows = "\n".join(f"- {one}" for one in remarks)
    subject = name_subject(question)
    if mistake:
        subject = subject.replace("does its work, but", "has a mistake, and")
    return rows if counted and question.is_terse else f"{subject}\n\n{rows}"


SEVERITIES = make_regex(
    r"\bseverity\b[^\n]{0,80}?(\W?)(high|critical)(\W?),? (?:\W?(?:medium|major|moderate)\W?)"
    r"(?:,| or|, or) (?:\W?(?:low|minor)\W?)",
    re.I,
)
DANGEROUS = make_regex(
    r"injection|scripting|whatever text|the shell runs|bring code|secret|password|credential"
    r"|mistake",
    re.I,
)
MINOR = make_regex(
    r"docstring|annotation|clear names|readers|test for|debugging|returns more|`let`", re.I
)


def find_severities(text: str) -> list[str]:
    """Return the marks of three severities as a prompt shows them: "[HIGH]", "[LOW]"."""
    match = SEVERITIES.search(text)
    if match is None:
        return []
    found = re.findall(
        r"\W?\b(?:high|critical|medium|major|moderate|low|minor)\b\W?", match[0], re.I
    )
    return [
        f"[{one.strip(' ,[]()')}]" if "[" in one or "[" in match[0] else one.strip(" ,")
        for one in found
    ][:3]


def rank_remark(remark: str) -> int:
    """Return how severe a remark is: 0 for the worst, 2 for the least."""
    if DANGEROUS.search(remark):
        return 0
    return 2 if MINOR.search(remark) else 1


ASKS_SAFE = make_regex(
    r"\b(?P<bad>vulnerab\w+|insecure|security (?:issues?|problems?|flaws?|holes?|risks?|bugs?)"
    r"|(?:sql )?injections?|xss|cross-site scripting)\b|\b(?:safe|secure)\b",
    re.I,
)
"""A question about the security of a program."""


def decide_vulnerable(question: Question) -> bool | None:
    """Return the answer to whether a program is vulnerable, or safe; None for another question."""
    asked = ASKS_SAFE.search(question.instruction[:400])
    if asked is None or find_code(question) is None:
        return None
    is_vulnerable = any(rank_remark(one) == 0 for one in list_remarks(question))
    return is_vulnerable == (asked["bad"] is not None)


MIN_REMARKS = 3
SHORT = make_regex(
    r"\b(?:short|brief|one|single|quick|concise)[- ](?:review |pr )?(?:comment|sentence|remark"
    r"|review|note)\b"
    r"|\b(?:one|two) sentences?\b|\bbriefly\b",
    re.I,
)
COUNTED = make_regex(
    rf"\b({NUMBER}) (?:\w+ )?(?:problems?|issues?|bugs?|weaknesses|improvements?|suggestions?"
    rf"|remarks"
    r"|comments|points|bullets|things)\b",
    re.I,
)
RULES: tuple[tuple[str, str], ...] = (
    (
        r"\bos\.(?:system|popen)\([^)\n]*(?:[\"'] ?[+%]|f[\"']|\.format)|shell ?= ?True",
        "The command is built from text that the shell runs; pass a list of arguments instead.",
    ),
    (
        r"\bpickle\.loads?\(|\byaml\.load\((?![^)\n]*Safe)",
        "The data can bring code that runs when it is read; use JSON or a safe loader.",
    ),
    (r"\beval\(", "`eval` runs whatever text it is given; parse the input instead."),
    (
        r"(?:execute|query)\(\s*f[\"']|(?P<mark>[\"'])(?:SELECT|INSERT|UPDATE|DELETE)(?:(?!(?P=mark))[^\n])*"
        r"(?P=mark) ?\+|"
        r"(?:SELECT|INSERT|UPDATE|DELETE)[^\n]*\$\{|query\([^\n]*\"[^\"\n]*(?:=|VALUES)[^\"\n]*\$\w",
        "The SQL is built from a string, which allows SQL injection; pass the values as "
        "parameters.",
    ),
    (
        r"\becho\s+[^;\n]*(?:\$_(?:GET|POST|REQUEST)|fetch_\w+\()",
        "The output is not escaped, which allows cross-site scripting; use `htmlspecialchars`.",
    ),
    (
        r"\$_(?:GET|POST|REQUEST)\[[^\]\n]+\](?!\s*\?\?)",
        "The input is used without a check; validate its type and that it exists.",
    ),
    (
        r"except\s*:|except Exception:\s*\n\s*pass",
        "The bare `except` hides every error; catch the expected one.",
    ),
    (r"catch ?\([^)]*\) ?\{\s*\}", "The empty `catch` hides errors; log them or pass them on."),
    (
        r"def \w+\([^)]*=(?:\[\]|\{\})",
        "A mutable default argument is shared between calls; use `None`.",
    ),
    (
        r"(?:password|secret|api_?key|token)\w*\s*=\s*[\"'][^\"']+[\"']",
        "A secret is in the code; read it from the environment.",
    ),
    (r"\w, _ :?= ", "An error is ignored with `_`; check it before the result is used."),
    (r"range\(len\((\w+)\)\)", "`range(len({0}))` can be a direct loop over `{0}`."),
    (r"/ ?len\((\w+)\)", "An empty `{0}` leads to a division by zero; check for it first."),
    (r"/ ?(\w+)\.length", "An empty `{0}` leads to `NaN`; check for it first."),
    (
        r"==\s*(True|False|None)\b",
        "Compare with `is` instead of `== {0}`, or test the value itself.",
    ),
    (
        r"(?<![=!])==(?!=)[^\n]*[;{)]",
        "`===` is safer than `==`, which converts the types of its sides.",
    ),
    (r"\bvar (\w+)", "`let` or `const` is better than `var` for `{0}`."),
    (
        r"innerHTML\s*=",
        "`innerHTML` with foreign text allows cross-site scripting; use `textContent`.",
    ),
    (r"=\s*open\(", "The file is opened without `with`, so it may stay open after an error."),
    (r"requests\.\w+\((?![^)\n]*timeout)", "The request has no timeout, so it can hang."),
    (r"fetch\((?![\s\S]*\.ok)", "The response is used without a check of its status."),
    (r"\bSELECT \*", "`SELECT *` returns more than needed; name the columns."),
    (r"^\s*(?:console\.log|print)\(", "The output for debugging should go, or become a log."),
    (
        r"(?:def|function) \w+\(([a-z])(?:,|\))",
        "The name `{0}` says little; a longer one would help readers.",
    ),
    (r"^\s*([a-z]) = ", "The name `{0}` says little; a longer one would help readers."),
)
COMPILED = tuple((make_regex(pattern, re.I | re.M), text) for pattern, text in RULES)
GENERAL = (
    "A test for the empty case and one for wrong input would show how it behaves there.",
    "A short docstring or comment would say what goes in and what comes out.",
    "Type annotations would make the expected values clear.",
    "Checks of the input at the beginning would give clearer errors.",
    "The steps could move into smaller functions with clear names.",
)


def list_remarks(question: Question) -> list[str]:
    """Return remarks on a given program; empty without one."""
    given = find_code(question)
    if given is None:
        return []
    return find_weak_spots(given.source[:8000]) or [GENERAL[0]]


def find_weak_spots(source: str) -> list[str]:
    """Return a remark for each rule that a program breaks, with the names in it."""
    found: dict[str, str] = {}
    for pattern, text in COMPILED:
        if match := pattern.search(source):
            found.setdefault(text.partition("{")[0] or text, text.format(*match.groups()))
    return list(found.values())


def name_subject(question: Question) -> str:
    """Return the sentence before the remarks."""
    given = find_code(question)
    functions = find_functions(given.source, given.language) if given else []
    name = f"`{functions[0][0]}`" if functions else "The change" if given is None else "The code"
    return f"{name} does its work, but some points could be better:"


def list_diff_remarks(prompt: str) -> list[str]:
    """Return what changes in a diff; empty without one."""
    match = DIFF.search(prompt[:8000])
    lines = next(filter(None, match.groups())).split("\n") if match else []
    old = [
        line[1:].strip() for line in lines if line.startswith("-") and not line.startswith("---")
    ]
    new = [
        line[1:].strip() for line in lines if line.startswith("+") and not line.startswith("+++")
    ]
    if not (old or new) or (match and match[1] is None and not ("@@" in prompt or (old and new))):
        return []
    remarks = find_weak_spots("\n".join(new))
    for before, after in zip(old, new, strict=False):
        name = re.match(r"[\w.]+(?= ?[:=(])", after)
        remarks.append(describe_change(before, after, name[0] if name else ""))
    for line in new[len(old) :][:2]:
        remarks.append(f"`{line[:80]}` is new; is there a test for it?")
    for line in old[len(new) :][:2]:
        remarks.append(f"`{line[:80]}` is gone; does anything still rely on it?")
    return [*remarks, "Please say in the description why this is needed."]


def describe_change(before: str, after: str, name: str) -> str:
    """Return a sentence about a changed line: which value it had, and which one it has."""
    a, b = before.partition("=")[2].strip(), after.partition("=")[2].strip()
    if name and before.startswith(name) and a and b:
        return (
            f"`{name}` changes from `{a[:60]}` to `{b[:60]}`; is the new value intended everywhere?"
        )
    return f"`{before[:80]}` becomes `{after[:80]}`; this looks right, but a test would confirm it."
