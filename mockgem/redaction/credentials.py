"""Find the credentials of a request, which a service may repeat elsewhere."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, unquote, unquote_plus

from mockgem.redaction.finder import lower
from mockgem.redaction.named_values import iter_named_values
from mockgem.redaction.names import classify_name, is_secret_header
from mockgem.redaction.values import is_random, is_word, strip_scheme

MAX_SEARCHED_BODY = 2**20
"""Bytes at the beginning of a request body in which named credentials are looked for."""
MAX_CREDENTIALS = 50
"""Credentials of a request that are looked for elsewhere."""
USER = re.compile(r"[a-z][a-z0-9+.-]{0,20}://[^/?#@:]*:([^/?#@]+)@", re.I)
"""The password in a URL."""
Pairs = Iterable[tuple[str, str]]


def find_credentials(headers: Pairs, query: Pairs = (), body: bytes = b"") -> list[str]:
    """Return the credentials in the headers, the query and the body of a request, each once.

    A single word such as FILTERED is left out: it would be found in harmless texts.
    """
    found = [value for name, value in query if is_secret_pair(name, value)]
    for name, value in headers:
        if is_secret_header(name):
            found += split_header(name.lower(), value)
    found += find_in_body(body[:MAX_SEARCHED_BODY])
    return list(dict.fromkeys([value for value in found if not is_word(value)]))[:MAX_CREDENTIALS]


def find_credentials_of_url(headers: Pairs, url: str, body: bytes = b"") -> list[str]:
    """Return the credentials of a request whose query and user are in its URL."""
    query = parse_qsl(url.partition("?")[2].partition("#")[0])
    user = USER.match(url)
    return [*find_credentials(headers, query, body), *([unquote(user[1])] if user else [])]


def is_secret_pair(name: str, value: str) -> bool:
    """Return whether a query parameter is a secret, by its name or by both."""
    kind = classify_name(name)
    return is_random(value, 8) if kind == "ambiguous" else bool(kind)


def split_header(name: str, value: str) -> Iterator[str]:
    """Yield the credentials in a header: without a scheme, decoded, and those in cookies."""
    credential = strip_scheme(value).strip()
    yield credential
    if value[:6].lower() == "basic ":
        yield from decode_basic(credential)
    if "cookie" in name:
        values = re.findall(r"=([^;\s]*)", value)
        yield from [one for one in values if is_random(one, 8)]


def decode_basic(credential: str) -> Iterator[str]:
    """Yield user:password and the password of HTTP's Basic scheme."""
    try:
        text = base64.b64decode(credential, validate=True).decode()
    except (binascii.Error, ValueError):
        return
    yield text
    yield text.partition(":")[2]


def find_in_body(body: bytes) -> Iterator[str]:
    """Yield the values of a request body with the names of secrets."""
    text = body.decode("utf-8", "replace")
    for named in iter_named_values(text, lower(text)):
        if named.is_secret():
            yield unquote_plus(named.value) if named.form == "form" else named.value
