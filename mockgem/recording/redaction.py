"""Takes secrets out of an exchange before it is written: headers by a list of what may stay, the rest by its looks.

What is cut out of a body is cut out of its pieces too, so that their table still fits; and a secret that was streamed over
several pieces of JSON is found in the text they make together.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from mockgem.core.frozen import frozen
from mockgem.recording.interaction import HeaderList, Interaction
from mockgem.recording.matching import SECRET_QUERY

REDACTED = "REDACTED"
REQUEST_HEADERS_KEPT = re.compile(
    r"(?:accept|content-type|user-agent|x-goog-api-client|x-server-timeout|openai-beta|x-stainless-(?:lang|package-version)|"
    r"x-goog-upload-(?:command|protocol|offset|header-content-(?:length|type)))\Z",
    re.I,
)
RESPONSE_HEADERS_KEPT = re.compile(
    r"(?:content-type|content-disposition|content-language|date|server|server-timing|vary|retry-after|cache-control|expires|"
    r"location|alt-svc|x-xss-protection|x-frame-options|x-content-type-options|referrer-policy|x-gemini-service-tier|"
    r"x-ratelimit-[\w-]+|openai-(?:processing-ms|version|model)|x-goog-hash|"
    r"x-goog-upload-(?:status|size-received|chunk-granularity|url|control-url|header-[\w-]+))\Z",
    re.I,
)
HEAD_HEADERS_KEPT = re.compile(f"(?:content-length\\Z|{RESPONSE_HEADERS_KEPT.pattern})", re.I)
"""Response headers that are kept of a HEAD request, which has a length but no body."""
WORD, BASE64 = r"0-9A-Za-z_\-", r"0-9A-Za-z+/="


def at_edge(mark: str, left: str = WORD, more: str = "") -> str:
    """Return a pattern for a mark at which a word begins: no character of `left` stands before it, or an escape of JSON
    (a line's end, an equals sign) or of an address (%3D) does, whose last character is none of the word. `more` are other
    places where it may begin.

    The mark comes first in the pattern, because Python looks for a fixed beginning many times as fast.
    """
    escapes = rf"(?<=\\[bfnrt]{mark})|(?<=\\u[0-9A-Fa-f]{{4}}{mark})|(?<=%[0-9A-Fa-f]{{2}}{mark})"
    return rf"{mark}(?:(?<![{left}]{mark})|{escapes}{more})"


BEHIND_BASE64 = rf"|(?<=[+/=]AIza)(?:(?<![{BASE64}]{{64}}[+/=]AIza)|(?<=[a-z0-9/]{{24}}/AIza))"  # KEY=, or the steps of a path
BEFORE_BASE64 = rf"(?![+/=](?![a-z0-9/]{{24}})[{BASE64}]{{40}})"
PATTERNS = tuple(
    re.compile(text)
    for text in (
        rf"{at_edge('AIza', WORD + '+/=', BEHIND_BASE64)}[{WORD}]{{35}}(?![{WORD}]){BEFORE_BASE64}",
        rf"{at_edge('AQ[.]')}[{WORD}]{{20,200}}",
        rf"{at_edge('ya29[.]')}[{WORD}.]{{10,2000}}",
        rf"{at_edge('sk-')}(?:(?<!/sk-)|(?=[a-z_\-]{{0,60}}[0-9A-Z]))[{WORD}]{{16,200}}",
        rf"{at_edge('gh[pousr]_')}[0-9A-Za-z]{{30,100}}",
        rf"{at_edge('eyJ')}[{WORD}]{{8,4000}}\.[{WORD}]{{8,4000}}\.[{WORD}]{{0,4000}}",
        r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,8000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?",
        r"(?<=[Bb]earer )[0-9A-Za-z._~+/-]{16,4000}",
        r"(?<=upload_id=)[0-9A-Za-z_-]{4,400}",
        r"(?<==)(?i:(?<=[?&]key=)|(?<=[?&]sig=)|(?<=access_token=)|(?<=client_secret=)|(?<=-signature=)|(?<=-credential=))"
        r"(?!REDACTED)[^&\"'\\\s<>]{4,2000}",
    )
)
"""What keys and tokens look like.

An AIza key is written in base64's letters alone, so one that stands behind `/`, `+` or `=` counts only where these are no
part of a long run of base64, or pictures would be cut up. The other kinds have a sign (`-`, `_`, `.`) that base64 with `/`
and `+` does not have: they begin behind any of these. A word of a path (`/sk-learn-…`) has no digit; a key has.
"""
MARKS = (
    *b"aiza aq. ya29. sk- ghp_ gho_ ghu_ ghs_ ghr_ eyj -----begin bearer -signature= -credential=".split(),
    *[f"{name}=".encode() for name in SECRET_QUERY],
)
"""What the patterns begin with, in lower case: a text without any of these holds nothing that they find."""
JSON_STRING = re.compile(rb'(?:"(\w{1,40})"\s*:\s*)?("(?:[^"\\]++|\\.)*+")')
MAX_JSON_SIZE = 16 * 2**20
Replacement = tuple[int, int, bytes]
"""A place in a body, and what stands there instead."""


class SecretLeak(Exception):
    """Something that looks like a secret would have been written; the message says where, not what."""


@frozen
class Redactor:
    """`patterns` are the user's own, beside those for keys and tokens of known kinds."""

    patterns: tuple[re.Pattern[str], ...] = PATTERNS

    def redact(self, one: Interaction, secrets: Sequence[str]) -> Interaction:
        """Without secrets. `secrets` are the credentials of this very request."""
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
        )

    def clean_request(self, one: Interaction, secrets: Sequence[str] = ()) -> Interaction:
        """Return an interaction without secrets in the address and the body of its request, as a recorder writes them; the
        very same one where there are none."""
        finders = (*compile_secrets(secrets), *self.patterns)
        uri, body = (
            redact_text(redact_uri(one.uri), finders),
            redact_body(one.request_body, (), finders)[0],
        )
        return (
            one
            if (uri, body) == (one.uri, one.request_body)
            else replace(one, uri=uri, request_body=body)
        )

    def may_change(self, one: Interaction) -> bool:
        """Return whether `clean_request` has anything to do, at a glance: patterns of the user's own may find anything."""
        text = one.uri.encode("utf-8", "replace").lower() + one.request_body.lower()
        return len(self.patterns) > len(PATTERNS) or any(mark in text for mark in MARKS)

    def check(self, one: Interaction, secrets: Sequence[str]) -> None:
        """The last look before anything is written. Raises Leak."""
        finders = (*compile_secrets(secrets), *self.patterns)
        for place, text in iter_texts(one):
            for finder in finders:
                match = finder.search(text)
                if match is not None and match[0] != REDACTED:
                    path = redact_text(urlsplit(one.uri).path, finders)
                    raise SecretLeak(
                        f"{one.method} {path}: something that looks like a secret is left in {place}"
                    )


def iter_texts(one: Interaction) -> Iterator[tuple[str, str]]:
    yield "the address", one.uri
    for name, text in (*one.request_headers, *one.headers):
        yield f"the header {name}", text
    yield "the request's body", one.request_body.decode("utf-8", "replace")
    yield "the response's body", one.body.decode("utf-8", "replace")


def compile_secrets(secrets: Iterable[str]) -> list[re.Pattern[str]]:
    """What a credential looks like, plain, in an address and in base64; short ones would be found everywhere."""
    found = []
    for secret in secrets:
        if len(secret) >= 8:
            coded = base64.b64encode(secret.encode()).decode().rstrip("=")
            forms = {
                secret,
                quote(secret, safe=""),
                coded,
                coded.replace("+", "-").replace("/", "_"),
            }
            found.append(re.compile("|".join(re.escape(form) for form in sorted(forms))))
    return found


def hide_keys(text: str) -> str:
    """Return a text for people without what looks like a key. Cut it short afterwards: half a key looks like none."""
    return redact_text(text, PATTERNS)


CREDENTIAL_HEADERS = (
    "authorization",
    "x-goog-api-key",
    "api-key",
    "x-api-key",
    "proxy-authorization",
)


def find_credentials(one: Interaction) -> list[str]:
    """What a request showed to be let in; it may stand elsewhere too, as in an error that repeats it."""
    return credentials_shown(one.request_headers, one.uri)


def credentials_shown(headers: Iterable[tuple[str, str]], uri: str) -> list[str]:
    shown = [text for name, text in headers if name.lower() in CREDENTIAL_HEADERS]
    shown += [
        text
        for name, text in parse_qsl(urlsplit(uri).query)
        if name.lower() in ("key", "access_token")
    ]
    return [text.split(None, 1)[1] if text[:7].lower() == "bearer " else text for text in shown]


def redact_uri(uri: str) -> str:
    """Without the parts of the query that are secrets."""
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
    return tuple([(name, redact_text(text, finders)) for name, text in headers if kept.match(name)])


def redact_text(text: str, finders: Sequence[re.Pattern[str]]) -> str:
    for finder in finders:
        text = finder.sub(REDACTED, text)
    return text


Chunks = tuple[tuple[int, int], ...]


def redact_body(
    body: bytes, chunks: Chunks, finders: Sequence[re.Pattern[str]]
) -> tuple[bytes, Chunks]:
    """A body without secrets, and its table of pieces as it is then. First those that are in one piece, then those that
    several strings of JSON make together."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("latin-1")  # a byte a letter: what is found there is at the same place
        return apply_replacements(
            body, chunks, [(a, b, REDACTED.encode()) for a, b in find_spans(text, finders)]
        )
    ends = text.isascii()
    spans = [
        (a, b, REDACTED.encode())
        if ends
        else (len(text[:a].encode()), len(text[:b].encode()), REDACTED.encode())
        for a, b in find_spans(text, finders)
    ]
    body, chunks = apply_replacements(body, chunks, spans)
    if len(body) > MAX_JSON_SIZE or b'"' not in body:
        return body, chunks
    return apply_replacements(body, chunks, sorted(find_split_secrets(body, finders)))


def find_spans(text: str, finders: Sequence[re.Pattern[str]]) -> list[tuple[int, int]]:
    """Where something is found, without those that lie in another."""
    found = sorted(
        {match.span() for finder in finders for match in finder.finditer(text)},
        key=lambda at: (at[0], -at[1]),
    )
    kept: list[tuple[int, int]] = []
    for start, end in found:
        if kept and start < kept[-1][1]:
            kept[-1] = kept[-1][0], max(kept[-1][1], end)
        elif end > start:
            kept.append((start, end))
    return kept


def find_split_secrets(body: bytes, finders: Sequence[re.Pattern[str]]) -> Iterator[Replacement]:
    """Strings that lie under one name, one after the other, and make a secret together, as the deltas of a stream do; and
    those in which one is written with escapes."""
    lanes: dict[bytes, list[re.Match[bytes]]] = {}
    for match in JSON_STRING.finditer(body):
        if match[1]:
            lanes.setdefault(match[1], []).append(match)
        elif b"\\" in match[2]:
            yield from redact_strings([match], finders)
    for matches in lanes.values():
        if len(matches) > 1 or b"\\" in matches[0][2]:
            yield from redact_strings(matches, finders)


def redact_strings(
    matches: list[re.Match[bytes]], finders: Sequence[re.Pattern[str]]
) -> Iterator[Replacement]:
    texts = [decode_string(match[2]) for match in matches]
    found = find_spans("".join(texts), finders)
    start = 0
    for match, text in zip(matches, texts, strict=True):
        end = start + len(text)
        inside = [
            (max(a, start) - start, min(b, end) - start, a >= start)
            for a, b in found
            if a < end and b > start
        ]
        if inside:
            for a, b, first in reversed(inside):
                text = text[:a] + (REDACTED if first else "") + text[b:]
            yield (
                match.start(2),
                match.end(2),
                json.dumps(text, ensure_ascii=False).encode("utf-8", "replace"),
            )
        start = end


def decode_string(data: bytes) -> str:
    if b"\\" not in data:
        return data[1:-1].decode("utf-8", "replace")
    try:
        found = json.loads(data)
    except ValueError:
        return ""
    return str(found)


def apply_replacements(
    body: bytes, chunks: Chunks, spans: Sequence[Replacement]
) -> tuple[bytes, Chunks]:
    """A body with places exchanged, and the sizes of its pieces after that: what is put in counts where it begins."""
    if not spans:
        return body, chunks
    pieces, at = [], 0
    for start, end, instead in spans:
        pieces += [body[at:start], instead]
        at = end
    ends, told = [], 0
    for _, size in chunks:
        told += size
        ends.append(compute_new_offset(told, spans))
    sizes = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    return b"".join([*pieces, body[at:]]), tuple(
        [(ms, size) for (ms, _), size in zip(chunks, sizes, strict=True)]
    )


def compute_new_offset(place: int, spans: Sequence[Replacement]) -> int:
    """Where a place of a body is after the exchange."""
    shift = 0
    for start, end, instead in spans:
        if place <= start:
            break
        shift += len(instead) - (min(end, place) - start)
    return place + shift
