"""Forms of HTML pages, with the fields and the button that a prompt names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mockgem.operations.forms.code_members import find_members, find_parenthesised
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_said_texts import find_said_texts
from mockgem.operations.forms.lazy_patterns import make_regex


def write_form(request: CodeRequest) -> str:
    """Return a form with the fields that a prompt names."""
    found = (request.members, find_parenthesised(request.text.lower()), find_members(request.text))
    names = next(filter(None, (keep_inputs(row, request.text) for row in found)), [])
    known = list(dict.fromkeys(re.sub(r"[ _-]", "_", one) for one in KNOWN.findall(request.text)))
    names = known if len(known) > max(1, len(names)) else names
    usual, label = find_usual_form(request.text)
    if said := BUTTON_TEXT.search(request.text):
        label = said[1] or said[2]
    label = find_said_texts(request.text).get("button", label)
    chosen = DROPDOWN.search(request.text)
    options = re.split(r", (?:and )?| and | or ", chosen[2]) if chosen else []
    names = [
        name
        for name in names
        if not options or (name.capitalize() not in options and "dropdown" not in name)
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
    return f"    <form{find_target(request.text)}>\n{inputs}\n{button}\n    </form>"


KNOWN = make_regex(
    r"\b(?:confirm[ _]password|password|e?mail|username|(?:first|last|full)[ _]name|name"
    r"|(?:tele)?phone(?:[ _]number)?|message|subject|age|address|city|zip|country|company|birthday"
    r"|date|quantity|website)\b"
    r"(?= ?(?:[,+&/)]|and\b|or\b|field|input|email|name|message|password|phone|subject|\Z)"
    r"|[ ,][^.\n]{0,30}\bbutton)"
)
"""Usual fields in a list, however its parts are joined: "login form email + password"."""
TARGET = make_regex(
    r"\b(?:posts?|posting|posted|submits?|submitting|submitted|sends?|sending|sent|action|target"
    r"|endpoint|GET|POST)\b[^.\n/]{0,40}?[\s\"'`(=]((?:https?:/)?/[a-z][\w/.:?=&-]{0,80}[\w/])",
    re.I,
)
"""Where a form sends its fields: "posts to /contact"."""
GET_FORM = make_regex(r"\bGET\b|\bget (?:method|request)\b|\bmethod:? get\b")


def find_target(text: str) -> str:
    """Return the attributes of a form: where it sends its fields, and how."""
    target = TARGET.search(text)
    action = f' action="{target[1]}"' if target else ""
    return f'{action} method="{"get" if GET_FORM.search(text) else "post"}"'


BUTTON_TEXT = make_regex(
    r"\bbutton\b[^.\n\"'“]{0,24}[\"“']([A-Z][^\"”'\n]{1,30})[\"”']"
    r"|[\"“']([A-Z][^\"”'\n]{1,30})[\"”'] button\b"
)
NOT_INPUTS = make_regex(
    r"(?:^|_)(?:buttons?|forms?|headings?|headline|submit|css|header|titles?|paragraphs?|page"
    r"|footer|lists?|images?|styl\w+|javascript|validation|links?|sections?|nav\w*|tag|style|inputs?"
    r"|placeholders?|drop_?down|labels?|formular|feldern)(?:_|$)|^(?:heading|title|basic|simple|some)_"
)
"""What a prompt says of a page that is not a field of its form."""


def keep_inputs(members: Iterable[tuple[str, str]], text: str) -> list[str]:
    """Return the names of the fields of a form, without what else stands on its page."""
    names = [
        re.sub(r"^(?:an?|the)_|_(?:fields?|inputs?)$", "", name.lower()) for name, _ in members
    ]
    quoted = ["_".join(re.findall(r"\w+", said.lower())) for said in QUOTED.findall(text)]
    names = [name for name in names if not any(name in said for said in quoted if "_" in said)]
    kept = [re.sub(r"^e_mail", "email", name) for name in names if not NOT_INPUTS.search(name)]
    return [
        name
        for name in kept
        if not re.search(rf"\b{name}[\"'”]? (?:button|form|page)\b", text, re.I)
    ]


QUOTED = make_regex(r"[\"“]([^\"“”\n]{3,80})[\"”]")
"""A text on the page, whose words are not fields."""
DROPDOWN = make_regex(
    r"\b(?:drop-?down|select)\b(?: (?:menu|list|box))?(?: (?:of|for|with|to choose an?|called) "
    r"(?:the )?([a-z]\w+))?"
    r"[^.\n:(]{0,24}[:(] ?((?:[A-Z][\w ]{1,20}(?:, (?:and )?| and | or )){1,12}[A-Z][\w ]{1,20})"
)
USUAL_FORMS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        r"\blog[- ]?in\b|\bsign[- ]?in\b|anmelde|inicio de sesión|connexion",
        ("email", "password"),
        "Log in",
    ),
    (
        r"\bsign[- ]?up\b|\bregist\w+|\bcreate (?:an )?account|registr|inscription",
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


UPLOAD = make_regex(r"(?:^|_)(?:upload|resume|cv|attachment|photo|picture|avatar|file)(?:_|$)")


def write_input(field: str) -> str:
    """Return a field of a form with its label."""
    if field in ("checkbox", "check_box"):
        return '      <label><input name="agree" type="checkbox" required> I agree</label>'
    label = f'      <label for="{field}">{field.capitalize().replace("_", " ")}</label>\n'
    if field in ("message", "comment", "nachricht", "mensaje", "messaggio", "mensagem"):
        return f'{label}      <textarea id="{field}" name="{field}"></textarea>'
    kind = INPUT_KINDS.get(field, "file" if UPLOAD.search(field) else "text")
    return f'{label}      <input id="{field}" name="{field}" type="{kind}">'
