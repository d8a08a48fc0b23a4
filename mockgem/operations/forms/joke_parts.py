"""Jokes in two parts about what a prompt names, for the fields "setup" and "punchline"."""

from __future__ import annotations

from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.generators.mentions import has_word_start

JOKES = {
    "cat": ("Why don't cats play poker in the jungle?", "Because there are too many cheetahs."),
    "dog": ("What do you call a dog that does magic tricks?", "A labracadabrador."),
    "program": ("Why do programmers prefer dark mode?", "Because light attracts bugs."),
    "developer": ("Why do programmers prefer dark mode?", "Because light attracts bugs."),
    "computer": ("Why did the computer go to the doctor?", "Because it had a virus."),
    "chicken": ("Why did the chicken cross the playground?", "To get to the other slide."),
    "cow": ("What do you call a cow in an earthquake?", "A milkshake."),
    "math": ("Why was the math book sad?", "Because it had too many problems."),
    "coffee": ("How does a coffee bean say goodbye?", "It says: I'll see you brew."),
    "school": ("Why did the student eat the homework?", "The teacher said it was a piece of cake."),
    "teacher": ("Why did the teacher wear sunglasses?", "Because the students were so bright."),
    "doctor": ("Why did the cookie go to the doctor?", "Because it felt crummy."),
    "fish": ("Why are fish so smart?", "Because they live in schools."),
    "bear": ("What do you call a bear without teeth?", "A gummy bear."),
    "elephant": ("Why do elephants never use computers?", "Because they are afraid of the mouse."),
    "space": ("How do you organise a party in space?", "You planet."),
    "moon": ("How does the moon cut its hair?", "It eclipses it."),
    "ghost": ("Why are ghosts bad liars?", "Because you can see right through them."),
    "bicycle": ("Why did the bicycle fall over?", "Because it was two tired."),
    "pirate": ("Why do pirates not know the alphabet?", "They always get lost at C."),
    "banana": ("Why did the banana go to the doctor?", "Because it was not peeling well."),
    "tomato": ("Why did the tomato turn red?", "Because it saw the salad dressing."),
    "pizza": ("Do you want to hear a joke about pizza?", "Never mind, it is too cheesy."),
    "python": ("Why did the Python programmer need no umbrella?", "He could always import one."),
}
SETUP = make_regex(r"^(?:joke_)?set_?up$")
PUNCHLINE = make_regex(r"^(?:joke_)?punch_?line$")


def tell_about(value: Any, question: Question) -> Any:
    """Return a joke in two parts that is about the topic of the prompt."""
    if not isinstance(value, dict):
        return value
    setup = next((key for key in value if SETUP.match(read_name(key))), None)
    punchline = next((key for key in value if PUNCHLINE.match(read_name(key))), None)
    if setup is None or punchline is None or question.language != "en":
        return value
    asked = question.prompt[-300:].lower()
    found = next((JOKES[one] for one in JOKES if has_word_start(asked, one)), None)
    return {**value, setup: found[0], punchline: found[1]} if found else value
