"""Short names of things: those in the given text, known ones, or words about the topic."""

from __future__ import annotations

import re

from mockgem.operations.forms.known_things import COMPILED
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.listed_requests import list_requests
from mockgem.operations.forms.local_lists import find_local_things
from mockgem.operations.forms.name_words import BEGINNINGS, list_names, list_organisations
from mockgem.operations.forms.named_lists import find_list
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.statements import list_marked
from mockgem.operations.forms.text_candidates import Candidates
from mockgem.operations.forms.vocabulary import find_kind, list_words
from mockgem.operations.generators import faker_pool

ENTITIES = make_regex(
    r"\b(?:extract|every|all|mentioned|find|list (?:the|all|every)|extrahiere|extrae"
    r"|extrais|estrai|alle|todos|todas|tous|toutes|tutti|tutte|extraia|finde|trouve|encuentra"
    r"|trova|elenca|encontre|haal|zoek|wypisz|znajdź|wyodrębnij|bul|çıkar|tìm|trích xuất"
    r"|ekstrak|temukan)\b|\b(?:people|persons|names|companies|cities|places|dates|locations|countries"
    r"|organi[sz]ations|products|brands|e-?mails)\b[^.?!\n]{0,20} (?:in|from|of) (?:this|the|that"
    r"|these)"
    r" (?:\w+ )?(?:text|passage|paragraph|article|message|sentence|e-?mail|note|news|report"
    r"|document)"
    r"|извлеки|найди|выпиши|витягни|знайди|استخرج|חלץ|מצא|निकाल|抽出|提取|추출|찾아|ดึง",
    re.I,
)
KINDS = (
    (
        make_regex(
            r"\b(?:e-?mails?\b|e-?mail\w|correos?\b|courriels?\b)|メールアドレス|邮箱|邮件地址|이메일"
            r"|почт\w*|пошт\w*|البريد|אימייל|ईमेल|อีเมล",
            re.I,
        ),
        "emails",
    ),
    (make_regex(r"\b(?:urls?|links?)\b", re.I), "urls"),
    (
        make_regex(
            r"\b(?:dates?|daten|fechas|datas|daty|tarih\w*|tanggal|days?|даты)\b|дат(?!\w)|日期"
            r"|日付|날짜|تواريخ|תאריכים|तारीख",
            re.I,
        ),
        "dates",
    ),
    (make_regex(r"\b(?:numbers?|zahlen|números|figures)\b", re.I), "numbers"),
    (
        make_regex(r"\b(?:places?|cit(?:y|ies)|locations?|countries|orte|lugares|villes)\b", re.I),
        "places",
    ),
    (
        make_regex(
            r"people|ppl|persons?|names?|compan\w*|organi[sz]ations?|entit\w*|brands?"
            r"|products?|personen|personas|empresas|firmen",
            re.I,
        ),
        "people",
    ),
)


NO_SPACES = make_regex(
    r"\b(?:without|no) (?:any )?(?:spaces|blanks|separators)\b|\bE\.?164\b", re.I
)
PHONE = make_regex(r"(?<![\w-])\+?\(?\d[\d ()./-]{5,18}\d(?![\w-])")


def list_entities(question: Question) -> list[str]:
    """Return the things of the kind that the prompt wants to have extracted from its text."""
    if question.material and (listed := list_kind(question)):
        return listed
    if not question.material or not ENTITIES.search(question.instruction):
        return []
    if mentioned := find_mentioned_things(question):
        return mentioned
    if re.search(r"\b(?:tele)?phone numbers?\b", question.instruction, re.I):
        phones = list(dict.fromkeys(PHONE.findall(question.material)))
        plain = NO_SPACES.search(question.instruction) is not None
        return [re.sub(r"[ ()./-]", "", one) if plain else one for one in phones]
    if AMOUNTS.search(question.instruction) and (found := AMOUNT.findall(question.material)):
        return list(dict.fromkeys(found))
    if COMPANIES.search(question.instruction) and (found := list_organisations(question.material)):
        return found
    if PLACES.search(question.instruction) and (found := list_places(question)):
        return found
    for pattern, kind in KINDS:
        if pattern.search(question.instruction):
            values = getattr(question.hints, kind) or (
                question.hints.people if kind == "places" else []
            )
            if kind in ("places", "people") and len(values) < 2:
                values = [*values, *list_names(question.material)]
            names = [
                part for value in values for part in re.split(r" and | und | y | et ", str(value))
            ]
            names = [one for one in dict.fromkeys(names) if one.lower() not in BEGINNINGS]
            if question.written_language == "de" and kind == "people":
                return keep_german_names(names, question.material)
            return names
    return []


KIND = make_regex(
    r"\b(?:what|which|list|name|extract|find|identify|give|get)\b(?: (?:are|were|me|out|all|every"
    r"|of|the|any|two|three|four|five|\d))* (?P<kind>symptoms|complaints|side effects|requests"
    r"|demands|ingredients|allergies|allergens|amenities|skills|tools|technologies)\b",
    re.I,
)
"""A list of a kind that a text gives behind certain words: "reported headache and nausea"."""


def list_kind(question: Question) -> list[str]:
    """Return the side effects, ingredients, requests … that the given text names."""
    match = KIND.search(question.instruction)
    if match is None:
        return []
    kind = match["kind"].lower().replace(" ", "_")
    if kind in ("requests", "demands"):
        return list_requests(question.material)
    found = find_list(kind, Candidates(question.material[:8000]))
    if kind == "ingredients" and len(find_mentioned_things(question)) > len(found):
        return []
    return found if len(found) > 1 else []


AMOUNTS = make_regex(
    r"\b(?:amounts?|prices?|sums|costs|beträge|preise|importes|precios|montants|prix|importi|prezzi"
    r"|valores|preços|money)\b",
    re.I,
)
AMOUNT = make_regex(
    r"(?:[$€£¥] ?|\b(?:EUR|USD|GBP|CHF) )\d(?:[\d.,]*\d)?"
    r"|(?<![\w.])\d(?:[\d.,]*\d)? ?(?:€|\$|£|%|(?:euros?|EUR|USD|GBP|CHF|dollars?|pounds?|Euro)\b)"
)
"""A number with a currency, as the text writes it."""


PLACES = make_regex(
    r"\b(?:places?|cit(?:y|ies)|towns?|locations?|orte|städte|lugares|ciudades|villes)\b",
    re.I,
)
TO_PLACE = make_regex(
    r"\b(?:in|from|to|at|near|through|via|left|reached|visited|of|around|towards|leaving|aus"
    r"|nach|en|à|de|desde"
    r"|hacia|vers|da|per) (?:the )?\Z"
)


def list_places(question: Question) -> list[str]:
    """Return the names in the text that stand behind a word such as "in" or "reached"."""
    text, found = question.material, []
    for name in list_names(text):
        at = text.find(name)
        if name in question.hints.places or TO_PLACE.search(text, max(0, at - 24), at):
            found.append(name)
    return found if len(found) > 1 else []


def keep_german_names(names: list[str], text: str) -> list[str]:
    """Return names without single nouns, which have capitals in German as well."""
    kept = []
    for name in names:
        words = [word for word in name.split() if word.lower() not in BEGINNINGS]
        titled = (
            re.search(
                rf"\b(?:Herrn?|Frau|Dr\."
                rf"|Prof\.) {re.escape(words[-1])}",
                text,
            )
            if words
            else None
        )
        if words and (len(words) > 1 or titled):
            kept.append(" ".join(words))
    return kept


COMPANIES = make_regex(
    r"\b(?:compan(?:y|ies)|organi[sz]ations?|brands?|firms?|firmen|unternehmen|empresas?"
    r"|entreprises?|aziende)\b",
    re.I,
)


def find_mentioned_things(question: Question) -> list[str]:
    """Return the things of a known kind that the given text mentions, in their order."""
    kind = re.search(r"\b(ingredients?|foods?|zutaten)\b", question.instruction, re.I)
    names = find_known_things(question.instruction)
    if kind:
        names = [*names, *INGREDIENTS.split()]
    text = question.material.lower()
    spans = {name.lower(): match.span() for name in names if (match := find_word(name, text))}
    found = {
        name: span[0]
        for name, span in spans.items()
        if not any(
            other != name and one[0] <= span[0] and span[1] <= one[1] and len(name) <= len(other)
            for other, one in spans.items()
        )
    }
    return sorted(found, key=lambda name: found[name]) if kind or len(found) > 1 else []


def find_word(name: str, text: str) -> re.Match[str] | None:
    return re.search(rf"\b{re.escape(name.lower())}(?:e?s)?\b", text)


INGREDIENTS = """
flour sugar butter eggs milk salt pepper oil onion onions garlic tomatoes tomato cheese chicken
beef rice pasta cream yeast honey lemon basil oregano parsley cinnamon vanilla chocolate carrots
potatoes spinach mushrooms vinegar mustard yogurt cocoa almonds walnuts thyme ginger bacon ham
tuna shrimp beans lentils water bread cumin paprika
"""


def list_things(question: Question, count: int, *, exact: bool = True) -> list[str]:
    """Return `count` short names of things that the prompt asks for."""
    found = list_entities(question)
    if question.is_about_reply and (marked := list_marked(question.material)):
        found = [re.split(r"\s[-–—:(]|:\s", item, maxsplit=1)[0].strip("*") for item in marked]
    if found and not exact:
        return found
    if local := find_local_things(question.instruction, question.language):
        return local[: max(count, 1) if exact else len(local)]
    from mockgem.operations.forms.invented_things import invent_things
    from mockgem.operations.forms.related_words import list_related

    if len(related := list_related(question.instruction)) >= count > 0:
        return related[:count]
    if not found and TALKS.search(question.instruction):
        from mockgem.operations.forms.list_items import list_wished

        if said := list_wished(question, count):
            return said
    if not found and (invented := invent_things(question, count)):
        return invented
    pool = found + [thing for thing in find_known(question) if thing not in found]
    if not exact and ORDERED.search(question.instruction):
        return pool
    start = (
        0
        if found or ORDERED.search(question.instruction)
        else question.random.draw_below(max(1, len(pool)))
    )
    ordered = pool[start:] + pool[:start]
    if not pool:
        from mockgem.operations.forms.writing import Writer

        writer = Writer(question)
        return [writer.write_item() for _ in range(count)]
    number = 2
    while len(ordered) < count:
        ordered.append(f"{question.topic.split()[-1]} {number}")
        number += 1
    return ordered[:count]


TALKS = make_regex(r"\b(?:ice-?breakers?|conversation) (?:questions|starters)\b", re.I)
WORD_KINDS = frozenset("keyword keywords tag tags topic topics seo hashtags".split())
"""Names of lists of words, which are not items."""
ORDERED = make_regex(
    r"\b(?:days of the week|weekdays|months|seasons"
    r"|(?:all|the)(?: of)?(?: the)? (?:eight |8 |seven |7 )?(?:planets|continents))\b",
    re.I,
)
"""Things that come whole and in their order."""


def find_known_things(text: str) -> list[str]:
    """Return the names of the kind of thing that a text names; empty if none is known."""
    found = (things for pattern, things in COMPILED if pattern.search(text))
    names = next(found, "")
    return names.split(", ") if names not in ("", "*") else []


FIRST_NAMES = make_regex(
    r"\b(?:vornamen?|babynamen?|mädchennamen?|jungennamen?|prénoms?|nombres (?:de (?:niñ|beb"
    r"|person|chic)\w*|propios)|nomes (?:de (?:beb|menin|pesso)\w*|próprios)"
    r"|nomi (?:di|da|per) (?:bamb|person|ragazz)\w*|voornamen|imion\w*|isim\w*|имён|имен|имена"
    r"|nama (?:bayi|anak|orang))\b|أسماء (?:أطفال|أولاد|بنات)|שמות"
    r"|赤ちゃんの名前|人の名前|아기 이름|사람 이름",
    re.I,
)
"""First names of people."""


def find_known(question: Question) -> list[str]:
    """Return names of the kind of thing in the prompt, else the keywords of its topic."""
    text = re.sub(r"`[^`\n]*`|\A\W*name\b", "", question.instruction, flags=re.I)
    if question.language != "en" and (kind := find_kind(text)):
        return list_words(question.language, kind)
    if question.language != "en" and FIRST_NAMES.search(text):
        from mockgem.operations.forms.local_names import load_names

        known = [load_names(code) for code in (question.language, "it", "es", "fr", "de")]
        return list(dict.fromkeys(name for names in known if names for name in names.first))
    for pattern, things in COMPILED:
        if pattern.search(text):
            if things == "*":
                own = [word for word in question.keywords if word.lower() not in WORD_KINDS]
                return own or list(question.keywords)
            if not things:
                return [faker_pool.call_faker(question.random, "first_name") for _ in range(8)]
            return things.split(", ")
    return []
