"""Ids of stores and documents, which begin with words of their display names."""

from __future__ import annotations

import re

SUFFIX_LENGTH = 12
RANDOM_LENGTH = 2 * SUFFIX_LENGTH
"""Random characters that an id is made of, at most."""
MAX_SLUG = 27
"""Characters of a display name in an id: an id has 40, with a dash and a suffix (recorded).

Evidence: native-107-streamGenerateContent-200.
"""


def name_resource(display_name: str, random: str) -> str:
    """Return an id: words of the display name and 12 random characters, or 24 random characters.

    Spaces become dashes; all other punctuation is dropped (recorded).

    Evidence: native-005-fileSearchStores-200, sdk-google-genai-tests,
    native-007-fileSearchStores-uploadToFileSearchStore-200.
    """
    words = [re.sub(r"[^a-z0-9]", "", word) for word in display_name.lower().split()]
    slug = "-".join([word for word in words if word])[:MAX_SLUG].strip("-")
    return f"{slug or random[SUFFIX_LENGTH:]}-{random[:SUFFIX_LENGTH]}"
