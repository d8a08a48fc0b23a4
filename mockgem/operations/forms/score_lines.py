"""Results of matches as fields: "Arsenal 2-1 Chelsea", "United beat Lakeside 3-1"."""

from __future__ import annotations

from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex

TEAM = r"([A-ZÀ-Þ][\w'-]+(?: [A-ZÀ-Þ][\w'-]+){0,3})"
LINE = make_regex(rf"{TEAM} (\d{{1,3}}) ?[-–:] ?(\d{{1,3}}) {TEAM}")
BEATEN = make_regex(
    rf"{TEAM} (?:beat|defeated|won against|drew with|lost to|lost against) {TEAM}"
    rf" (\d{{1,3}}) ?[-–:] ?(\d{{1,3}})"
)
HOME = make_regex(r"^(?:home|team_?a|team_?1|home_team|host)(?:_team)?(?:_name)?$")
AWAY = make_regex(r"^(?:away|team_?b|team_?2|away_team|visitor)(?:_team)?(?:_name)?$")
HOME_GOALS = make_regex(r"^(?:home|team_?a|team_?1)_(?:goals|score|points)$|^score_?(?:home|a|1)$")
AWAY_GOALS = make_regex(r"^(?:away|team_?b|team_?2)_(?:goals|score|points)$|^score_?(?:away|b|2)$")


def read_result(fields: dict[str, dict[str, Any]], text: str) -> dict[str, Any]:
    """Return the teams and the goals of a result; empty for other fields or texts."""
    names = {key: read_name(key) for key in fields}
    if not any(map(HOME.match, names.values())) or not any(map(AWAY.match, names.values())):
        return {}
    if match := LINE.search(text):
        home, goals, others, away = match.groups()
    elif match := BEATEN.search(text):
        home, away, goals, others = match.groups()
    else:
        return {}
    values: tuple[tuple[Any, Any], ...] = (
        (HOME, home),
        (AWAY, away),
        (HOME_GOALS, int(goals)),
        (AWAY_GOALS, int(others)),
    )
    return {key: own for key, name in names.items() for kind, own in values if kind.match(name)}
