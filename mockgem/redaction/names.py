"""Names of headers, parameters and JSON keys whose values are secrets.

Names are compared without case, `-`, `_` and spaces: `api_key`, `apiKey` and `API-Key` are one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

SECRET_FIELDS = frozenset(
    """apikey accesstoken refreshtoken idtoken authtoken bearertoken sessiontoken securitytoken
    clientsecret appsecret secretkey secretaccesskey signingsecret webhooksecret privatekey
    accesskey accountkey subscriptionkey clientassertion codeverifier password passwd pwd
    passphrase sas sastoken authorization proxyauthorization cookie setcookie uploadid
    sharedaccesssignature xgoogsignature xgoogcredential xamzsignature xamzcredential""".split()
)
"""Names of JSON keys, form fields and parameters whose values are secrets, whatever they look like.

A placeholder such as `<your key>` is not one (`values.is_password`).
"""
SECRET_ENDINGS = (
    "apikey",
    "password",
    "passphrase",
    "clientsecret",
    "signingsecret",
    "accesstoken",
    "refreshtoken",
    "secretkey",
    "secretaccesskey",
    "privatekey",
    "subscriptionkey",
    "authtoken",
    "securitytoken",
)
"""Endings of such names: `OPENAI_API_KEY`, `x-amz-security-token`, `db_password`."""
AMBIGUOUS_FIELDS = frozenset("token code secret auth credential credentials assertion".split())
"""Names that are often harmless (`"code": 400`): only values that look random are secrets."""
PARAMETERS = frozenset("key sig signature".split())
"""Names of secrets in the query of a URL and in forms, but not in JSON."""
DROPPED_PARAMETERS = frozenset(
    """key token accesstoken clientsecret uploadid sig signature xgoogsignature xgoogcredential
    xamzsignature xamzcredential xamzsecuritytoken apikey password refreshtoken idtoken
    sas sastoken""".split()
)
"""Query parameters that a recording lacks and matching ignores.

They are secrets, or new for each request; they do not say what a request is.
"""
CREDENTIAL_HEADERS = ("authorization", "x-goog-api-key", "api-key", "x-api-key")
"""Headers in which clients of the Gemini API and of gateways send their key."""
CREDENTIAL_PARAMETERS = ("key", "access_token")
"""Query parameters in which clients of the Gemini API send their key."""
HEADER_NAME = re.compile(
    r"auth(?!or\b|ors\b|ority|user)|token(?!s)|secret|passw|cookie|api[-_]?key|(?:\A|[-_])key\Z|"
    r"upload[-_]id|signature|credential",
    re.I,
)
HARMLESS_HEADER = re.compile(
    r"www-authenticate\Z|proxy-authenticate\Z|idempotency-key\Z|x-idempotency-key\Z|sec-websocket-|"
    r"x-ratelimit-|ratelimit-|access-control-|surrogate-key\Z|x-cache-key\Z",
    re.I,
)
LONGEST_NAME = 64
"""Characters of a name that are looked at."""


def normalize_name(name: str) -> str:
    """Return a name in lower case, without `-`, `_` and spaces."""
    return name.lower().replace("-", "").replace("_", "").replace(" ", "")


@lru_cache(maxsize=4096)
def classify_name(name: str) -> Literal["field", "ambiguous", "parameter", ""]:
    """Return whether a name is that of a secret.

    A "field" is one anywhere, whatever the value looks like, and a "parameter" in a query or a
    form; an "ambiguous" name depends on the value.
    """
    name = normalize_name(name)
    if name in SECRET_FIELDS or name.endswith(SECRET_ENDINGS):
        return "field"
    if name in PARAMETERS:
        return "parameter"
    return "ambiguous" if name in AMBIGUOUS_FIELDS else ""


def is_secret_field(name: str) -> bool:
    """Return whether the value under a name is a secret, whatever it looks like."""
    return classify_name(name) == "field"


def is_secret_parameter(name: str) -> bool:
    """Return whether a query parameter or a form field is a secret, whatever it looks like."""
    return classify_name(name) in ("field", "parameter")


@lru_cache(maxsize=4096)
def is_dropped_parameter(name: str) -> bool:
    """Return whether a recording lacks a query parameter, and matching ignores it."""
    return normalize_name(name) in DROPPED_PARAMETERS


@lru_cache(maxsize=4096)
def is_secret_header(name: str) -> bool:
    """Return whether the value of a header is a secret."""
    return HEADER_NAME.search(name) is not None and HARMLESS_HEADER.match(name) is None
