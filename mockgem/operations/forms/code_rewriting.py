"""A given program: changed, completed, tested, in another language, or explained."""

from __future__ import annotations

import re

from mockgem.operations.forms.code import ONLY_CODE, RAW, frame_code
from mockgem.operations.forms.code_changes import GivenCode, change_code, name_wish
from mockgem.operations.forms.code_completion import COMPLETES, complete_source
from mockgem.operations.forms.code_explaining import estimate_complexity, explain_code
from mockgem.operations.forms.code_languages import find_language
from mockgem.operations.forms.code_material import find_code
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

OTHER_FORMS = make_regex(
    r"\b(?:commit message|yes or no|true or false|(?:rate|score|grade|rank|classify|label)\b"
    r"(?! code)|json\b(?! code)|csv|one word|single word|complexity|big[- ]o"
    r"|what (?:is|will be|would be) (?:the|printed)\b|output of|what (?:does it|will it|will this"
    r"|does this) (?:print|output|return|log)|which (?:line|language)|how many|code review"
    r"|review (?:this|the|my|it)"
    r"|bullet|list (?:the|all|any|three|\d)|table\b|choices\s?:|options\s?:|readme|title"
    r"|pull request|release note|changelog|hint)\b",
    re.I,
)
"""Wishes about a program whose reply is not a program."""
EXPLAINS = make_regex(
    r"\b(?:explain\w*|what (?:does|do|is) (?:this|the following|it|that|my|the)\b|describe"
    r"|walk me through|how does (?:this|the|it)|understand|erkläre|was macht|explica|qué hace"
    r"|explique|que fait|spiega|cosa fa|explique|o que faz)\b",
    re.I,
)
CHANGES_TOO = make_regex(
    r"\b(?:and|then) (?:fix|refactor|rewrite|improve|correct|convert|add)\b", re.I
)
WORDS = (
    "code function functions script program class fix bug bugs debug refactor optimize improve"
    " convert translate port rewrite transpile add comment comments type annotate document"
    " docstring docstrings jsdoc javadoc test tests unittest pytest jest explain complete finish"
    " continue simplify clean rename correct implement error wrong does describe make write change"
    " turn korrigiere erkläre kommentiere explica corrige comenta explique ajoute spiega aggiungi"
    " def return select"
)


@form(
    "changed code",
    "Fix the bug in this code:\n\n```python\ndef average(numbers):\n    total = sum(numbers)\n"
    "    return total / len(number)\n```",
    "Add comments to this code:\n\n```javascript\nconst total = prices.length;\n"
    "console.log(total);\n```",
    "Convert this JavaScript to Python:\n\nfunction add(a, b) {\n  return a + b;\n}",
    "Write unit tests for this function:\n\n```python\ndef double(number):\n"
    "    return number * 2\n```",
    words=WORDS,
    about="the given program, mended, with comments, types, documentation or tests, or in another "
    "language",
)
def rewrite_code(question: Question) -> str | None:
    given = find_code(question)
    if given is None:
        return None
    wish = f"{given.wish}\n{question.system}"
    if asks_about_tables(given) or COMPLEXITY.search(wish) or OTHER_FORMS.search(wish):
        return None
    if COMPLETES.search(wish):
        return complete(question, given)
    if not name_wish(given.wish) and name_wish(question.system):
        given = GivenCode(given.language, given.source, wish)
    if EXPLAINS.search(given.wish) and not CHANGES_TOO.search(given.wish):
        return None
    language, source = change_code(given, find_target(given, question))
    return (
        frame_code(question, language, source, "", ENDINGS.get(name_wish(given.wish), ""))
        if source and language
        else None
    )


ENDINGS = {
    "fix": "Only the line with the mistake is different; everything else is as you wrote it.",
    "comments": "The comments say what each step does, and the code itself is unchanged.",
    "types": "The hints show what goes in and what comes out; the steps are unchanged.",
    "docs": "The text says what goes in and what comes out; the steps are unchanged.",
    "tests": "Put the function into a separate module, and adjust the import to its name.",
    "convert": "It takes the same steps as the original, in the style of the other language.",
    "rename": "Every use of the old name is changed.",
    "guard": "An error is shown and raised again, so that the caller can react to it.",
    "async": "Callers have to wait for the result with `await`.",
    "logging": "Each call leaves a line in the log before the work begins.",
    "arrow": "It does the same in the shorter notation.",
    "change": "It does the same as before in fewer or clearer steps.",
}
"""The sentence after a changed program, by what the prompt wanted."""


def asks_about_tables(given: GivenCode) -> bool:
    """Return whether a prompt shows tables for a question, not a statement to change."""
    shows = given.source.lstrip()[:12].upper() == "CREATE TABLE" or "CREATE TABLE" in given.wish
    return (
        given.language == "sql"
        and shows
        and (not given.wish or ASKS_QUERY.search(f"{given.wish} {given.source}") is not None)
    )


ASKS_QUERY = make_regex(r"\b(?:question|request|query|statement|sqlite|sql)\b", re.I)


def find_target(given: GivenCode, question: Question) -> str:
    """Return the language into which a prompt wants a program; empty if it names none."""
    named = TARGET.search(given.wish) or TARGET.search(question.system)
    target = find_language(named[1]) if named else ""
    return target or find_language(given.wish)


TARGET = make_regex(
    r"\b(?:to|into|in|nach|a|en|em|zu|using)\s((?:modern |idiomatic |plain "
    r"|vanilla )?[\w+#.]{1,12})",
    re.I,
)


def complete(question: Question, given: GivenCode) -> str | None:
    """Return a program with its missing end, or the end alone if the prompt wants only that."""
    source, end = complete_source(given.source, given.language)
    if not source:
        return None
    if END_ALONE.search(question.whole):
        return end if RAW.search(question.whole) else f"```{given.language}\n{end}\n```"
    return frame_code(question, given.language, source, "")


END_ALONE = make_regex(
    r"\b(?:only|just) (?:output |return |write )?(?:the )?(?:completion|missing|continuation"
    r"|body|rest)\b"
    r"|\b(?:without|not|don['’]t) repeat\w*\b",
    re.I,
)


@form(
    "order of growth",
    "What is the time complexity of this function? Answer with the big-O notation only.\n\n"
    "```python\ndef pairs(items):\n    for a in items:\n        for b in items:\n"
    "            print(a, b)\n```",
    words="complexity big-o big notation laufzeit complejidad complexité",
    about="the order of growth of a given program, by its loops",
)
def name_complexity(question: Question) -> str | None:
    if not COMPLEXITY.search(question.wish):
        return None
    given = find_code(question)
    if given is None:
        return None
    order = estimate_complexity(given.source)
    if question.is_terse or question.language != "en":
        return order
    reason = "it has no loop" if "1" in order else "its loops grow with the input"
    return f"The time complexity is {order}, because {reason}."


COMPLEXITY = make_regex(
    r"\b(?:time|space|runtime|computational) complexity\b|\bbig[- ]o\b|\blaufzeitkomplexität\b",
    re.I,
)


@form(
    "explained code",
    "Explain what this code does:\n\n```python\ndef double(number):\n    return number * 2\n```",
    "What does this query do?\n\nSELECT city, COUNT(*) FROM people GROUP BY city;",
    words="explain what describe how walk understand",
    about="sentences about what a given program does, line by line",
)
def explain_given(question: Question) -> str | None:
    if question.language != "en" or not EXPLAINS.search(question.wish):
        return None
    given = find_code(question)
    if (
        given is None
        or COMPLEXITY.search(question.wish)
        or OTHER_FORMS.search(question.wish)
        or ONLY_CODE.search(question.whole)
    ):
        return None
    return explain_code(given.source, given.language)
