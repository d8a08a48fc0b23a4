"""Values of invented objects that their fields can hold: numbers, days, people, tasks, no
repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mockgem.operations.forms.field_cues import find_kind, read_name
from mockgem.operations.forms.field_names import ENGLISH_NAMES
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_values import PRODUCTS
from mockgem.operations.forms.plausible_tasks import name_tasks
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sample_words import WORDS
from mockgem.operations.forms.usual_values import PEOPLE as USUAL_PEOPLE
from mockgem.operations.forms.vocabulary import list_nouns

PLACE_IN_LIST = make_regex(
    r"^(?:page|page_number|index|rank|step_number|slide_number|chapter_number|day_number|sequence)$"
)
ISBN = make_regex(r"(?:^|_)isbn(?:_?1[03])?$")
VERSION = make_regex(r"^(?:version|versión|versao|versão|versione)$")
PEOPLE: dict[str, tuple[str, ...]] = {
    "de": ("Anna Berger", "Jonas Klein", "Miriam Vogt", "Felix Braun", "Laura Engel"),
    "fr": ("Claire Dubois", "Hugo Martin", "Élise Bernard", "Louis Petit", "Camille Roux"),
    "es": ("Lucía Gómez", "Javier Ruiz", "Elena Torres", "Pablo Díaz", "Marta Vidal"),
    "pt": ("Ana Souza", "Bruno Lima", "Carla Mendes", "Diego Alves", "Helena Costa"),
    "it": ("Giulia Conti", "Marco Ricci", "Sara Gallo", "Luca Moretti", "Elisa Bruno"),
}
PERSON = make_regex(
    r"^(?:respons[aá]ve(?:l|is)|responsables?|verantwortliche?r?|zust(?:ae|ä)ndige?r?|encargad[oa]"
    r"|responsabile|assigned_to|assignee|pessoa|persona|person(?:ne)?|cliente?|client|kunde|autor"
    r"|auteur|autore|nombre_completo|nom_complet|nome_completo|mitarbeiter|empleado|employé)$"
)
FIRST = make_regex(r"^(?:vorname|prénom|prenom|primeiro_nome|first_name)$")
LAST = make_regex(r"^(?:nachname|apellidos?|nom_de_famille|sobrenome|cognome|last_name)$")
CITIES: dict[str, tuple[str, ...]] = {
    "de": ("Leipzig", "Bremen", "Freiburg", "Kassel"),
    "fr": ("Lyon", "Nantes", "Lille", "Grenoble"),
    "es": ("Sevilla", "Valencia", "Bilbao", "Granada"),
    "pt": ("Porto", "Recife", "Curitiba", "Coimbra"),
    "it": ("Bologna", "Torino", "Verona", "Parma"),
}
CITY = make_regex(r"^(?:ort|stadt|wohnort|ville|ciudad|cidade|città|citta)$")
NUMBERED = make_regex(
    r"(?:kunden|bestell|artikel|rechnungs|auftrags|mitarbeiter)(?:_)?(?:nummer|nr)$"
    r"|^(?:numero|número|numéro)_(?:de_)?(?:cliente?|pedido|commande|client|factura|facture"
    r"|ordine)$"
)
WHOLE_SHARE = make_regex(r"battery|percent(?:age)?$|_pct$|humidity")
MOST_SPACES = 3
FORMATS = frozenset(
    "ISO JSON CSV YAML UUID API IoT URL XML AAAA-MM-DD YYYY-MM-DD JJJJ-MM-TT HH:MM".split()
)
"""Words about the form of values, which are not values."""
WHO = make_regex(
    r"^(?:passenger|patient|customer|guest|client|driver|tenant|landlord|teacher|student|doctor"
    r"|speaker|instructor|borrower|applicant|candidate|employee|manager|owner|recipient"
    r"|sender)(?:_name)?$"
)
TOWNS = ("Lisbon", "Denver", "Osaka", "Leeds", "Graz")
STARTS = make_regex(r"^(?:start|start_time|begins?|from_time)$")
ENDS = make_regex(r"^(?:end|end_time|ends?|to_time)$")
LOGS = make_regex(r"\blogs?\b")
LOG_VALUES = {
    "level": ("INFO", "ERROR", "WARN"),
    "log_level": ("INFO", "ERROR", "WARN"),
    "service": ("payment-service", "auth-service", "search-api"),
    "logger": ("payment-service", "auth-service", "search-api"),
    "message": ("Request completed", "Connection timed out", "Retrying request"),
}
FILE = make_regex(r"^(?:log_?)?(?:file|filename|file_name|file_path|path)$")
COOKING = make_regex(r"cook|prep|bak(?:e|ing)|dauer|total_time")
CLOCK = make_regex(r"\d\d:\d\d(?::\d\d)?")
MINUTES = make_regex(
    r"^(?!(?:.*_)?read)(?:.*_)?(?:minutes?|mins|minuten|minutos|duration_min|time_min|prep_min|cook_min)(?:_|$)"
)
HOURS = make_regex(r"(?:^|_)(?:hours|estimate_hours|estimated_hours|stunden|horas|heures)$")
MINUTE_SAMPLES = (25, 15, 40, 20, 30)
HOUR_SAMPLES = (4, 8, 6, 3, 12)
SHORTEST, LONGEST = 5, 600
GOODS = frozenset("sku price in_stock stock stock_quantity currency".split())


def make_plausible(value: Any, given: str, question: Question) -> Any:
    """Return a generated value in which no field holds what it cannot."""
    if not isinstance(value, (dict, list)):
        return value
    corrector = Corrector(given, question)
    corrector.keys = frozenset(list_keys(value))
    return corrector.correct(name_tasks(value, question))


def list_keys(value: Any) -> Iterator[str]:
    """Yield the names of all fields in small letters."""
    match value:
        case dict():
            for key, item in value.items():
                yield read_name(key)
                yield from list_keys(item)
        case [dict() as first, *_]:
            yield from list_keys(first)


class Corrector:
    """Corrects the values of fields that their names exclude."""

    def __init__(self, given: str, question: Question) -> None:
        self.given = given
        self.language = question.language
        self.whole = question.whole[:6000]
        self.lower = self.whole.lower()
        self.keys: frozenset[str] = frozenset()
        self.nouns = (
            frozenset(list_nouns(self.language)[:12]) if self.language != "en" else frozenset()
        )

    def correct(self, value: Any, key: str = "", at: int = 0) -> Any:
        match value:
            case dict():
                fixed = {own: self.correct(item, own, at) for own, item in value.items()}
                return self.fix_row(fixed, at)
            case [dict(), *_]:
                rows = [self.correct(item, key, at) for at, item in enumerate(value)]
                return keep_one_currency(rows, self.whole)
            case list():
                return list_once([self.correct(item, key, at) for at, item in enumerate(value)])
        return self.fix(read_name(key), value, at) if key else value

    def fix(self, name: str, item: Any, at: int) -> Any:
        if isinstance(item, bool) or item is None:
            return item
        if isinstance(item, str):
            return self.fix_text(name, item, at)
        is_short = MINUTES.search(name) is not None and 0 < item < SHORTEST
        if is_short and not re.search(rf"\b{item:g} ?-?min", self.whole):
            return MINUTE_SAMPLES[at % len(MINUTE_SAMPLES)]
        if any(text in self.whole for text in (f"{item:g}", f"{item}", f"{item:,}")):
            return item
        if isinstance(item, float) and WHOLE_SHARE.search(name):
            return round(item)
        if NUMBERED.search(name) and item < 1000:
            return 1001 + at
        is_odd = COOKING.search(name) is not None and item % 5 > 0
        if MINUTES.search(name) and (
            is_odd or item != int(item) or not SHORTEST <= item <= LONGEST
        ):
            return MINUTE_SAMPLES[at % len(MINUTE_SAMPLES)]
        if HOURS.search(name) and item != int(item):
            return HOUR_SAMPLES[at % len(HOUR_SAMPLES)]
        return item

    def fix_text(self, name: str, item: str, at: int) -> Any:
        if not item and FILE.match(name):
            return "app.log" if "log" in name or "log" in self.whole.lower() else "data.txt"
        if PLACE_IN_LIST.match(name) and item.isalpha() and item.islower():
            return at + 1
        is_noun = item in self.nouns
        if ISBN.search(name) and not re.search(r"\d", item):
            return WORDS["isbn"][at % 3]
        if find_kind(name) == "code" and item.isalpha() and item.islower() and item in self.lower:
            return f"{name[:3].upper()}-{1001 + at}"
        if (
            CLOCK.fullmatch(item)
            and item not in self.whole
            and name.startswith(("check_in", "check_out"))
        ):
            return "15:00" if name.startswith("check_in") else "11:00"
        if (own := self.fix_english(name, item, at)) is not None:
            return own
        if VERSION.match(name) and is_noun:
            return WORDS["version"][at % 3]
        if find_kind(name) == "date" and is_noun:
            return f"2026-{3 + at % 9:02}-{5 + 4 * (at % 5):02}"
        if name == "prefecture" or name == "都道府県":
            return item if item.endswith(("県", "府", "都", "道")) else PREFECTURES[at % 4]
        people = PEOPLE.get(self.language)
        if people is None or not (is_noun or item in UNNAMED):
            return item
        person = people[at % len(people)]
        if FIRST.match(name) or LAST.match(name):
            return person.split()[0 if FIRST.match(name) else -1]
        if CITY.match(name):
            return CITIES[self.language][at % 4]
        return person if PERSON.match(name) or ENGLISH_NAMES.get(name) == "customer" else item

    def fix_english(self, name: str, item: str, at: int) -> str | None:
        """Return another value for one that does not suit its field: a format, a remark."""
        if self.given:
            return None
        is_remark = item.startswith("typical ") or item.count(" ") > MOST_SPACES or item in FORMATS
        is_remark = is_remark or read_name(item) in self.keys
        if WHO.match(name) and (is_remark or item.islower()):
            return USUAL_PEOPLE[at % len(USUAL_PEOPLE)]
        is_word = item in FORMATS or read_name(item) in self.keys
        if is_word and find_kind(name) == "place":
            return TOWNS[(at + name.startswith(("to", "dest", "arriv"))) % len(TOWNS)]
        if STARTS.match(name) and is_remark:
            return f"{9 + 2 * at % 12:02}:00"
        if ENDS.match(name) and is_remark:
            return f"{10 + 2 * at % 12:02}:30"
        if f"{name} (iso" in self.lower and not re.search(r"\d", item):
            return f"2026-05-{12 + at % 9}T09:30:00Z"
        if name in LOG_VALUES and LOGS.search(self.lower) and (is_remark or item in WORDS["level"]):
            values = LOG_VALUES[name]
            return values[at % len(values)]
        if name == "code" and item.startswith("#") and "colo" not in self.lower:
            return f"C{101 + at}"
        return None

    def fix_row(self, row: dict[str, Any], at: int) -> dict[str, Any]:
        names = {read_name(key): key for key in row}
        if not self.given:
            row = name_local_goods(name_house(row, names, at, self.lower), names, at, self.language)
        row = name_goods(name_prefecture(self.part_name(row, names), names), names, at)
        return name_plain_dish(row, names, at)

    def part_name(self, row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
        """Return a row whose last name is not a whole name beside a first name."""
        first = next((one for one in names if FIRST.match(one)), None)
        last = next((one for one in names if one == "nom" or LAST.match(one)), None)
        given = next((names[one] for one in ("nombre", "nome", "name") if one in names), None)
        if last and not first and given and isinstance(row[given], str) and " " in row[given]:
            is_stated = row[given] in self.given or row[given] in self.whole
            return row if is_stated else {**row, given: row[given].split()[0]}
        whole = row[names[last]] if first and last else None
        if last is None or not isinstance(whole, str) or " " not in whole or whole in self.given:
            return row
        return {**row, names[last]: whole.split()[-1]}


PRICES = frozenset("preis precio prix prezzo preço preco".split())
NAMES = ("name", "nombre", "nom", "nome", "produkt", "producto")


def name_local_goods(
    row: dict[str, Any], names: dict[str, str], at: int, language: str
) -> dict[str, Any]:
    """Return a product in another language that is not named like a person."""
    known = PRODUCTS.get(language, "").split("|")
    key = next((names[one] for one in NAMES if one in names), None)
    if key is None or not PRICES & names.keys() or len(known) < MIN_GOODS:
        return row
    is_person = isinstance(row[key], str) and len(row[key].split()) == len(("first", "last"))
    is_known = any(row[key] == one for one in known)
    return {**row, key: known[at % len(known)]} if is_person and not is_known else row


MIN_GOODS = 3
HOUSES = ("The Olive Tree", "Blue Door Bistro", "Harbour Kitchen", "Casa Verde")


def name_house(row: dict[str, Any], names: dict[str, str], at: int, whole: str) -> dict[str, Any]:
    """Return a restaurant that is not named like a dish."""
    key = names.get("name")
    is_house = key and "cuisine" in names and {"address", "menu", "rating", "phone"} & names.keys()
    is_given = key is not None and str(row.get(key)).lower() in whole
    return {**row, str(key): HOUSES[at % len(HOUSES)]} if is_house and not is_given else row


def name_plain_dish(row: dict[str, Any], names: dict[str, str], at: int) -> dict[str, Any]:
    """Return a dish with one of its ingredients in its name: "Spinach pasta"."""
    uses = row.get(names.get("uses") or names.get("ingredients") or "")
    dish = names.get("name") or names.get("dish")
    if not dish or not isinstance(uses, list) or not uses or row[dish] not in PLAIN_DISHES:
        return row
    part = str(uses[(at + 1) % len(uses)])
    part = part.removesuffix("s") if not part.endswith("ss") else part
    return {**row, dish: f"{part[:1].upper()}{part[1:]} {row[dish]}"}


def name_prefecture(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Return a sight with the prefecture in which it is."""
    own = str(row.get(names.get("name", ""), ""))
    found = next((one for one in OF_PLACES if own.startswith(one)), "")
    is_known = found and row.get(names.get("prefecture", ""))
    return {**row, names["prefecture"]: OF_PLACES[found]} if is_known else row


def name_goods(row: dict[str, Any], names: dict[str, str], at: int) -> dict[str, Any]:
    """Return a product whose title is not that of a book."""
    title = names.get("title")
    if title and names.keys() & {"code", "credits"} and row[title] in WORDS_OF_COLOR:
        return {**row, title: COURSES[at % len(COURSES)]}
    if title and GOODS & names.keys() and row[title] in WORDS["title"]:
        return {**row, title: WORDS["product"][at % len(WORDS["product"])]}
    return row


WORDS_OF_COLOR = frozenset("red green blue yellow purple orange black white".split())
COURSES = ("Introduction to Statistics", "Data Structures", "World History", "Linear Algebra")
PREFECTURES = ("京都府", "東京都", "奈良県", "北海道")
OF_PLACES = {
    "沖縄": "沖縄県",
    "日光": "栃木県",
    "京都": "京都府",
    "清水": "京都府",
    "伏見": "京都府",
    "金閣": "京都府",
    "奈良": "奈良県",
    "東大寺": "奈良県",
    "東京": "東京都",
    "浅草": "東京都",
    "大阪": "大阪府",
    "姫路": "兵庫県",
    "広島": "広島県",
    "厳島": "広島県",
    "富士": "静岡県",
    "箱根": "神奈川県",
    "鎌倉": "神奈川県",
    "札幌": "北海道",
    "北海道": "北海道",
}
"""The prefecture of a sight by the beginning of its name."""
PLAIN_DISHES = frozenset("pasta soup salad curry pizza stew omelette wrap sandwich risotto".split())
UNNAMED = frozenset("Jeder Kunde Jede Kundin Cada Chaque Ogni".split())


def list_once(items: list[Any]) -> list[Any]:
    """Return a list without the same text twice, if several are left."""
    if not all(isinstance(item, str) for item in items):
        return items
    return list(dict.fromkeys(items))


def keep_one_currency(rows: list[Any], whole: str) -> list[Any]:
    """Return invented rows with prices in one currency."""
    key = next((one for one in rows[0] if read_name(one) in ("currency", "currency_code")), None)
    if key is None or not isinstance(rows[0].get(key), str):
        return rows
    used = {row.get(key) for row in rows if isinstance(row, dict)}
    if len(used) < 2 or any(f"{one}" in whole for one in used if one):
        return rows
    if not any("price" in read_name(one) or "amount" in read_name(one) for one in rows[0]):
        return rows
    return [{**row, key: rows[0][key]} if isinstance(row, dict) else row for row in rows]
