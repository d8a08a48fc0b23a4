"""What a short message tells a smart home to do, for an object with a device and an action."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

ROOMS = (
    r"(?:living room|bed ?room|kitchen|bath ?room|hall(?:way)?|garage|office|garden|attic|cellar)"
)
THINGS = (
    r"(?:(?:ceiling |desk |floor |front |back )?(?:lights?|lamps?|heat(?:ing|er)|thermostat|blinds?"
    r"|curtains?|fan|tv|television|speakers?|door|window|alarm|oven|vacuum|coffee machine|music"
    r"|radio|ac|air conditioning|camera|sprinklers?))"
)
DEVICE = make_regex(
    rf"\b({ROOMS}(?:['’]s)?(?: {THINGS})?|{THINGS}(?: (?:in|of) the {ROOMS})?)\b", re.I
)
NUMBER = make_regex(r"(?<![\w.])-?\d{1,4}(?:\.\d)?(?![\w])")
ACTIONS = (
    (r"\b(?:on|start|enable|activate|wake)\b", r"on$|start|enable|activate"),
    (r"\b(?:off|stop|disable|deactivate)\b", r"off$|stop|disable|deactivate"),
    (r"\b(?:degrees?|warmer|cooler|colder|hotter|temperature|heat|cool)\b|°", r"temp|heat|climate"),
    (r"\b(?:dim|bright\w*|percent)\b|%", r"dim|bright|level"),
    (r"\bunlock\b", r"unlock"),
    (r"\block\b", r"(?<!un)lock"),
    (r"\bopen|raise\b", r"open|raise"),
    (r"\bclose|lower|shut\b", r"close|lower|shut"),
    (r"\bplay\b", r"play"),
    (r"\bset|make\b", r"set"),
)
NOTHING = make_regex(r"none|unknown|no_action|noop|other", re.I)
OPTIONS = make_regex(
    r"\b[a-z]+(?:_[a-z]+)+\b|\b(?:none|on|off|set|open|close|lock|unlock|play|stop)\b"
)
LEVEL = frozenset("value level temperature target setting amount brightness".split())


def command_home(value: Any, question: Question) -> Any:
    """Return an object with the device, the action and the value that a message names."""
    if not isinstance(value, dict) or not question.stated_system or question.material:
        return value
    names = {read_name(key): key for key in value}
    device, action = names.get("device"), names.get("action") or names.get("command")
    message = question.prompt.strip()
    if device is None or action is None or len(message) > 200:
        return value
    told = dict(value)
    found = DEVICE.search(message)
    told[device] = found[1].lower() if found else value[device]
    told[action] = choose_action(message, question.system) or value[action]
    number = NUMBER.search(message)
    for name, key in names.items():
        if name in LEVEL and not isinstance(value[key], (str, bool)):
            told[key] = read_number(number[0]) if number else None
    return told


def choose_action(message: str, system: str) -> str:
    """Return the action of a list in the instruction that a message asks for."""
    options = [one for one in dict.fromkeys(OPTIONS.findall(system)) if one != "set_of"]
    for said, meant in ACTIONS:
        if re.search(said, message, re.I):
            for option in options:
                if re.search(meant, option):
                    return str(option)
    return str(next(filter(NOTHING.fullmatch, options), ""))


def read_number(text: str) -> float | int:
    return float(text) if "." in text else int(text)
