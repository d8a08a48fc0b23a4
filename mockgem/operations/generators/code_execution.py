"""Write programs for prompts that code execution answers, and their output.

The programs never run: mockgem calculates what they would print. It understands arithmetic
expressions and sums of numbers and primes; for any other prompt the program counts words.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator
from itertools import count, islice, takewhile

from mockgem.core.frozen import frozen

EXPRESSION = re.compile(
    r"(?<![\w.(])\({0,20}-?\d[\d,]{0,30}(?:\.\d{1,20})?(?:\s*(?:\*\*"
    r"|[-+*/%×x^÷])\s*\({0,20}-?\d[\d,.]{0,30}\){0,20}){1,40}"
)
PRIMES = re.compile(r"first\s+(\d{1,4})\s+prime", re.I)
RANGE = re.compile(
    r"\b(?:sum|add)\b.{0,60}?\b(\d{1,6})\s+(?:to|through|and)\s+(\d{1,6})\b", re.I | re.S
)
NUMBERS = re.compile(r"(?<![\w.])-?\d{1,15}(?:\.\d{1,10})?(?![\w.]*\w)")
OPERATORS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
}
MAX_POWER = 64
MAX_NUMBER = 10**60


@frozen
class CodeExecution:
    """A program, its output, and a sentence that states the result."""

    source: str
    output: str
    sentence: str
    failed: bool = False


def solve_with_code(prompt: str) -> CodeExecution:
    """Return the program for a prompt."""
    for solve in (solve_primes, solve_range, solve_expression, solve_numbers):
        if (execution := solve(prompt)) is not None:
            return execution
    return count_words(prompt)


def solve_primes(prompt: str) -> CodeExecution | None:
    match = PRIMES.search(prompt)
    if match is None or not int(match[1]):
        return None
    size = int(match[1])
    primes = list(islice(iter_primes(), size))
    source = (
        "def is_prime(n):\n    return n > 1 and all(n % d for d in range(2, int(n**0.5) + 1))\n\n"
        f"primes = []\nn = 2\nwhile len(primes) < {size}:\n    if is_prime(n):\n        "
        "primes.append(n)\n    n += 1\n\n"
        'print(f"{primes=}")\nprint(f"{sum(primes)=}")\n'
    )
    return CodeExecution(
        source,
        f"primes={primes}\nsum(primes)={sum(primes)}\n",
        f"The sum of the first {size} prime numbers is {sum(primes)}.",
    )


def iter_primes() -> Iterator[int]:
    primes: list[int] = []
    for number in count(2):
        small = takewhile(lambda prime: prime * prime <= number, primes)  # noqa: B023
        if all(number % prime for prime in small):
            primes.append(number)
            yield number


def solve_range(prompt: str) -> CodeExecution | None:
    match = RANGE.search(prompt)
    if match is None:
        return None
    low, high = sorted((int(match[1]), int(match[2])))
    total = (low + high) * (high - low + 1) // 2
    source = f"total = sum(range({low}, {high + 1}))\nprint(total)\n"
    return CodeExecution(
        source, f"{total}\n", f"The sum of the numbers from {low} to {high} is {total}."
    )


SIGNS = {"times": "*", "multiplied by": "*", "divided by": "/", "plus": "+", "minus": "-"}
SPELLED = re.compile(rf"(?<=\d) ({'|'.join(SIGNS)}) (?=-?\d)", re.I)
COMMANDS = (
    (re.compile(r"\bdivide (-?[\d.,]{1,30}\d|\d) by (?=-?\d)", re.I), r"\1 / "),
    (re.compile(r"\bmultiply (-?[\d.,]{1,30}\d|\d) (?:by|and|with) (?=-?\d)", re.I), r"\1 * "),
    (re.compile(r"\bsubtract (-?[\d.,]{1,30}\d|\d) from (-?[\d.,]{1,30}\d|\d)", re.I), r"\2 - \1"),
)


def write_signs(prompt: str) -> str:
    """Return a prompt with signs for the words between numbers: "7 times 8" is "7 * 8"."""
    text = SPELLED.sub(lambda match: f" {SIGNS[match[1].lower()]} ", prompt)
    for command, signs in COMMANDS:
        text = command.sub(signs, text)
    return text


def solve_expression(prompt: str) -> CodeExecution | None:
    """Evaluate the expression in a prompt.

    Returns:
        None without a complete expression. A division by zero gives a program that fails.
    """
    prompt = write_signs(prompt[:4000])
    match = EXPRESSION.search(prompt)
    if (
        match is None
        or CONTINUATION.match(prompt, match.end())
        or PRECEDING_OPERAND.search(prompt[: match.start()][-40:])
        or HEX_NUMBER.search(match[0])
    ):
        return None
    text = (
        re.sub(r"(?<=\d),(?=\d{3})", "", match[0])
        .replace("×", "*")
        .replace("÷", "/")
        .replace("^", "**")
    )
    text = re.sub(r"(?<=[\d)\s])x(?=[\s\d(])", "*", text).strip().rstrip(".,")
    text += ")" * (text.count("(") - text.count(")"))
    source = f'result = {text}\nprint(f"{{result=}}")\n'
    try:
        result = evaluate_node(ast.parse(text, mode="eval").body)
    except ZeroDivisionError as error:
        trace = (
            'Traceback (most recent call last):\n  File "<string>", line 1, in '
            f"<module>\nZeroDivisionError: {error}\n"
        )
        return CodeExecution(
            source, trace, f"{text} can't be worked out: it divides by nought.", failed=True
        )
    except (SyntaxError, ValueError, ArithmeticError, RecursionError):
        return None
    shown = int(result) if isinstance(result, float) and result.is_integer() else result
    return CodeExecution(source, f"result={result}\n", f"The result of {text} is {shown}.")


HEX_NUMBER = re.compile(r"(?<![\d.])0x\d", re.I)
CONTINUATION = re.compile(r"\s*(?:\*\*|[-+*/%×^÷(]|x\s*\d)|\w")
PRECEDING_OPERAND = re.compile(r"[\d)]\s*(?:\*\*|[-+*/%×^÷])?\s*$|[\w)][-+*/%×^÷]$")


def evaluate_node(node: ast.expr) -> float:
    """Evaluate an expression.

    Raises:
        ValueError: It is not arithmetic with numbers of at most 60 digits.
        ArithmeticError: It has no result.
    """
    match node:
        case ast.Constant(value=int() | float() as number):
            return check_magnitude(number)
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -evaluate_node(inner)
        case ast.BinOp(left, ast.Pow(), right):
            base, power = evaluate_node(left), evaluate_node(right)
            if abs(power) > MAX_POWER or abs(base) > MAX_NUMBER ** (1 / max(1, abs(power))):
                raise ValueError("too large")
            return check_magnitude(base**power)
        case ast.BinOp(left, op, right) if type(op) in OPERATORS:
            return check_magnitude(OPERATORS[type(op)](evaluate_node(left), evaluate_node(right)))
    raise ValueError("not arithmetic")


def check_magnitude(number: float) -> float:
    if isinstance(number, complex) or abs(number) > MAX_NUMBER:
        raise ValueError("too large")
    return number


def solve_numbers(prompt: str) -> CodeExecution | None:
    numbers = [float(text) if "." in text else int(text) for text in NUMBERS.findall(prompt)[:50]]
    if len(numbers) < 2:
        return None
    total = sum(numbers)
    mean = total / len(numbers)
    source = (
        f'numbers = {numbers}\nprint(f"{{sum(numbers)=}}")\nprint(f"{{sum(numbers) / '
        f'len(numbers)=}}")\n'
    )
    output = f"sum(numbers)={total}\nsum(numbers) / len(numbers)={mean}\n"
    return CodeExecution(
        source, output, f"The {len(numbers)} numbers add up to {total}; their mean is {mean}."
    )


def count_words(prompt: str) -> CodeExecution:
    """Return a program that counts the words of a prompt."""
    text = prompt[:200]
    words = text.split()
    longest = max(words, key=len, default="")
    source = (
        f"text = {text!r}\nwords = text.split()\n"
        'print(f"{len(words)=}")\nprint(f"{max(words, key=len, default=\'\')=}")\n'
    )
    output = f"len(words)={len(words)}\nmax(words, key=len, default='')={longest!r}\n"
    return CodeExecution(
        source,
        output,
        f"I ran some code on your question: it has {len(words)} words, the longest is “{longest}”.",
    )
