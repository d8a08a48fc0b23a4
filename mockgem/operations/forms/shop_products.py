"""What shops sell: products for invented rows about a garden centre, a bakery, a bookshop."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sample_words import WORDS
from mockgem.operations.generators.faker_pool import NAMES_OF_THINGS

SHOPS = (
    (
        r"garden (?:cent(?:re|er)|shop)|plant (?:shop|nursery)|nursery|florist|gardening",
        "Terracotta Pot|Potting Soil 20 l|Watering Can|Lavender Plant|Pruning Shears|Tomato Seeds"
        "|Garden Gloves|Rose Bush",
    ),
    (
        r"bakery|baker|pastry shop|p[aâ]tisserie",
        "Sourdough Loaf|Butter Croissant|Cinnamon Roll|Rye Bread|Apple Tart|Blueberry Muffin"
        "|Baguette|Pretzel",
    ),
    (
        r"book ?(?:shop|store)|library|publisher",
        "The Quiet Harbour|Northern Lights|Paper Boats|A Long Winter|The Glass Garden|Under the Ash"
        " Tree|Letters from Lund|The Last Ferry",
    ),
    (
        r"coffee (?:shop|bar|roaster\w*)|caf[eé]|espresso bar|tea (?:shop|house)",
        "Espresso|Cappuccino|Flat White|Iced Latte|Chai Tea|Hot Chocolate|Cold Brew|Oat Milk Latte",
    ),
    (
        r"pet (?:shop|store)|pet suppl\w+|zoo shop",
        "Dog Food 5 kg|Cat Litter|Chew Toy|Bird Cage|Aquarium Filter|Leash|Hamster Wheel"
        "|Scratching Post",
    ),
    (
        r"toy (?:shop|store)|toys",
        "Wooden Train Set|Building Blocks|Teddy Bear|Jigsaw Puzzle|Doll House|Kite|Board Game"
        "|Yo-Yo",
    ),
    (
        r"electronics? (?:shop|store)|gadget\w*|computer (?:shop|store)",
        "Wireless Mouse|USB-C Hub|Bluetooth Speaker|Mechanical Keyboard|Webcam|Power Bank"
        "|Noise-Cancelling Headphones|Smart Plug",
    ),
    (
        r"clothing|fashion|apparel|boutique",
        "Cotton T-Shirt|Slim Jeans|Wool Sweater|Rain Jacket|Linen Dress|Leather Belt"
        "|Running Socks|Scarf",
    ),
    (
        r"pharmacy|drug ?store|chemist",
        "Plasters|Cough Syrup|Vitamin C|Thermometer|Sun Cream|Eye Drops|Bandage|Nasal Spray",
    ),
    (
        r"sports? (?:shop|store|equipment)|outdoor (?:shop|store)|bike (?:shop|store)|bicycle shop",
        "Yoga Mat|Running Shoes|Tennis Racket|Bike Helmet|Dumbbell Set|Hiking Backpack"
        "|Water Bottle|Inner Tube",
    ),
    (
        r"furniture|home decor|interior",
        "Oak Table|Armchair|Bookshelf|Floor Lamp|Bed Frame|Side Table|Wool Rug|Wall Mirror",
    ),
    (
        r"grocer\w*|supermarket|food store|corner shop|deli",
        "Olive Oil|Wholegrain Pasta|Oat Milk|Basmati Rice|Cheddar Cheese|Tomato Sauce"
        "|Free-Range Eggs|Honey",
    ),
    (
        r"stationer\w*|office suppl\w+",
        "Notebook A5|Gel Pen|Stapler|Sticky Notes|Desk Organizer|Printer Paper|Highlighter Set"
        "|Paper Clips",
    ),
    (
        r"music (?:shop|store)|instruments?",
        "Acoustic Guitar|Digital Piano|Violin Strings|Drum Sticks|Ukulele|Microphone|Guitar Stand"
        "|Metronome",
    ),
    (
        r"hardware (?:store|shop)|diy|tool (?:shop|store)",
        "Hammer|Cordless Drill|Wood Screws|Paint Roller|Tape Measure|Spirit Level|Sandpaper"
        "|Work Gloves",
    ),
    (
        r"cosmetics?|beauty (?:shop|store)|perfumery",
        "Face Cream|Lip Balm|Shampoo|Hand Soap|Mascara|Body Lotion|Nail Polish|Perfume 50 ml",
    ),
)
COMPILED = [(make_regex(rf"\b(?:{names})\b", re.I), things.split("|")) for names, things in SHOPS]
KEYS = make_regex(r"(?:product|item|article|title|book)(?:_?name|_?title)?|name", re.I)
SELLS = make_regex(
    r"\b(?:products?|items?|articles?|stock|inventory|orders?|price|sku|catalog(?:ue)?|menu)\b",
    re.I,
)
GENERAL = frozenset((*WORDS["product"], *NAMES_OF_THINGS["product|item|article"]))
"""Products of any shop."""
PEOPLE = make_regex(r"\b(?:employees?|customers?|users?|staff|people|clients?|members?)\b", re.I)


def fit_products(value: Any, question: Question) -> Any:
    """Return rows whose invented products are those of the shop that a prompt names."""
    if question.material or question.language != "en":
        return value
    text = question.whole[:2_000]
    if not SELLS.search(text):
        return value
    things = next((things for names, things in COMPILED if names.search(text)), None)
    return put_products(value, things, text) if things else value


def put_products(value: Any, things: list[str], text: str) -> Any:
    if isinstance(value, dict):
        return {key: put_products(item, things, text) for key, item in value.items()}
    rows = value if isinstance(value, list) else []
    if not rows or not all(isinstance(row, dict) for row in rows):
        return value
    key = next((one for one in rows[0] if KEYS.fullmatch(one)), "")
    is_open = key and all(row.get(key) in GENERAL and row[key] not in text for row in rows)
    if not is_open or (key.lower() == "name" and PEOPLE.search(text)):
        return [put_products(row, things, text) for row in rows]
    return [{**row, key: things[at % len(things)]} for at, row in enumerate(rows)]
