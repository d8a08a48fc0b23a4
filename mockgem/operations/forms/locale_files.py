"""Files with the texts of a user interface in a language: keys, and what each shows."""

from __future__ import annotations

import re

from mockgem.operations.forms.described_values import CAMEL
from mockgem.operations.forms.language_detection import CODES
from mockgem.operations.forms.language_requests import KNOWN_CODES
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.translated_text import translate_known

FILE = make_regex(r"\b([a-z]{2})(?:[-_][A-Z]{2})?\.json\b")
WANTS = make_regex(
    r"\bi18n\b|\bl10n\b|\blocali[sz]ation\b|\blocale (?:file|json|strings|keys)\b"
    r"|\b(?:translations?|language|sprach|übersetzungs?|traducci\w+|traduction\w*)[- ]?"
    r"(?:file|json|strings|keys|datei\w*|resource)\b|\bsprachdatei\b|\b[a-z]{2}(?:-[A-Z]{2})?\.json\b"
    r"|\b(?:ui|interface|button|menu|app) (?:keys|strings|labels|texts|translations)\b"
    r"|\btranslations? (?:for|of)\b[^.\n]{0,60}\b(?:keys?|strings)\b"
    r"|\b(?:keys?|strings)\b[^.\n]{0,60}\btranslat(?:ed?|ions)\b",
    re.I,
)
DOTTED = make_regex(
    r"(?<![\w.])((?:[A-Za-z][\w-]{0,30}\.){1,4}[A-Za-z][\w-]{0,30})(?=[,;\s\"'`:)]|\.?\s*\Z)"
)
SEVERAL = make_regex(r"\b(?:languages|locales|sprachen|idiomas|langues|lingue)\b", re.I)
ADJECTIVE = make_regex(
    r"\b([a-z]{4,12}) (?:ui |button |menu |interface )?(?:locale|translations?|language|i18n|labels"
    r"|strings|texts|version)\b",
    re.I,
)
ENDINGS = frozenset("json js ts com org net io py yaml yml html css".split())
"""The ends of names of files and hosts, which are not keys."""


def write_locale(question: Question, keys: list[str]) -> dict[str, str] | None:
    """Return the text for each key of a file for a language; None for other prompts."""
    text = question.wish[:3000]
    if not WANTS.search(text) or SEVERAL.search(text):
        return None
    dotted = [one for one in DOTTED.findall(text) if one.rpartition(".")[2] not in ENDINGS]
    names = list(dict.fromkeys(dotted if len(dotted) > 1 else keys))
    if len(names) < 2 or any(name in KNOWN_CODES for name in names):
        return None
    code = question.requested_language or find_code(text)
    return {name: show(name, code) for name in names}


def find_code(text: str) -> str:
    """Return the language of a file: "de.json", "French locale file"; English without one."""
    if named := ADJECTIVE.search(text):
        return CODES.get(named[1].lower(), "en")
    match = FILE.search(text)
    return match[1] if match and match[1] in KNOWN_CODES else "en"


def show(key: str, code: str) -> str:
    """Return the text that a key shows: "button.submit" is "Submit" in English."""
    words = re.sub(r"[_-]+", " ", CAMEL.sub("_", key.rpartition(".")[2])).strip().lower()
    label = f"{words[:1].upper()}{words[1:]}"
    known = translate_known(label, code) if code != "en" else ""
    return f"{known[:1].upper()}{known[1:]}" if known else label
