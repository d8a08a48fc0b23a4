"""Pages of HTML for a request."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_markup import write_page_parts
from mockgem.operations.forms.code_members import find_members
from mockgem.operations.forms.code_pages import write_app_page
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex


def write_html(request: CodeRequest) -> str:
    """Return a page; a table, or a part with classes of Tailwind, stands alone."""
    text = request.text
    if page := write_app_page(text):
        return page
    is_form = request.kind == "form" or "form" in text.lower()
    if not is_form and re.search(r"\btable\b", text, re.I):
        return write_html_table(request)
    title = request.about[:1].upper() + request.about[1:60].replace("<", "").replace("&", "and")
    body = write_form(request) if is_form else write_body(text, title)
    if "tailwind" in text.lower():
        return add_tailwind(body)
    if titled := PAGE_TITLE.search(text):
        body = body.replace(f"<h1>{title}</h1>", f"<h1>{titled[1].strip()}</h1>")
        title = titled[1].strip()
    style = STYLE if re.search(r"\bcss\b|\bstyl\w+|\blanding page\b", text, re.I) else ""
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


def write_form(request: CodeRequest) -> str:
    """Return a form with the fields that a prompt names."""
    names = [re.sub(r"_fields?$", "", field) for field, _ in request.members]
    names = [name for name in names if not name.endswith("button")]
    names = names or [name for name, _ in find_members(request.text) if not name.endswith("button")]
    usual, label = find_usual_form(request.text)
    names = [re.sub(r"^e_mail", "email", name.lower()) for name in names]
    chosen = DROPDOWN.search(request.text)
    options = re.split(r", (?:and )?| and | or ", chosen[2]) if chosen else []
    names = [
        name
        for name in names
        if not options or (name.capitalize() not in options and "_" not in name)
    ]
    inputs = "\n".join(map(write_input, names or ([] if options else usual)))
    if chosen:
        rows = "".join(f'        <option value="{one.lower()}">{one}</option>\n' for one in options)
        name = (chosen[1] or "choice").lower()
        inputs += (
            f'\n      <label for="{name}">{name.capitalize()}</label>\n'
            f'      <select id="{name}" name="{name}">\n{rows}      </select>'
        )
        inputs = inputs.lstrip("\n")
    button = f'      <button type="submit">{label}</button>'
    return f'    <form method="post">\n{inputs}\n{button}\n    </form>'


DROPDOWN = make_regex(
    r"\b(?:drop-?down|select)\b(?: (?:menu|list|box))?(?: (?:of|for|with|to choose an?|called) "
    r"(?:the )?([a-z]\w+))?"
    r"[^.\n:(]{0,24}[:(] ?((?:[A-Z][\w ]{1,20}(?:, (?:and )?| and | or )){1,12}[A-Z][\w ]{1,20})"
)
USUAL_FORMS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        r"\blog ?in\b|\bsign ?in\b|anmelde|inicio de sesión|connexion",
        ("email", "password"),
        "Log in",
    ),
    (
        r"\bsign ?up\b|\bregist\w+|\bcreate (?:an )?account|registr|inscription",
        ("name", "email", "password"),
        "Sign up",
    ),
    (r"\bcontact|kontakt|contacto", ("name", "email", "message"), "Send"),
    (r"\bnewsletter|\bsubscri\w+", ("email",), "Subscribe"),
    (r"\bsearch\b|\bsuche", ("query",), "Search"),
    (r"\bpayment|\bcredit card|\bcheckout", ("name", "card_number", "expiry", "cvc"), "Pay"),
    (r"\bfeedback|\bsurvey|\bcomment", ("name", "rating", "comment"), "Send"),
    (r"\bbooking|\breserv", ("name", "email", "date", "guests"), "Book"),
    (r"", ("name", "email"), "Send"),
)
"""What a form is for, its usual fields and the label of its button."""


def find_usual_form(text: str) -> tuple[list[str], str]:
    """Return the usual fields of a form and the label of its button."""
    row = next(one for one in USUAL_FORMS if re.search(one[0], text, re.I))
    return list(row[1]), row[2]


INPUT_KINDS = {
    "email": "email",
    "password": "password",
    "confirm_password": "password",
    "phone": "tel",
    "phone_number": "tel",
    "date": "date",
    "birthday": "date",
    "age": "number",
    "quantity": "number",
    "guests": "number",
    "rating": "number",
    "website": "url",
    "file": "file",
    "query": "search",
}


def write_input(field: str) -> str:
    """Return a field of a form with its label."""
    label = f'      <label for="{field}">{field.capitalize().replace("_", " ")}</label>\n'
    if field in ("message", "comment"):
        return f'{label}      <textarea id="{field}" name="{field}"></textarea>'
    kind = INPUT_KINDS.get(field, "text")
    return f'{label}      <input id="{field}" name="{field}" type="{kind}">'


def write_body(text: str, title: str) -> str:
    """Return the body of a page: a navigation, a list, or the parts that a prompt names."""
    entries = find_entries(text)
    if re.search(r"\bnav ?bar\b|\bnavigation\b", text, re.I):
        return write_entries(entries or ["Home", "About", "Contact"], title, f"{text} menu")
    if entries:
        return write_entries(entries, title, text)
    body = "\n".join(write_page_parts(text, title))
    if counted := LISTED.search(text):
        count = parse_count(counted[1], 20) if counted[1] else 3
        body += "\n" + write_entries([f"Item {at}" for at in range(1, count + 1)], title, "")
    return body


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


def add_tailwind(body: str) -> str:
    """Return elements with the classes of Tailwind, in a box."""
    for tag, classes in TAILWIND.items():
        body = re.sub(rf"<{tag}(?=[ >])", f'<{tag} class="{classes}"', body)
    return f'<div class="max-w-sm rounded-lg bg-white p-6 shadow">\n{body}\n</div>'


LISTED = make_regex(rf"\b(?:list|lista|liste|elenco)\b(?: (?:of|de|von|di|mit) ({NUMBER}))?", re.I)
PAGE_TITLE = make_regex(
    r"\b[Tt]itled?:? [\"'“]?([A-Z][\w &]{1,50})|\bfor (?:a \w+ )?called [\"'“]?([A-Z][\w &]{1,50})"
)


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
    head = "".join(f"<th>{name}</th>" for name in names)
    count = parse_count(rows[1], 20) if rows else 2
    body = "\n".join(
        f"    <tr>{''.join(f'<td>{name} {at}</td>' for name in names)}</tr>"
        for at in range(1, count + 1)
    )
    top = f"<table>\n  <thead>\n    <tr>{head}</tr>\n  </thead>"
    return f"{top}\n  <tbody>\n{body}\n  </tbody>\n</table>"


ENTRIES = make_regex(
    r"\b(?:entries|items|links|options|rows|buttons|points|tabs|sections|menu items|list items)\b"
    r"(?: (?:called|named|for))?\s?:?\s((?:[\"'`]?[\w -]{1,24}[\"'`]?,\s?){0,12}"
    r"[\"'`]?[\w -]{1,24}?[\"'`]?"
    r",?\s(?:and|und|y|et|or)\s[\"'`]?[\w-]{1,24})",
    re.I,
)


def find_entries(text: str) -> list[str]:
    """Return the entries of a list or a menu that a text names."""
    match = ENTRIES.search(text)
    found = re.split(r",\s?(?:and\s)?|\s(?:and|und|y|et|or)\s", match[1]) if match else []
    return [entry.strip(" \"'`") for entry in found if entry.strip(" \"'`")]


def write_entries(entries: list[str], title: str, text: str) -> str:
    """Return a list, a numbered list, a navigation or a select with some entries."""
    if re.search(r"\bselect\b|\bdrop ?down\b", text, re.I):
        rows = "\n".join(f'      <option value="{one.lower()}">{one}</option>' for one in entries)
        return f'    <select name="choice">\n{rows}\n    </select>'
    tag = "ol" if re.search(r"\bol\b|ordered|numbered", text, re.I) else "ul"
    is_menu = re.search(r"\bnav\w*|\bmenu\b|\blinks?\b", text, re.I) is not None
    rows = "\n".join(
        f'        <li><a href="#{one.lower().replace(" ", "-")}">{one}</a></li>'
        if is_menu
        else f"        <li>{one}</li>"
        for one in entries
    )
    inner = f"      <{tag}>\n{rows}\n      </{tag}>"
    return f"    <nav>\n{inner}\n    </nav>" if is_menu else inner
