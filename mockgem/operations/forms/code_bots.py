"""What a bot answers to a command that a prompt names."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

COMMAND = make_regex(
    r"\b(?:repl(?:y|ies)|respond|answer|say)s? (?:with )?[\"'“]?([\w!]{1,20}(?: \w{1,20})?)[\"'”]? "
    r"(?:to|when|on|for|if) [^.\n!]{0,30}!(\w{1,20})|!(\w{1,20})\b[^.\n]{0,30}\b(?:repl\w+"
    r"|respond\w*|answer\w*|says?) (?:with )?[\"'“]?([\w!]{1,20}(?: \w{1,20})?)",
    re.I,
)
"""What a bot answers to a command: "replies pong to !ping"."""


def answer_command(source: str, text: str) -> str:
    """Return a bot that knows the command of a text, and says what the text wants."""
    match = COMMAND.search(text) if "command_prefix" in source else None
    if match is None:
        return source
    said, name = match[1] or match[4], match[2] or match[3]
    source = source.replace('f"Hello, {context.author.name}!"', f'"{said}"')
    return re.sub(r"async def \{?\w+\}?\(context\)", f"async def {name}(context)", source)
