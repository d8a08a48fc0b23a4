"""Names for shops, teams and products, from the words of what they sell."""

from __future__ import annotations

import re
from functools import cache

FIRST = "Silver Golden Quiet Bright Northern Velvet Hidden Paper Electric Distant".split()
SECOND = "Harbor Lantern Orchard Signal Meadow Compass Ember River Thunder Window".split()
ROWS = """
cat cats kitten kittens: Whisker Purr Paws Tabby Catnip Kitten
dog dogs puppy puppies: Paw Tail Leash Bark Biscuit Puppy
pet pets: Paw Tail Fur Whisker Companion Nest
café cafe coffee coffeehouse espresso: Bean Brew Cup Roast Grind Crema
tea: Leaf Kettle Steep Teacup Blend Chai
bakery bread baker: Crumb Loaf Oven Flour Crust Rise
cake cakes dessert desserts pastry cupcake: Frosting Crumb Sugar Layer Whisk Sprinkle
pizza pizzeria: Slice Crust Oven Basil Dough Mozzarella
restaurant bistro diner food kitchen: Table Fork Plate Spoon Pantry Hearth
bar pub cocktail brewery beer: Tap Barrel Hops Glass Cellar Anchor
book books bookstore bookshop library reading: Page Chapter Shelf Bookmark Story Ink
flower flowers florist garden gardening plant plants: Petal Stem Bloom Root Garden Fern
bike bikes bicycle cycling: Spoke Wheel Chain Pedal Saddle Ride
gym fitness workout yoga: Pulse Lift Stride Balance Core Motion
hair salon barber beauty spa: Lock Mirror Comb Glow Velvet Studio
travel hotel trip tours agency: Compass Voyage Harbor Horizon Passport Trail
music band: Echo Chord Rhythm Signal Anthem Static
team football soccer basketball volleyball: Hawks Wolves Comets Rangers Falcons Titans
podcast channel radio: Mic Signal Wave Talk Episode Echo
game games gaming: Pixel Quest Arcade Level Dice Realm
finance bank money budget fintech: Ledger Mint Coin Vault Balance Penny
app software tech startup saas ai robot: Byte Pixel Stack Loop Signal Cloud
photo photography: Lens Frame Shutter Focus Light Aperture
cleaning laundry: Sparkle Broom Fresh Shine Bubble Sweep
kids children baby toy toys nursery: Wonder Acorn Button Teddy Puddle Rainbow
farm organic vegetables: Acre Harvest Barn Field Seed Sprout
boat sailing: Anchor Tide Sail Current Harbor Gull
fashion clothing clothes boutique: Thread Needle Fabric Stitch Linen Wardrobe
jewelry jewellery: Gem Facet Pearl Clasp Gold Spark
"""
TWO = ("{0} & {1}", "The {2} {0}", "{0} and {1} Co.", "{2} {0}", "The {0} House", "{1} Corner")
"""Names from two words of the thing and an adjective."""
GAP = 3
"""Tries for each name, since some come twice."""


@cache
def index_words() -> dict[str, tuple[str, ...]]:
    rows = (row.partition(": ") for row in ROWS.strip().splitlines())
    return {key: tuple(words.split()) for keys, _, words in rows for key in keys.split()}


def invent_names(text: str, count: int, start: int) -> list[str]:
    """Return different names for what a text describes; those of any brand for unknown things."""
    index = index_words()
    found = [index[word] for word in re.findall(r"[a-zé]+", text.lower()) if word in index]
    names = dict.fromkeys(combine_words(found, count, start) if found else ())
    for at in range(count):
        names.setdefault(f"{FIRST[(start + at) % 10]} {SECOND[(start + 3 * at + at // 10) % 10]}")
    return list(names)[:count]


def combine_words(found: list[tuple[str, ...]], count: int, start: int) -> list[str]:
    """Return names of two words, or of a word and an adjective."""
    one, two = found[0], found[1] if len(found) > 1 else found[0][3:] + found[0][:3]
    names = []
    for at in range(count * GAP):
        first, second = one[(start + at) % len(one)], two[(start + at + at // 6) % len(two)]
        if first != second:
            pattern = TWO[(start + at) % len(TWO)]
            names.append(pattern.format(first, second, FIRST[(start + at) % 10]))
    return list(dict.fromkeys(names))[:count]
