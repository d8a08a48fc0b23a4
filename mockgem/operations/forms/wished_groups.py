"""Lists in the groups that a prompt names: a packing list in Clothing, Food and Gear."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.grouped_items import list_members
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.phrases import capitalise
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.writing import Writer

NAME = r"[A-Z][\w&'-]*(?: (?:[A-Z&]|and )[\w'-]*){0,2}|[a-z][\w-]{2,20}"
GROUPS = make_regex(
    r"\b(?:group(?:ed)?|sort(?:ed)?|split|divid\w+|organi[sz]\w+|categori[sz]\w+|arrange[d]?)\b"
    r"(?: it| them| everything| the (?:items?|list|things))? (?:in|into|by|under|with)"
    r"(?: (?:the|these|following|two|three|four|five|six|bold|markdown))*"
    r"(?: (?:groups?|categories|category|headings?|sections?)(?: names?)?(?: of)?)?:? "
    rf"(?P<names>(?:(?-i:{NAME}), ){{1,7}}(?-i:{NAME}),? and (?-i:{NAME})"
    rf"|(?-i:{NAME}) and (?-i:{NAME})"
    rf"|(?<=: )(?:(?-i:{NAME}), ){{1,7}}(?-i:{NAME}))"
    r"(?=[.,;\n(]|\s*\Z)",
    re.I,
)
LIST = make_regex(
    r"\b(?:check ?-?list|packing|shopping|grocery|to-?do|list|ideas|inventory|things to|plan)\b",
    re.I,
)
BOXES = make_regex(r"\bcheck ?-?box(?:es)?\b|- \[ \]|\bcheck ?-?list\b", re.I)
EACH = make_regex(
    rf"\b(?P<count>{NUMBER}) (?:items?|things|entries|points|bullets|ideas)? ?"
    r"(?:each|per (?:group|category|section|heading)|in each|under each|for each)\b",
    re.I,
)
HEADINGS = make_regex(r"\bheadings?\b|##", re.I)
USUAL_COUNT = 3
MOST = 12
THINGS = {
    "clothing|clothes|apparel": "Rain jacket|Warm socks|Hiking boots|Hat and gloves|Fleece sweater"
    "|Spare T-shirts|Comfortable trousers|Sleepwear",
    "food|snacks|meals|provisions": "Trail mix|Sandwiches|Fresh fruit|Energy bars|Instant soup"
    "|Oatmeal|Crackers and cheese|Chocolate",
    "drinks": "Water|Coffee|Tea|Orange juice|Sparkling water|Lemonade",
    "gear|equipment|camping gear": "Backpack|Headlamp with batteries|Sleeping bag|Tent"
    "|Map and compass"
    "|Pocket knife|Camping stove|Trekking poles",
    "safety|first aid|emergency": "First-aid kit|Charged phone|Emergency blanket|Whistle|Flashlight"
    "|List of emergency contacts|Sun cream",
    "documents|papers": "Passport or identity card|Tickets|Insurance card|Booking confirmations"
    "|Driving licence|Copies of all papers",
    "bathroom": "Clean the sink|Scrub the shower|Wipe the mirror|Change the towels|Mop the floor",
    "toiletries|hygiene": "Toothbrush and toothpaste|Shampoo|Towel|Deodorant|Sun cream"
    "|Medicine|Comb|Soap",
    "electronics|tech|technology": "Phone charger|Power bank|Headphones|Camera|Adapter|Laptop",
    "kitchen": "Wipe the counters|Clean the stove|Empty the fridge|Take out the rubbish"
    "|Wash the dishes|Descale the kettle",
    "bedroom|bedrooms": "Change the bed linen|Dust the shelves|Vacuum the floor|Air the room"
    "|Tidy the wardrobe",
    "living room": "Dust the furniture|Vacuum the sofa|Water the plants|Clean the windows"
    "|Tidy the shelves",
    "produce|vegetables|fruit and vegetables": "Tomatoes|Apples|Carrots|Spinach|Bananas|Onions",
    "dairy": "Milk|Butter|Yogurt|Cheese|Cream|Eggs",
    "bakery|bread": "Bread|Rolls|Bagels|Croissants|Pita bread",
    "pantry|dry goods": "Rice|Pasta|Lentils|Olive oil|Flour|Canned tomatoes",
    "meat|protein": "Chicken breast|Minced beef|Salmon|Tofu|Ham",
    "household|cleaning": "Dish soap|Paper towels|Laundry detergent|Sponges|Bin bags",
    "work|office": "Answer urgent e-mails|Prepare the meeting|Update the project plan"
    "|Send the report|Book the room",
    "home|household tasks": "Do the laundry|Water the plants|Pay the bills|Tidy the kitchen"
    "|Buy groceries",
    "health|fitness|wellbeing": "Go for a walk|Drink enough water|Go to bed early|Cook a fresh meal"
    "|Stretch for ten minutes",
    "kids|children|baby": "Favourite toy|Snacks|Change of clothes|Colouring book|Wet wipes",
    "pets|dog|cat": "Food|Bowl|Leash|Favourite toy|Bags",
    "decoration|decorations|decor": "Balloons|Candles|Garlands|Flowers|Tablecloth",
    "entertainment|games|activities": "Playlist|Card games|Quiz|Photo corner|Board game",
}


@form(
    "list in groups",
    "Make a packing checklist for a weekend trip, grouped into Clothing, Toiletries and Documents.",
    words="group grouped sort sorted split divide divided organize organized organise organised"
    " categorize categorized categorise arrange arranged",
    about="a list under the names of the groups that the prompt wants",
)
def write_grouped_list(question: Question) -> str | None:
    text = question.stated[:1_500]
    if question.language != "en" or question.material or not LIST.search(text):
        return None
    match = GROUPS.search(text)
    if match is None:
        return None
    names = [one.strip() for one in re.split(r",? and |, ", match["names"]) if one.strip()]
    counted = EACH.search(text)
    count = parse_count(counted["count"], MOST) if counted else USUAL_COUNT
    mark = "- [ ] " if BOXES.search(text) else "- "
    writer = Writer(question)
    blocks = [
        "\n".join(
            [write_head(name, text), *(f"{mark}{one}" for one in list_things(name, count, writer))]
        )
        for name in names
    ]
    return "\n\n".join(blocks)


def write_head(name: str, text: str) -> str:
    is_heading = HEADINGS.search(text) is not None and "bold" not in text.lower()
    return f"## {capitalise(name)}" if is_heading else f"**{capitalise(name)}**"


def list_things(name: str, count: int, writer: Writer) -> list[str]:
    """Return as many things of a group as are wanted: usual ones, else thoughts on the topic."""
    lower = name.lower()
    rows = (things.split("|") for names, things in THINGS.items() if lower in names.split("|"))
    usual = next(rows, sorted(map(capitalise, list_members(lower))))
    return [*usual[:count], *(writer.write_item() for _ in range(count - len(usual)))]
