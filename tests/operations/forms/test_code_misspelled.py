"""Names in Python that nothing defines."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.code_misspelled import check_misspelled


def test_a_name_like_a_known_one_is_corrected() -> None:
    found = check_misspelled("def avg(xs):\n    return sum(xs) / len(x)")
    assert found is not None
    assert found[0] == "def avg(xs):\n    return sum(xs) / len(xs)"
    assert "`x` is not defined" in found[1]


@pytest.mark.parametrize(
    "source",
    [
        "from math import *\nprint(sqr(2))",
        "import os as system\nsystem.getcwd()",
        "try:\n    run = 1\nexcept ValueError as error:\n    print(error)",
        "class A:\n    pass\nprint(A())",
        "print(frame)",
        "not python",
    ],
)
def test_other_programs_have_no_such_name(source: str) -> None:
    assert check_misspelled(source) is None
