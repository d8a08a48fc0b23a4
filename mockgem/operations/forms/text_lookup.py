"""Find the value of a field in a text: after its label, by its kind, by the word before it."""

from __future__ import annotations

import re

from mockgem.operations.forms.addresses import find_address_part
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.sources import split_sentences

SYNONYMS = (
    "sender from origin source departure von absender de remitente expéditeur mittente start",
    "recipient to destination target arrival receiver nach empfänger para destinatario"
    " destinataire ziel",
    "total amount sum price cost betrag importe montant importo",
    "phone telephone tel mobile telefon teléfono",
    "email e-mail mail",
    "date datum fecha day when eta deadline due",
    "name title nombre nom nome titel",
    "host hostname server machine node",
    "id number no nr code reference ref ticket",
    "level severity priority",
    "message msg text",
    "company organisation organization employer firm vendor supplier",
    "job position role occupation",
    "subject betreff re asunto objet oggetto topic",
)
GROUPS = [frozenset(words.split()) for words in SYNONYMS]
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
DATE_SOURCE = (
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
    r"|\b\d{1,2}/\d{1,2}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\.? (?:of )?{MONTH}(?:,? \d{{4}})?\b"
    rf"|\b{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?\b"
)
DATE = make_regex(DATE_SOURCE)
TIME = make_regex(
    r"\b(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?: ?[ap]\.?m\b\.?)?|\b(?:1[0-2]"
    r"|0?[1-9]) ?[ap]\.?m\b"
    r"|\b(?:half past|quarter (?:past|to)|halb|viertel (?:vor|nach)) (?:\d{1,2}|[a-zäöüß]{3,8})\b"
    r"|\b(?:noon|midnight|mittags?|\d{1,2} o'clock|\d{1,2} Uhr(?: \d\d)?|\d{1,2}h\d{0,2})\b",
    re.I,
)
DAY = make_regex(
    rf"{DATE_SOURCE}|\b(?:(?:this|next|on|nächsten|diesen|kommenden|am|ce|le|este|el|próximo) )?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag"
    r"|mittwoch|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|dimanche)\b(?: (?:morning|afternoon|evening|night))?"
    r"|\b(?:tomorrow|today|tonight|morgen|heute|übermorgen|mañana|hoy|demain|next week)\b",
    re.I,
)
"""A date, or a day of the week."""
PROBLEM_NAME = make_regex(
    r"(?:^|_)(?:problems?|issues?|complaint|concern|problema|problème|anliegen|beschwerde)"
    r"(?:_description|_summary)?$",
    re.I,
)
TROUBLE = make_regex(
    r"\b(?:but|not|never|broken|wrong|problem|issue|damaged|late|missing|errors?|fail\w*|crash\w*"
    r"|lost|stopped|stuck|unable|charged twice|leak\w*|aber|nicht|kaputt|defekt|fehlt|pero|roto"
    r"|mais|cassé|pas)\b|n['’]t\b",
    re.I,
)
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (r"(?:^|_)ip(?:_address)?$", make_regex(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")),
    (r"e?mail", make_regex(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    (r"(?:^|_)(?:url|link|website)$", make_regex(r"https?://[^\s,;)\"'>]+|\bwww\.[^\s,;)\"'>]+")),
    (r"(?:^|_)(?:date|day|datum|fecha|eta|deadline|due|birthday|born)(?:_|$)", DAY),
    (r"^(?:log_?)?level$", make_regex(r"\b(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL|CRITICAL)\b")),
    (r"^timestamp$", make_regex(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?Z?")),
    (
        r"(?:^|_)(?:sex|gender)$",
        make_regex(r"\b(?:fe)?male\b|\b(?:wo)?man\b|\bnon-?binary\b", re.I),
    ),
    (r"(?:^|_)(?:time|uhrzeit|hora|heure|start_time|end_time)$", TIME),
    (
        r"(?:^|_)(?:phone|mobile|tel|telephone|fax)(?:_number)?$",
        make_regex(r"\+?\d[\d ()/-]{6,18}\d"),
    ),
    (r"(?:^|_)(?:percentage|percent|discount)$", make_regex(r"\d+(?:\.\d+)?(?= ?%)")),
    (r"(?:^|_)flight(?:_number|_no)?$", make_regex(r"\b[A-Z][A-Z0-9] ?\d{2,4}\b")),
    (
        r"(?:^|_)(?:id|code|number|no|ref|reference|sku|serial|ticket|plate|invoice|order|tracking"
        r"|flight)(?:_id"
        r"|_number|_code|_no)?$",
        make_regex(
            r"\b(?=[A-Z0-9-]{0,14}\d)(?=[A-Z0-9-]{0,14}[A-Z-])[A-Z0-9]{1,10}(?:-?[A-Z0-9]{1,12}){1,4}\b"
            r"|\b\d{6,20}\b"
        ),
    ),
    (
        r"(?:^|_)(?:address|street|adresse|dirección|indirizzo|endereço)$",
        make_regex(
            r"\b\d{1,5} (?:[A-Z][\w'.-]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square"
            r"|Row|Court|Way)\b"
            r"|\b[A-ZÀ-Þ][\w'.-]+(?: (?:[A-ZÀ-Þ]|das|dos|de|da|do|di|del|la)[\w'.-]*){0,4},?"
            r" \d{1,4}[a-z]?\b"
        ),
    ),
    (
        r"(?:^|_)(?:price|amount|cost|total|fee|sum|salary|budget|rent|preis|betrag|precio|prix)$",
        make_regex(
            r"[$€£] ?\d(?:[\d.,]*\d)?(?: ?(?:million|billion|k|m)\b)?"
            r"|\b(?:EUR|USD|GBP|CHF) \d(?:[\d.,]*\d)?|\b\d(?:[\d.,]*\d)? ?(?:€|\$|£|euros?\b"
            r"|EUR\b|USD\b"
            r"|GBP\b|CHF\b|dollars?\b|pounds?\b|Euro\b)"
        ),
    ),
    (r"(?:^|_)(?:city|town|ort|stadt|ville|ciudad)$", make_regex(r"(?<=\b\d{5} )[A-ZÀ-Þ][\w-]+")),
    (r"(?:^|_)(?:version)$", make_regex(r"\bv?\d+\.\d+(?:\.\d+)?\b")),
)
COMPILED = [(make_regex(pattern, re.I), value) for pattern, value in KINDS]
BEFORE = (
    (frozenset("sender from origin source departure start".split()), r"(?:from|von|desde|de|da)"),
    (
        frozenset("recipient to destination target arrival receiver".split()),
        r"(?:to|for|reach|nach|an|hacia|para|à|a)",
    ),
    (frozenset("author artist creator composer director".split()), r"(?:by|von|de|di)"),
    (
        frozenset("buyer customer purchaser client käufer kunde acheteur".split()),
        r"(?:to|an|à|for)",
    ),
    (frozenset("seller vendor verkäufer vendeur vendedor".split()), r"(?:by|from|von|par|por)"),
    (
        frozenset("location city place venue country town room".split()),
        r"(?:in|at|near|aus|en|à|em)",
    ),
    (frozenset("carrier courier shipper provider".split()), r"(?:with|by|via|mit|con|avec)"),
    (
        frozenset("company employer organisation organization".split()),
        r"(?:joined|joins|at|for|with|bei|of)",
    ),
    (
        frozenset("position title".split()),
        r"(?:hiring|seeking|looking for|recruiting|need|suchen|as)(?: an?| eine?n?)?",
    ),
    (frozenset("allergy allergie allergen".split()), r"(?:to|gegen|a|à)"),
    (
        frozenset("role job position profession occupation".split()),
        r"(?:is an?|as an?|works as an?|ist)",
    ),
)
PART = r"[A-ZÀ-Þ][\w'’&-]*(?:\.\w+)*"
NAME = rf"({PART}(?: (?:of |de |van |von )?{PART}){{0,3}})"
ORDINAL = make_regex(r"(?:_|^)(?:(a|1|first|one)|(b|2|second|two)|(c|3|third|three))$", re.I)


def find_labelled(name: str, text: str) -> str:
    """Return what stands after a field's name and a mark: "host=db-1", "Total: 5 EUR"."""
    words = name.replace("_", " ").replace("-", " ").lower().split()
    if not words:
        return ""
    labels = [" ".join(words), words[-1], *(words[:1] if len(words) > 1 else [])]
    labels += [other for group in GROUPS if words[-1] in group for other in sorted(group)]
    for label in dict.fromkeys(labels):
        spelled = re.escape(label).replace(r"\ ", r"[ _-]")
        match = re.search(
            rf"(?:^|[\s,;/|(\[])[\"'*]{{0,3}}{spelled}[\"'*]{{0,3}}\s?[:=]\**[ ]?"
            r"[\"']?([^\n,;|\"']{1,80}?)[\"']?"
            r"(?=[ ]?[/|,;\n]|[ ]\w+[=]|\Z|\.(?:\s|\Z))",
            text,
            re.I,
        )
        if match is not None and match[1].strip(" .[]()"):
            return match[1].strip(" *")
    return ""


def find_by_kind(name: str, text: str) -> str:
    """Return the first value in a text that looks like the kind of a field: a date, an address."""
    for pattern, value in COMPILED:
        if pattern.search(name):
            match = value.search(text)
            return match[0] if match else ""
    return ""


def find_all_by_kind(name: str, text: str) -> list[str]:
    """Return all values in a text that look like the kind of a plural: "emails"."""
    singular = name.rstrip("s")
    value = next((value for pattern, value in COMPILED if pattern.search(singular)), None)
    if value is None or singular == name:
        return []
    return list(dict.fromkeys(match[0] for match in value.finditer(text)))


CJK_PLACE = make_regex(r"([一-龥ァ-ヶー々A-Za-z0-9]{2,20})(?:で|にて|において)")
CJK_SUBJECT = make_regex(r"([^\s、。「」『』:：]{2,20}?)(?:は|が)")
CJK_SUBJECT_NAMES = frozenset(
    "event name title product item 商品 商品名 イベント 名前 製品".split()
)


def find_by_particle(words: frozenset[str], text: str) -> str:
    """Return the place before "で" or the subject of a Japanese text."""
    if text.isascii():
        return ""
    if words & frozenset("venue place location city 場所 会場".split()):
        match = CJK_PLACE.search(text)
    else:
        match = CJK_SUBJECT.search(text) if words & CJK_SUBJECT_NAMES else None
    return match[1] if match else ""


def find_by_place(name: str, text: str) -> str:
    """Return the name after a preposition that fits a field, or the first or second name."""
    words = frozenset(name.lower().split("_"))
    if found := find_by_particle(words, text):
        return found
    for names, before in BEFORE:
        if words & names:
            plain = r"([a-zà-ÿ][\w-]{2,24})" if "role" in names or "allergy" in names else NAME
            match = re.search(
                rf"(?<!\w){before} (?:(?:the|den|dem|der|la|el|le) (?:[a-zà-ÿ]+ )?)?{plain}", text
            )
            if match is not None:
                return match[1].strip(" .,")
    return ""


def find_by_order(name: str, text: str) -> str:
    """Return the first name of a text for party_a, the second for party_b."""
    match = ORDINAL.search(name)
    if match is None:
        return ""
    place = next(at for at, group in enumerate(match.groups()) if group)
    names = list_names(text)
    return names[place] if place < len(names) else ""


def find_in_text(name: str, text: str) -> str:
    """Return the value of a field in a text; empty if nothing in the text is like it."""
    return (
        find_labelled(name, text)
        or find_address_part(name, text)
        or find_by_kind(name, text)
        or find_by_place(name, text)
        or find_by_order(name, text)
        or find_product(name, text)
        or find_problem(name, text)
    )


def find_typed(name: str, text: str) -> str:
    """Return the value of a field that its label or its kind makes sure; else an empty text."""
    return (
        find_labelled(name, text)
        or find_by_kind(name, text)
        or find_product(name, text)
        or find_problem(name, text)
    )


PRODUCT_NAME = make_regex(
    r"^(?:product|item|article|goods|produkt|artikel"
    r"|producto)(?:_name)?$",
    re.I,
)
ORDERED = make_regex(
    r"\b\d{1,5} (?:x |pieces of |units of |boxes of |packs of )?((?!days?|weeks?|hours?|people"
    r"|years?|minutes?"
    r"|euros?|dollars?)[a-z][\w-]+(?: [a-z][\w-]+){0,2}?)"
    r"(?= (?:delivered|for|on|at|to|by|from|in|please|and|with|is|are|have|which|that)\b|[,.;!?]"
    r"|\s*\Z)"
)


def find_product(name: str, text: str) -> str:
    """Return the thing that a text orders by number: "25 oak shelves"."""
    match = ORDERED.search(text) if PRODUCT_NAME.match(name) else None
    return match[1] if match else ""


def find_problem(name: str, text: str) -> str:
    """Return the sentence of a text that tells what is wrong, for a field such as "issue"."""
    if not PROBLEM_NAME.search(name):
        return ""
    sentences = [one for one in split_sentences(text) if len(one.split()) > 2]
    return next(filter(TROUBLE.search, sentences), sentences[-1] if sentences else "")
