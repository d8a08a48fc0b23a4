"""Rows about people and their work: the stations of a CV, the roles in a text."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.row_fields import Fields, Row, find_key
from mockgem.operations.forms.text_candidates import Candidate, Candidates, parse_amount

YEARS = (
    r"(?P<{0}start>(?:\w{{3,9}}\.? )?(?:19|20)\d\d|\d\d/(?:19|20)\d\d) ?(?:-|–|—|to|bis|until) ?"
    r"(?P<{0}end>(?:\w{{3,9}}\.? )?(?:19|20)\d\d|\d\d/(?:19|20)\d\d|[Pp]resent|[Nn]ow|[Tt]oday"
    r"|[Hh]eute|[Cc]urrent)"
)
JOB = r"(?P<{0}title>[^\W\d][^,\n@()]{{2,60}}?)(?:, | at | @ | bei | - | – | \| )"
COMPANY = r"(?P<{0}company>[^\W\d][^,\n()|]{{1,60}}?)"
STATION = make_regex(
    rf"^[ \t*•-]{{0,4}}(?:{YEARS.format('a')}[:,|]? ?(?:[-–] )?{JOB.format('a')}"
    rf"{COMPANY.format('a')}(?:, [^\n]{{2,40}})?"
    rf"|{JOB.format('b')}{COMPANY.format('b')},? ?[(|–-]{{0,1}} ?{YEARS.format('b')}\)?)"
    r"[ \t.]*$",
    re.M,
)
TITLE = make_regex(r"^(?:job_?)?(?:title|role|position|job|stelle|puesto|poste)$")
EMPLOYER = make_regex(r"^(?:company|employer|organi[sz]ation|firma|arbeitgeber|empresa)(?:_name)?$")
START = make_regex(r"^(?:start|from|begin|von|inicio)(?:_?(?:year|date|jahr))?$")
END = make_regex(r"^(?:end|to|until|bis|fin)(?:_?(?:year|date|jahr))?$")
PERIOD = make_regex(r"^(?:period|dates|years|duration|zeitraum)$")


def read_stations(fields: Fields, text: str) -> list[Row]:
    """Return a row for each "2018-2021 Backend Developer, Bluepine" of a CV."""
    title, employer = find_key(fields, TITLE), find_key(fields, EMPLOYER)
    if not title or not employer:
        return []
    start, end, period = (find_key(fields, one) for one in (START, END, PERIOD))
    rows = []
    for match in STATION.finditer(NEXT_STATION.sub(")\n", text)):
        part = "a" if match["atitle"] else "b"
        row: Row = {title: match[f"{part}title"].strip(), employer: match[f"{part}company"].strip()}
        first, last = match[f"{part}start"], match[f"{part}end"]
        if start:
            row[start] = read_year(first, fields[start])
        if end:
            row[end] = read_year(last, fields[end])
        if period:
            row[period] = f"{first}-{last}"
        rows.append({**dict.fromkeys(fields), **row})
    return rows


NEXT_STATION = make_regex(
    r"(?<=\d\d\d\d)\)[,;.]? (?:(?:and|then|previously|before that|dann|davor)[,:]? ){1,2}", re.I
)
"""What stands between two stations on the same line."""


def read_year(text: str, schema: dict[str, Any]) -> int | str | None:
    year = re.search(r"\d{4}", text)
    if schema.get("type") in ("integer", "number"):
        return int(year[0]) if year else None
    return text


PERSON_KEY = make_regex(r"^(?:name|person|full_name|who|employee|member|nombre|nom)$")
ROLE_KEY = make_regex(r"^(?:role|title|position|job|job_title|function|rolle|rol|rôle|cargo)$")
ROLE = r"([^\W\d][^,.;:\n()]{2,48}?)(?= (?:and|while|who|which|und|at|bei|in|for)\b|[,.;:\n()]|\Z)"
OWN = r"(?:our |the |their |its |an? |unser[en]{0,2} |die |der )?(?:new |former )?"
AS_ROLE = make_regex(rf"\b(?:as|als|como) {OWN}{ROLE}")
BEHIND = make_regex(
    rf"(?:, (?:who is )?|\s?\(| is (?:now )?| works as | joined as |: | – | - ){OWN}(?!who\b|and\b)"
    rf"(?!(?:responsible|in charge|based|from|leading|also)\b){ROLE}"
)
IN_FRONT = make_regex(
    r"\b(CEO|CTO|CFO|COO|[Dd]irector|[Mm]anager|[Hh]ead of \w+|[Pp]resident|[Cc]hair\w*|[Dd]esigner"
    r"|[Dd]eveloper|[Ee]ngineer|[Ee]ditor|[Aa]nalyst|[Pp]rofessor|[Cc]oach|[Mm]ayor|[Mm]inister"
    r"|[Cc]hef|[Ll]ead \w+|[Ss]pokes\w+|[Ff]ounder) \Z"
)
WORK = make_regex(r" ([a-z]+(?:s|es)) ([^,.;\n]{3,60})")
AGENTS = {
    "designs": "designer",
    "develops": "developer",
    "leads": "lead",
    "manages": "manager",
    "coordinates": "coordinator",
    "tests": "tester",
    "writes": "writer",
    "translates": "translator",
    "teaches": "teacher",
    "plays": "player",
    "edits": "editor",
    "directs": "director",
    "coaches": "coach",
    "organises": "organiser",
    "organizes": "organizer",
    "programs": "programmer",
    "builds": "builder",
    "photographs": "photographer",
}
IN_CHARGE = make_regex(
    r" is (?:responsible for|in charge of) ([^,.;\n]{3,40}?)(?= as\b|[,.;\n]|\Z)"
)


def read_roles(fields: Fields, text: str) -> list[Row]:
    """Return a row for each person of a text with the role that stands beside the name."""
    who, what = find_key(fields, PERSON_KEY), find_key(fields, ROLE_KEY)
    if not who or not what or len(fields) != len((who, what)) or "\n" in text.strip():
        return []
    people = [one for one in Candidates(text).found["name"] if one.kind in ("person", "word")]
    roles = [find_role(one, at, people, text) for at, one in enumerate(people)]
    rows = [{who: one.text, what: role} for one, role in zip(people, roles, strict=True) if role]
    return [{key: row[key] for key in fields} for row in rows]


NUMBERED = make_regex(
    r"(?:^|_)(?:salary|pay|wage|income|age|gehalt|alter|salario|edad|years?|score)$"
)
PART_OF = make_regex(
    r"^(?:department|dept|team|division|unit|city|town|country|location|company|employer|office"
    r"|abteilung|stadt|ort|land|firma|departamento|ciudad|empresa)$"
)
IN_PART = make_regex(
    r"\b(?:works?|working|lives?|living|based|is|employed|arbeitet|wohnt|trabaja|vive|comes)?\s?"
    r"(?:in|at|for|from|bei|aus|en) (?:the )?([A-ZÀ-Þ][\w&-]*(?: [A-ZÀ-Þ][\w&-]*){0,2})"
)
IS_ROLE = make_regex(
    r"\b(?:is|works as|as) (?:an? |the )([a-z][\w -]{2,40}?)(?= (?:in|at|for|and|who)\b|[,.;\n]|\Z)"
)
NUMBER = make_regex(r"(?<![\w.])\d{1,3}(?:[,.]\d{3})+(?!\d)|(?<![\w.])\d+(?:\.\d+)?")


def read_staff(fields: Fields, text: str) -> list[Row]:
    """Return a row for each line such as "Ben Hart works in IT and earns 61000"."""
    who = find_key(fields, PERSON_KEY)
    lines = [line.strip(" -*•\t") for line in text.splitlines() if line.strip()]
    others = [key for key in fields if key != who]
    if not who or not others or len(lines) < 2 or len(lines) > 60:
        return []
    rows = []
    for line in lines:
        name = next((one for one in Candidates(line).found["name"] if one.start == 0), None)
        if name is None:
            return []
        row: Row = {key: read_part(key, fields[key], line[name.end :]) for key in others}
        if None in row.values():
            return []
        rows.append({key: name.text if key == who else row[key] for key in fields})
    return rows


def read_part(key: str, schema: dict[str, Any], rest: str) -> Any:
    """Return what the rest of a line says about a field; None if it says nothing."""
    name = read_name(key)
    if NUMBERED.search(name) or schema.get("type") in ("integer", "number"):
        found = NUMBER.findall(rest)
        if len(found) != 1:
            return None
        return found[0] if schema.get("type") == "string" else parse_amount(found[0])
    pattern = PART_OF if PART_OF.match(name) else ROLE_KEY if ROLE_KEY.match(name) else None
    match = (IN_PART if pattern is PART_OF else IS_ROLE).search(rest) if pattern else None
    return match[1].strip() if match else None


DONE_BY = make_regex(r"\b(\w{3,14}) by (?:the )?\Z", re.I)
DOERS = {
    "directed": "director",
    "produced": "producer",
    "written": "writer",
    "composed": "composer",
    "edited": "editor",
    "designed": "designer",
    "founded": "founder",
    "built": "builder",
    "painted": "painter",
    "invented": "inventor",
    "managed": "manager",
    "narrated": "narrator",
    "photographed": "photographer",
    "translated": "translator",
}
"""Who did what a text says was done: "directed by Ana Ruiz"."""


def find_role(one: Candidate, at: int, people: list[Candidate], text: str) -> str:
    """Return the role of a person: beside the name, behind "as", or by what the person does."""
    end = people[at + 1].start if at + 1 < len(people) else len(text)
    clause = text[one.end : end]
    clause = clause[: clause.find(". ") + 1] if ". " in clause else clause
    if match := IN_FRONT.search(text[max(0, one.start - 40) : one.start]):
        return match[1]
    done = DONE_BY.search(text[max(0, one.start - 40) : one.start])
    if done is not None and done[1].lower() in DOERS:
        return DOERS[done[1].lower()]
    if (match := AS_ROLE.search(clause)) or (match := BEHIND.match(clause)):
        return match[1].strip()
    if match := IN_CHARGE.match(clause):
        return f"responsible for {match[1]}"
    if match := WORK.match(clause):
        return AGENTS.get(match[1]) or re.split(r" (?:and|while|but)\b", match[0].strip())[0]
    return ""
