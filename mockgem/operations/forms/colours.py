"""Codes of colours: "hex code for a warm terracotta", "RGB of navy blue"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

CODES = """
terracotta E2725B, navy 000080, teal 008080, turquoise 40E0D0, olive 808000, maroon 800000, coral
FF7F50, salmon FA8072, lavender E6E6FA, lilac C8A2C8, mint 98FF98, sage 9CAF88, mustard FFDB58,
beige F5F5DC, cream FFFDD0, ivory FFFFF0, peach FFCBA4, burgundy 800020, crimson DC143C, emerald
50C878, indigo 4B0082, violet 8F00FF, magenta FF00FF, cyan 00FFFF, charcoal 36454F, khaki C3B091,
rust B7410E, ochre CC7722, sky 87CEEB, royal 4169E1, forest 228B22, lime 32CD32, gold FFD700, silver
C0C0C0, bronze CD7F32, sand C2B280, chocolate 7B3F00, tan D2B48C, plum 8E4585, rose FF007F, apricot
FBCEB1, slate 708090, red FF0000, green 008000, blue 0000FF, yellow FFFF00, orange FFA500, purple
800080, pink FFC0CB, brown 8B4513, black 000000, white FFFFFF, grey 808080, gray 808080
"""
COLOURS = dict(re.findall(r"([a-z]+)\s+([0-9A-F]{6})", CODES))
ASKS = make_regex(
    r"\b(?P<kind>hex(?:adecimal)?|rgb|hsl|html|css)(?: (?:colou?r))?(?: (?:codes?|values?))?"
    r" (?:for|of)\b(?P<what>[^?.\n]{2,60})|\bcolou?r code (?:for|of)\b(?P<other>[^?.\n]{2,60})",
    re.I,
)
OTHER_WISH = make_regex(r"\b(?:function|palette|json|table|convert|css class|button|\d)\b", re.I)
SHADES = {"light": 0.35, "pale": 0.5, "pastel": 0.5, "soft": 0.3, "warm": 0.08, "bright": 0.0}
DARK = {"dark": 0.4, "deep": 0.3, "muted": 0.15}


@form(
    "colour code",
    "hex code for a warm terracotta colour",
    words="hex hexadecimal rgb color colour",
    about="the code of a colour with a known name",
)
def name_colour(question: Question) -> str | None:
    match = ASKS.search(question.prompt) if len(question.prompt) < 160 else None
    if match is None or question.material:
        return None
    words = (match["what"] or match["other"]).lower().split()
    name = next((one for one in reversed(words) if one.strip(",'\"") in COLOURS), "")
    if not name or OTHER_WISH.search(match["what"] or match["other"]):
        return None
    code = shade(COLOURS[name.strip(",'\"")], words)
    is_rgb = (match["kind"] or "").lower() == "rgb"
    shown = "rgb({}, {}, {})".format(*split_code(code)) if is_rgb else f"#{code}"
    if question.is_terse or question.language != "en":
        return shown
    said = " ".join(word for word in words if word not in ("a", "an", "the", "color", "colour"))
    return f"`{shown}` is a good {said}."


def split_code(code: str) -> tuple[int, int, int]:
    return int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)


def shade(code: str, words: list[str]) -> str:
    """Return the code of a lighter or darker shade, if one is named."""
    light = next((SHADES[word] for word in words if word in SHADES), 0.0)
    dark = next((DARK[word] for word in words if word in DARK), 0.0)
    mixed = (round((part + (255 - part) * light) * (1 - dark)) for part in split_code(code))
    return "".join(f"{part:02X}" for part in mixed)
