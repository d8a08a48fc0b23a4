"""What a prompt says about the parameters of a function and about what it returns."""

from __future__ import annotations

import re
import unicodedata

from mockgem.operations.forms.lazy_patterns import make_regex

TAKES = make_regex(
    r"(?<!\w)(?:takes?|taking|accepts?|accepting|receives?|receiving|gets?(?= [\w, `]{2,80} (?:as"
    r"|via) props)|expects?|(?:with|has|avec|con|mit|com) (?:the |an? "
    r"|les |las |los |den |i |two |three )?"
    r"(?:parameters?|arguments?|args|params|props?)|parameters?\s?:|arguments?\s?:|props?\s?:|given"
    r"|nimmt|reciba|recibe|toma|tome|prend|prenne|reçoit|reçoive|riceve|riceva|prende|prenda|recebe"
    r"|receba|accetta|accepte|acepta|acepte)\s(?:in\s)?(?:as (?:input|arguments?"
    r"|parameters?|props) )?(?:(?:the )?(?:parameters?|arguments?|props?) )?"
    r"([^.;:\n]{2,160})",
    re.I,
)
SPLIT = make_regex(r",\s?(?:and\s)?|\s(?:and|und|y|et|и|та)\s")
ENDS = make_regex(
    r"\s(?:as|and \w+s (?:the|all|each|every|it|them|whether|how|only)|and (?:returns?|prints?"
    r"|shows?|renders?|displays?|checks?|calculates?|computes?)"
    r"|returns?|that|which|to|from|into|in|using|with|for|or|renders?|und (?:gibt|liefert)"
    r"|y (?:devuelv[ea]|retorn[ea])|et (?:renvoie|retourne)|e (?:restituisc[ea]|ritorn[ia]"
    r"|retorn[ae]"
    r"|devolv[ea])|by|if|when|where|is|are"
    r"|containing|on)\b",
    re.I,
)
ARTICLES = make_regex(
    r"^(?:(?:an?|the|its|two|three|one|some|any|another|optional|single|given|sorted|unsorted|new"
    r"|list of|array of|slice of|vector of|dictionary of|map of|positive|non-negative|nested|input"
    r"|eine?n?|una?|une?|der|die|das|el|la|le|les|due|dos|deux|zwei|as|optional)\s)+",
    re.I,
)
TWO = make_regex(
    r"\b(?:two|deux|dos|zwei|due|dois|duas)\s(?:\w+\s)?(numbers?|integers?|ints|floats?|strings?"
    r"|nombres|números|zahlen|numeri|words|dates|lists?|arrays?|dictionaries|dicts)\b",
    re.I,
)
TWO_NAMES = {
    "string": ("first", "second"),
    "word": ("first", "second"),
    "date": ("start", "end"),
    "list": ("first", "second"),
    "array": ("first", "second"),
    "dict": ("first", "second"),
}
NUMBER_NAMES = make_regex(
    r"(?:^|_)(?:price|amount|rate|percent\w*|weight|height|width|radius|discount|tax|temperature"
    r"|balance|salary|length|ratio|factor|total|celsius|fahrenheit|distance|speed|principal"
    r"|preis|precio|prix|prezzo|tip|cost|fee|side|largeur|hauteur|longueur|rayon|breite|höhe|länge"
    r"|netto|brutto|betrag|\w*satz|prozent|gewicht|kosten|gehalt|monto|importe|tasa|peso|taux"
    r"|montant|poids|salaire|importo|tasso|valor|valore|income|budget|score|grade|net|gross"
    r"|ancho|alto|altura|largo|radio|larghezza|altezza|raggio|largura|saldo|kontostand|solde)$",
    re.I,
)
INTEGER_NAMES = make_regex(
    r"(?:^|_)(?:n|m|k|x|y|a|b|i|count|age|year|years|number|num|index|limit|size|quantity|times|id"
    r"|min|max|start|end|delay|ms|month|day|days|hours|minutes|seconds|retries|integer|zahl|numero"
    r"|nombre|port|page)$",
    re.I,
)
LIST_NAMES = make_regex(
    r"^(?:items|values|elements|list|array|arr|nums?s|numbers|data|integers|entries|zahlen|numeros"
    r"|nombres|matrix|\w{2,}(?<!s)(?<!statu)(?<!addre)(?<!acces)(?<!clas)s)$",
    re.I,
)
NUMBER_LISTS = make_regex(
    r"^(?:values|num\w*|integers|prices|scores|amounts|arr|array|grades|data|list|zahlen"
    r"|temperatures|elements)$",
    re.I,
)
GUESSES = (
    (make_regex(r"\b(?:list|array|slice|vector) of (?:strings|words|names|users)", re.I), "items"),
    (
        make_regex(
            r"\b(?:list|array|slice|vector|liste|lista|tableau|arreglo|feld|numbers|integers)\b",
            re.I,
        ),
        "numbers",
    ),
    (
        make_regex(r"\b(?:strings?|text|sentence|word|cadena|chaîne|zeichenkette|stringa)\b", re.I),
        "text",
    ),
    (make_regex(r"\b(?:file|path|filename|datei|archivo|fichier)\b", re.I), "path"),
    (make_regex(r"\b(?:url|endpoint|website)\b", re.I), "url"),
    (make_regex(r"\b(?:numbers?|integers?|zahl|número|nombre|numero)\b", re.I), "number"),
)
BOOLEAN = make_regex(
    r"^(?:is|has|can|should|check|validate|contains|are|ist)_|^(?:is|has|can|should|validate)[A-Z]"
    r"|\b(?:checks?|verif\w+|prüft|comprueba|vérifie|whether|returns? (?:true|a bool\w*)|valid)\b",
    re.I,
)
INTEGER = make_regex(
    r"\b(?:counts?|how many|number of|index of|length of|zählt|cuenta|compte)\b|^count_", re.I
)
LIST = make_regex(
    r"\b(?:returns? (?:a |the )?(?:new )?(?:list|array|slice)|filters?|all (?:the )?\w+s"
    r"|removes?|finds? all|splits?|merges?|flattens?|chunks?)\b",
    re.I,
)
NUMERIC = make_regex(
    r"\b(?:calculat\w+|comput\w+|sums?|total|average|berechnet|calcula|calcule|calcola|converts?)\b"
    r"|^(?:calculate|compute|get_total|convert)_?",
    re.I,
)


MAX_WORDS = 6


KIND_AT_END = make_regex(
    r"(?<=[\w`])\s(?:props?|parameters?|params|arguments?|args|properties|fields?)\s?\Z", re.I
)
"""What a prompt calls the names before it: "takes `amount` and `currency` props"."""
BRACKETS = make_regex(r"\[[^\[\]\n]{0,40}\]")


def find_taken(text: str) -> tuple[str, ...]:
    """Return the names in "takes a price and a percentage"; empty if a text names none."""
    text = BRACKETS.sub("", text[:2000])
    match = TAKES.search(text)
    head = ENDS.split(f"{match[1]} ", maxsplit=1)[0] if match else ""
    two = TWO.search(head or text)
    if two:
        return TWO_NAMES.get(two[1].lower().rstrip("s"), ("a", "b"))
    if match is None:
        return ()
    parts = [part for part in SPLIT.split(KIND_AT_END.sub("", head)) if part.strip()]
    if not parts or any(len(part.split()) > MAX_WORDS for part in parts):
        return ()
    names = [name_parameter(part) for part in parts]
    return tuple(dict.fromkeys(name for name in names if name))[:6]


def name_parameter(phrase: str) -> str:
    """Return the parameter for a phrase: "a user id" is user_id, "a string" is text."""
    words = re.sub(r"\([^()]*\)|<[^<>]*>|[\"'`]", "", phrase).strip()
    words = ARTICLES.sub("", words)
    lower = words.lower()
    known = KNOWN_PARAMETERS.get(lower)
    if known:
        return known
    if typed := TYPED.match(words):
        return typed[1]
    first = words.split()[0] if words else ""
    if re.fullmatch(r"[a-z]+(?:_[a-z0-9]+)+|[a-z]+[A-Z]\w*", first):
        return first
    last = words.split()[-1] if words else ""
    if re.fullmatch(r"[a-z]+[A-Z_]\w*|[a-z]", last):
        return last
    kept = [word for word in re.findall(r"\w+", fold(words)) if word.lower() not in SMALL]
    name = "_".join(kept[-2:])
    return name if name.isidentifier() and name.lower() not in NOT_NAMES else ""


SMALL = frozenset(
    "de del di da do des du of von el la le los las il um uma un una une uno ein eine einen array"
    " lista liste tableau arreglo".split()
)


def fold(text: str) -> str:
    """Return a text without accents, as names have none."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


TYPED = make_regex(
    r"(?:(?:string|integer|int|number|float|list|array|boolean|bool|object|positive"
    r"|sorted)s? ){1,3}"
    r"([a-z_]\w{0,24})$",
    re.I,
)
KNOWN_PARAMETERS = {
    "default": "fallback",
    "string": "text",
    "strings": "strings",
    "sentence": "sentence",
    "integer": "number",
    "int": "number",
    "list": "items",
    "array": "items",
    "dictionary": "mapping",
    "dict": "mapping",
    "function": "callback",
    "list of numbers": "numbers",
    "array of numbers": "numbers",
    "integers": "numbers",
    "strings list": "strings",
    "list of integers": "numbers",
    "class": "kind",
    "user input": "user_input",
}
NOT_NAMES = frozenset(
    "parameters parameter arguments argument props it input no nothing following single care place"
    " advantage above below code function optional that this for in is from import def return"
    " lambda with as and or not if else while class schema context table tables".split()
)


def guess_parameters(text: str) -> tuple[str, ...]:
    """Return the parameter that a function about something has."""
    return next(((name,) for pattern, name in GUESSES if pattern.search(text)), ("value",))


FLAGS = frozenset(
    "disabled enabled checked active visible loading selected completed done published"
    " required".split()
)


def guess_kind(name: str) -> str:
    """Return the kind of a parameter by its name."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    if snake.startswith(("is_", "has_")) or snake in FLAGS:
        return "bool"
    if INTEGER_NAMES.search(snake):
        return "int"
    if NUMBER_NAMES.search(snake):
        return "float"
    if LIST_NAMES.match(snake):
        return "list[float]" if NUMBER_LISTS.match(snake) else "list[str]"
    return "str"


def guess_return(name: str, text: str, kinds: list[str]) -> str:
    """Return the kind of what a function returns, by its name and what it does."""
    if BOOLEAN.search(name) or BOOLEAN.search(text):
        return "bool"
    if INTEGER.search(name) or INTEGER.search(text):
        return "int"
    lists = [kind for kind in kinds if kind.startswith("list")]
    if lists and LIST.search(text):
        return lists[0]
    scalars = [kind for kind in kinds if kind in ("int", "float")]
    numbers = scalars + [kind for kind in kinds if kind == "list[float]"]
    if numbers and (NUMERIC.search(text) or NUMERIC.search(name) or len(scalars) == len(kinds)):
        return "int" if set(numbers) == {"int"} else "float"
    return lists[0] if lists else "str"
