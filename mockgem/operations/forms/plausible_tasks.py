"""Names of tasks and steps in invented plans: about the goal, in the language of the prompt."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sample_words import WORDS
from mockgem.operations.generators.hint_patterns import IMPERATIVE_VERBS
from mockgem.operations.generators.prose_templates import ABOUT_ANYTHING

TASK = make_regex(
    r"^(?:tasks?|titles?|steps?|actions?|sub_?tasks?|description|name|todo|activity|titulo|título"
    r"|titre|titel|tarefa|tarea|tâche|tache|aufgabe|compito|titolo|nombre|nome|descricao|descrição"
    r"|descripcion|descripción|beschreibung|subtasks)$"
)
ABOUT_TASKS = make_regex(
    r"\b(?:tarefas?|tareas?|tâches?|aufgaben?|compit[oi]|to-?do|tasks?|subtasks?|steps|plan)\b",
    re.I,
)
GOAL = make_regex(
    r"^[ \t*]*(?:goal|task|objective|project|ziel|objetivo"
    r"|objectif)\**\s?[:：]\**\s*(\S[^\n]{3,120})",
    re.I | re.M,
)
VERBS = frozenset(
    "launch build organize organise create learn plan write start improve develop set design"
    " prepare make move run open deploy release redesign rollout roll set up"
    " publish host migrate implement add find book".split()
)
TECHNICAL = frozenset("deploy migrate install upgrade host".split())
LOCAL: dict[str, tuple[str, ...]] = {
    "de": (
        "Termin und Budget festlegen",
        "Einkaufsliste schreiben",
        "Material besorgen",
        "Helferinnen und Helfer anfragen",
        "Ablauf festlegen",
        "Alles noch einmal prüfen",
    ),
    "fr": (
        "Fixer la date et le budget",
        "Préparer la liste des choses à faire",
        "Acheter le nécessaire",
        "Demander de l'aide à des amis",
        "Prévenir tout le monde",
        "Vérifier les derniers détails",
    ),
    "es": (
        "Fijar la fecha y el presupuesto",
        "Preparar la lista de lo que falta",
        "Comprar lo necesario",
        "Pedir ayuda a los amigos",
        "Avisar a todo el mundo",
        "Revisar los últimos detalles",
    ),
    "pt": (
        "Definir a data e o orçamento",
        "Preparar a lista do que falta",
        "Comprar o que falta",
        "Pedir ajuda aos amigos",
        "Avisar todos",
        "Verificar os últimos detalhes",
    ),
    "it": (
        "Fissare la data e il budget",
        "Preparare la lista delle cose da fare",
        "Comprare il necessario",
        "Chiedere aiuto agli amici",
        "Avvisare tutti",
        "Controllare gli ultimi dettagli",
    ),
}
PLACEHOLDERS = frozenset([*WORDS["step"], *WORDS["task"], "Task", "Goal", "Project"])
TITLES_ABROAD = 5


def name_tasks(value: Any, question: Question) -> Any:
    """Return a plan whose invented tasks name what they are for."""
    whole = question.whole[:6000]
    if not ABOUT_TASKS.search(whole):
        return value
    language = question.language
    if language in LOCAL:
        return name_rows(value, LOCAL[language], question.material, is_abroad=True)
    goal = find_goal(question) if language == "en" else ""
    if not goal:
        return value
    named = name_rows(value, list_english(goal), question.material, is_abroad=False)
    return name_aim(named, goal, question.prompt)


WISH = make_regex(
    r"\W*(?:please |can you |help me )?(?:plan|outline|break down|organi[sz]e)\s(?:out )?"
    r"(?:(?:the |all )?(?:steps|tasks) )?(?:(?:of|for|to|how to) )?"
    r"(?:the (launch|release|migration|redesign|rollout|setup|opening) of )?"
    r"([^.\n:{\"]{4,100}?)(?= (?:as|in|with|into|and (?:return|output))\b|[.\n:{]|\Z)",
    re.I,
)
QUOTED_GOAL = make_regex(
    r"\b(?:goal|task|objective|project)s?\W{1,4}[\"'“]([^\"'”\n]{4,120})[\"'”]", re.I
)
LEISURE = make_regex(
    r"\b(?:trips?|party|wedding|holiday|vacation|birthday|weekend|dinner|picnic|moving|travel\w*"
    r"|visit|meals?|menu|workouts?|lessons?|class|course|study|learn|days?|weeks?|tour)\b",
    re.I,
)
"""Plans with their own steps."""
RELEASES = {"release": "release", "migration": "migrate", "opening": "open", "setup": "set up"}


def find_goal(question: Question) -> str:
    """Return the goal of a plan: behind its label, in quotation marks, or behind "Plan"."""
    if match := GOAL.search(question.prompt[:4000]):
        return match[1].strip(" .\"'")
    if match := QUOTED_GOAL.search(question.prompt[:4000]):
        return match[1].strip(" .")
    match = WISH.match(question.prompt[:400])
    if match is None or LEISURE.search(match[0]) or question.material:
        return ""
    act = (match[1] or "").lower()
    return f"{RELEASES.get(act, act)} {match[2]}".strip()


AIM = make_regex(r"^(?:goal|objective|aim)$")


def name_aim(value: Any, goal: str, prompt: str) -> Any:
    """Return a plan whose goal is the one of the prompt."""
    if not isinstance(value, dict):
        return value
    key = next((one for one in value if AIM.match(read_name(one))), None)
    if key is None or not isinstance(value[key], str) or value[key] in prompt:
        return value
    return {**value, key: f"{goal[:1].upper()}{goal[1:]}"}


def list_english(goal: str) -> tuple[str, ...]:
    """Return the steps of a plan for a goal: "launch a newsletter", "a new website"."""
    small = goal[:1].lower() + goal[1:] if not goal[:2].isupper() else goal
    first = small.split()[0]
    is_verb = first in VERBS or goal.split()[0] in IMPERATIVE_VERBS
    to = f"to {small}" if is_verb else f"for {small}"
    noun = small.split(maxsplit=1)[1] if is_verb and " " in small else small
    if first in TECHNICAL:
        return (
            f"List what is needed to {small}",
            f"Prepare {noun} and back up the data",
            "Set up the new environment and its access rights",
            f"Try to {small} on a test system first",
            f"Switch over: {small}",
            "Check that everything works and watch the logs",
        )
    return (
        f"Define the aim, the budget and the dates {to}",
        f"Collect ideas and examples for {noun}",
        f"Prepare a first version of {noun}",
        f"Test {noun} with a few people and improve it",
        f"Finish and publish {noun}",
        f"Review the results of {noun} after a month",
    )


def name_rows(value: Any, names: tuple[str, ...], given: str, *, is_abroad: bool) -> Any:
    match value:
        case dict():
            return {
                key: name_rows(item, names, given, is_abroad=is_abroad)
                if isinstance(item, (dict, list))
                else item
                for key, item in value.items()
            }
        case [dict() as first, *_]:
            key = next((one for one in first if TASK.match(read_name(one))), None)
            if key is None or not is_open(value, key, given, is_abroad=is_abroad):
                return value
            return [{**row, key: names[at % len(names)]} for at, row in enumerate(value)]
        case [str(), *_] if set(value) <= PLACEHOLDERS:
            return [names[at % len(names)] for at in range(len(value))]
    return value


def is_open(rows: list[Any], key: str, given: str, *, is_abroad: bool) -> bool:
    """Return whether all rows lack a task."""
    texts = [row.get(key) for row in rows if isinstance(row, dict)]
    if len(texts) > 1 and len(set(map(str, texts))) == 1:
        return True  # the goal itself in each row
    if is_abroad:
        return not given and all(
            isinstance(one, str) and len(one.split()) <= TITLES_ABROAD for one in texts
        )
    return all(
        isinstance(text, str)
        and (text in PLACEHOLDERS or GENERAL.match(text) or ABOUT_ANYTHING.match(text))
        for text in texts
    )


GENERAL = make_regex(
    r"(?:Make a list|Set a budget|Compare prices|Ask friends|Book what|Check everything"
    r"|Tell everyone|Learn the basics"
    r"|Practise|Share what you know|Write the first draft|Prepare the meeting|Check the figures"
    r"|Decide on|Buy what|Write down|Prepare the|Invite|Enjoy)"
)
"""The beginnings of texts that are about any plan, or about nothing."""
