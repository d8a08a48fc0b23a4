"""Remove secrets from the URL of a request."""

from __future__ import annotations

from urllib.parse import unquote_plus

from mockgem.redaction.credentials import is_secret_pair
from mockgem.redaction.finder import SecretFinder
from mockgem.redaction.names import is_dropped_parameter
from mockgem.redaction.values import REDACTED, is_placeholder


def redact_url(url: str, finder: SecretFinder) -> str:
    """Return a URL without secrets; the rest stays encoded as it is.

    Parameters that matching ignores are dropped, other secrets are replaced.
    """
    address, mark, query = url.partition("?")
    if mark:
        parts = [redact_parameter(part) for part in query.split("&")]
        query = "&".join([part for part in parts if part is not None])
        url = f"{address}?{query}" if query else address
    return finder.redact(url)


def redact_parameter(part: str) -> str | None:
    """Return a parameter without its secret; None for one that is dropped."""
    name, mark, value = part.partition("=")
    plain = unquote_plus(value)
    if not mark or is_placeholder(plain):
        return part
    if is_dropped_parameter(unquote_plus(name)):
        return None
    return f"{name}={REDACTED}" if is_secret_pair(unquote_plus(name), plain) else part
