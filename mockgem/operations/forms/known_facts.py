"""Facts that people ask for when they try a model: "Who wrote Hamlet? Just the name."."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

FACTS = """
wrote|author|writer hamlet|macbeth|othello = William Shakespeare
wrote|author|writer romeo = William Shakespeare
wrote|author|writer 1984 = George Orwell
wrote|author|writer pride prejudice = Jane Austen
wrote|author|writer harry potter = J. K. Rowling
wrote|author|writer odyssey|iliad = Homer
wrote|author|writer quixote = Miguel de Cervantes
painted|painter|artist mona lisa = Leonardo da Vinci
painted|painter|artist starry night = Vincent van Gogh
invented|inventor telephone = Alexander Graham Bell
invented|inventor bulb = Thomas Edison
invented|inventor web = Tim Berners-Lee
discovered penicillin = Alexander Fleming
discovered|developed|theory relativity = Albert Einstein
discovered gravity = Isaac Newton
discovered radium = Marie Curie
created|creator|invented python = Guido van Rossum
created|creator|invented linux = Linus Torvalds
first president united|usa|us|american = George Washington
first moon man|person|human|walk = Neil Armstrong
tallest|highest mountain = Mount Everest
largest|biggest planet = Jupiter
smallest planet = Mercury
closest|nearest sun planet = Mercury
red planet = Mars
largest|biggest ocean = Pacific Ocean
largest|biggest continent = Asia
smallest continent = Australia
largest|biggest country area|world = Russia
smallest country = Vatican City
longest river = Nile
largest|biggest desert = Antarctica
largest|biggest mammal|animal = blue whale
fastest animal = cheetah
tallest animal = giraffe
hardest mineral|substance|material = diamond
chemical|symbol gold = Au
chemical|symbol silver = Ag
chemical|symbol iron = Fe
chemical|symbol oxygen = O
chemical|symbol sodium = Na
chemical|symbol potassium = K
chemical|symbol helium = He
formula water = H2O
formula salt = NaCl
formula carbon dioxide = CO2
boiling|boils water celsius = 100
boiling|boils water fahrenheit = 212
freezing|freezes water celsius = 0
freezing|freezes water fahrenheit = 32
speed light = 299,792,458 m/s
value pi = 3.14159
mix blue yellow = green
mix red yellow = orange
mix red blue = purple
mix red white = pink
mix black white = grey
color|colour sky = blue
color|colour grass = green
color|colour banana|bananas = yellow
legs spider = 8
legs insect = 6
sides hexagon = 6
sides triangle = 3
sides octagon = 8
many continents = 7
many planets = 8
many days week = 7
days february = 28
days leap february = 29
many months year = 12
season after winter = spring
season after spring = summer
season after summer = autumn
season after autumn|fall = winter
country|where fuji = Japan
country|where taj mahal = India
country|where machu picchu = Peru
month fewest|shortest = February
second month year = February
first month year = January
last month year = December
day comes after monday = Tuesday
many hours day = 24
many bones human|adult = 206
many teeth adult|human = 32
many colors|colours rainbow = 7
many sides pentagon = 5
many legs dog|cat = 4
many letters alphabet = 26
many states united|usa|us = 50
many players football|soccer team = 11
many strings guitar = 6
year|when berlin wall fall|fell = 1989
year|when world war ii|2|two|second end|ended|over = 1945
year|when world war ii|2|two|second start|started|begin = 1939
year|when world war i|1|one|first start|started|begin = 1914
year|when titanic sink|sank = 1912
year|when moon landing|land|landed|walk = 1969
year|when columbus america = 1492
year|when french revolution = 1789
year|when eiffel tower built|completed|finished|opened = 1889
born napoleon where|city = Ajaccio
born mozart where|city = Salzburg
born einstein where|city = Ulm
where|played|stadium world series 2020 = Globe Life Field in Arlington, Texas
won series 2020 = Los Angeles Dodgers
currency japan = yen
currency uk|britain|england = pound
currency usa|us|america|united = dollar
currency germany|france|italy|spain|europe = euro
currency switzerland = franc
currency india = rupee
currency china = yuan
language brazil|portugal = Portuguese
language mexico|argentina|spain = Spanish
language austria|germany = German
eiffel tower where|city|country = Paris
colosseum where|city = Rome
opposite north = south
largest|biggest organ human|body = skin
gas humans|animals|breathe = oxygen
gas plants absorb|breathe = carbon dioxide
tall|high mount everest = 8,849 metres
tall|high eiffel tower = 330 metres
far moon = 384,400 km
far sun = 149.6 million km
won world series 2020 = The Los Angeles Dodgers won the 2020 World Series.
won world cup 2014 = Germany
won world cup 2018 = France
won world cup 2022 = Argentina
president brazil = Luiz Inácio Lula da Silva
president france = Emmanuel Macron
founded|founder|founders microsoft = Bill Gates and Paul Allen
founded|founder|founders apple = Steve Jobs, Steve Wozniak and Ronald Wayne
founded|founder|founders google = Larry Page and Sergey Brin
founded|founder|founders amazon = Jeff Bezos
founded|founder|founders facebook|meta = Mark Zuckerberg
founded|founder|founders tesla = Martin Eberhard and Marc Tarpenning
wrote|author|writer dune = Frank Herbert
wrote|author|writer hobbit|rings = J. R. R. Tolkien
wrote|author|writer gatsby = F. Scott Fitzgerald
wrote|author|writer mockingbird = Harper Lee
wrote|author|writer frankenstein = Mary Shelley
painted|painter|artist guernica = Pablo Picasso
invented|inventor printing press = Johannes Gutenberg
invented|inventor airplane|plane = the Wright brothers
created|creator|invented javascript = Brendan Eich
created|creator|invented java = James Gosling
population germany = about 84 million
population france = about 68 million
population japan = about 125 million
population usa|us|america|united = about 335 million
population world = about 8 billion
long|length great wall = about 21,000 km
deepest ocean|point|place = Mariana Trench
largest|biggest island = Greenland
largest|biggest lake = Caspian Sea
year|when declaration independence = 1776
year|when american civil war start|began|begin = 1861
year|when internet invented|created = 1983
year|when iphone released|first = 2007
speed sound = 343 m/s
many countries world = 195
many countries africa = 54
many planets solar system = 8
many minutes day = 1440
many seconds hour = 3600
many hearts octopus = 3
"""
"""Words that a question has, those of one place with "|" between them, and the answer."""


CAPITALS = {
    "france": "Paris",
    "germany": "Berlin",
    "italy": "Rome",
    "spain": "Madrid",
    "portugal": "Lisbon",
    "japan": "Tokyo",
    "china": "Beijing",
    "australia": "Canberra",
    "canada": "Ottawa",
    "brazil": "Brasília",
    "india": "Delhi",
    "norway": "Oslo",
    "sweden": "Stockholm",
    "austria": "Vienna",
    "poland": "Warsaw",
    "england": "London",
    "uk": "London",
    "usa": "Washington",
    "mexico": "Mexico City",
    "egypt": "Cairo",
    "greece": "Athens",
    "russia": "Moscow",
    "turkey": "Ankara",
    "ireland": "Dublin",
    "switzerland": "Bern",
    "netherlands": "Amsterdam",
    "argentina": "Buenos Aires",
    "peru": "Lima",
    "kenya": "Nairobi",
    "south korea": "Seoul",
    "denmark": "Copenhagen",
    "finland": "Helsinki",
    "chile": "Santiago",
    "colombia": "Bogotá",
    "uruguay": "Montevideo",
    "cuba": "Havana",
    "belgium": "Brussels",
    "hungary": "Budapest",
    "croatia": "Zagreb",
    "romania": "Bucharest",
    "bulgaria": "Sofia",
    "serbia": "Belgrade",
    "iceland": "Reykjavik",
    "ukraine": "Kyiv",
    "scotland": "Edinburgh",
    "wales": "Cardiff",
    "thailand": "Bangkok",
    "vietnam": "Hanoi",
    "indonesia": "Jakarta",
    "morocco": "Rabat",
    "nigeria": "Abuja",
    "ethiopia": "Addis Ababa",
    "new zealand": "Wellington",
}
CAPITAL_OF = make_regex(r"\bcapital(?: city)? of (?:the )?([A-Za-z]+(?: [A-Z][a-z]+)?)", re.I)


def read_facts() -> list[tuple[list[frozenset[str]], str]]:
    rows = (line.split(" = ") for line in FACTS.strip().splitlines())
    return [
        ([frozenset(one.split("|")) for one in words.split()], answer) for words, answer in rows
    ]


ROWS = read_facts()


def index_rows() -> dict[str, list[int]]:
    """Return the places of facts by the words of which their questions have one."""
    found: dict[str, list[int]] = {}
    for place, (row, _) in enumerate(ROWS):
        for word in row[-1]:
            found.setdefault(word, []).append(place)
    return found


BY_WORD = index_rows()


def find_known_fact(question: str, kind: str = "") -> str:
    """Return the answer to a question that many people ask; empty for others.

    Args:
        kind: A word that the question must have, such as "where".
    """
    plain = re.sub(r"\b(?:non|not a)[- ]leap\b", "", question.lower())
    words = frozenset(re.findall(r"[a-z0-9]+", plain))
    places = {place for word in words.intersection(BY_WORD) for place in BY_WORD[word]}
    rows = [ROWS[place] for place in sorted(places)]
    if kind:
        rows = [row for row in rows if any(kind in place for place in row[0])]
    found = [(len(row), answer) for row, answer in rows if not any(map(words.isdisjoint, row))]
    return max(found, default=(0, ""))[1]


def find_capital(text: str) -> str:
    """Return the capital of the country that a text asks for; empty for other questions."""
    match = CAPITAL_OF.search(text)
    return CAPITALS.get(match[1].lower(), "") if match else ""


def find_fact(text: str) -> str:
    """Return a fact that the last question of a text asks for; empty for an unknown one."""
    asked = text[: text.rfind("?") + 1].rpartition("\n")[2]
    return (find_capital(asked) or find_known_fact(asked)) if asked else ""
