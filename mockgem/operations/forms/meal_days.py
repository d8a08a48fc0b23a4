"""Meals of several days: "a weekly meal plan with breakfast, lunch and dinner for each day"."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

PLAN = make_regex(
    r"\b(?:meal|food|diet|eating|nutrition)[- ](?:plan|schedule|menu)\b|\bmenu for\b", re.I
)
MEALS = make_regex(r"\b(breakfast|lunch|dinner|snacks?)\b", re.I)
OTHER_LAYOUT = make_regex(r"\b(?:table|csv|columns?|html|code|app|python|function)\b", re.I)
DAYS = make_regex(rf"\b({NUMBER})[- ]days?\b", re.I)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NO_MEAT = make_regex(r"\b(?:vegetarian|veggie|meatless|meat-free|without meat|no meat)\b", re.I)
VEGAN = make_regex(r"\b(?:vegan|plant-based)\b", re.I)
VEGAN_DISHES = {
    "breakfast": (
        "Oatmeal with berries",
        "Toast with avocado",
        "Fruit salad with nuts",
        "Soy yogurt with muesli",
    ),
    "lunch": ("Lentil soup", "Hummus wrap with vegetables", "Rice with beans", "Tofu salad"),
    "dinner": (
        "Vegetable curry",
        "Pasta with tomato sauce",
        "Bean chili",
        "Stuffed peppers",
        "Chickpea stew",
    ),
    "snack": ("An apple", "A handful of nuts", "Carrot sticks with hummus"),
}
VEGETARIAN_DISHES = {
    "breakfast": ("Scrambled eggs on toast", "Yogurt with muesli", *VEGAN_DISHES["breakfast"]),
    "lunch": ("Greek salad with feta", "Cheese and tomato sandwich", *VEGAN_DISHES["lunch"]),
    "dinner": ("Mushroom risotto", "Spinach lasagne", *VEGAN_DISHES["dinner"]),
    "snack": ("A boiled egg", *VEGAN_DISHES["snack"]),
}
DISHES = {
    "breakfast": VEGETARIAN_DISHES["breakfast"],
    "lunch": ("Chicken salad", "Tuna sandwich", *VEGETARIAN_DISHES["lunch"]),
    "dinner": (
        "Baked salmon with potatoes",
        "Chicken stir-fry with rice",
        *VEGETARIAN_DISHES["dinner"],
    ),
    "snack": VEGETARIAN_DISHES["snack"],
}


@form(
    "meals of each day",
    "Give me a meal plan for 3 days with breakfast, lunch and dinner.",
    words="meal food diet eating nutrition menu",
    about="a heading for each day, and a dish for each meal that the prompt names",
)
def write_meals(question: Question) -> str | None:
    text = question.instruction
    meals = [one.lower().rstrip("s") for one in MEALS.findall(text)]
    meals = list(dict.fromkeys(meals))
    if question.language != "en" or len(meals) < 2 or not PLAN.search(text):
        return None
    if OTHER_LAYOUT.search(question.wish) or wants("json", question) or question.material:
        return None
    counted = DAYS.search(text)
    count = min(parse_count(counted[1], 14), 14) if counted else 7
    names = [f"Day {at}" for at in range(1, count + 1)] if counted else list(WEEKDAYS)
    dishes = (
        VEGAN_DISHES
        if VEGAN.search(text)
        else VEGETARIAN_DISHES
        if NO_MEAT.search(text)
        else DISHES
    )
    start = question.random.draw_below(7)
    return "\n\n".join(
        "\n".join([f"**{name}**", "", *(name_meal(meal, dishes, start + at) for meal in meals)])
        for at, name in enumerate(names)
    )


def name_meal(meal: str, dishes: dict[str, tuple[str, ...]], at: int) -> str:
    offered = dishes[meal]
    return f"- {meal.capitalize()}: {offered[at % len(offered)]}"
