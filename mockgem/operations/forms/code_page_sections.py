"""Sections of a whole page that a prompt names: a price list, opening hours, a footer."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

PAGE = make_regex(r"\b(?:page|website|web site|site)\b", re.I)
PRICES = """    <section id="prices">
      <h2>Price list</h2>
      <table>
        <tr><th>Service</th><th>Price</th></tr>
        <tr><td>Small</td><td>25 €</td></tr>
        <tr><td>Medium</td><td>35 €</td></tr>
        <tr><td>Large</td><td>45 €</td></tr>
      </table>
    </section>"""
HOURS = """    <section id="hours">
      <h2>Opening hours</h2>
      <p>Monday to Friday, 9:00 to 18:00</p>
      <p>Saturday, 10:00 to 14:00</p>
    </section>"""
VOICES = """    <section id="testimonials">
      <h2>What our customers say</h2>
      <blockquote>Friendly, fast and fair.</blockquote>
      <blockquote>We will be back soon.</blockquote>
    </section>"""
QUESTIONS = """    <section id="faq">
      <h2>Frequently asked questions</h2>
      <details><summary>Do I need an appointment?</summary><p>Yes, please book one.</p></details>
      <details><summary>How can I pay?</summary><p>In cash or by card.</p></details>
    </section>"""
GALLERY = """    <section id="gallery">
      <h2>Gallery</h2>
      <img src="image-1.jpg" alt="First picture">
      <img src="image-2.jpg" alt="Second picture">
      <img src="image-3.jpg" alt="Third picture">
    </section>"""
ABOUT = """    <section id="about">
      <h2>About us</h2>
      <p>We are a small team that loves what it does.</p>
    </section>"""
CONTACT = """    <section id="contact">
      <h2>Contact</h2>
      <p><a href="mailto:hello@example.com">hello@example.com</a></p>
    </section>"""
SECTIONS = (
    (r"\babout(?: us)? section\b|\babout us\b", ABOUT),
    (r"\bprice list\b|\bprices\b|\bpricing\b", PRICES),
    (r"\bopening (?:hours|times)\b|\bbusiness hours\b", HOURS),
    (r"\bgallery\b|\bphotos? section\b", GALLERY),
    (r"\btestimonials?\b|\bcustomer reviews\b", VOICES),
    (r"\bfaqs?\b|\bfrequently asked\b", QUESTIONS),
    (r"\bcontact (?:section|details|information|info)\b", CONTACT),
)
COMPILED = [(make_regex(names, re.I), section) for names, section in SECTIONS]
FOOTER = make_regex(r"\bfooter\b", re.I)
HEADER = make_regex(r"\bheader\b", re.I)
HEADING = make_regex(r"^    <h1>[^\n]*</h1>\n", re.M)


def add_sections(body: str, text: str) -> str:
    """Return the body of a page with the sections that a text names and the body lacks."""
    if not PAGE.search(text):
        return body
    heading = HEADING.search(body)
    if heading is not None and HEADER.search(text) and "<header>" not in body:
        head = f"    <header>\n  {heading[0]}    </header>\n"
        body = body[: heading.start()] + head + body[heading.end() :]
    found = [
        section
        for names, section in COMPILED
        if names.search(text) and find_id(section) not in body
    ]
    if FOOTER.search(text) and "<footer" not in body:
        body = f"{body}\n    <footer>\n      <p>Contact and imprint</p>\n    </footer>"
    if not found:
        return body
    at = max(body.find("</header>\n") + len("</header>\n"), 0) if "</header>\n" in body else -1
    at = at if at >= 0 else (heading.end() if heading is not None else 0)
    return f"{body[:at]}{chr(10).join(found)}\n{body[at:]}"


def find_id(section: str) -> str:
    return section[: section.index(">")].strip()
