"""The cells of meal plans in other languages than English: a dish for each meal of a day."""

from __future__ import annotations

from mockgem.operations.forms.local_answers import load_answers

MEALS = {
    "breakfast": "frühstück morgens desayuno petit-déjeuner déjeuner-matin colazione ontbijt"
    " śniadanie kahvaltı завтрак сніданок sarapan नाश्ता 朝食 朝ごはん 朝 早餐 早饭 早飯 아침"
    " อาหารเช้า เช้า الإفطار الفطور فطور إفطار",
    "dishes": "mittagessen mittag almuerzo comida déjeuner pranzo almoço obiad lunch"
    " middageten обед обід 昼食 昼ごはん 昼 午餐 午饭 午飯 점심 เที่ยง الغداء غداء snack",
    "dinner": "abendessen abendbrot abend cena dîner diner souper jantar avondeten kolacja"
    " ужин вечеря 夕食 夕ごはん 夜 晚餐 晚饭 晚飯 저녁 อาหารเย็น เย็น العشاء عشاء",
}
PHRASES = {
    "café da manhã": "breakfast",
    "pequeno-almoço": "breakfast",
    "pequeno almoço": "breakfast",
    "petit déjeuner": "breakfast",
    "bữa sáng": "breakfast",
    "ăn sáng": "breakfast",
    "bữa trưa": "dishes",
    "bữa tối": "dinner",
    "makan pagi": "breakfast",
    "makan siang": "dishes",
    "makan malam": "dinner",
    "ארוחת בוקר": "breakfast",
    "בוקר": "breakfast",
    "ארוחת צהריים": "dishes",
    "צהריים": "dishes",
    "ארוחת ערב": "dinner",
    "ערב": "dinner",
    "दोपहर का खाना": "dishes",
    "दोपहर का भोजन": "dishes",
    "रात का खाना": "dinner",
    "रात का भोजन": "dinner",
    "öğle yemeği": "dishes",
    "akşam yemeği": "dinner",
    "อาหารกลางวัน": "dishes",
}
KINDS = {word: kind for kind, words in MEALS.items() for word in words.split()} | PHRASES
"""The names of meals in other languages, and the answers that have dishes for them."""


def list_meals(column: str, code: str) -> tuple[str, ...]:
    """Return dishes for the meal that a column is named after; nothing for another column."""
    kind = KINDS.get(column.lower().strip(), "")
    answers = load_answers(code).answers if kind else {}
    return answers[kind][1] if kind in answers else ()
