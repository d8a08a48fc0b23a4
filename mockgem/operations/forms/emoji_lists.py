"""Lists of emoji with what each one stands for: "Pick 6 emoji for a beach party"."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

WISH = make_regex(rf"\b(?P<count>{NUMBER}) (?:\w+ ){{0,2}}?emojis?\b(?P<rest>[^\n]{{0,200}})", re.I)
EXPLAINS = make_regex(
    r"\b(?:say|explain|describe|tell|with|and|plus)\b[^.\n]{0,40}\b(?:what|why|meaning|means?"
    r"|stands? for|represents?|explanation|reason|description)\b",
    re.I,
)
MOST = 20
ROWS = """
🏖️ beach | beach party summer sea holiday
☀️ sunshine and warm days | beach summer sun outdoor picnic
🌊 waves and swimming | beach sea ocean swim
🍹 cool drinks | beach party summer bar cocktail
🎶 music and dancing | party dance music festival wedding
🎉 celebration | party birthday launch wedding anniversary success
🍉 fresh fruit and snacks | beach summer picnic party food
🎂 cake for everybody | birthday anniversary
🎈 balloons and good mood | birthday party children
🎁 presents | birthday christmas wedding
🕯️ a quiet moment | birthday christmas dinner
❤️ love and friendship | wedding valentine love family anniversary
💍 the rings | wedding engagement
🥂 a toast to the couple | wedding anniversary new year celebration
🌲 nature and fresh air | hiking camping forest outdoor trip
🥾 the hike itself | hiking trip mountain
⛺ nights outdoors | camping trip festival
🔥 the campfire | camping winter grill barbecue
❄️ snow and cold days | winter christmas skiing
🎄 the tree | christmas winter
🚀 a quick start | launch startup product project release
💡 new ideas | startup project workshop meeting brainstorming
📈 growth | startup business sales report
🤝 working together | team project meeting business onboarding
💻 work at the computer | code startup team remote website
📚 learning and reading | school study book course library
✏️ notes and exercises | school study homework course
💪 strength | fitness gym workout sports
🏃 movement | running fitness marathon sports
🥗 healthy food | fitness health diet restaurant food
🍕 good food | restaurant party food dinner
☕ a break together | cafe coffee morning meeting
🐶 faithful friends | dog pet animal
🐱 quiet company | cat pet animal
🌱 growing plants | garden spring plants climate
🌍 the whole world | travel climate environment trip
✈️ the flight | travel trip vacation holiday
🧳 packing for the trip | travel trip vacation
🏠 home | moving home family house
✨ something special | any
😊 a friendly smile | any
👍 approval | any
🙌 joy together | any
🌟 a highlight | any
💬 talking to each other | any
🕒 the right time | any
📍 the place | any
"""
EMOJI = [
    (line.split(" ", 1)[0], *map(str.strip, line.split(" ", 1)[1].split("|")))
    for line in ROWS.strip().splitlines()
]
"""Each emoji, what it stands for, and the words of topics that it fits."""


@form(
    "emoji with their meaning",
    "Pick 6 fitting emoji for a summer beach party and say what each one stands for.",
    words="emoji emojis",
    about="as many emoji as the prompt wants, each with what it stands for",
)
def list_emoji(question: Question) -> str | None:
    text = question.stated[:600]
    match = WISH.search(text) if question.language == "en" and not question.material else None
    if match is None or not EXPLAINS.search(match["rest"]):
        return None
    count = parse_count(match["count"], MOST)
    if count < FEWEST:
        return None
    return "\n".join(f"- {emoji} {meaning}" for emoji, meaning in choose(text, count))


FEWEST = 2


def choose(text: str, count: int) -> list[tuple[str, str]]:
    """Return emoji with their meanings: those that fit a text first, then those for any topic."""
    words = frozenset(re.findall(r"[a-z]+", text.lower()))

    def rank(row: tuple[str, ...]) -> tuple[int, bool]:
        return -len(words & frozenset(row[2].split())), row[2] != "any"

    return [(emoji, meaning) for emoji, meaning, _ in sorted(EMOJI, key=rank)[:count]]
