"""Find the fields that stand after a colon or a verb: "JSON for a post: title, slug, tags"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_items import read_items
from mockgem.operations.forms.lazy_patterns import make_regex

COLON_ITEMS = make_regex(
    r"(?:(?i:provide|include|return|give|output|report|state)\s?[:：] ?(?=[A-Z])|[:：] ?(?=[a-z_])"
    r"|\b\d{1,3} (?:sample |example |fake |dummy )?(?:rows|records|entries|lines|users|customers"
    r"|products|items)[,:]? ?(?=[a-z_]{2,20}, [a-z_]{2,20},)"
    r"|\b(?:json|object|payload|record|schema)\b[^?\n]{0,40}\? ?(?=[a-z_]{2,20}, [a-z_]{2,20},)"
    r"|[:：] ?(?=[A-ZÄÖÜ]\w{1,20}, [A-ZÄÖÜ]\w{1,20}(?:,|\.| )))"
    r"(?=\w{1,25}(?: [a-z]\w{0,20})?(?: \d+(?:[.–-]\d+){0,3})?(?: \([^()\n]{1,40}\))?(?:,| (?:and"
    r"|und|y|et|e) ))"
)


def find_after_colon(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of "JSON for a blog post: title, slug, tags"."""
    return read_after_colon(text, is_label=False)


def find_after_label(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields after a word such as "categories", if a text has no others."""
    return read_after_colon(text, is_label=True)


def read_after_colon(text: str, *, is_label: bool) -> list[tuple[str, dict[str, Any]]]:
    for match in COLON_ITEMS.finditer(text[:4000]):
        named = OPTIONS.search(text, max(0, match.start() - 40), match.start())
        found = read_items(text, match.end()) if (named is not None) == is_label else []
        if len(found) > 1 and all(len(name) < 25 for name, _ in found):
            return found
    return []


OPTIONS = make_regex(
    r"\b(?:categor(?:y|ies)|labels?|class(?:es)?|intents?|topics?|genres?|agents?|workers?|teams?"
    r"|members|departments?|queues?|functions?|tools?|actions?|commands?|options?|choices|statuses"
    r"|environments?|rubric|criteria|levels?|severit(?:y|ies)|priorit(?:y|ies)|roles?|languages?"
    r"|types?|tags?|sentiments?|emotions?|kategorien|categorías|catégories|categorie|categorias)"
    r"(?: (?:are|available|list))?\Z",
    re.I,
)
"""What stands in front of a colon before values, not keys: "Categories: news, sports"."""


INTO = make_regex(
    r"\b(?:parse|split|break|decompose|structure|convert|zerlege"
    r"|separa)\b[^.:\n]{0,40}?\b(?:into|in|en|nach)"
    r" (?:the |its )?(?:parts |fields |keys |components |following )?(?=[\w-]+(?: [\w-]+)?,)",
    re.I,
)
EXTRACT = make_regex(
    r"\b(?:parse|split|break|separate|divide|decompose|turn|convert)\b[^.\n:]{0,40}?\b(?:in)?to\s"
    r"(?:the |its )?(?=[\w-]+(?: [\w-]+)?, )|"
    r"\b(?:extract|extrahiere|extrae|extraer|extrais|estrai|extraia|find|identify|get|pull|grab"
    r"|take|fetch|parse|capture|collect|return|provide|give)\b\s+(?:out )?(?:all |me )?(?:(?:as"
    r"|in|en|em"
    r"|als) (?:formato )?json )?(?:the "
    r"|its |die |den |das |el |la |le |il |lo |o |a )?(?:[a-z]+['’]s )?"
    r"(?=[\w-]+(?: [\w-]+)?(?:,| and | und | y | et | e ))",
    re.I,
)


def find_extracted(text: str) -> list[tuple[str, dict[str, Any]]]:
    match = INTO.search(text) or EXTRACT.search(text)
    found = read_items(text, match.end()) if match else []
    return found if len(found) > 1 else []
