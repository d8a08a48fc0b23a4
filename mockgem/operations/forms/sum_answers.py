"""Answers to sums, equations and questions about dates that do not ask for the number alone."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from statistics import median

from mockgem.operations.forms.calculations import (
    AVERAGE_OF,
    calculate,
    format_number,
    solve_proportion,
)
from mockgem.operations.forms.counted_sums import find_counted_sum
from mockgem.operations.forms.date_answers import solve_dates, solve_time
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_sums import EQUATION, decide_sum, solve_named
from mockgem.operations.forms.number_series import find_next, measure_shape
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sources import split_sentences

MAX_SUM = 700
"""Characters of a message that is a sum."""
OTHER_WISH = make_regex(
    r"\b(?:python|javascript|java|functions?|code|program|script|sql|json|yaml|csv|xml|table|essay"
    r"|story|poem|article|explain|quiz|regex|excel|formula|class|facts|list|tips|ideas|reasons|why"
    r"|meals?|describe|description|words|write|context|document|summari[sz]e|translate)\b|\bhow"
    r" (?:do|can|to|would|should|could)\b",
    re.I,
)
STEPS = make_regex(
    r"\bsteps?\b|\bshow (?:me )?(?:your|the|all|how)\b|\bcalculation\b|\breasoning\b|\bworking\b",
    re.I,
)
N = r"(-?\d{1,9}(?:\.\d{1,6})?)"
PAIR_OF_EQUATIONS = make_regex(
    r"(-?\d{0,4}) ?([a-z]) ?([-+]) ?(\d{0,4}) ?([a-z]) ?= ?(-?\d{1,6})\W{1,8}(?:and\s)?"
    r"(-?\d{0,4}) ?\2 ?([-+]) ?(\d{0,4}) ?\5 ?= ?(-?\d{1,6})",
    re.I,
)
FRACTION = make_regex(
    r"\b(?:simplify|reduce)\b[^\d\n]{0,40}(\d{1,6}) ?/ ?(\d{1,6})|(\d{1,6}) ?/ ?(\d{1,6})"
    r" (?:in|to) (?:its )?(?:lowest|simplest)",
    re.I,
)
SPEED = make_regex(
    rf"{N} ?(km|kilomet(?:er|re)s|miles)\b[^?\n]{{0,40}}?\bin {N} hours?\b[^\n]{{0,60}}\bspeed\b",
    re.I,
)
DISTANCE = make_regex(
    rf"\b(?:at|speed of) {N} ?(km/?h|kilomet(?:er|re)s per hour|mph|miles per hour)[^?\n]{{0,60}}?"
    rf"\bfor {N} hours?\b[^\n]{{0,80}}\b(?:how far|distance)\b",
    re.I,
)
OF_NUMBERS = make_regex(
    r"\b(sum|average|mean|median|total|product|range|largest|smallest|highest|lowest|biggest"
    r"|greatest|maximum|minimum)\b[^\d\n]{0,60}[:{\[( ]\s{0,3}(-?\d[\d.]*(?:e\d)?"
    r"(?:(?:,\s?|\s|,? and )-?\d[\d.]*(?:e\d)?){1,40})",
    re.I,
)
REDUCE: dict[str, Callable[[list[float]], float]] = {
    "sum": sum,
    "total": sum,
    "average": lambda values: sum(values) / len(values),
    "mean": lambda values: sum(values) / len(values),
    "median": median,
    "product": math.prod,
    "range": lambda values: max(values) - min(values),
    **dict.fromkeys(("largest", "highest", "biggest", "greatest", "maximum"), max),
    **dict.fromkeys(("smallest", "lowest", "minimum"), min),
}


@form(
    "answer to a sum",
    "Solve for x: 3x + 7 = 22",
    "How many days are there between 3 March 2024 and 15 March 2024?",
    words="solve solving find average mean median sum total product largest smallest highest lowest"
    " biggest greatest maximum minimum factorial round simplify reduce square cube equation"
    " equations sequence series next number speed distance days weeks weekday day date prime larger"
    " smaller bigger power remainder area perimeter volume value many range far km"
    " time old decimal percent percentage even odd divisible leap",
    about="the result of a sum, an equation or a question about dates, with steps if wanted",
)
def answer_sum(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if len(prompt) > MAX_SUM or not any(map(str.isdigit, prompt)) or question.language != "en":
        return None
    if LETTERED.search(prompt):
        return None
    if not question.material and (taken := solve_per_unit(prompt)):
        return write_result([], taken, question)
    is_set_apart = "\n" in question.material or "<" in prompt
    is_text = is_set_apart or len(question.material.split()) > MOST_WORDS
    is_text = bool(question.material) and is_text and not SOLVES.search(prompt)
    if is_text or OTHER_WISH.search(question.whole) or question.earlier:
        return None
    for solve in (solve_dates, solve_time, solve_pair, solve_unknown, solve_fraction, solve_motion):
        if found := solve(prompt):
            *steps, result = found
            return write_result(steps, result, question)
    if number := solve_number(prompt):
        values = ", ".join(NUMBERS.findall(prompt)[:20])
        return write_result([f"Take the numbers {values}", f"Result: {number}"], number, question)
    if problem := work_out(prompt, question):
        return problem
    if IS.match(prompt) and (is_true := decide_sum(prompt)) is not None:
        return "Yes." if is_true else "No."
    return None


MOST_WORDS = 45
"""Words of a problem. A longer text is one about which something is asked."""
LETTERED = make_regex(r"(?:^|\s|\()[Aa][).] ?\S[^\n]{0,80}\s\(?[Bb][).]", re.M)
"""Options of which the reply is a letter."""
PROBLEM = make_regex(
    r"\A[^\n.:]{0,60}\b(?:solve|solving|answer|work out)\b[^\n.:]{0,40}\b(?:math\w*|word"
    r"|arithmetic) (?:word )?(?:problems?"
    r"|questions?)\b[^\n]{0,120}\n\s*(?P<given>[\s\S]{10,600})\Z",
    re.I,
)


def work_out(prompt: str, question: Question) -> str:
    """Return steps and a number for a problem that nothing else solves; empty for other prompts."""
    match = PROBLEM.match(prompt)
    values = [float(one.rstrip(".")) for one in NUMBERS.findall(match["given"])] if match else []
    if match is None or len(values) < 2:
        return ""
    one, two = values[:2]
    result = format_number(round(one * two, 4))
    given = [part.strip(" .") for part in split_sentences(match["given"]) if not part.endswith("?")]
    step = f"{format_number(one)} x {format_number(two)} = {result}"
    return write_result([*given[:4], step], result, question)


IS = make_regex(r"\W{0,3}(?:is|are)\b", re.I)


def write_result(steps: list[str], result: str, question: Question) -> str:
    """Return a result: alone, in a sentence, or after its steps."""
    if question.is_terse:
        return result.rpartition("= ")[2]
    is_whole = " " in result and "=" not in result
    said = f"{result}." if is_whole else f"The answer is **{result}**."
    if not STEPS.search(question.whole) or not steps:
        return said
    return "\n".join([*(f"{at}. {step}" for at, step in enumerate(steps, 1)), "", said])


def read_factor(sign: str, digits: str) -> float:
    number = float(digits) if digits not in ("", "-") else float(f"{digits}1")
    return -number if sign == "-" else number


def solve_pair(text: str) -> list[str]:
    """Return the solution of two linear equations with two unknowns."""
    match = PAIR_OF_EQUATIONS.search(text)
    if match is None:
        return []
    a, b, c = read_factor("", match[1]), read_factor(match[3], match[4]), float(match[6])
    d, e, f = read_factor("", match[7]), read_factor(match[8], match[9]), float(match[10])
    divisor = a * e - b * d
    if not divisor:
        return []
    one, two = (c * e - b * f) / divisor, (a * f - c * d) / divisor
    first, second = (f"{match[2]} = {format_number(one)}", f"{match[5]} = {format_number(two)}")
    return [
        f"Eliminate {match[5]} from both equations",
        first,
        f"Put {first} in",
        f"{first}, {second}",
    ]


def solve_unknown(text: str) -> list[str]:
    """Return the steps and the solution of a linear equation."""
    match = EQUATION.search(text) if "=" in text else None
    if match is None or not SOLVES.search(text):
        return []
    factor, name, result = read_factor("", match[1]), match[2], float(match[5])
    shift = float(match[4] or 0) * (-1 if match[3] == "-" else 1)
    if not factor:
        return []
    moved = "Subtract" if shift > 0 else "Add"
    steps = [f"Start with {match[0].strip()}"]
    if shift:
        left = f"{match[1]}{name} = {format_number(result - shift)}"
        steps.append(f"{moved} {format_number(abs(shift))} on both sides: {left}")
    if factor != 1:
        steps.append(f"Divide both sides by {format_number(factor)}")
    return [*steps, f"{name} = {format_number((result - shift) / factor)}"]


SOLVES = make_regex(r"\bsolv(?:e|ing)\b|\bfind\b|\bvalue of\b|\bwhat(?:['’]s| is) [a-z]\b", re.I)


AS_DECIMAL = make_regex(
    r"(?<![\d/])(\d{1,6}) ?/ ?(\d{1,6}) (?:as|to|into|in) (?:an? )?(decimal|percent)", re.I
)


def solve_fraction(text: str) -> list[str]:
    if (share := AS_DECIMAL.search(text)) and int(share[2]):
        value = int(share[1]) / int(share[2])
        is_decimal = share[3].lower() == "decimal"
        return [format_number(round(value, 6)) if is_decimal else f"{value * 100:.6g}%"]
    match = FRACTION.search(text)
    if match is None:
        return []
    one, two = (int(group) for group in match.groups() if group)
    divisor = math.gcd(one, two)
    if not divisor or not two:
        return []
    steps = [f"The greatest common divisor of {one} and {two} is {divisor}"]
    rest = f"{one // divisor}/{two // divisor}" if two != divisor else str(one // divisor)
    return [*steps, rest]


def solve_motion(text: str) -> list[str]:
    """Return a speed from a distance and a time, or a distance from a speed and a time."""
    if (match := SPEED.search(text)) and float(match[3]):
        unit = "mph" if match[2].lower() == "miles" else "km/h"
        speed = format_number(float(match[1]) / float(match[3]))
        return ["speed = distance / time", f"{match[1]} / {match[3]} = {speed}", f"{speed} {unit}"]
    if match := DISTANCE.search(text):
        unit = "miles" if match[2].lower().startswith("m") else "km"
        way = format_number(float(match[1]) * float(match[3]))
        return ["distance = speed x time", f"{match[1]} x {match[3]} = {way}", f"{way} {unit}"]
    return []


def solve_number(text: str) -> str:
    """Return what a message asks of its numbers; empty for other messages."""
    if match := OF_NUMBERS.search(text):
        values = [float(one.rstrip(".")) for one in NUMBERS.findall(match[2])]
        if len(values) > 1:
            return format_number(round(REDUCE[match[1].lower()](values), 4))
    if (sum_given := SUM.match(text)) and (value := calculate(sum_given[1])) is not None:
        return value
    if AVERAGE_OF.search(text):
        return ""
    if match := EACH_HAS.search(text):
        return solve_each(text[: match.start()], float(match[1]))
    for find in (solve_named, find_next, measure_shape, solve_proportion, find_counted_sum):
        if (found := find(text)) is not None:
            return format_number(found)
    return ""


SUM = make_regex(
    r"\W{0,3}(?:what(?:['’]s| is)|calculate|compute|evaluate|find)?[^\d\n(]{0,30}"
    r"((?:\(?\d[\d.]*\)?\s?[-+*/×x^÷]\s?){1,8}\(?\d[\d.]*\)?)\s*=?\s*\??\s*\Z",
    re.I,
)
EACH_HAS = make_regex(
    r"\beach (?:\w+ ){1,3}?(?:has|have|contains?|holds?|costs?|weighs?|needs?) [$€£]?"
    r"(\d+(?:\.\d+)?)\b[^\n]{0,80}\bhow (?:many|much)\b",
    re.I,
)
"""The last sentence of a problem: "Each box has 6 eggs. How many eggs …?"."""
LOSES = make_regex(
    r"\b(?:gives?|gave|eats?|ate|loses?|lost|sells?|sold|spends?|uses?|used)\b", re.I
)


PER_UNIT = make_regex(
    r"\b(\d[\d,]{0,9})[- ](?:[a-z]+ ){0,2}?([a-z]{3,12}?)s?\b[^?\n]{0,60}?\bat "
    r"(\d[\d,]{0,6}) \2s? per (?:minute|hour|day|second)",
    re.I,
)
"""How long something takes: "a 1,150-word article at 230 words per minute"."""


def solve_per_unit(text: str) -> str:
    match = PER_UNIT.search(text)
    if match is None:
        return ""
    amount, each = (float(match[at].replace(",", "")) for at in (1, 3))
    return format_number(round(amount / each, 2)) if each else ""


def solve_each(text: str, each: float) -> str:
    """Return the sum of a problem with some things and packs of them."""
    values = [float(one) for one in NUMBERS.findall(text)]
    if not values or len(values) > 2:
        return ""
    packs = values[-1] * each * (-1 if LOSES.search(text) else 1)
    return format_number(packs + (values[0] if len(values) > 1 else 0))


NUMBERS = make_regex(r"-?\d[\d.]*(?:e\d)?")
