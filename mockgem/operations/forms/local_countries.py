"""Countries with their capitals and populations in rows whose keys are not English."""

from __future__ import annotations

from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

COUNTRIES: dict[str, tuple[tuple[str, str, float], ...]] = {
    "es": (
        ("España", "Madrid", 48),
        ("Francia", "París", 68),
        ("Italia", "Roma", 59),
        ("Portugal", "Lisboa", 10.6),
        ("México", "Ciudad de México", 129),
        ("Argentina", "Buenos Aires", 46),
        ("Alemania", "Berlín", 84),
        ("Japón", "Tokio", 124),
        ("Chile", "Santiago", 19.6),
        ("Perú", "Lima", 34),
    ),
    "fr": (
        ("France", "Paris", 68),
        ("Italie", "Rome", 59),
        ("Espagne", "Madrid", 48),
        ("Allemagne", "Berlin", 84),
        ("Portugal", "Lisbonne", 10.6),
        ("Japon", "Tokyo", 124),
        ("Canada", "Ottawa", 40),
        ("Belgique", "Bruxelles", 11.8),
        ("Maroc", "Rabat", 37),
        ("Brésil", "Brasilia", 203),
    ),
    "de": (
        ("Deutschland", "Berlin", 84),
        ("Österreich", "Wien", 9.1),
        ("Frankreich", "Paris", 68),
        ("Italien", "Rom", 59),
        ("Spanien", "Madrid", 48),
        ("Polen", "Warschau", 37.6),
        ("Japan", "Tokio", 124),
        ("Portugal", "Lissabon", 10.6),
        ("Schweden", "Stockholm", 10.5),
        ("Kanada", "Ottawa", 40),
    ),
    "it": (
        ("Italia", "Roma", 59),
        ("Francia", "Parigi", 68),
        ("Spagna", "Madrid", 48),
        ("Germania", "Berlino", 84),
        ("Portogallo", "Lisbona", 10.6),
        ("Giappone", "Tokyo", 124),
        ("Grecia", "Atene", 10.4),
        ("Brasile", "Brasilia", 203),
        ("Polonia", "Varsavia", 37.6),
        ("Canada", "Ottawa", 40),
    ),
    "pt": (
        ("Portugal", "Lisboa", 10.6),
        ("Brasil", "Brasília", 203),
        ("Espanha", "Madrid", 48),
        ("França", "Paris", 68),
        ("Itália", "Roma", 59),
        ("Alemanha", "Berlim", 84),
        ("Japão", "Tóquio", 124),
        ("Argentina", "Buenos Aires", 46),
        ("Angola", "Luanda", 36),
        ("México", "Cidade do México", 129),
    ),
}
"""The population is in millions."""
COUNTRY = make_regex(r"^(?:pa[ií]s|pays|land|paese|nombre|nom|nome|name|country)$")
CAPITAL = make_regex(r"^(?:capital|capitale|hauptstadt|capital_city)$")
POPULATION = make_regex(
    r"^(?:poblaci[oó]n|population|einwohner(?:zahl)?|bev(?:ö|oe)lkerung|popolazione|abitanti"
    r"|habitantes|habitants|popula[cç][aã]o)(?:_.*)?$"
)
IN_MILLIONS = make_regex(r"mill|mio")
MILLION = 1_000_000


def name_countries(value: Any, given: str, question: Question) -> Any:
    """Return invented rows of countries in which the capital belongs to the country."""
    known = COUNTRIES.get(question.language, ())
    if given or not known or not isinstance(value, (list, dict)):
        return value
    match value:
        case [dict() as first, *_] if any(CAPITAL.match(read_name(key)) for key in first):
            return [fill_country(row, *known[at % len(known)]) for at, row in enumerate(value)]
        case dict():
            return {key: name_countries(item, given, question) for key, item in value.items()}
    return value


def fill_country(
    row: dict[str, Any], country: str, capital: str, millions: float
) -> dict[str, Any]:
    filled = dict(row)
    for key, item in row.items():
        name = read_name(key)
        if COUNTRY.match(name):
            filled[key] = country
        elif CAPITAL.match(name):
            filled[key] = capital
        elif POPULATION.match(name):
            number = millions if IN_MILLIONS.search(name) else round(millions * MILLION)
            filled[key] = number if isinstance(item, (int, float)) else f"{millions:g} mill."
    return filled
