"""The skills that a job ad, a CV or a profile names, as a list."""

from __future__ import annotations

import json
import re

from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.layout_words import BULLETS, NUMBERED, ONE_PER_LINE
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

ASKS = make_regex(
    r"\b(?:extract|list|find|identify|give|name|show|what|which|pull out|return|get)\b[^.\n]{0,40}"
    r"\b(?:skills|technologies|tech stack|qualifications|requirements|programming languages|tools"
    r"|competenc\w+)\b",
    re.I,
)
CUE = make_regex(
    r"\b(?:experienced? (?:in|with|using)|knowledge of|familiar(?:ity)? with|proficien\w+ (?:in"
    r"|with)|skilled (?:in|at)|skills? (?:in|with|include|are)|skills:|expertise in|background in"
    r"|working with|worked with|learning|fluent in|fluency in|know(?:s|ing)?|using|command of"
    r"|understanding of|requirements:|tech stack:|requires?)"
    r" (?:both |either )?(?=((?:[^.;\n]|\.(?=\w)){2,160}))",
    re.I,
)
SPLIT = make_regex(r",\s?(?:and |or )?| and | or | as well as |/(?=[A-Z])", re.I)
TAIL = make_regex(
    r"\b(?:with (?:knowledge|experience|skills)|is|are|would be|will be|for|who|that|which|to|at"
    r"|since|during|from|preferred|required"
    r"|desired|helps)\b.*",
    re.I | re.S,
)
LEAD = make_regex(
    r"\A(?:(?:good|strong|solid|basic|excellent|hands-on|some|a|an|the|at least|\d\+?|years?|of"
    r"|in|with|knowledge|experience|very|deep|advanced)\s+)+",
    re.I,
)
PLAIN_ARRAY = make_regex(
    r"\bjson (?:array|list)\b(?![^\n]*\b(?:objects?|keys?|fields?|each|with)\b)", re.I
)
"""A wish for an array of names alone."""
MAX_WORDS = 4
MAX_SKILLS = 20


@form(
    "skills",
    "Extract the skills from this job ad as a bullet list:\n\nWe need a data analyst with"
    " experience in SQL, Python and Tableau. Knowledge of AWS is a plus.",
    words="skills technologies tech qualifications requirements programming tools competencies"
    " competences",
    about="the skills that the given text names",
)
def list_skills(question: Question) -> str | None:
    wish = question.instruction
    if not question.material or not ASKS.search(wish):
        return None
    if wants("json", question):
        skills = find_skills(question.material) if PLAIN_ARRAY.search(question.wish) else []
        return json.dumps(skills, ensure_ascii=False) if len(skills) > 1 else None
    if re.search(r"\b(?:table|csv|yaml|xml|match|compare|score)\b", question.wish, re.I):
        return None
    skills = find_skills(question.material)
    if REQUIREMENTS.search(wish):
        skills = list(dict.fromkeys([*find_degrees(question.material), *skills]))
    if len(skills) < 2:
        return None
    if BULLETS.search(wish) or not (NUMBERED.search(wish) or question.is_terse):
        return "\n".join(f"- {one}" for one in skills)
    if NUMBERED.search(wish):
        return "\n".join(f"{at}. {one}" for at, one in enumerate(skills, 1))
    return ("\n" if ONE_PER_LINE.search(wish) else ", ").join(skills)


def find_skills(text: str) -> list[str]:
    """Return the short names in the rows after words such as "experience in"."""
    found = []
    for match in CUE.finditer(text[:6000]):
        for part in SPLIT.split(TAIL.sub("", match[1])):
            skill = CUE_START.sub("", LEAD.sub("", part.strip())).strip(" .,:")
            if skill and len(skill.split()) <= MAX_WORDS:
                found.append(skill)
    return list({one.lower(): one for one in reversed(found)}.values())[::-1][:MAX_SKILLS]


REQUIREMENTS = make_regex(r"\b(?:requirements|qualifications|requires?)\b", re.I)
DEGREE = make_regex(
    r"\b(?:an? )?((?:bachelor|master|doctor)(?:['’]s)?(?: degree)?[^,.;\n]{0,70}|(?:university "
    r"|college )?degree"
    r" in [^,.;\n]{3,60}|(?:apprenticeship|training|diploma) (?:as|in) [^,.;\n]{3,60}"
    r"|(?:at least |minimum )?\d\+? years?(?: of)? (?:[a-z]+ )?experience[^,.;\n]{0,50}"
    r"|driv(?:er['’]s|ing) licen[cs]e[^,.;\n]{0,20})",
    re.I,
)


def find_degrees(text: str) -> list[str]:
    """Return the degrees, years of experience and licences that a job ad wants."""
    return [one.strip() for one in DEGREE.findall(text[:6000])]


CUE_START = make_regex(
    r"\A(?:(?:has|have|is|are) )?(?:experienced? (?:in|with)|knowledge of|familiar(?:ity)? with"
    r"|proficien\w+ (?:in|with)"
    r"|fluent in|skilled (?:in|at))\s+",
    re.I,
)
