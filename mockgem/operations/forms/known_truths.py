"""Statements that everybody can judge: "The Earth orbits the Sun" is true."""

from __future__ import annotations

import re

from mockgem.operations.forms.known_facts import CAPITAL_OF, CAPITALS

TRUE = """
earth orbits/orbit/revolves/around sun; earth round/sphere; sky blue; grass green; water wet
sun rises/rise east; sun sets/set west; whale/dolphin/bat mammal; tomato/tomatoes fruit
great wall china; sahara africa; python programming language; sun star; ice floats/float
light faster sound; everest tallest/highest; plant need/needs/use sunlight; gold metal
water boil/boils 100; water freeze/freezes 0/zero; moon orbits/orbit/around earth; bird can fly
fish can swim; cat/dog mammal/animal; spider eight/8 leg; jupiter largest/biggest planet
mercury closest sun; eiffel tower paris/france; fire hot; ice cold; human need/breathe oxygen/air
diamond hardest; pacific largest ocean; day 24 hour; week seven/7 day; penguin bird; snow white
sun hot; banana yellow; bee make/produce honey; canada north america; japan asia
lightning same place
triangle three/3 side; square four/4 side; heart pumps/pump blood; dna genetic; salt dissolves water
"""
FALSE = """
great wall japan; great wall visible; tomato/tomatoes vegetable
goldfish memory; human 10 brain; antibiotics virus/viruses; earth flat
sun orbits/orbit/revolves/around earth; sun rises/rise west; sun sets/set east; fish mammal
whale/dolphin fish; spider insect; moon cheese
html programming language; sun planet; moon star; pluto planet; shark mammal
bat blind; penguin/ostrich fly; sound faster light; africa country; fire cold; ice hot
moon larger/bigger earth
earth larger/bigger sun; bird mammal; eiffel tower london/rome/berlin; mars/venus closest sun
snow black; sky green; grass blue; human breathe underwater; pig fly; day 25 hour; water dry
"""
"""Words of statements in their order; "/" stands between words for the same place."""
NEGATIONS = frozenset("not never isn aren doesn can't cannot don".split())


FOREIGN = """
wal wale baleine ballena balena baleia: whale; delfin dauphin delfín delfino golfinho: dolphin
fisch fische poisson poissons pez peces pesce pesci peixe peixes: fish
säugetier säugetiere mammifère mamífero mammifero mamíferos: mammal
vogel oiseau pájaro uccello: bird
pinguin pinguine pingouin pingüino pinguino pinguim: penguin
fliegen voler volar volare voar: fly
erde terre tierra terra: earth
flach plate plana plano piatta: flat; rund ronde redonda rotonda: round
sonne soleil sol sole: sun; mond lune luna lua: moon; planet planète planeta pianeta: planet
stern étoile estrella stella estrela: star
himmel ciel cielo céu: sky; blau bleu azul blu: blue
wasser eau agua acqua água: water; nass mouillée mojada bagnata molhada: wet
gras herbe hierba: grass
grün vert verte verde: green; schnee neige nieve neve: snow
weiß blanche blanca bianca branca: white
spinne araignée araña ragno aranha: spider; insekt insecte insecto insetto inseto: insect
banane plátano banana: banana; gelb jaune amarillo gialla amarela: yellow; eis glace hielo: ice
afrika áfrica afrique: africa; land pays país paese: country; feuer feu fuego fuoco fogo: fire
kalt froid fría frío freddo frio: cold; heiß chaud caliente caldo quente: hot
"""
"""Words of other languages before the English one of the statements above."""
ENGLISH = {
    word: places.rpartition(":")[2].strip()
    for places in re.split(r";|\n", FOREIGN.strip())
    if ":" in places
    for word in places.partition(":")[0].split()
}


def find_foreign_truth(text: str) -> bool | None:
    """Return whether a statement in another language is true; None if it is unknown."""
    words = re.findall(r"[^\W\d_]+", text[:300].lower())
    return find_statement([ENGLISH[word] for word in words if word in ENGLISH])


def read_rows(table: str) -> list[list[frozenset[str]]]:
    rows = re.split(r";|\n", table.strip())
    return [[frozenset(place.split("/")) for place in row.split()] for row in rows]


ROWS = [(row, False) for row in read_rows(FALSE)] + [(row, True) for row in read_rows(TRUE)]


def find_truth(text: str) -> bool | None:
    """Return whether a statement or a question about the world is true; None if it is unknown."""
    text = text[:600].lower()
    match = CAPITAL_OF.search(text)
    capital = CAPITALS.get(match[1].lower()) if match else None
    words = [word.removesuffix("'s") for word in re.findall(r"[a-z0-9']+", text)]
    found = capital.lower() in text if capital else find_statement(words)
    if found is None:
        return None
    return not found if NEGATIONS.intersection(re.findall(r"[a-z]+", text)) else found


def find_statement(words: list[str]) -> bool | None:
    return next((truth for row, truth in ROWS if follows(row, words)), None)


def follows(row: list[frozenset[str]], words: list[str]) -> bool:
    """Return whether words, in the singular or the plural, come in the order of a row."""
    rest = iter(words)
    return all(
        any(word in place or word.removesuffix("s") in place for word in rest) for place in row
    )
