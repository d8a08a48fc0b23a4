"""What the name of a field says about its value: its kind, and the words that stand beside it."""

from __future__ import annotations

import re
from functools import lru_cache

from mockgem.operations.forms.described_values import CAMEL
from mockgem.operations.forms.lazy_patterns import make_regex

CUES = {
    "birth": "born geboren né naci birth geburt nascid nat",
    "geburt": "geboren geburt",
    "dob": "born birth",
    "nacimiento": "naci",
    "naissance": "né naiss",
    "start": "start begin from depart since von ab desde",
    "begin": "start begin from",
    "entry": "start ab",
    "eintritt": "ab eintritt anfang start",
    "departure": "depart leav from ab abfl",
    "departs": "depart leav from",
    "check in": "check-in check in from arriv ab von",
    "checkin": "check-in check in from",
    "end": "end until to till bis hasta through",
    "arrival": "arriv an lands",
    "check out": "check-out check out until to bis",
    "checkout": "check-out until to",
    "due": "due until by before pay within",
    "deadline": "deadline by until before apply bis",
    "frist": "bis frist",
    "renewal": "renew",
    "expiry": "expir valid until",
    "expires": "expir until",
    "net": "net netto subtotal zwischensumme",
    "netto": "netto net",
    "gross": "gross brutto total gesamt",
    "brutto": "brutto gesamt",
    "vat": "vat tax mwst ust iva tva umsatzsteuer mehrwertsteuer",
    "tax": "tax vat mwst iva tva",
    "total": "total sum gesamt importe totale due",
    "subtotal": "subtotal sub-total net netto zwischensumme",
    "gesamt": "gesamt summe total zusammen",
    "gesamtpreis": "gesamt summe total zusammen",
    "einzelpreis": "je pro einzel stück",
    "habitaciones": "habitaci dormitor",
    "banos": "baño",
    "metros": "m2 m²",
    "discount": "discount rabatt off descuento",
    "tip": "tip gratuity",
    "delivery": "deliver shipping",
    "shipping": "shipping deliver",
    "shipped": "shipped dispatched",
    "invoice": "invoice rechnung factura facture inv",
    "rechnung": "rechnung invoice",
    "order": "order bestell pedido commande",
    "bestell": "bestell order",
    "pedido": "pedido",
    "kunde": "kunde kunden",
    "customer": "customer client kunde account",
    "ticket": "ticket case incident",
    "booking": "booking reservation confirmation reference",
    "reservation": "reservation booking confirmation",
    "reserva": "reserva",
    "tracking": "tracking track",
    "flight": "flight flug vuelo vol",
    "seat": "seat sitz asiento",
    "gate": "gate",
    "plate": "plate licen kennzeichen registration",
    "license": "licen plate",
    "police": "police",
    "policy": "policy",
    "error": "error code",
    "users": "user people person employee colleague affected",
    "people": "people person guest pax personas personen adult",
    "persons": "people person guest",
    "personas": "persona gente",
    "personen": "person leute gäste",
    "guests": "guest people person adult",
    "passengers": "passenger people person ticket adult traveller traveler",
    "travelers": "travel people person",
    "party": "people person guest party",
    "attendees": "attendee people person participant",
    "kinder": "kind",
    "children": "child kid",
    "erwachsene": "erwachs",
    "budget": "budget maxim up to höchstens around",
    "quantity": "quantity units pieces licen copies items boxes",
    "age": "years old year-old aged age jahre años ans",
    "alter": "jahre",
    "edad": "años",
    "experience": "year experience jahre berufserfahrung años",
    "founded": "founded since established",
    "built": "built",
    "salary": "salary pay gehalt sueldo",
    "hr": "hr heart rate pulse",
    "pulse": "pulse hr",
    "heart": "hr heart pulse",
    "bp": "bp blood pressure",
    "blood": "bp blood",
    "temp": "temp",
    "temperature": "temp",
    "depart": "au until départ depart",
    "faellig": "bis fällig",
    "fällig": "bis fällig",
    "llegada": "del desde lleg",
    "salida": "al hasta sal",
    "arrivee": "du arriv",
    "arrivée": "du arriv",
    "anreise": "vom von ab anreise",
    "abreise": "bis abreise",
    "area": "m2 m² sqm sq qm",
    "size": "size m2",
    "wohn": "wohnhaft wohne lebe aus",
    "pickup": "from",
    "origin": "from",
    "dropoff": "to",
    "destination": "to",
    "duration": "for",
    "hearing": "hearing",
    "incident": "on",
}
"""Words in a text by a word of a field's name, as their beginnings."""
GENERIC = frozenset(
    "date time number no nr id code value name amount day of the in at price cost fee total_ ref"
    " reference datum fecha iso numero número num count hour month year jahr text address kind type"
    " field data details info first last full is has start_ am um der die das".split()
)
"""Words of names that say what a value is, not which one."""
STEM = 5
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", make_regex(r"(?:^|_)(?:e_?mail|correo|courriel)(?:_?address)?$")),
    ("iban", make_regex(r"(?:^|_)iban(?:_|$)")),
    ("url", make_regex(r"(?:^|_)(?:url|website|link|homepage)$")),
    (
        "phone",
        make_regex(
            r"(?:^|_)(?:phone|mobile|tel|telephone|telefon\w*|teléfono|telefono|téléphone|fax"
            r"|cell|handy)(?:_?(?:no|nr|number|nummer))?$"
        ),
    ),
    (
        "date",
        make_regex(
            r"(?:^|_)(?:date|datum|fecha|data_\w+|deadline|due|birthday|dob|born|check_?in"
            r"|check_?out"
            r"|prazo|plazo|frist|eintritt|departure_day|day|expir\w+|due_by|termin"
            r"|next_appointment|appointment|next_visit|follow_up_date|available_from|anreise"
            r"|abreise|verfügbar_ab|faellig(?:_am)?|fällig(?:_am)?|fecha_limite|vencimiento"
            r"|echeance|échéance|scadenza|valid_(?:from|until))$"
            r"|(?:start|end|due|birth|order|invoice|ship|issue)date$|datum$"
            r"|^(?:date|fecha|datum|due)_|(?:_|^)(?:start|end|begin)(?:s|_on|_day)?$"
        ),
    ),
    (
        "time",
        make_regex(r"(?:^|_)(?:time|uhrzeit|hora|heure|ora)(?:_\w+)?$|^(?:starts?|ends?)_at$"),
    ),
    (
        "code",
        make_regex(
            r"(?:^|_)(?:id|no|nr|number|nummer|numero|número|code|ref|reference|sku|plate|seat|pnr"
            r"|ticket|tracking|kennzeichen|gate|flight|case|vin|serial|kundennummer)$|nummer$"
            r"|^order$|^invoice$"
        ),
    ),
    (
        "organisation",
        make_regex(
            r"(?:^|_)(?:company|organi[sz]ation|employer|vendor|supplier|merchant|store|shop|firm"
            r"|firma|empresa|entreprise|unternehmen|manufacturer|carrier|bank|issuer|seller"
            r"|provider|tienda|negozio|magasin|boutique|geschäft|händler|loja|restaurant|hotel"
            r"|institution|agency|publisher|lieferant|lender|insurer|creditor)(?:_name)?$"
        ),
    ),
    (
        "place",
        make_regex(
            r"(?:^|_)(?:city|town|location|place|venue|airport|wohnort|ort|stadt|ciudad|ville|lugar"
            r"|city_name|origin|destination|pickup|dropoff|drop_off|pick_up|country|birthplace"
            r"|office"
            r"|where|from|to|headquarters|hq|hq_location|sitz|based_in|ziel|reiseziel|stadium|club"
            r"|destino|origen|lieu)(?:_(?:name|location|address|city))?$"
        ),
    ),
    (
        "person",
        make_regex(
            r"(?:^|_)(?:name|full_name|passenger|patient|customer|client|sender|candidate|guest"
            r"|contact|applicant|author|employee|agent|manager|caller|doctor|recipient|remitente"
            r"|absender|expediteur|empf(?:ä|ae)nger|destinatario|destinataire|addressee|attendee"
            r"|tenant|landlord|driver|witness|assignee|owner|host"
            r"|organizer|speaker|student|teacher|borrower|debtor|insured|nombre|nom|nome|vorname"
            r"|nachname"
            r"|person)(?:_name)?$"
        ),
    ),
)
MONEY = make_regex(
    r"(?:^|_)(?:price|amount|total|cost|fee|sum|salary|budget|rent|net|gross|vat|tax|tip|subtotal"
    r"|preis|betrag|importe|precio|prix|montant|netto|brutto|gesamt\w*|summe|discount|deposit"
    r"|refund"
    r"|balance|shipping|revenue|fare|bill|value|charge|principal|loan_amount|payment|paid"
    r"|mwst|kosten|gehalt|kaution|loyer|alquiler|coste|affitto)(?:_|$)|betrag$|preis$|miete$"
)
"""Fields for money."""
YEAR = make_regex(r"(?:^|_)(?:year|jahr|año|année|anno|ano|founded|built|established)(?:_|$)")
PERCENT = make_regex(r"(?:^|_)(?:percent\w*|pct|rate|discount)(?:_|$)")
FREE = make_regex(
    r"^action$|(?:^|_)(?:sentiment|mood|tone|emotion|language|currency|color|colour|status|state"
    r"|type|kind"
    r"|category|label|title|subject|headline|topic|name|product|item|summary|text|message|content"
    r"|description|answer|reply|response|reason\w*|explanation|feedback|intent|translation"
    r"|original|corrected|thought|evidence|quote|role|job|position|occupation|brand|model|unit"
    r"|size|material|gender|degree|level|comment|note|action_input|tool|verdict|code|query"
    r"|question|criterion|key|value|word|step|advice|suggestion\w*)$"
)
"""Fields that other rules fill."""
UNITS = {
    "m2": "m2 m² sqm qm sq",
    "sqm": "m2 m² sqm",
    "km": "km",
    "kg": "kg",
    "g": "g",
    "mg": "mg",
    "ml": "ml",
    "cm": "cm",
    "gb": "gb",
    "mb": "mb",
    "hours": "hour h hrs",
    "minutes": "min",
    "min": "min",
    "days": "day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "celsius": "°",
    "kmh": "km/h",
    "miles": "mile",
}
"""What stands behind a number by the unit at the end of a field's name."""


@lru_cache(maxsize=512)
def read_name(name: str) -> str:
    """Return the name of a field in small letters, with "_" between its words."""
    return re.sub(r"[\s.-]+", "_", CAMEL.sub("_", name)).lower().strip("_")


@lru_cache(maxsize=512)
def find_kind(name: str) -> str:
    """Return the kind of value of a field by its name; empty for an unknown kind."""
    return next((kind for kind, pattern in KINDS if pattern.search(name)), "")


@lru_cache(maxsize=512)
def list_cues(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the beginnings of words beside the value of a field, for each word of its name."""
    words = [word for word in name.split("_") if word]
    joined = " ".join(words)
    cues = [tuple(CUES[key].split()) for key in CUES if " " in key and key in joined]
    for word in words:
        if word in GENERIC or (word in UNITS and len(words) > 1 and word != words[0]):
            continue
        own = word[: max(STEM, len(word) - 2)] if len(word) > STEM else word.removesuffix("s")
        part = next((key for key in CUES if len(key) > 4 and word.startswith(key)), word)
        cues.append(tuple(dict.fromkeys([*CUES.get(part, "").split(), own])))
    return tuple(cues) or tuple((word,) for word in words[:1])
