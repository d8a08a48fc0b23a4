"""Keys of usual things, for a prompt that wants JSON about one and names no keys."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_schema import Described
from mockgem.operations.forms.described_values import build_object, describe_by_name
from mockgem.operations.forms.kind_keys import KEYS, KINDS
from mockgem.operations.forms.list_wishes import find_list_count
from mockgem.operations.forms.question import Question


def find_usual_keys(question: Question) -> Described | None:
    """Return the schema of the kind of thing that the prompt names first."""
    match = KINDS.search(question.instruction[:1000])
    if match is None:
        return None
    keys = KEYS[match[1].lower()].split()
    counted = re.search(rf"\b({NUMBER}) (?:\w+ )?{match[1]}s\b", question.instruction, re.I)
    count = find_list_count(question.instruction) or (parse_count(counted[1]) if counted else 0)
    return Described(build_object([(key, describe_by_name(key)) for key in keys]), count > 1, count)
