"""The commands and the options that a prompt names for a bot or a program."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_signatures import guess_kind
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


OPTION = make_regex(r"(?<![\w-])--([a-z][\w-]{0,24})")


def add_options(source: str, text: str) -> str:
    """Return a program for the command line with the options that a text names."""
    names = list(dict.fromkeys(OPTION.findall(text)))
    start, end = source.find("    parser.add_argument("), source.find("    options = ")
    if not names or start < 0 or end < start:
        return source
    rows = "".join(
        f'    parser.add_argument("--{name}"{find_option_kind(name)})\n' for name in names
    )
    shown = ", ".join(f"options.{name.replace('-', '_')}" for name in names)
    rest = re.sub(r"print\(options\.\w+\)", f"print({shown})", source[end:])
    return f"{source[:start]}{rows}{rest}"


def find_option_kind(name: str) -> str:
    if name in ("verbose", "quiet", "force", "debug", "dry-run"):
        return ', action="store_true"'
    return ", type=int, default=1" if guess_kind(name) == "int" else ""
