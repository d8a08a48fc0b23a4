"""Values that follow from others of the reply: a favourite of a list, the statements of a text."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.invented_things import invent_things
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sources import split_sentences

ONE_OF = make_regex(
    r"[\"'`](\w{1,30})[\"'`],? (?:\()?(?:field |key |string )?(?:that is |which is "
    r"|that must be |which must be |being |must be |should be |is |as |with )?(?:exactly )?one of"
    r" (?:them|these|those|the (?:\w+ )?"
    r"(?:names|list|array|options|items|values|suggestions|ideas|titles))\b",
    re.I,
)
"""A field with a member of the list beside it: 'a "favorite" that is one of them'."""
SMALL = make_regex(r"[\"'`](\w{1,30})[\"'`] ?\([^()\n]{0,40}\blower-?case\b[^()\n]{0,40}\)", re.I)
STATEMENT = make_regex(r"^(?:statement|claim|sentence|fact|assertion)$", re.I)
ANSWER = make_regex(r"^[ \t*]*(?:answer|response|output)\**:\**[ \t]*([^\n]{8,1500})$", re.I | re.M)
SPLITS = make_regex(
    r"\b(?:split|break|decompose|extract|divide)\b[^.\n]{0,60}\b(?:statements|claims|sentences|facts)\b",
    re.I,
)
MIN_WORDS = 3


def link_values(value: Any, question: Question) -> Any:
    """Return an object whose values fit each other as the prompt says."""
    value = link_slugs(value)
    if not isinstance(value, dict):
        return value
    return choose_of_list(
        fill_statements(write_small(name_things(value, question), question), question), question
    )


def link_slugs(value: Any) -> Any:
    """Return a value in which a "slug" and a "domain" are made of the name or title beside them."""
    if isinstance(value, list):
        return [link_slugs(one) for one in value]
    if not isinstance(value, dict):
        return value
    named = next((value[key] for key in ("name", "title") if isinstance(value.get(key), str)), "")
    slug = re.sub(r"[^a-z0-9]+", "-", named.lower()).strip("-")
    made = {"slug": slug, "domain": f"{slug.replace('-', '')}.com"}
    inner = {key: link_slugs(item) for key, item in value.items()}
    return inner | {
        key: own
        for key, own in made.items()
        if slug and isinstance(item := inner.get(key), str) and "." not in item and item != own
    }


def name_things(value: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return an object whose list of names has invented ones of the kind that the prompt wants."""
    names: Any = value.get("names")
    named = NAMES_FOR.search(question.stated[:1000]) if is_texts(names) else None
    if question.material or named is None:
        return value
    wish = f"{len(names)} names for {named[1]}"
    invented = invent_things(Question(wish, question.random), len(names))
    return {**value, "names": invented} if len(invented) == len(names) else value


NAMES_FOR = make_regex(r"\bnames? (?:ideas )?for ([^.,:;\n]{3,60})", re.I)


def is_texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


def choose_of_list(value: dict[str, Any], question: Question) -> dict[str, Any]:
    match = ONE_OF.search(question.wish[:4000]) if "one of" in question.lower else None
    listed = next((one for one in value.values() if is_texts(one)), None)
    if match is None or listed is None or not isinstance(value.get(match[1]), str):
        return value
    return {**value, match[1]: question.random.pick(listed)}


def write_small(value: dict[str, Any], question: Question) -> dict[str, Any]:
    if "lower" not in question.lower:
        return value
    names = set(SMALL.findall(question.wish[:4000]))
    return {
        key: [one.lower() for one in item] if key in names and is_texts(item) else item
        for key, item in value.items()
    }


def fill_statements(value: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return an object whose rows with a statement have those of the text."""
    key = next((key for key, rows in value.items() if find_statement_key(rows)), None)
    if key is None or SPLITS.search(question.wish) is None:
        return value
    given = ANSWER.search(question.prompt[:6000])
    texts = list_clauses(given[1] if given else question.material)
    rows, name = value[key], find_statement_key(value[key])
    filled = [{**rows[at % len(rows)], name: text} for at, text in enumerate(texts)]
    return {**value, key: filled} if filled else value


def find_statement_key(rows: Any) -> str:
    if not isinstance(rows, list) or not rows or not isinstance(rows[0], dict):
        return ""
    return next(filter(STATEMENT.match, rows[0]), "")


def list_clauses(text: str) -> list[str]:
    """Return the sentences of a text, split at "and" between whole clauses."""
    clauses: list[str] = []
    for sentence in split_sentences(text):
        parts = re.split(
            r",? and (?=(?:the |a |an )?\w+ (?:is|are|was|were|has|have|can|will|does)\b)", sentence
        )
        is_whole = all(len(part.split()) >= MIN_WORDS for part in parts)
        clauses += [part.rstrip(".") for part in parts] if is_whole else [sentence.rstrip(".")]
    return [f"{clause[:1].upper()}{clause[1:]}." for clause in clauses][:12]
