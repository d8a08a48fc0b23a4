"""A second block of tests for a new function: "a function … and a unit test for it"."""

from __future__ import annotations

import re
from dataclasses import replace

from mockgem.operations.forms.code_case_tests import write_case_tests
from mockgem.operations.forms.code_functions import HEAD, find_steps, write_typed_function
from mockgem.operations.forms.code_outcomes import list_outcomes
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_tests import (
    TEST_WRITERS,
    find_functions,
    find_kinds,
    write_jest,
    write_pytest,
    write_tests_for,
    write_unittest,
)
from mockgem.operations.forms.lazy_patterns import make_regex

TEST_BESIDE = make_regex(
    r"\b(?:and|with|plus|including) (?:also )?(?:write )?(?:an? |some |its )?(?:short |simple )?"
    r"(?:(?:unit|jest|junit|pytest|vitest|mocha)[- ]?)?tests?\b(?! (?:data|file|script))",
    re.I,
)
"""A wish for a test beside a new function."""


def add_tests_beside(framed: str, source: str, request: CodeRequest, label: str) -> str:
    """Return a reply with a second block of tests, if a prompt wants a function and a test."""
    if request.kind != "function" or not TEST_BESIDE.search(request.text) or "```" not in framed:
        return framed
    tests = write_tests_beside(source, request)
    if not tests:
        return framed
    end = framed.rfind("\n```") + len("\n```")
    lead = "The test for it:\n\n" if framed[end:].strip() else ""
    return f"{framed[:end]}\n\n{lead}```{label}\n{tests}\n```{framed[end:]}"


def write_worked_out_tests(request: CodeRequest) -> str:
    """Return tests of a function that a prompt only names, if its name says what it returns."""
    plain = add_refusal(find_steps(request), request.text)
    functions = find_functions(plain, "python")
    if not functions or OTHER_TESTS.search(request.text):
        return ""
    names = list(request.parameters) or functions[0][1]
    if "unittest" in request.text.lower() and request.language == "python":
        return write_unittest([(request.name, names)], plain)
    return write_cases([(request.name, names)], plain, request.language)


OTHER_TESTS = make_regex(r"\bclass\b")
"""Tests of another kind than those of one function."""
REFUSES = make_regex(
    r"\b(?:raises?|throws?|rejects?)(?: an?)? (\w*(?:Error|Exception)|error)\b[^.\n]{0,20}?"
    r"\b(?:when|if|for|on) (?:the )?(?:(\w{1,20}) (?:is|equals?|==) )?(0|zero|negative)\b",
    re.I,
)
"""A value that a function refuses: "raises ValueError when b is 0"."""


def add_refusal(source: str, text: str) -> str:
    """Return a function of Python that refuses the value that a text names."""
    match, head = REFUSES.search(text), HEAD.match(source)
    if match is None or head is None:
        return source
    names = [part.partition(":")[0].strip() for part in head[2].split(",")]
    name = match[2] if match[2] in names else names[-1]
    error = match[1] if match[1].lower() != "error" else "ValueError"
    sign = "< 0" if match[3].lower() == "negative" else "== 0"
    check = f'    if {name} {sign}:\n        raise {error}("{name} is not valid")\n'
    return f"{head[0]}{check}{source[head.end() :]}"


def write_cases(functions: list[Function], plain: str, language: str) -> str:
    """Return tests that compare calls with the results of the same steps in Python."""
    name, names = functions[0]
    cases = list_outcomes(plain, name, find_kinds(plain, name, names))
    match language:
        case _ if not cases:
            return ""
        case "python":
            return write_pytest(functions, plain)
        case "javascript" | "typescript":
            return write_jest(functions, plain)
    return write_case_tests(language, name, cases)


Function = tuple[str, list[str]]
"""The name of a function and its parameters."""


def write_tests_beside(source: str, request: CodeRequest) -> str:
    """Return tests with the results of the same steps in Python, else general ones."""
    functions = find_functions(source, request.language)
    name = functions[0][0] if functions else request.name
    plain = source
    if request.language != "python":
        plain = write_typed_function(replace(request, language="python"))
    names = functions[0][1] if functions else []
    cases = list_outcomes(plain, name, find_kinds(plain, name, names))
    match request.language:
        case "python":
            return write_pytest(functions, plain) if functions else ""
        case "javascript" | "typescript" if functions:
            return write_jest(functions, plain)
    written = write_case_tests(request.language, name, cases)
    if written:
        return written
    writer = TEST_WRITERS.get(request.language)
    tests = write_tests_for(source, request.language, request.text)
    return tests or (writer(functions) if writer and functions else "")
