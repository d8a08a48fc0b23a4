"""Remove secrets from an interaction before it is written.

Only headers on a list stay. In URLs and bodies, what looks like a secret is replaced. A secret that
a stream has split over several strings of JSON is found in the text that they make together.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from mockgem.core.frozen import frozen
from mockgem.recording.interaction import HeaderList, Interaction
from mockgem.recording.matching import SECRET_QUERY
from mockgem.recording.replacements import REDACTED as REDACTED
from mockgem.recording.replacements import redact_body as redact_body

REQUEST_HEADERS_KEPT = re.compile(
    r"(?:accept|content-type|user-agent|x-goog-api-client|x-server-timeout|openai-beta|"
    r"x-stainless-(?:lang|package-version)|"
    r"x-goog-upload-(?:command|protocol|offset|header-content-(?:length|type)))\Z",
    re.I,
)
RESPONSE_HEADERS_KEPT = re.compile(
    r"(?:content-type|content-encoding|content-disposition|content-language|date|server|"
    r"server-timing|vary|retry-after|cache-control|expires|location|alt-svc|x-xss-protection|x-frame-options|"
    r"x-content-type-options|referrer-policy|x-gemini-service-tier|x-ratelimit-[\w-]+|"
    r"openai-(?:processing-ms|version|model)|x-goog-hash|"
    r"x-goog-upload-(?:status|size-received|chunk-granularity|url|control-url|header-[\w-]+))\Z",
    re.I,
)
HEAD_HEADERS_KEPT = re.compile(rf"(?:content-length\Z|{RESPONSE_HEADERS_KEPT.pattern})", re.I)
"""Headers that are kept of a response to HEAD, whose length is that of a body that is not sent."""
WORD, BASE64 = r"0-9A-Za-z_\-", r"0-9A-Za-z+/="


def at_edge(mark: str, left: str = WORD, more: str = "") -> str:
    """Return a pattern for a mark at the beginning of a word.

    A character of `left` may not be in front of it, unless that ends an escape of JSON (a line end,
    an equals sign) or of a URL (%3D). `more` has other places where the word may begin.
    The mark comes first in the pattern, because Python finds a fixed beginning many times as fast.
    """
    escapes = rf"(?<=\\[bfnrt]{mark})|(?<=\\u[0-9A-Fa-f]{{4}}{mark})|(?<=%[0-9A-Fa-f]{{2}}{mark})"
    return rf"{mark}(?:(?<![{left}]{mark})|{escapes}{more})"


AFTER_BASE64 = rf"|(?<=[+/=]AIza)(?:(?<![{BASE64}]{{64}}[+/=]AIza)|(?<=[a-z0-9/]{{24}}/AIza))"
"""After KEY=, or after the segments of a path."""
BEFORE_BASE64 = rf"(?![+/=](?![a-z0-9/]{{24}})[{BASE64}]{{40}})"
PATTERNS = tuple(
    re.compile(text)
    for text in (
        rf"{at_edge('AIza', WORD + '+/=', AFTER_BASE64)}[{WORD}]{{35}}(?![{WORD}]){BEFORE_BASE64}",
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
)
"""What keys and tokens look like.

An AIza key has only characters of base64, so one after `/`, `+` or `=` counts only if these are not
part of a long run of base64; otherwise pictures would be damaged. The other kinds have a character
(`-`, `_`, `.`) that base64 with `/` and `+` does not have, so they may begin after any of these. A
word in a path (`/sk-learn-…`) has no digit; a key has one.
"""
MARKS = (
    *b"aiza aq. ya29. sk- ghp_ gho_ ghu_ ghs_ ghr_ eyj -----begin bearer".split(),
    *b"-signature= -credential=".split(),
    *[f"{name}=".encode() for name in SECRET_QUERY],
)
"""What the patterns begin with, in lower case: they find nothing in a text without any of these."""


class SecretLeak(Exception):
    """Something that looks like a secret was about to be written; the message says where."""


@frozen
class Redactor:
    """Removes what `patterns` find: keys and tokens of known kinds, and what the user adds."""

    patterns: tuple[re.Pattern[str], ...] = PATTERNS

    def redact(self, one: Interaction, secrets: Sequence[str]) -> Interaction:
        """Return an interaction without secrets; `secrets` are the credentials of its request."""
        finders = (*compile_secrets(secrets), *self.patterns)
        body, chunks = redact_body(one.body, one.chunks, finders)
        kept = HEAD_HEADERS_KEPT if one.method == "HEAD" else RESPONSE_HEADERS_KEPT
        return replace(
            one,
            uri=redact_text(redact_uri(one.uri), finders),
            request_headers=redact_headers(one.request_headers, REQUEST_HEADERS_KEPT, finders),
            request_body=redact_body(one.request_body, (), finders)[0],
            headers=redact_headers(one.headers, kept, finders),
            body=body,
            chunks=chunks,
            reason=redact_text(one.reason, finders),
            broken=redact_text(one.broken, finders),
        )

    def clean_request(self, one: Interaction, secrets: Sequence[str] = ()) -> Interaction:
        """Return an interaction without secrets in the URL and the body of its request.

        An interaction without secrets is returned as the same object.
        """
        finders = (*compile_secrets(secrets), *self.patterns)
        uri = redact_text(redact_uri(one.uri), finders)
        body, _ = redact_body(one.request_body, (), finders)
        if (uri, body) == (one.uri, one.request_body):
            return one
        return replace(one, uri=uri, request_body=body)

    def may_change(self, one: Interaction) -> bool:
        """Return quickly whether `clean_request` may change something.

        The user's own patterns may find anything.
        """
        text = one.uri.encode("utf-8", "replace").lower() + one.request_body.lower()
        return len(self.patterns) > len(PATTERNS) or any(mark in text for mark in MARKS)

    def check(self, one: Interaction, secrets: Sequence[str]) -> None:
        """Look once more before an interaction is written. Raises SecretLeak."""
        finders = (*compile_secrets(secrets), *self.patterns)
        for place, text in iter_texts(one):
            for finder in finders:
                match = finder.search(text)
                if match is not None and match[0] != REDACTED:
                    path = redact_text(urlsplit(one.uri).path, finders)
                    raise SecretLeak(
                        f"{one.method} {path}: something that looks like a secret is left in "
                        f"{place}"
                    )


def iter_texts(one: Interaction) -> Iterator[tuple[str, str]]:
    """Yield the texts of an interaction, with the name of each place."""
    yield "the URL", one.uri
    yield "the reason", one.reason
    yield "the error that ended it", one.broken
    for name, text in (*one.request_headers, *one.headers):
        yield f"the header {name}", text
    yield "the request's body", one.request_body.decode("utf-8", "replace")
    yield "the response's body", one.body.decode("utf-8", "replace")


def compile_secrets(secrets: Iterable[str]) -> list[re.Pattern[str]]:
    """Return patterns for credentials: plain, in a URL and in base64.

    Credentials with fewer than 8 characters are left out: they would be found everywhere.
    """
    patterns = []
    for secret in secrets:
        if len(secret) >= 8:
            coded = base64.b64encode(secret.encode()).decode().rstrip("=")
            forms = {
                secret,
                quote(secret, safe=""),
                coded,
                coded.replace("+", "-").replace("/", "_"),
            }
            patterns.append(re.compile("|".join(re.escape(form) for form in sorted(forms))))
    return patterns


def hide_keys(text: str) -> str:
    """Return a text for people without what looks like a key.

    Shorten it only after that: half a key does not look like one.
    """
    return redact_text(text, PATTERNS)


CREDENTIAL_HEADERS = (
    "authorization",
    "x-goog-api-key",
    "api-key",
    "x-api-key",
    "proxy-authorization",
)


def find_credentials(one: Interaction) -> list[str]:
    """Return the credentials of a request, which an error may repeat elsewhere."""
    return credentials_shown(one.request_headers, one.uri)


def credentials_shown(headers: Iterable[tuple[str, str]], uri: str) -> list[str]:
    """Return the credentials in headers and in the query of a URL."""
    shown = [text for name, text in headers if name.lower() in CREDENTIAL_HEADERS]
    shown += [
        text
        for name, text in parse_qsl(urlsplit(uri).query)
        if name.lower() in ("key", "access_token")
    ]
    return [text.split(None, 1)[1] if text[:7].lower() == "bearer " else text for text in shown]


def redact_uri(uri: str) -> str:
    """Return a URL without the parameters that are secrets."""
    parts = urlsplit(uri)
    if not parts.query:
        return uri
    kept = [
        (name, text)
        for name, text in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in SECRET_QUERY
    ]
    return parts._replace(query=urlencode(kept)).geturl()


def redact_headers(
    headers: HeaderList, kept: re.Pattern[str], finders: Sequence[re.Pattern[str]]
) -> HeaderList:
    """Return the headers that may be kept, without secrets in them."""
    return tuple([(name, redact_text(text, finders)) for name, text in headers if kept.match(name)])


def redact_text(text: str, finders: Sequence[re.Pattern[str]]) -> str:
    """Return a text without what the finders find."""
    for finder in finders:
        text = finder.sub(REDACTED, text)
    return text
