"""What earlier versions of mockgem removed from requests.

Their cassettes hold requests in that form. A request is compared in it too, so that such cassettes
still replay. Nothing is written in this form any more.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from urllib.parse import quote

from mockgem.redaction.finder import SecretFinder
from mockgem.redaction.patterns import (
    BEFORE_BASE64,
    WORD,
    SecretKind,
    at_edge,
    outside_base64,
)

LEGACY_PATTERNS = (
    rf"{outside_base64('AIza')}[{WORD}]{{35}}(?![{WORD}]){BEFORE_BASE64}",
    rf"{at_edge('AQ[.]')}[{WORD}]{{20,200}}",
    rf"{at_edge('ya29[.]')}[{WORD}.]{{10,2000}}",
    rf"{at_edge('sk-')}(?:(?<!/sk-)|(?=[a-z_\-]{{0,60}}[0-9A-Z]))[{WORD}]{{16,200}}",
    rf"{at_edge('gh[pousr]_')}[0-9A-Za-z]{{30,100}}",
    rf"{at_edge('eyJ')}[{WORD}]{{8,4000}}\.[{WORD}]{{8,4000}}\.[{WORD}]{{0,4000}}",
    r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,8000}"
    r"(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?",
    r"(?<=[Bb]earer )[0-9A-Za-z._~+/-]{16,4000}",
    r"(?<=upload_id=)[0-9A-Za-z_-]{4,400}",
    r"(?<==)(?i:(?<=[?&]key=)|(?<=[?&]sig=)|(?<=access_token=)|(?<=client_secret=)|"
    r"(?<=-signature=)|(?<=-credential=))(?!REDACTED)[^&\"'\\\s<>]{4,2000}",
)
LEGACY_KINDS = tuple([SecretKind("legacy", ("",), pattern) for pattern in LEGACY_PATTERNS])


def build_legacy_finder(
    secrets: Iterable[str], patterns: tuple[re.Pattern[str], ...]
) -> SecretFinder:
    """Return a finder of what earlier versions found, with credentials in their four spellings."""
    spelled = [
        SecretKind("credential", ("",), "|".join(map(re.escape, sorted(spell_plainly(secret)))))
        for secret in secrets
        if len(secret) >= 8
    ]
    return SecretFinder(patterns=patterns, kinds=(*LEGACY_KINDS, *spelled), by_name=False)


def spell_plainly(secret: str) -> set[str]:
    """Return a credential as it is, in a URL and in base64."""
    data = secret.encode("utf-8", "surrogateescape")
    coded = base64.b64encode(data).decode().rstrip("=")
    in_url = quote(data, safe="")
    return {secret, in_url, coded, coded.replace("+", "-").replace("/", "_")}
