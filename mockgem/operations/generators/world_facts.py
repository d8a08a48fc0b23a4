"""A few facts about countries, so that a country in a text gives a fitting city and language."""

from __future__ import annotations

from mockgem.core.frozen import frozen


@frozen
class Country:
    """A country's largest city and its most spoken language."""

    city: str
    language: str


COUNTRIES = {
    "Argentina": Country("Buenos Aires", "Spanish"),
    "Austria": Country("Vienna", "German"),
    "China": Country("Shanghai", "Chinese"),
    "Egypt": Country("Cairo", "Arabic"),
    "England": Country("London", "English"),
    "France": Country("Paris", "French"),
    "Germany": Country("Berlin", "German"),
    "Greece": Country("Athens", "Greek"),
    "Ireland": Country("Dublin", "English"),
    "Italy": Country("Rome", "Italian"),
    "Japan": Country("Tokyo", "Japanese"),
    "Mexico": Country("Mexico City", "Spanish"),
    "Norway": Country("Oslo", "Norwegian"),
    "Peru": Country("Lima", "Spanish"),
    "Poland": Country("Warsaw", "Polish"),
    "Portugal": Country("Lisbon", "Portuguese"),
    "Spain": Country("Madrid", "Spanish"),
    "South Korea": Country("Seoul", "Korean"),
    "Sweden": Country("Stockholm", "Swedish"),
    "Turkey": Country("Istanbul", "Turkish"),
    "UK": Country("London", "English"),
}


def find_country(texts: list[str]) -> Country | None:
    """Return the first known country among some names."""
    return next((COUNTRIES[text] for text in texts if text in COUNTRIES), None)


def find_country_of(city: str) -> str:
    """Return the country with a known largest city; empty if the city is not known."""
    return next((name for name, country in COUNTRIES.items() if country.city == city), "")
