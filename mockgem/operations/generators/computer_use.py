"""Act on a computer: the predefined functions of the computerUse tool.

A plan of a few actions is read from the user's question. Each reply has the next one; when all have
results, the reply is text.

Evidence: doc-computer-use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from mockgem.core.content import ToolCall
from mockgem.core.frozen import frozen
from mockgem.operations.generators.grounding import find_urls
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.tool_history import ToolHistory

GRID = 1000
"""Coordinates are from 0 to 999, whatever the size of the screen."""
EARLY_FUNCTIONS = frozenset(
    """open_web_browser wait_5_seconds go_back go_forward search navigate click_at hover_at
    type_text_at key_combination scroll_document scroll_at drag_and_drop""".split()
)
"""The functions of models before Gemini 3.5."""
POINTER_FUNCTIONS = """click double_click triple_click middle_click right_click mouse_down mouse_up
    move type drag_and_drop wait press_key key_down key_up hotkey take_screenshot scroll""".split()
FUNCTIONS_BY_ENVIRONMENT = {
    "ENVIRONMENT_BROWSER": frozenset([*POINTER_FUNCTIONS, "go_back", "navigate", "go_forward"]),
    "ENVIRONMENT_DESKTOP": frozenset(POINTER_FUNCTIONS),
    "ENVIRONMENT_MOBILE": frozenset(
        """open_app click list_apps wait go_back type drag_and_drop long_press press_key
        take_screenshot""".split()
    ),
}
"""The functions of Gemini 3.5 and later. Each takes an `intent` as well."""
DOMAIN = re.compile(r"\b(?:[a-z0-9-]+\.)+(?:com|org|net|dev|io|ai|gov|edu|app)\b(?:/[^\s,;\"']*)?")
TYPED = re.compile(
    r"\b(?:search(?: \w+)?? for|look up|find|type|enter|write|fill in)\s+(?:\"([^\"]+)\"|'([^']+)'|"
    r"([^.,;\n]{1,120}?))(?=\s+(?:on|in|into|and)\b|[.,;\n]|$)",
    re.I,
)
CLICKED = re.compile(
    r"\b(?:click|tap|press|select|submit|buy|order|pay|accept|delete|send|sign up)\b", re.I
)
SCROLLED = re.compile(r"\bscroll\w*(?:\s+(?:\w+\s+)?(up|down|left|right))?\b", re.I)
APP = re.compile(r"\bopen (?:the )?(\w[\w ]{0,30}?)(?: app\b|\s*[.,;]|\s+and\b|$)", re.I)
SAFETY_POLICIES = {
    "FINANCIAL_TRANSACTIONS": re.compile(r"\b(?:buy|purchase|pay|order|checkout)\b", re.I),
    "COMMUNICATION_TOOL": re.compile(r"\b(?:send|post|reply to)\b", re.I),
    "ACCOUNT_CREATION": re.compile(r"\b(?:sign up|register|create an account)\b", re.I),
    "DATA_MODIFICATION": re.compile(r"\b(?:delete|remove|erase)\b", re.I),
    "USER_CONSENT_MANAGEMENT": re.compile(r"\b(?:cookies?|consent)\b", re.I),
    "LEGAL_TERMS_AND_AGREEMENTS": re.compile(r"\b(?:terms|agreement|licen[cs]e)\b", re.I),
}
"""What needs the user's confirmation, by the policy that a request can switch off."""


@frozen
class Action:
    """One action: its functions from the most to the least suitable, and what it is for."""

    names: tuple[str, ...]
    intent: str
    args: Mapping[str, Any]
    at_point: bool = False


@frozen
class Screen:
    """What a request allows: the predefined functions and the policies that apply."""

    functions: frozenset[str]
    policies: tuple[str, ...]
    is_early: bool


def choose_action(
    settings: Any, prompt: str, history: ToolHistory, random: SeededRandom, *, is_early: bool
) -> tuple[str, ToolCall] | None:
    """Return the next action and what it is for, or None when the plan is done.

    Args:
        settings: The computerUse tool of the request, in either spelling of names.
        is_early: The model is older than Gemini 3.5 and has other functions.
    """
    screen = read_screen(settings, is_early=is_early)
    plan = [action for action in build_plan(prompt, screen) if action.names]
    done = sum(call.name in ALL_FUNCTIONS for call in history.calls)
    if done >= len(plan):
        return None
    action = plan[done]
    args = dict(action.args)
    if action.at_point:
        args = {"x": random.draw_below(GRID), "y": random.draw_below(GRID), **args}
    if done == len(plan) - 1 and (decision := decide_safety(prompt, screen)):
        args["safety_decision"] = decision
    if not is_early:
        args["intent"] = action.intent
    return action.intent, ToolCall(action.names[0], args)


ALL_FUNCTIONS = EARLY_FUNCTIONS.union(*FUNCTIONS_BY_ENVIRONMENT.values())


def read_screen(settings: Any, *, is_early: bool) -> Screen:
    fields = settings if isinstance(settings, dict) else {}
    excluded = read_names(fields, "excluded_predefined_functions", "excludedPredefinedFunctions")
    disabled = read_names(fields, "disabled_safety_policies", "disabledSafetyPolicies")
    name = str(fields.get("environment", "browser")).upper()  # the Interactions API has no prefix
    environment = f"ENVIRONMENT_{name.removeprefix('ENVIRONMENT_')}"
    known = FUNCTIONS_BY_ENVIRONMENT.get(
        environment, FUNCTIONS_BY_ENVIRONMENT["ENVIRONMENT_BROWSER"]
    )
    return Screen(
        (EARLY_FUNCTIONS if is_early else known) - excluded,
        tuple(name for name in SAFETY_POLICIES if name not in disabled),
        is_early,
    )


def read_names(fields: Mapping[str, Any], *spellings: str) -> frozenset[str]:
    values = next((fields[name] for name in spellings if name in fields), ())
    return frozenset(map(str, values)) if isinstance(values, list) else frozenset()


def build_plan(prompt: str, screen: Screen) -> list[Action]:
    """Return the actions for a question, each with the functions that the request allows."""
    wanted = [action for step in STEPS for action in step(prompt, screen)]
    usable = [keep_allowed(action, screen) for action in wanted]
    if not any(action.names for action in usable):
        looks = Action(("take_screenshot", "wait_5_seconds"), "Look at the screen.", {})
        usable = [keep_allowed(looks, screen)]
    return [action for action in usable if action.names]


def keep_allowed(action: Action, screen: Screen) -> Action:
    names = tuple(name for name in action.names if name in screen.functions)
    return Action(names, action.intent, action.args, action.at_point)


def plan_opening(prompt: str, screen: Screen) -> list[Action]:
    app = APP.search(prompt)
    if app and "open_app" in screen.functions:
        return [Action(("open_app",), f"Open {app[1]}.", {"app_name": app[1]})]
    return [Action(("open_web_browser",), "Open the web browser.", {})]


def plan_navigation(prompt: str, screen: Screen) -> list[Action]:
    urls = find_urls(prompt)
    domain = DOMAIN.search(prompt.lower())
    address = urls[0] if urls else f"https://{domain[0].rstrip('.')}" if domain else ""
    if address:
        return [Action(("navigate",), f"Go to {address}.", {"url": address})]
    if TYPED.search(prompt):
        return [Action(("search",), "Go to the search engine.", {})]
    return []


def plan_typing(prompt: str, screen: Screen) -> list[Action]:
    match = TYPED.search(prompt)
    if not match:
        return []
    text = next(group for group in match.groups() if group).strip()
    typed = {"text": text, "press_enter": True}
    if screen.is_early:
        return [Action(("type_text_at",), f'Type "{text}".', typed, at_point=True)]
    return [
        Action(("click",), "Click the text field.", {}, at_point=True),
        Action(("type",), f'Type "{text}".', typed),
    ]


def plan_scrolling(prompt: str, screen: Screen) -> list[Action]:
    match = SCROLLED.search(prompt)
    if not match:
        return []
    direction = (match[1] or "down").lower()
    names = ("scroll_document", "scroll_at", "scroll")
    at_point = not screen.is_early or "scroll_document" not in screen.functions
    return [Action(names, f"Scroll {direction}.", {"direction": direction}, at_point=at_point)]


def plan_click(prompt: str, screen: Screen) -> list[Action]:
    if not CLICKED.search(prompt):
        return []
    return [Action(("click_at", "click"), "Click the element.", {}, at_point=True)]


STEPS: tuple[Callable[[str, Screen], list[Action]], ...] = (
    plan_opening,
    plan_navigation,
    plan_typing,
    plan_scrolling,
    plan_click,
)


def decide_safety(prompt: str, screen: Screen) -> dict[str, str] | None:
    """Return that the user must confirm the last action, if a policy says so."""
    for policy in screen.policies:
        if match := SAFETY_POLICIES[policy].search(prompt):
            reason = f"The task ({match[0].lower()}) needs the user's confirmation."
            return {"explanation": reason, "decision": "require_confirmation"}
    return None
