"""Words for invented data: what fields usually hold when the prompt gives no text."""

from __future__ import annotations

import re

from mockgem.operations.forms.more_words import MORE_WORDS
from mockgem.operations.generators.faker_pool import NAMES_OF_THINGS
from mockgem.operations.generators.hints import Hints

WORDS = {
    "quote": [
        "Small steps every day take you a long way.",
        "A clear goal is half of the journey.",
        "Whoever asks learns more than whoever knows.",
    ],
    "setup": ["Why did the computer go to the doctor?", "What do you call a sleeping bull?"],
    "punchline": ["Because it had a virus.", "A bulldozer."],
    "topping": ["mushrooms", "olives", "ham", "extra cheese"],
    "review": ["Works as described.", "Good value for the price.", "Arrived late, but works well."],
    "department": ["Sales", "Engineering", "Marketing", "Finance", "Support"],
    "role": ["admin", "editor", "viewer", "developer", "designer"],
    "title": ["The Long Way Home", "A Quiet Harbour", "Seven Small Steps", "Under the Old Bridge"],
    "product": ["Desk Lamp", "Water Bottle", "Notebook", "Wireless Mouse", "Coffee Mug"],
    "item": ["Desk Lamp", "Water Bottle", "Notebook", "Wireless Mouse", "Coffee Mug"],
    "host": ["localhost", "api.example.com", "db.example.com"],
    "env": ["production", "staging", "development"],
    "environment": ["production", "staging", "development"],
    "version": ["1.0.0", "2.3.1", "0.9.4"],
    "isbn": ["978-0-306-40615-7", "978-3-16-148410-0", "978-1-86197-876-9"],
    "mood": ["happy", "calm", "curious"],
    "director": ["Ava Bennett", "Tomás Rivera", "Mei Tanaka", "Jonas Weber"],
    "difficulty": ["easy", "medium", "hard"],
    "log level": ["info", "debug", "warning"],
    "level": ["beginner", "intermediate", "advanced"],
    "severity": ["low", "medium", "high"],
    "risk": ["low", "medium", "high"],
    "brand": ["Northwind", "Lumen", "Acorn", "Bluebird"],
    "manufacturer": ["Northwind Works", "Lumen Labs", "Acorn Industries"],
    "publisher": ["Harbour Press", "Northlight Books", "Fable House"],
    "make": ["Toyota", "Ford", "Volvo", "Honda", "Renault"],
    "model": ["Corolla", "Focus", "XC40", "Civic", "Clio"],
    "cpu": ["Intel Core i7", "AMD Ryzen 7", "Apple M3"],
    "processor": ["Intel Core i7", "AMD Ryzen 7", "Apple M3"],
    "gpu": ["NVIDIA GeForce RTX 4060", "AMD Radeon RX 7700"],
    "graphics": ["NVIDIA GeForce RTX 4060", "AMD Radeon RX 7700"],
    "operating system": ["Windows 11", "Ubuntu 24.04", "macOS 15"],
    "hobby": ["reading", "hiking", "painting", "chess", "gardening"],
    "hobbie": ["reading", "hiking", "painting", "chess", "gardening"],
    "interest": ["reading", "hiking", "painting", "chess", "gardening"],
    "skill": ["writing", "planning", "design", "statistics", "public speaking"],
    "step": [
        "Prepare everything that you need",
        "Start with the first part",
        "Check the result",
        "Clean up at the end",
    ],
    "instruction": [
        "Prepare all ingredients",
        "Mix everything in a bowl",
        "Cook for twenty minutes",
        "Serve while it is warm",
    ],
    "breakfast": ["Oatmeal with berries", "Scrambled eggs", "Yogurt with nuts", "Fruit salad"],
    "lunch": ["Lentil soup", "Chicken salad", "Vegetable wrap", "Rice with beans"],
    "dinner": ["Baked salmon", "Pasta with tomatoes", "Vegetable curry", "Mushroom risotto"],
    "snack": ["Apple", "Almonds", "Carrot sticks", "Yogurt"],
    "meal": ["Lentil soup", "Vegetable curry", "Baked salmon", "Chicken salad"],
    "cuisine": ["Italian", "Indian", "Mexican", "Japanese"],
    "exercise": ["Squats", "Push-ups", "Plank", "Lunges", "Cycling"],
    "activity": ["Walk in the old town", "Visit the museum", "Boat trip", "Market visit"],
    "activitie": ["Walk in the old town", "Visit the museum", "Boat trip", "Market visit"],
    "task": [
        "Write the first draft",
        "Check the figures",
        "Prepare the meeting",
        "Send the report",
    ],
    "todo": [
        "Write the first draft",
        "Check the figures",
        "Prepare the meeting",
        "Send the report",
    ],
    "goal": ["Learn the basics", "Save an hour a week", "Reach more customers"],
    "capital": ["Paris", "Madrid", "Rome", "Berlin", "Lisbon"],
    "continent": ["Europe", "Asia", "Africa", "South America", "North America"],
    "climate": ["mild", "dry", "tropical", "cold"],
    "habitat": ["forest", "river", "grassland", "coast"],
    "diet": ["plants", "insects", "fish", "seeds"],
    "material": ["steel", "cotton", "oak", "glass"],
    "size": ["S", "M", "L", "XL"],
    "color": ["red", "green", "blue", "yellow", "teal"],
    "colour": ["red", "green", "blue", "yellow", "teal"],
    "hex": ["#E63946", "#2A9D8F", "#264653", "#F4A261", "#1D3557"],
    "hex code": ["#E63946", "#2A9D8F", "#264653", "#F4A261", "#1D3557"],
    "hex value": ["#E63946", "#2A9D8F", "#264653", "#F4A261", "#1D3557"],
    "team": ["Harbour United", "Northern Stars", "River City", "Blue Foxes"],
    "winner": ["Harbour United", "Northern Stars", "River City"],
    "university": ["University of Oslo", "Northern State University", "Lakeside College"],
    "school": ["Lakeside School", "Hill Street School"],
    "degree": ["BSc Computer Science", "BA History", "MSc Physics"],
    "subject": ["Mathematics", "History", "Biology", "Geography"],
    "course": ["Introduction to Statistics", "World History", "Creative Writing"],
    "question": ["What is the first step?", "Which part takes longest?", "Who was it made for?"],
    "option": ["the first one", "the second one", "the third one", "none of these"],
    "choice": ["the first one", "the second one", "the third one", "none of these"],
    "pro": ["easy to start with", "saves time", "works offline", "low cost"],
    "con": ["needs practice", "takes time to set up", "few examples"],
    "advantage": ["easy to start with", "saves time", "works offline", "low cost"],
    "disadvantage": ["needs practice", "takes time to set up", "few examples"],
    "benefit": ["saves time", "lower costs", "fewer mistakes", "more flexibility"],
    "strength": ["easy to start with", "saves time", "widely used", "well documented"],
    "weakness": ["needs practice", "takes time to set up", "few examples", "higher cost"],
    "weaknesse": ["needs practice", "takes time to set up", "few examples", "higher cost"],
    "performance": ["good", "very good", "fast", "moderate"],
    "speed": ["fast", "moderate", "slow"],
    "typing": ["static", "dynamic"],
    "license": ["MIT", "Apache-2.0", "GPL-3.0"],
    "feature": ["offline mode", "dark theme", "search", "export"],
    "allowed origin": ["https://example.com", "https://app.example.com"],
    "username": ["jsmith", "mlopez", "akhan"],
    "password": ["change-me"],
    "database": ["app_db", "users_db"],
    "payment method": ["credit card", "invoice", "PayPal"],
    "type": ["standard", "premium", "basic"],
    "plan": ["basic", "pro", "team"],
    "landmark": ["Old Bridge", "City Park", "Harbour Tower", "Art Museum"],
    "attraction": ["Old Bridge", "City Park", "Harbour Tower", "Art Museum"],
    "symptom": ["cough", "fever", "headache"],
    "artist": ["Nova Lane", "The Paper Boats", "Ada Quill", "Northern Lights"],
    "singer": ["Nova Lane", "Ada Quill", "Leo Marsh"],
    "composer": ["Clara Winter", "Leo Marsh", "Ida Berg"],
    "ingredient": ["flour", "sugar", "butter", "eggs", "milk", "salt"],
    "hashtag": ["#NewRelease", "#Daily", "#Inspiration"],
}
"""Values by the last words of a field's name, without the s of a plural."""
PEOPLE = frozenset(
    "person people user users employee employees customer customers student students profile"
    " author authors contact contacts character characters member members player players patient"
    " patients candidate team guest".split()
)


def find_sample_words(words: str, hints: Hints) -> list[str] | None:
    """Return what a field usually holds; None for one without a usual meaning.

    Args:
        words: The field's name in small letters, with spaces.
        hints: Those of the prompt. A name in it is better than an invented title or product.
    """
    parts = words.split()
    if not parts:
        return None
    last = " ".join(parts[-2:]).rstrip("s")
    known = find_words(last) or find_words(parts[-1].rstrip("s"))
    if known is None and parts[-1] == "name" and len(parts) > 1:
        known = find_words(parts[-2])
    is_title = parts[-1] in ("title", "product", "item")
    if known and not (is_title and hints.nouns):
        return known
    if parts == ["name"] and not hints.nouns:
        return find_thing_names(hints.lower_text)
    return None


def find_words(name: str) -> list[str] | None:
    name = SHORT_NAMES.get(name, name)
    return WORDS.get(name) or MORE_WORDS.get(name)


SHORT_NAMES = {
    "dept": "department",
    "msg": "message",
    "desc": "description",
    "qty": "quantity",
    "lang": "language",
    "addr": "address",
}
"""Names of fields in short."""


def find_words_of(noun: str, name: str) -> list[str] | None:
    """Return what a field of a thing usually holds: the name of a department, a person's title."""
    if name == "title" and noun in PEOPLE:
        return ["Engineer", "Designer", "Sales Manager", "Analyst"]
    if name in ("name", "title") and noun not in PEOPLE:
        return WORDS.get(noun) or find_thing_names(noun)
    return None


NO_BOOKS = re.compile(r"\b(?:phone|address|guest|contact)[ -]?(?:book|list)s?\b")


def find_thing_names(text: str) -> list[str] | None:
    """Return names for the kind of thing that a text is about; None if that may be a person."""
    words = frozenset(re.findall(r"[a-z]+", NO_BOOKS.sub("", text)))
    if not words.isdisjoint(PEOPLE):
        return None
    for kinds, names in NAMES_OF_THINGS.items():
        for kind in kinds.split("|"):
            if kind in words or f"{kind}s" in words:
                return names
    return None
