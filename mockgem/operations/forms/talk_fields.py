"""The field of an object that holds what an assistant says: {"reply": "Hello! …"}."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

SAYS = make_regex(
    r"^(?:(?:assistant|bot|chat|agent|ai)_?)?(?:reply|response|message|text|output|content)$", re.I
)
TALKS = make_regex(
    r"\W*(?:hi|hey|hello|hallo|hola|good (?:morning|evening|afternoon)|thanks|thank you|bye|who are"
    r" you|how are you|what can you do)\b|[^\n]{3,200}\?\s*\Z",
    re.I,
)
"""A message that talks to the assistant: a greeting or a question."""
LONGEST_MESSAGE = 300
LONGEST_REPLY = 600
MOST_KEYS = 3


def talk(value: Any, question: Question) -> dict[str, str]:
    """Return what the assistant says to a message, by the field for it; empty without one."""
    if not isinstance(value, dict) or not question.stated_system or len(value) > MOST_KEYS:
        return {}
    key = next((key for key in value if SAYS.match(key)), None)
    is_text = key is not None and isinstance(value[key], str)
    prompt = question.prompt.strip()
    if not is_text or question.material or len(prompt) > LONGEST_MESSAGE:
        return {}
    if TALKS.match(prompt) is None:
        return {}
    from mockgem.operations.forms.registry import find_form
    from mockgem.operations.generators import prose

    formed = find_form(Question(prompt, question.random))
    if formed is not None and len(formed.text) < LONGEST_REPLY:
        return {str(key): formed.text}
    is_alone = len(value) == 1 and question.language == "en"
    return {str(key): prose.write_reply(prompt, question.random)} if is_alone else {}
