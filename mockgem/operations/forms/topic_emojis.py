"""The emoji that fits a text: the first word that has one decides."""

from __future__ import annotations

import re
from functools import cache

ROWS = """
🍞 bread sourdough bake baking dough
🍳 cook cooking recipe recipes dinner lunch breakfast egg eggs pasta soup
☕ coffee espresso
🍵 tea
🍰 cake cakes dessert cookies
🐱 cat cats kitten
🐶 dog dogs puppy
🌱 garden gardening plant plants tomatoes flowers
✈️ travel trip flight flights vacation holiday itinerary visit
🏠 house home apartment rent mortgage moving
🚗 car cars drive tire
🚲 bike bicycle cycling
💪 workout exercise fitness gym muscle
🏃 running marathon run
😴 sleep insomnia
🩺 doctor pain health headache symptoms fever
💰 money save saving budget invest investing savings tax taxes
📈 stock stocks market markets sales growth
💼 job interview career resume cv salary
📧 email e-mail mail
🎂 birthday
🎁 gift gifts present
🎉 party wedding celebration
🎬 movie movies film films
🎵 music song songs guitar piano
📚 book books novel read reading study exam
🗣️ spanish french german english japanese italian language speak
🧮 math maths equation algebra calculus
🔬 science physics chemistry biology
🌍 climate earth geography
🚀 space rocket planet planets launch
🔒 password security encryption certificate tls
🐍 python django flask pandas
🐳 docker kubernetes container
🗄️ database sql postgresql mysql
🤖 ai llm chatbot gpt model
📱 phone iphone android app
💻 laptop computer css html javascript code function react api bug git server linux
☀️ sunny
🌧️ rain rainy weather
⛈️ storm thunderstorm thunderstorms
❄️ snow snowy
💨 wind windy
🌫️ fog foggy
☁️ cloud clouds cloudy
🛒 shop shopping store order
⚽ football soccer
👶 baby child kids
"""
OTHER = "💬"


@cache
def index_words() -> dict[str, str]:
    rows = (row.split() for row in ROWS.strip().splitlines())
    return {word: emoji for emoji, *words in rows for word in words}


def choose_emoji(text: str) -> str:
    """Return the emoji of the first word that has one; a speech balloon for other texts."""
    emojis = index_words()
    words = re.findall(r"[a-z][a-z-]*", text[:500].lower())
    return next((emojis[word] for word in words if word in emojis), OTHER)
