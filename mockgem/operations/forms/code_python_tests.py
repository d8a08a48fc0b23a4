"""Tests in Python for a function that a prompt only names."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_signatures import find_taken
from mockgem.operations.forms.code_tests import write_unittest


def write_tests(request: CodeRequest) -> str:
    name = request.name if request.name.isidentifier() else "run"
    if "unittest" in request.text.lower():
        return write_unittest([(name, list(request.parameters) or ["value"])])
    raised = re.search(r"\b(?:raises?|throws?) (?:an? )?`?(\w*(?:Error|Exception))\b", request.text)
    error = raised[1] if raised else "TypeError"
    count = max(1, len(request.parameters or find_taken(request.text)))
    arguments = ", ".join(str(number) for number in range(2, 2 + count))
    zeros = ", ".join("0" for _ in range(count))
    if count == 1:
        arguments, zeros = f"{arguments},", f"{zeros},"
    result = next((value for word, value in RESULTS if word in name.lower()), 5)
    return (
        f'import pytest\n\nfrom module import {name}\n\n\n@pytest.mark.parametrize(("arg'
        f'uments", "expected"), [(({arguments}), {result}), (({zeros}), 0)])\n'
        f"def test_{name}_returns_the_expected_value(arguments, expected):\n    assert "
        f"{name}(*arguments) == expected\n\n\n"
        f"def test_{name}_rejects_bad_input():\n    with pytest.raises({error}):\n    "
        f"    {name}(None)"
    )


RESULTS = (("multipl", 6), ("product", 6), ("subtract", -1), ("difference", -1), ("power", 8))
"""What a function with such a name returns for 2 and 3; others add them."""
