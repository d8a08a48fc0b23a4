"""Pages and e-mails in HTML whose kind tells their texts: a reset of a password, a 404 page."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen


@frozen
class KnownPage:
    """What asks for a page, its title, its paragraphs, and its button with an address."""

    asks: str
    title: str
    paragraphs: tuple[str, ...]
    button: str = ""
    address: str = "https://example.com"


PAGES = (
    KnownPage(
        r"\b404\b|page not found",
        "Page not found",
        ("The page that you are looking for does not exist or has moved.",),
        "Back to the home page",
        "/",
    ),
    KnownPage(
        r"\b(?:password reset|reset (?:your |a |the )?password)\b[^\n]*\b(?:e-?mail|page)"
        r"|\be-?mail\b[^\n]{0,60}\b(?:password reset|reset (?:your |a |the )?password)",
        "Reset your password",
        (
            "We received a request to reset the password of your account. The link is valid for one"
            " hour.",
            "If you did not ask for it, you can ignore this e-mail.",
        ),
        "Reset password",
        "https://example.com/reset?token=abc123",
    ),
    KnownPage(
        r"\be-?mail\b[^\n]{0,60}\b(?:verif\w+|confirm\w* (?:your |an? |the )?e-?mail|activat\w+)",
        "Confirm your e-mail address",
        ("Please confirm your address so that we can set up your account.",),
        "Confirm address",
        "https://example.com/confirm?token=abc123",
    ),
    KnownPage(
        r"\b(?:order|purchase) confirmation\b",
        "Thank you for your order",
        (
            "We have received your order 10482 and are preparing it.",
            "You will get another e-mail as soon as it ships.",
        ),
        "View order",
        "https://example.com/orders/10482",
    ),
    KnownPage(
        r"\bwelcome e-?mail\b|\be-?mail\b[^\n]{0,40}\bwelcom\w+",
        "Welcome!",
        ("Your account is ready. These first steps take only a few minutes.",),
        "Get started",
        "https://example.com/start",
    ),
    KnownPage(
        r"\bnewsletter\b(?![^\n]{0,20}\b(?:form|sign))",
        "News of the month",
        ("What is new, what we learned, and what comes next.",),
        "Read more",
        "https://example.com/news",
    ),
    KnownPage(
        r"\b(?:coming soon|under construction|maintenance)\b",
        "We are almost there",
        ("We are working on something new. Please come back soon.",),
    ),
)
BUTTON = (
    "display: inline-block; padding: 12px 20px; background: #1a56db; color: #ffffff;"
    " text-decoration: none; border-radius: 4px;"
)


def write_known_page(text: str) -> str:
    """Return a page of a kind that a text names; empty for other texts."""
    found = next((one for one in PAGES if re.search(one.asks, text, re.I)), None)
    if found is None:
        return ""
    lines = [f"    <h1>{found.title}</h1>", *(f"    <p>{one}</p>" for one in found.paragraphs)]
    if found.button:
        lines.insert(2, f'    <p><a href="{found.address}" style="{BUTTON}">{found.button}</a></p>')
    body = "\n".join(lines)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n  <head>\n    <meta charset="utf-8">\n'
        '    <meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"    <title>{found.title}</title>\n  </head>\n"
        f'  <body style="font-family: sans-serif;">\n{body}\n  </body>\n</html>'
    )
