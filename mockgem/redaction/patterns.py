"""What keys and tokens look like: a row for each kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from mockgem.core.frozen import frozen
from mockgem.redaction.values import is_placeholder

WORD, BASE64 = r"0-9A-Za-z_\-", r"0-9A-Za-z+/="
Span = tuple[int, int]
"""Start and end of a secret in a text."""


@lru_cache(maxsize=2048)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Return a compiled pattern; most kinds are in no text of a run, so this is done late."""
    return re.compile(pattern)


def has_digit(value: str) -> bool:
    """Return whether a value has a digit, which words do not have."""
    return any(map(str.isdigit, value))


@frozen
class SecretKind:
    """A kind of secret.

    `marks` are texts of which one is in every secret of the kind, in lower case; a text without
    any of them is not searched. The secret is the group `secret` of the pattern, or all that it
    matches. `check` is a test of the secret that a pattern can't express.
    """

    name: str
    marks: tuple[str, ...]
    pattern: str
    check: Callable[[str], bool] | None = None

    def is_possible(self, lowered: str) -> bool:
        """Return quickly whether a text in lower case may contain such a secret."""
        return any(mark in lowered for mark in self.marks)

    def find(self, text: str) -> list[Span]:
        """Return the places of such secrets."""
        pattern = compile_pattern(self.pattern)
        group = "secret" if "secret" in pattern.groupindex else 0
        matches = pattern.finditer(text)
        if self.check is None:
            return [match.span(group) for match in matches]
        return [match.span(group) for match in matches if self.check(match[group])]


def at_edge(mark: str, left: str = WORD, more: str = "") -> str:
    """Return a pattern for a mark at the beginning of a word.

    A character of `left` may not be in front of it, unless that ends an escape of JSON (a line end,
    an equals sign) or of a URL (%3D). `more` has other places where the word may begin.
    The mark comes first in the pattern, because Python finds a fixed beginning many times as fast.
    """
    escapes = rf"(?<=\\[bfnrt]{mark})|(?<=\\u[0-9A-Fa-f]{{4}}{mark})|(?<=%[0-9A-Fa-f]{{2}}{mark})"
    return rf"{mark}(?:(?<![{left}]{mark})|{escapes}{more})"


def outside_base64(mark: str) -> str:
    """Return a pattern for a mark at the beginning of a word that is not a part of base64.

    A mark of characters of base64 counts after `/`, `+` or `=` only if these are not part of a long
    run of base64; otherwise pictures would be damaged. It does count after KEY=, and after the
    segments of a path.
    """
    after = rf"|(?<=[+/=]{mark})(?:(?<![{BASE64}]{{64}}[+/=]{mark})|(?<=[a-z0-9/]{{24}}/{mark}))"
    return at_edge(mark, WORD + "+/=", after)


BEFORE_BASE64 = rf"(?![+/=](?![a-z0-9/]{{24}})[{BASE64}]{{40}})"
WORD_ENDS = rf"(?![{WORD}])"
SLASHES = r"(?://|\\/\\/|%2[Ff]%2[Ff])"
PEM_END = r"-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----"
PEM = (
    r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----(?:"
    rf"[^-]*+(?:-(?!----)[^-]*+)*+{PEM_END}|"
    r"(?:\\+[nr]|\s)*+[0-9A-Za-z+/=]{40,}+(?:\\+[nrt/]|[\s0-9A-Za-z+/=])*+)"
)
PEM_CONTENT = re.compile(r"[0-9A-Za-z+/=]{20}")
KINDS = (
    SecretKind(
        "Google API key `AIza…`",
        ("aiza",),
        rf"{outside_base64('AIza')}[{WORD}]{{35}}{WORD_ENDS}{BEFORE_BASE64}",
    ),
    SecretKind("Google API key `AQ.…`", ("aq.",), rf"{at_edge('AQ[.]')}[{WORD}]{{20,200}}"),
    SecretKind(
        "Google access token `ya29.…`", ("ya29.",), rf"{at_edge('ya29[.]')}[{WORD}.]{{10,2000}}"
    ),
    SecretKind(
        "ephemeral token `auth_tokens/…`",
        ("auth_tokens",),
        rf"{at_edge('auth_tokens')}(?:/|\\/|%2[Ff])(?P<secret>[{WORD}]{{20,200}})",
    ),
    SecretKind(
        "Google client secret `GOCSPX-…`",
        ("gocspx-",),
        rf"{at_edge('GOCSPX-')}[{WORD}]{{20,64}}",
    ),
    SecretKind(
        "Google refresh token `1//0…`",
        ("1//0", r"1\/\/0", "1%2f%2f0"),
        rf"{outside_base64('1')}{SLASHES}0[{WORD}]{{30,200}}",
    ),
    SecretKind(
        "key of OpenAI, Anthropic, OpenRouter, LiteLLM `sk-…`",
        ("sk-",),
        rf"{at_edge('sk-')}(?:(?<!/sk-)|(?=[a-z_\-]{{0,60}}[0-9A-Z]))[{WORD}]{{16,200}}",
    ),
    SecretKind(
        "GitHub token `ghp_…`, `gho_…`, `ghu_…`, `ghs_…`, `ghr_…`",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
        rf"{at_edge('gh[pousr]_')}[0-9A-Za-z]{{30,100}}",
    ),
    SecretKind(
        "GitHub token `github_pat_…`",
        ("github_pat_",),
        rf"{at_edge('github_pat_')}[0-9A-Za-z_]{{22,255}}",
    ),
    SecretKind(
        "GitLab token `glpat-…`", ("glpat-",), rf"{at_edge('glpat-')}[{WORD}.]{{20,300}}", has_digit
    ),
    SecretKind(
        "AWS access key `AKIA…`, `ASIA…`",
        ("akia", "asia"),
        rf"{outside_base64('A(?:KI|SI)A')}[0-9A-Z]{{16}}{WORD_ENDS}{BEFORE_BASE64}",
        has_digit,
    ),
    SecretKind("Hugging Face token `hf_…`", ("hf_",), rf"{at_edge('hf_')}[0-9A-Za-z]{{30,60}}"),
    SecretKind("Groq key `gsk_…`", ("gsk_",), rf"{at_edge('gsk_')}[0-9A-Za-z]{{32,100}}"),
    SecretKind("xAI key `xai-…`", ("xai-",), rf"{at_edge('xai-')}[0-9A-Za-z]{{32,120}}"),
    SecretKind(
        "Slack token `xoxb-…`, `xoxp-…`, …",
        ("xox",),
        rf"{at_edge('xox[abeoprs]-')}[0-9A-Za-z\-]{{10,250}}",
        has_digit,
    ),
    SecretKind(
        "Stripe key `sk_live_…`, `rk_live_…`",
        ("k_live_",),
        rf"{at_edge('[sr]k_live_')}[0-9A-Za-z]{{16,250}}",
    ),
    SecretKind(
        "secret of webhooks `whsec_…`",
        ("whsec_",),
        rf"{at_edge('whsec_')}[0-9A-Za-z+/]{{16,250}}=*",
    ),
    SecretKind("npm token `npm_…`", ("npm_",), rf"{at_edge('npm_')}[0-9A-Za-z]{{36,100}}"),
    SecretKind("Perplexity key `pplx-…`", ("pplx-",), rf"{at_edge('pplx-')}[0-9A-Za-z]{{32,100}}"),
    SecretKind(
        "JSON Web Token `eyJ….eyJ….…`",
        ("eyj",),
        rf"{at_edge('eyJ')}[{WORD}]{{8,4000}}+\.[{WORD}]{{8,8000}}+\.[{WORD}]{{0,4000}}+",
    ),
    SecretKind(
        "private key in PEM",
        ("-----begin",),
        PEM,
        lambda value: PEM_CONTENT.search(value) is not None,
    ),
    SecretKind(
        "credential after `Bearer`",
        ("bearer ",),
        r"(?i:bearer) (?P<secret>[0-9A-Za-z._~+/\-]{16,4000}+)",
        lambda value: not is_placeholder(value) and has_digit(value),
    ),
    SecretKind(
        "credential after `Basic`",
        ("basic ",),
        r"Basic (?P<secret>[0-9A-Za-z+/]{8,2000}+={0,2})",
        lambda value: is_user_and_password(value),
    ),
    SecretKind(
        "user and password in a URL",
        ("@",),
        r":(?://|\\/\\/)(?P<secret>[^\s/@:\"'<>\\?#\[\]{}()]{0,128}+:"
        r"[^\s/@\"'<>\\?#\[\]{}()]{4,256}+)@",
        lambda value: not is_placeholder(value.partition(":")[2]),
    ),
)
"""The kinds of secrets that are found by what they look like, in any text."""


def is_user_and_password(value: str) -> bool:
    """Return whether a value is base64 of `user:password`."""
    import base64
    import binascii

    try:
        text = base64.b64decode(value + "=" * (-len(value) % 4), validate=True).decode()
    except (binascii.Error, ValueError):
        return False
    return ":" in text and text.isprintable() and not is_placeholder(text.partition(":")[2])
