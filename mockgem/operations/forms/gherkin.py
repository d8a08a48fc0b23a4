"""Acceptance criteria in Gherkin: a feature with scenarios of Given, When and Then."""

from __future__ import annotations

import re

from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

WISH = make_regex(
    r"\b(?:gherkin|given[/, -]+when[/, -]+then|cucumber (?:scenarios?|feature)|bdd scenarios?"
    r"|feature file)\b",
    re.I,
)
ABOUT = make_regex(
    r"\b(?:for|of|about) (?:an? |the |our )?(?P<thing>[^.:;\n(]{3,80}?)(?=\s?(?:[.:;\n(]|\Z)"
    r"| with\b| using\b)",
    re.I,
)
SCENARIOS = make_regex(r"\bscenarios?:\s*(?P<names>[^.\n]{3,200})", re.I)
ASKS_ABOUT = make_regex(r"\b(?:what is|explain|difference|how does)\b", re.I)
BAD = make_regex(
    r"\b(?:expired|invalid|wrong|missing|empty|fail\w*|error|denied|without|locked)\b", re.I
)
USUAL = ("valid input", "invalid input")


@form(
    "gherkin",
    "Write acceptance criteria in Gherkin for a password reset. Two scenarios: valid link and"
    " expired link.",
    words="gherkin given cucumber bdd feature scenario scenarios",
    about="a feature with the scenarios that the prompt names",
)
def write_gherkin(question: Question) -> str | None:
    text = GIVEN_MARK.sub("", question.instruction[:1500])
    if not WISH.search(question.instruction[:1500]) or ASKS_ABOUT.search(text):
        return None
    if wants("json", question):
        return None
    match, listed = ABOUT.search(text), SCENARIOS.search(text)
    thing = match["thing"].strip() if match else question.topic
    names = re.split(r", (?:and )?| and | / ", listed["names"]) if listed else list(USUAL)
    scenarios = "\n\n".join(write_scenario(name.strip(), thing) for name in names if name.strip())
    return f"```gherkin\nFeature: {thing[:1].upper()}{thing[1:]}\n\n{scenarios}\n```"


GIVEN_MARK = make_regex(r"\((?:given)[^()]*\)", re.I)


def write_scenario(name: str, thing: str) -> str:
    """Return a scenario, which ends well unless its name says otherwise."""
    is_bad = BAD.search(name) is not None
    ends = (
        ("they see an error message that says what to do", "nothing is changed")
        if is_bad
        else (f"the {thing} succeeds", "they see a confirmation")
    )
    return (
        f"  Scenario: {name[:1].upper()}{name[1:]}\n    Given a user who wants to use the {thing}\n"
        f"    And the case of “{name}”\n    When they submit the request\n    Then {ends[0]}\n"
        f"    And {ends[1]}"
    )
