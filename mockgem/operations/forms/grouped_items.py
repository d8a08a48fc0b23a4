"""Given things sorted into the groups that a prompt names: fruit and vegetables, tools and food."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from itertools import pairwise

from mockgem.operations.forms.format_wishes import fence, wants
from mockgem.operations.forms.knowledge_files import read_sections
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.phrases import capitalise
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.statements import list_marked

VERB = r"(?:group|sort|categori[sz]e|classify|put|split|organi[sz]e|divide|assign|separate)"
GROUPS = make_regex(
    rf"\b{VERB}\b[^\n:]{{0,80}}? ?(?:(?:by|into|in|under|to) (?:the |these "
    r"|their )?(?:following )?(?:[\w-]+ ){0,2}(?:categor(?:y|ies)|groups?|types?|kinds?"
    r"|sections?|aisles?|lists?|buckets?|columns?)?)(?: ?\((?P<marked>[^()\n]{5,160})\)"
    r"| ?: ?(?P<after>[^\n:]{5,160})(?=\n)|(?: of| called)? ?(?P<plain>(?:[\w-]+(?: [\w-]+)?, "
    r"){0,5}[\w-]+(?: [\w-]+)?,? (?:and|or|vs\.?) [\w-]+(?: "
    r"[\w-]+)?))[^\n:]{0,60}\s?(?::|\n|\Z)\s*(?P<items>[\s\S]{5,1500})",
    re.I,
)
BY_ITEM = make_regex(
    r"\b(?:item|thing|word|name|each)s? as (?:the )?keys?\b|\bone (?:per )?line\b|\beach (?:one"
    r"|item|of)\b",
    re.I,
)
"""A wish for the group of each thing, not for the things of each group."""
CODE = make_regex(r"[{}]|\bdef \w|=>|;\n")
GROUP_WORD = make_regex(
    r"\b(?:categor(?:y|ies)|groups?|types?|kinds?|sections?|lists?|buckets?)\b", re.I
)
"""A word for groups, without which their names have to be known."""
SPLIT = make_regex(r",\s*(?:and |or )?|\s(?:and|or|vs\.?)\s|\s?[/|]\s?")
LEAST = 3
LONGEST = 4
"""Things to sort, at least, and the words of a thing, at most."""


@form(
    "grouped things",
    "Group these grocery items by category (dairy, produce, bakery): milk, apples, baguette,"
    " yogurt",
    "sort these into fruit and vegetables: apple, carrot, banana, leek",
    words="group sort categorize categorise classify put split organize organise divide assign"
    " separate",
    about="the given things below the groups that the prompt names, or as JSON",
)
def group_things(question: Question) -> str | None:
    match = GROUPS.search(question.prompt[:3000]) if question.language == "en" else None
    if match is None or BY_ITEM.search(question.wish):
        return None
    groups = [
        one.strip(" .'\"")
        for one in SPLIT.split(match["marked"] or match["after"] or match["plain"])
    ]
    items = read_items(match["items"])
    if len(groups) < 2 or len(items) < LEAST or any(len(one.split()) > LONGEST for one in items):
        return None
    if any(len(one.split()) > LONGEST or not one for one in groups) or CODE.search(match["items"]):
        return None
    if match["plain"] and not GROUP_WORD.search(match[0]) and not any(map(list_members, groups)):
        return None
    sorted_items = sort_items(items, groups)
    if wants("json", question):
        return fence(json.dumps(sorted_items, indent=2, ensure_ascii=False), "json", question)
    return "\n".join(
        f"**{capitalise(group)}:** {', '.join(found) or 'none'}"
        for group, found in sorted_items.items()
    )


def read_items(text: str) -> list[str]:
    """Return the things of a text: its marked lines, else what stands between commas."""
    if marked := list_marked(text):
        return marked
    line = re.split(r"\n\n|\. (?=[A-Z])", text.strip(), maxsplit=1)[0]
    parts = re.split(r",\s*(?:and )?|\n|\sand\s(?=[\w-]+\s*\Z)", line)
    return [one.strip(" .;\"'") for one in parts if one.strip(" .;\"'")]


def sort_items(items: list[str], groups: list[str]) -> dict[str, list[str]]:
    """Return the things of each group; one that no group is known for goes to the smallest."""
    found: dict[str, list[str]] = {group: [] for group in groups}
    known = {group: list_members(group) for group in groups}
    for item in items:
        group = next((one for one in groups if is_member(item, known[one])), "")
        group = group or min(groups, key=lambda one: len(found[one]) + 2 * bool(known[one]))
        found[group].append(item)
    return found


@lru_cache(maxsize=256)
def list_members(group: str) -> frozenset[str]:
    """Return the things that belong to a group by its name; nothing for an unknown one."""
    name = group.lower()
    rows = [rows for head, rows in read_sections("kinds") if name in head.split("|")]
    return frozenset(one.strip() for lines in rows for line in lines for one in line.split(","))


def is_member(item: str, members: frozenset[str]) -> bool:
    words = re.findall(r"[^\W\d][\w'-]*", item.lower())
    names = [" ".join(words), *words, *(f"{one} {other}" for one, other in pairwise(words))]
    spellings = {name.removesuffix(end) for name in names for end in ("", "s", "es")}
    return not members.isdisjoint(spellings)
