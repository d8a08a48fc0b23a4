"""A given program: changed, completed, tested, in another language, or explained."""

from __future__ import annotations

import re

from mockgem.operations.forms.code import ONLY_CODE, RAW, frame_code
from mockgem.operations.forms.code_changes import GivenCode, change_code, name_wish
from mockgem.operations.forms.code_command_words import explain_command
from mockgem.operations.forms.code_completion import COMPLETES, complete_source
from mockgem.operations.forms.code_earlier import find_given
from mockgem.operations.forms.code_edits import guard
from mockgem.operations.forms.code_errors import explain_error, quotes_error, shows_error
from mockgem.operations.forms.code_explaining import estimate_complexity, explain_code
from mockgem.operations.forms.code_explaining_abroad import explain_abroad
from mockgem.operations.forms.code_fix_reasons import explain_fix
from mockgem.operations.forms.code_fixes import check_for_none
from mockgem.operations.forms.code_languages import find_language
from mockgem.operations.forms.code_material import find_code
from mockgem.operations.forms.code_mistakes import find_mistake
from mockgem.operations.forms.code_regex import (
    USES,
    explain_pattern,
    find_pattern,
    number_parts,
    write_use,
)
from mockgem.operations.forms.code_remarks import list_lines
from mockgem.operations.forms.code_schedules import explain_schedule
from mockgem.operations.forms.code_titles import TITLES
from mockgem.operations.forms.counts import parse_count
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.given_text import SENTENCES
from mockgem.operations.forms.layout_words import NUMBERED
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question, cut_middle
from mockgem.operations.forms.registry import form

OTHER_FORMS = make_regex(
    r"\b(?:commit message|yes or no|true or false|(?:rate|score|grade|rank|classify"
    r"|label)\b(?! code)|json\b(?! code)|csv|one word|single word|complexity|big[- ]o|what (?:is"
    r"|will be|would be) (?:the|printed)\b|output of|what (?:does it|will it|will this"
    r"|does this) (?:print|output|return|log)|which (?:line|language)|how many|code review"
    r"|review (?:this|the|my|it)|which (?:programming )?language|what (?:programming )?language"
    r"|bullet|list (?:the|all|any|three|\d)|table\b|choices\s?:|options\s?:|readme|title|(?:output"
    r"|print|return|answer|respond|reply|say)s?(?: with)? (?:only )?(?:true|false|yes|no)"
    r"|pull request|release note|changelog|hint)\b",
    re.I,
)
"""Wishes about a program whose reply is not a program."""
PLAIN = 3_000
CODE_MARKS = "`{}()=;<>\\/|*$#@_[]"
"""Characters of which any longer program, pattern or error has one."""
EXPLAINS = make_regex(
    r"\b(?:explain\w*|what do(?:es)?(?= [`\"'])|summari[sz]e|(?:in|into|to) (?:plain"
    r"|simple) (?:english|words)|break (?:it|this) down|what['’]?s (?:this|going on|happening)"
    r"|what (?:does|do|is) (?:this|the following|it|that|my|the)\b|describe|walk me through"
    r"|how does (?:this|the|it)|understand|erkläre?|was macht|explica\w*|explícame|qué hace"
    r"|expliquez?(?:-moi)?|que fait|spiega\w*|cosa fa|o que faz|leg (?:dit )?uit|wyjaśnij"
    r"|co robi)\b|объясни\w*|что делает|поясни|解释|解釋|説明|설명|اشرح|הסבר|समझा",
)
"""Words of an explanation, in small letters."""
CHANGES_TOO = make_regex(
    r"\b(?:and|then) (?:fix|refactor|rewrite|improve|correct|convert|add)\b", re.I
)
WORDS = (
    "code function functions script program class fix bug bugs debug refactor optimize improve"
    " convert translate port rewrite transpile add comment comments type annotate document"
    " docstring docstrings jsdoc javadoc test tests unittest pytest jest explain complete finish"
    " continue simplify clean rename correct implement error wrong does describe make write change"
    " turn korrigiere erkläre kommentiere explica corrige comenta explique ajoute spiega aggiungi"
    " def return select same now version handle use support accept instead without faster shorter"
    " simpler recursive callback callbacks promise promises pseudocode simplify unit"
    " python javascript typescript java kotlin swift golang rust ruby php bash c# c++ scala dart"
    " flexbox centering working broken throw throws why only just sort order limit filter exclude"
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
    given = find_given(question)
    if given is None:
        return None
    wish = f"{given.wish}\n{question.system}"
    if asks_about_tables(given) or COMPLEXITY.search(wish) or OTHER_FORMS.search(wish):
        return None
    if COMPLETES.search(wish) or UNFINISHED.search(given.source):
        return complete(question, given)
    if not name_wish(given.wish) and name_wish(question.system):
        given = GivenCode(given.language, given.source, wish)
    if explains_only(given.wish):
        return None
    if given.language == "regex" and (language := find_target(given, question)) in USES:
        source = write_use(given.source, language, given.wish)
        return frame_code(question, language, source, "")
    language, source = change_code(given, find_target(given, question))
    if not source or not language:
        return None
    wish = name_wish(given.wish)
    if wish == "fix" and source.strip() == given.source.strip():
        return diagnose(question, given)
    if wish == "convert" and language == given.language:
        wish = "change"
    if wish == "change" and len(source) > len(given.source) + 8:
        wish = "extend"
    reason = explain_fix(given.source, source) if wish == "fix" else ""
    return frame_code(question, language, source, "", reason or ENDINGS.get(wish, ""))


def explains_only(wish: str) -> bool:
    """Return whether a prompt wants a program explained and not changed as well."""
    explains = EXPLAINS.search(wish.lower())
    if explains is None or CHANGES_TOO.search(wish):
        return False
    before = wish[: explains.start()]
    return not (name_wish(before) and re.search(r"\band\b", before))


def diagnose(question: Question, given: GivenCode) -> str:
    """Return a program that is not plainly wrong with its errors dealt with, and what they mean."""
    source = check_for_none(given.source) or given.source
    mistake = None
    if source == given.source:
        mistake = find_mistake(given.source, given.language, given.wish)
    if source == given.source and not mistake and explain_error(given.wish):
        source = guard(given.source, given.language) or given.source
    source = mistake[0] if mistake else source
    if ONLY_CODE.search(question.whole) or RAW.search(question.whole) or question.language != "en":
        return frame_code(question, given.language, source, "")
    if mistake:
        return f"{mistake[1]}\n\n```{given.language}\n{source}\n```\n\n{ENDINGS['fix']}"
    meaning = (
        explain_error(given.wish) or "Nothing here is plainly wrong, so look at its input first."
    )
    end = (
        "This version checks for that case before it uses the value."
        if source != given.source
        else "Run it with a small input, and compare each step with what you expect."
    )
    return f"{meaning}\n\n```{given.language}\n{source}\n```\n\n{end}"


UNFINISHED = make_regex(
    r"(?:\A|\n)[ \t]*(?:async )?def [^\n]{3,300}:[ \t]*(?:\n[ \t]*(?:\"\"\"[^\"]{0,1500}\"\"\""
    r"|#[^\n]*|pass|\.\.\.)[ \t]*){0,4}\s*\Z|\A[^\n{}]{0,160}\b(?:function|func|fn|fun|int|void"
    r"|bool|boolean|string|String|public"
    r"|static)\b[^\n{}]{0,160}\)[^\n{}]{0,160}\{\s*(?://[^\n]*\s*){0,3}\}?\s*\Z"
)
"""A function whose body a prompt leaves out."""
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
    "validate": "Values that do not fit raise an error before anything else happens.",
    "extend": "Only the new part is added; everything else is as it was.",
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
    return target or find_language(ONE_LINE.sub(" ", given.wish))


ONE_LINE = make_regex(r"\bone[- ]?liners?\b", re.I)
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
    r"\b(?:only|just) (?:output |return |write )?(?:the )?(?:completion|missing|continuation|body"
    r"|rest)\b|\b(?:without|not|don['’]t) repeat\w*\b",
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
    given = find_given(question)
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
    words="explain what describe how walk help typeerror keyerror valueerror attributeerror"
    " modulenotfounderror importerror indexerror nameerror syntaxerror referenceerror"
    " nullpointerexception eaddrinuse econnrefused"
    " understand summarize summarise break plain erkläre erklär"
    " why getting get got throws says error fails was explica explícame qué explique explicar "
    "que spiega spiegami cosa fa erreur error fehler wyjaśnij leg",
    about="sentences about what a given program does, line by line",
)
def explain_given(question: Question) -> str | None:
    prompt = question.prompt[:MAX_EXPLAINED]
    if len(prompt) > PLAIN and not any(mark in prompt for mark in CODE_MARKS):
        return None
    is_error = quotes_error(prompt) and find_code(question) is None
    if not (is_error or EXPLAINS.search(cut_middle(question.lower, 1000, 400))):
        return None
    if (is_error or shows_error(prompt)) and (meaning := explain_error(prompt)):
        return meaning if question.language == "en" else None
    if (
        "cron" in question.lower
        and question.language == "en"
        and (said := explain_schedule(prompt))
    ):
        return said[:1].upper() + said[1:]
    is_english = question.language == "en" and find_code(question) is None
    if is_english and (said := explain_command(prompt)):
        return said
    if REGEX.search(prompt) and (pattern := find_pattern(prompt)):
        said = explain_pattern(pattern)
        return number_parts(said) if NUMBERED.search(question.layout) else said
    given = find_given(question)
    if (
        given is None
        or COMPLEXITY.search(question.wish)
        or OTHER_FORMS.search(question.wish)
        or ONLY_CODE.search(question.whole)
    ):
        return None
    if question.language != "en":
        return explain_abroad(given.source, given.language, question.language)
    if BY_LINE.search(question.wish) and (lines := list_lines(given.source)):
        return f"Here is what each line does:\n\n{lines}"
    counted = SENTENCES.search(given.wish)
    return fit_sentences(
        explain_code(given.source, given.language), parse_count(counted[1]) if counted else 0
    )


BY_LINE = make_regex(r"\bline[- ]by[- ]line\b|\b(?:each|every) line\b", re.I)


MAX_EXPLAINED = 4_000
"""The beginning of a message that is searched for an error, a pattern or a command."""
REGEX = make_regex(r"\breg(?:ular )?ex(?:p|pression)?\b", re.I)


def fit_sentences(text: str, count: int) -> str:
    """Return an explanation with the requested number of sentences at most; 0 keeps all."""
    parts = re.split(r"(?<=[.!?])\s", text)
    if count == 0 or len(parts) <= count:
        return text
    step = re.match(r"(?:\w+ ){0,3}[Ii]t (.+)", parts[count])
    if step is None:
        return " ".join(parts[:count])
    return " ".join([*parts[: count - 1], f"{parts[count - 1].rstrip('.')}, and it {step[1]}"])


@form(
    "language of code",
    'Which programming language is this?\n\n```\nfn main() {\n    println!("hi");\n}\n```',
    words="language languages sprache lenguaje langage linguaggio linguagem",
    about="the programming language of a given program",
)
def name_code_language(question: Question) -> str | None:
    if wants("json", question):
        return None
    if not ASKS_LANGUAGE.search(question.whole) or NAMES_CHOICES.search(question.whole):
        return None
    given = find_given(question)
    if given is None or not given.language:
        return None
    title = TITLES.get(given.language, given.language.capitalize())
    return title if question.is_terse else f"The code is written in {title}."


ASKS_LANGUAGE = make_regex(
    r"\b(?:what|which|identify the|detect the|name the) (?:programming |coding "
    r"|computer )?language\b(?! (?:should|would|do you|is (?:best|better|spoken)))"
    r"|\bwelche (?:programmier)?sprache\b|\bqué lenguaje\b|\bquel langage\b|\bche linguaggio\b",
    re.I,
)
NAMES_CHOICES = make_regex(
    r"\b(?:choices|options|labels|categories|one of|(?:pick|choose|select) (?:one )?from|either)\b",
    re.I,
)
