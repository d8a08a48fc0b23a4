"""Pages of HTML for a request."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_html_forms import write_form
from mockgem.operations.forms.code_labels import find_labels
from mockgem.operations.forms.code_mail_pages import write_known_page
from mockgem.operations.forms.code_markup import HEADING, write_page_parts
from mockgem.operations.forms.code_page_sections import add_sections
from mockgem.operations.forms.code_pages import write_app_page
from mockgem.operations.forms.code_pricing import write_pricing
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_said_texts import find_said_texts
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex


def write_html(request: CodeRequest) -> str:
    """Return a page; a table, or a part with classes of Tailwind, stands alone."""
    text = request.text
    if page := write_app_page(text):
        return page
    if pricing := write_pricing(text):
        return pricing
    if known := write_known_page(text):
        return known
    is_form = request.kind == "form" or FORM_PAGE.search(text) is not None
    if not is_form and re.search(r"\btable\b", text, re.I):
        return write_html_table(request)
    title = name_page(text, "Contact us" if re.search(r"\bcontact form", text, re.I) else "")
    body = write_body(text, title or "Welcome")
    if is_form:
        parts = write_form_parts(text, title)
        body = "\n".join([*parts, write_form(request)])
    title = title or "Welcome"
    if HERO.search(text):
        body = wrap_hero(body)
    if "tailwind" in text.lower():
        return add_tailwind(body, title if PAGE.search(text) else "")
    return write_page(title, body, text)


HERO = make_regex(r"\bhero\b", re.I)
FIRST = make_regex(r"    <h1>([^\n]*)</h1>(?:\n    <p>([^\n]*)</p>)?")


def wrap_hero(body: str) -> str:
    """Return the body of a page whose heading stands in a hero section."""

    def wrap(match: re.Match[str]) -> str:
        said = match[2] or "Everything you need, in one place."
        return (
            f'    <section class="hero">\n      <h1>{match[1]}</h1>\n      <p>{said}</p>\n'
            "    </section>"
        )

    rest = re.sub(
        r"\n? {4}<section id=\"hero\">\n {6}<h2>[^\n]*\n {6}<p>[^\n]*\n {4}</section>", "", body
    )
    return FIRST.sub(wrap, rest, count=1)


NO_STYLE = make_regex(r"\b(?:no|without)(?: any)? (?:css|styles?|styling)\b", re.I)


def write_page(title: str, body: str, text: str) -> str:
    """Return a whole page with a title and a body."""
    body = add_sections(body, text)
    text = NO_STYLE.sub(" ", text)
    style = STYLE if re.search(r"\bcss\b|\bstyl\w+|\blanding page\b", text, re.I) else ""
    if style and 'class="hero"' in body:
        style = style.replace("    </style>", f"{HERO_STYLE}    </style>")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n  <head>\n    <meta charset="utf-8">\n    '
        f"<title>{title}</title>\n{style}  </head>\n  <body>\n{body}\n  </body>\n</html>"
    )


STYLE = """    <style>
      body {
        margin: 0 auto;
        max-width: 48rem;
        padding: 2rem;
        font-family: sans-serif;
      }
    </style>
"""


HERO_STYLE = """      .hero {
        padding: 4rem 1rem;
        text-align: center;
        background: #f5efe6;
      }
"""


def write_body(text: str, title: str) -> str:
    """Return the body of a page: a navigation, a list, or the parts that a prompt names."""
    entries = find_entries(text)
    if NAVIGATION.search(text):
        links = entries or ["Home", "About", "Contact"]
        menu = write_entries(links, title, f"{text} menu")
        return write_layout(menu, title) if WHOLE_PAGE.search(text) else menu
    if entries:
        return write_entries(entries, title, text)
    body = "\n".join(write_page_parts(text, title))
    if counted := LISTED.search(text):
        count = parse_count(counted[1], 20) if counted[1] else 3
        thing = counted[2].capitalize() if counted[2] else "Item"
        body += "\n" + write_entries([f"{thing} {at}" for at in range(1, count + 1)], title, "")
    return body


NAVIGATION = make_regex(r"\bnav(?: ?bar| menu)?\b|\bnavigation\b", re.I)
LOGO = make_regex(r"\blogo\b|\bbrand\b", re.I)
WHOLE_PAGE = make_regex(r"\bfooter\b|\bmain (?:content|section|area)\b", re.I)


def write_layout(menu: str, title: str) -> str:
    """Return a page with a header, a menu, a main part and a footer."""
    return (
        f"    <header>\n      <h1>{title}</h1>\n    </header>\n{menu}\n    <main>\n"
        "      <h2>Main content</h2>\n      <p>This is the main content area.</p>\n    </main>\n"
        "    <footer>\n      <p>Contact and imprint</p>\n    </footer>"
    )


TAILWIND = {
    "h1": "text-xl font-semibold",
    "p": "mt-2 text-gray-600",
    "img": "w-full rounded-t-lg",
    "button": "mt-4 rounded bg-blue-600 px-4 py-2 text-white hover:bg-blue-700",
    "a": "text-blue-600 underline",
    "form": "space-y-4",
    "input": "w-full rounded border px-3 py-2",
    "ul": "flex gap-4",
}


PAGE = make_regex(r"\b(?:landing|whole|full|web|home) ?page\b|\bwebsite\b", re.I)
CARD_ROWS = make_regex(r"(?: {4}<article class=\"card\">\n(?: {6}[^\n]*\n)+ {4}</article>\n?)+")


def add_tailwind(body: str, title: str) -> str:
    """Return elements with the classes of Tailwind, in a box or, with a title, as a page."""
    if title:
        body = CARD_ROWS.sub(
            lambda match: (
                '    <section class="mx-auto grid max-w-5xl gap-6 p-8 md:grid-cols-3">\n'
                f"{match[0].rstrip()}\n    </section>\n"
            ),
            f"{body}\n",
        ).rstrip()
        body = body.replace('class="hero"', 'class="bg-blue-50 px-6 py-20 text-center"')
        body = body.replace('class="card"', 'class="rounded-lg bg-white p-6 shadow"')
    for tag, classes in TAILWIND.items():
        body = re.sub(rf"<{tag}(?=[ >])(?! class=)", f'<{tag} class="{classes}"', body)
    if title:
        return (
            '<!DOCTYPE html>\n<html lang="en">\n  <head>\n    <meta charset="utf-8">\n'
            f"    <title>{title}</title>\n"
            '    <script src="https://cdn.tailwindcss.com"></script>\n  </head>\n'
            f'  <body class="bg-gray-50 text-gray-900">\n{body}\n  </body>\n</html>'
        )
    if body.startswith("    <nav"):
        body = "\n".join(row[4:] for row in body.split("\n"))
        return body.replace("<nav>", '<nav class="flex items-center justify-between bg-white p-4">')
    return f'<div class="max-w-sm rounded-lg bg-white p-6 shadow">\n{body}\n</div>'


FORM_PAGE = make_regex(
    r"form|\b(?:log ?-?in|sign ?-?up|sign ?-?in|registration|register|contact|checkout|feedback)"
    r" (?:page|screen|box|section)\b",
    re.I,
)


def write_form_parts(text: str, title: str) -> list[str]:
    """Return the heading and the paragraph of a page with a form."""
    parts = write_page_parts(text, title)
    is_wished = re.search(r"\b(?:paragraph|text|intro\w*)\b", text, re.I) is not None
    return parts[: 2 if is_wished else 1] if title else []


def name_page(text: str, usual: str) -> str:
    """Return the heading of a page: the one that a prompt gives, or what the page is for."""
    if said := find_said_texts(text).get("heading"):
        return said
    if heading := HEADING.search(text) or HERO_SAID.search(text):
        return str(heading[1]).strip()
    if titled := PAGE_TITLE.search(text):
        return str(next(filter(None, titled.groups()))).strip()
    for pattern in (PAGE_FOR, PAGE_KIND):
        match = pattern.search(text)
        words = match[1].split() if match else []
        if words and words[-1].lower() not in PLAIN_PAGES:
            kept = " ".join(words[1:] if words[0].lower() in PLAIN_PAGES else words)
            return f"{kept[:1].upper()}{kept[1:]}"
    return usual


HERO_SAID = make_regex(r"\bhero\b[^.\"“\n]{0,40}[\"“]([^\"”\n]{3,60})[\"”]", re.I)
PAGE_FOR = make_regex(
    r"\b(?:page|website|site|section)\b[^.\n]{0,24}? (?:for|about|of) (?:an? |the |my |our )?"
    r"((?:[\w'-]+ ){0,4}?[\w'-]+)(?=\s*(?:[.,;:\n(]|\Z| with\b| that\b| using\b| in\b| including\b"
    r"| and\b| called\b| named\b))",
    re.I,
)
PAGE_KIND = make_regex(r"\b((?:[a-z]+[ -])?[a-z]+) (?:web ?)?page\b", re.I)
PLAIN_PAGES = frozenset(
    "a an the html html5 web simple basic static landing single one responsive home new minimal"
    " this complete small whole full css my clean modern beautiful me it file section hero features"
    " beispiel eine einfache una un une".split()
)
"""Words before "page" that do not say what it is."""
LISTED = make_regex(
    rf"\b(?:list|lista|liste|elenco)\b"
    rf"(?: (?:of|de|von|di|mit) ({NUMBER})(?: ([a-z]{{3,20}}?)s\b)?)?",
    re.I,
)
PAGE_TITLE = make_regex(
    r"\b[Tt]itled?:? [\"'“]?([A-Z][\w &]{1,50})|\bfor (?:a \w+ )?called [\"'“]?([A-Z][\w &]{1,50})"
)


TABLE_OF = make_regex(
    rf"\btable (?:of|with|listing) ({NUMBER}) ([a-z]{{3,20}}?)s (?:and|with) their "
    r"((?:\w+s,? ?(?:and )?){1,3})",
    re.I,
)
"""Rows and columns: "a table of three products and their prices"."""
HEADER_CELLS = make_regex(
    r"\b(?:header(?: cells| row)?|columns?|headings?|spalten"
    r"|columnas)\b[^.\n]{0,20}?\s((?:[A-Z]\w{0,24}(?:,\s|\s(?:and|und|y|et)\s))"
    r"{1,10}[A-Z]\w{0,24})"
)


ROWS = make_regex(rf"\b({NUMBER}) (?:data |body )?rows\b", re.I)


def write_html_table(request: CodeRequest) -> str:
    """Return a table element with the header cells and the number of rows that a text names."""
    match, rows = HEADER_CELLS.search(request.text), ROWS.search(request.text)
    names = re.split(r",\s|\s(?:and|und|y|et)\s", match[1]) if match else ["Name", "Value"]
    if of := TABLE_OF.search(request.text):
        names = [
            of[2].capitalize(),
            *(word.capitalize() for word in re.findall(r"\w+?(?=s\b)", of[3])),
        ]
        rows = rows or of
    head = "".join(f"<th>{name}</th>" for name in names)
    count = parse_count(rows[1], 20) if rows else 2
    body = "\n".join(
        f"    <tr>{''.join(f'<td>{name} {at}</td>' for name in names)}</tr>"
        for at in range(1, count + 1)
    )
    top = f"<table>\n  <thead>\n    <tr>{head}</tr>\n  </thead>"
    if re.search(r"\bpage\b", request.text, re.I):
        title = name_page(request.text, "") or f"{names[0]}s"
        inner = "\n".join(
            f"    {line}" for line in f"{top}\n  <tbody>\n{body}\n  </tbody>\n</table>".split("\n")
        )
        return write_page(title, f"    <h1>{title}</h1>\n{inner}", request.text)
    return f"{top}\n  <tbody>\n{body}\n  </tbody>\n</table>"


ENTRIES = make_regex(
    r"\b(?:entries|items|links|options|rows|buttons|points|tabs|sections|menu items|list items)\b"
    r"(?: (?:called|named|for))?\s?:?\s((?:[\"'`]?\w[\w -]{0,24}[\"'`]?,\s?){0,12}"
    r"[\"'`]?\w[\w -]{0,24}?[\"'`]?"
    r",?\s(?:and|und|y|et|or)\s[\"'`]?[\w-]{1,24})",
    re.I,
)


def find_entries(text: str) -> list[str]:
    """Return the entries of a list or a menu that a text names."""
    if labels := find_labels(text):
        return labels
    match = ENTRIES.search(text)
    found = re.split(r",\s?(?:and\s)?|\s(?:and|und|y|et|or)\s", match[1]) if match else []
    return [entry.strip(" \"'`") for entry in found if entry.strip(" \"'`")]


def write_entries(entries: list[str], title: str, text: str) -> str:
    """Return a list, a numbered list, a navigation or a select with some entries."""
    if re.search(r"\bselect\b|\bdrop ?down\b", text, re.I):
        rows = "\n".join(f'      <option value="{one.lower()}">{one}</option>' for one in entries)
        named = re.search(r"\bnam(?:e|ed)(?: it| is|:)? [\"'`]?([a-z]\w{1,20})", text)
        name = named[1] if named else "choice"
        return f'    <select name="{name}">\n{rows}\n    </select>'
    tag = "ol" if re.search(r"\bol\b|ordered|numbered", text, re.I) else "ul"
    is_menu = re.search(r"\bnav\w*|\bmenu\b|\blinks?\b", text, re.I) is not None
    rows = "\n".join(
        f'        <li><a href="#{one.lower().replace(" ", "-")}">{one}</a></li>'
        if is_menu
        else f"        <li>{one}</li>"
        for one in entries
    )
    inner = f"      <{tag}>\n{rows}\n      </{tag}>"
    if is_menu and LOGO.search(text):
        inner = f'      <a class="logo" href="/">Logo</a>\n{inner}'
    return f"    <nav>\n{inner}\n    </nav>" if is_menu else inner
