"""Pricing tables in HTML: a card for each tier that a prompt names."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

PRICING = make_regex(r"\bpricing (?:table|section|page|plans|grid)\b", re.I)
TIERS = make_regex(
    r"\b(?:tiers?|plans?|packages?|columns?|options)\b[^(\n:]{0,24}[(:] ?"
    r"((?:[A-Z][\w+ ]{1,16})(?:(?:, (?:and )?| and | / )[A-Z][\w+ ]{1,16}){1,4})"
)
USUAL = ("Basic", "Pro", "Enterprise")
FEATURES = ("1 project", "10 projects", "Unlimited projects", "Priority support", "Single sign-on")
INLINE = make_regex(r"\binline\b", re.I)
CARD = "border: 1px solid #ddd; border-radius: 8px; padding: 1.5rem; width: 14rem"
ROW = "display: flex; gap: 1rem; justify-content: center"


def write_pricing(text: str) -> str:
    """Return the cards of a pricing table; empty if a text wants something else."""
    if not PRICING.search(text) or "tailwind" in text.lower():
        return ""
    match = TIERS.search(text)
    names = re.split(r", (?:and )?| and | / ", match[1]) if match else list(USUAL)
    is_inline = INLINE.search(text) is not None
    row = f' style="{ROW}"' if is_inline else ""
    cards = "\n".join(write_card(name.strip(), at, is_inline) for at, name in enumerate(names))
    return f'<section class="pricing"{row}>\n{cards}\n</section>'


def write_card(name: str, at: int, is_inline: bool) -> str:
    style = f' style="{CARD}"' if is_inline else ""
    price = (0, 12, 29, 59, 99)[min(at, 4)]
    points = "\n".join(f"      <li>{one}</li>" for one in FEATURES[at : at + 2])
    return (
        f'  <div class="tier"{style}>\n    <h3>{name}</h3>\n'
        f"    <p><strong>€{price}</strong> per month</p>\n    <ul>\n{points}\n    </ul>\n"
        f'    <button type="button">Choose {name}</button>\n  </div>'
    )
