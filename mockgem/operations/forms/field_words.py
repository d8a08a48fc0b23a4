"""Words in a list of fields that do not name a field, and exceptions that do."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

NOT_KEYS = frozenset(
    "json the and or no only with for from exactly following result results object "
    "array list text data explanation markdown other is are"
    " each all any it this that these name_of you information details nothing key keys "
    "field fields value values response answer_in".split()
)


NOUNS = frozenset(
    "object array list text data explanation result results details information key value from to"
    " response field".split()
)
"""Exceptions: these words are keys after another key: "subject, verb and object"."""


VERBS = frozenset(
    "add include make use output generate give put fill return create write show".split()
)
"""A command after the fields: "with the columns a, b and add 3 rows"."""
KEYS_TOO = frozenset(("output",))
"""Commands that stand alone as the name of a field."""


NOT_FIRST = make_regex(
    r"(?:all|no|only|each|both|plus|there|then|please|just|nothing|with|without|one|two|three|four"
    r"|five|six|seven|inside|within|under"
    r"|eight|nine|ten|dont|don|do|keep|use)_",
    re.I,
)
"""The first word of a phrase that is not the name of a field."""
