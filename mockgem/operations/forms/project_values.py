"""Values of usual objects that no text gives: a project's packages, examples for training."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex

PACKAGES = {
    "python": ("requests", "click", "pydantic", "rich", "httpx", "numpy"),
    "node": ("express", "lodash", "axios", "dotenv", "zod", "uuid"),
}
NODE = make_regex(r"\b(?:node|npm|javascript|typescript|package\.json|react|yarn)\b", re.I)
PACKAGE_KEYS = frozenset("dependencies packages requirements libraries deps".split())
PROJECTS = ("my-app", "todo-service", "data-tools")
PAIRS = (
    ("prompt", "completion"),
    ("instruction", "response"),
    ("input", "output"),
    ("user", "assistant"),
)
SUPPORT = (
    ("Where is my order?", "Please send me your order number, and I will check where it is."),
    (
        "How can I return an item?",
        "You can send it back within 30 days; I will e-mail you the label.",
    ),
    ("I forgot my password.", "Click on “Forgot password” on the login page and follow the link."),
    ("Do you ship abroad?", "Yes, we ship to most countries within five to ten working days."),
    ("Can I change my address?", "Yes, as long as the order is not on its way yet."),
    (
        "When will I get my refund?",
        "You will have it within five working days after we get the item.",
    ),
    (
        "How do I cancel my subscription?",
        "Open your account, choose “Subscription” and then “Cancel”.",
    ),
    ("Do you have a discount code?", "Subscribe to our newsletter, and we will send you one."),
)
TRAINING = make_regex(r"\b(?:training|fine-?tun\w*|examples?)\b", re.I)
ABOUT_SUPPORT = make_regex(r"\b(?:support|customers?|shops?|stores?|faqs?|help ?desk)\b", re.I)
PERSON = make_regex(r"[A-Z][a-z'’-]+ [A-Z][a-z'’-]+")


def fit_project(value: Any, wish: str) -> Any:
    """Return an invented value whose project, packages and training examples are plausible."""
    if isinstance(value, list):
        return pair_up([fit_project(one, wish) for one in value], wish)
    if not isinstance(value, dict):
        return value
    rows = {key: list_packages(key, one, wish) for key, one in value.items()}
    names = {key.lower(): key for key in rows}
    name = names.get("name", "")
    if name and "version" in names and PERSON.fullmatch(str(rows[name])):
        rows[name] = PROJECTS[0]
    return {key: pair_up(one, wish) if isinstance(one, list) else one for key, one in rows.items()}


def list_packages(key: str, value: Any, wish: str) -> Any:
    """Return the packages of a project, where a field for them holds other texts."""
    is_list = isinstance(value, list) and value and all(isinstance(one, str) for one in value)
    if key.lower() not in PACKAGE_KEYS or not is_list or not any(" " in one for one in value):
        return value
    known = PACKAGES["node" if NODE.search(wish) else "python"]
    return [known[at % len(known)] for at in range(len(value))]


def pair_up(rows: list[Any], wish: str) -> list[Any]:
    """Return rows for training a support assistant with what users ask and what it says."""
    if not rows or not all(isinstance(row, dict) for row in rows):
        return rows
    pair = next((pair for pair in PAIRS if set(rows[0]) == set(pair)), None)
    if pair is None or not TRAINING.search(wish) or not ABOUT_SUPPORT.search(wish):
        return rows
    return [
        {pair[0]: SUPPORT[at % len(SUPPORT)][0], pair[1]: SUPPORT[at % len(SUPPORT)][1]}
        for at in range(len(rows))
    ]
