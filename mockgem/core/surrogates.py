r"""Join surrogate pairs: JSON writes a character like 👩 as two escapes, \ud83d and \udc69.

YAML's parser reads these as two characters, which no UTF-8 text can have.
"""

from __future__ import annotations

import re

SURROGATE = re.compile("[\ud800-\udfff]")


def join_surrogates(text: str) -> str:
    """Return a text with each surrogate pair as one character.

    Raises ValueError for a surrogate without its other half.
    """
    if not SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
