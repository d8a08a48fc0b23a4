"""Plans for some days in other languages than English: meals, training, trips."""

from __future__ import annotations

import re

from mockgem.operations.forms.foreign_tables import FOREIGN_WEEK, TABLE_WORD, find_days
from mockgem.operations.forms.language_packs import translate_heading
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_answers import load_answers
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

MAX_PROMPT = 200
MAX_DAYS = 14
WEEK = 7
PLAN = make_regex(
    r"\w*(?:plan|plano|programa|programma|rutina|routine|itinerar\w*|itinéraire|jadłospis|menú?"
    r"|menu|lịch trình|kế hoạch|thực đơn|rencana|jadwal)\b|план|маршрут|меню|خطة|برنامج"
    r"|תוכנית|תכנית"
    r"|योजना|計画|プラン|献立|计划|計劃|行程|食谱|日程|계획|일정|식단|แผน|ตาราง",
    re.I,
)
MEALS = make_regex(
    r"\b(?:ess|mahlzeit|ernährung|speise)\w*|\b(?:comida|menú|alimenta\w*|repas|menus?|pasti|pasto"
    r"|refeiç\w*|maaltijd\w*|posiłk\w*|jadłospis|yemek|beslenme|thực đơn|makan\w*|menu)\b"
    r"|питани|меню"
    r"|харчуван|وجبات|غذائي|ארוחות|תזונה|भोजन|आहार|食|献立|식단|อาหาร",
    re.I,
)


@form(
    "plan in another language",
    "Erstelle einen Essensplan für drei Tage.",
    "Dame un plan de entrenamiento de 3 días.",
    needs="foreign",
    about="each day with what to do or to eat on it",
)
def write_local_plan(question: Question) -> str | None:
    text = question.stated
    if question.language == "en" or question.material or len(text) > MAX_PROMPT:
        return None
    if question.gloss or not PLAN.search(text) or TABLE_WORD.search(text):
        return None
    count = find_days(text) or (WEEK if FOREIGN_WEEK.search(text) else 0)
    if not 1 < count <= MAX_DAYS:
        return None
    day = translate_heading("Day", question.language)
    plans = list_days(question.language, is_meals=MEALS.search(text) is not None)
    return "\n".join(f"- **{day} {at + 1}:** {plans[at % len(plans)]}" for at in range(count))


def list_days(code: str, *, is_meals: bool) -> list[str]:
    """Return two things to eat or to do for each day."""
    answers = load_answers(code)
    if not is_meals:
        things = answers.texts["activities"].split("|")
        return [f"{one}; {things[(at + 3) % len(things)]}" for at, one in enumerate(things)]
    morning, evening = (answers.answers[key][1] for key in ("breakfast", "dinner"))
    return [f"{one}; {other}" for one, other in zip(morning, evening, strict=False)]
