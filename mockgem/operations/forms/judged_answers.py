"""Judgements in objects: a graded answer, a candidate for a job, a customer who says thanks."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.agreement import (
    GIVEN_ANSWER,
    REFERENCE,
    compare_with_reference,
    cut_next_label,
)
from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

SCORE = make_regex(r"^(?:score|grade|points|rating|marks?)$")
REASON = make_regex(r"^(?:reason|reasoning|explanation|feedback|comment|rationale|justification)$")
VERDICT = make_regex(r"^(?:verdict|result|label|grade|evaluation|judg[e]?ment|outcome)$")
FLAG = make_regex(r"^(?:is_)?(?:correct|passed|pass|matches|match|equivalent)$")
MOST = make_regex(r"\b(0|1)\s?(?:-|–|to|\.\.)\s?(10|100|5|1)\b")
RIGHT = ("correct", "pass", "right", "yes", "true", "full", "full_credit", "accurate")
WRONG = ("incorrect", "fail", "wrong", "no", "false", "none", "no_credit", "inaccurate")


def judge(value: Any, question: Question) -> Any:
    """Return an object whose judgement fits what the prompt gives to be judged."""
    if not isinstance(value, dict):
        return value
    names = {read_name(key): key for key in value}
    return thank(match_skills(grade(value, names, question), names, question), names, question)


def grade(value: dict[str, Any], names: dict[str, str], question: Question) -> dict[str, Any]:
    """Return a grade that fits a student's answer and the reference answer."""
    text = question.prompt[:6000]
    is_graded = any(SCORE.match(one) or VERDICT.match(one) or FLAG.match(one) for one in names)
    is_right = compare_with_reference(text) if is_graded else None
    if is_right is None:
        return value
    expected, said = REFERENCE.search(text), GIVEN_ANSWER.search(text)
    told = cut_next_label(expected[1]).strip(" .") if expected else ""
    given = str(said[1]).strip(" .") if said else ""
    match = MOST.search(question.whole[:6000])
    least, most = (int(match[1]), int(match[2])) if match else (0, 1)
    graded = dict(value)
    for name, key in names.items():
        item = value[key]
        if isinstance(item, bool):
            graded[key] = is_right if FLAG.match(name) else item
        elif isinstance(item, (int, float)) and SCORE.match(name):
            graded[key] = type(item)(most if is_right else least)
        elif isinstance(item, str) and VERDICT.match(name):
            graded[key] = choose_verdict(question, is_right) or item
        elif isinstance(item, str) and REASON.match(name):
            graded[key] = (
                f"The answer '{given}' agrees with the reference answer."
                if is_right
                else f"The answer is '{given}', but the reference answer is '{told}'."
            )
    return graded


def choose_verdict(question: Question, is_right: bool) -> str:
    """Return the label of the prompt for a right or a wrong answer; empty without one."""
    wanted = RIGHT if is_right else WRONG
    found = re.findall(r"[\"'`]([A-Za-z_]{2,20})[\"'`]", question.whole[:6000])
    return next((one for one in found if one.lower() in wanted), "")


MATCHED = make_regex(r"^(?:matched|matching|met|present|found)_(?:skills|requirements|keywords)$")
LACKING = make_regex(r"^(?:missing|lacking|unmet|absent)_(?:skills|requirements|keywords)$")
MATCH_SCORE = make_regex(r"^(?:match|fit|matching|overall)?_?(?:score|percentage|percent)$")
CANDIDATE = make_regex(
    r"(?:^|\n)[ \t*#]*(?:candidate|resume|résumé|cv|applicant|profile)\**\s?:\**\s*([^\n]{5,1500}"
    r"(?:\n(?![ \t*#]*(?:job|position|role|requirements|vacancy|ad)\b)[^\n]{1,400}){0,20})",
    re.I,
)
JOB = make_regex(
    r"(?:^|\n)[ \t*#]*(?:job(?: (?:ad|description|posting))?|position|requirements|vacancy|role)"
    r"\**\s?:\**\s*([^\n]{5,1500}"
    r"(?:\n(?![ \t*#]*(?:candidate|resume|cv|applicant)\b)[^\n]{1,400}){0,20})",
    re.I,
)
SKILL_WORDS = make_regex(
    r"\b(?:required|requires?|must[- ]have|nice to have|preferred|a plus|optional|senior|junior"
    r"|developer|engineer|experience|years?|of|with|in|we need|looking for|knowledge|good|strong"
    r"|skills?|proficiency|an?|the|\d+\+?)\b",
    re.I,
)
DENIED = make_regex(r"\b(?:no|not|without|never|lacks?|little)\b[^,;.\n]{0,30}\Z", re.I)
LEAST_MATCH = (75, 45)


def match_skills(
    value: dict[str, Any], names: dict[str, str], question: Question
) -> dict[str, Any]:
    """Return which skills of a job a candidate has, and which are missing."""
    matched = next((key for name, key in names.items() if MATCHED.match(name)), None)
    missing = next((key for name, key in names.items() if LACKING.match(name)), None)
    if matched is None and missing is None:
        return value
    text = question.prompt[:8000]
    candidate, job = CANDIDATE.search(text), JOB.search(text)
    wanted = list_skills(job[1]) if job else []
    if candidate is None or not wanted:
        return value
    has = [one for one in wanted if has_skill(one, candidate[1])]
    lacks = [one for one in wanted if one not in has]
    share = round(100 * len(has) / len(wanted))
    judged = dict(value)
    judged |= {matched: has} if matched else {}
    judged |= {missing: lacks} if missing else {}
    for name, key in names.items():
        if MATCH_SCORE.match(name) and isinstance(value[key], (int, float)):
            judged[key] = share
    return recommend(judged, names, share, question)


def list_skills(text: str) -> list[str]:
    """Return the skills of an ad: the parts between commas without words such as "required"."""
    parts = re.split(r"[,;.\n•]|\s-\s|\band\b|\bor\b", text)
    skills = (re.sub(r"\s+", " ", SKILL_WORDS.sub(" ", part)).strip(" :-*()") for part in parts)
    return list(dict.fromkeys(one for one in skills if one and one.count(" ") < 3))[:20]


def has_skill(skill: str, text: str) -> bool:
    """Return whether a text names a skill and does not deny it."""
    at = text.lower().find(skill.lower())
    end = at + len(skill)
    if at < 0 or text[at - 1 : at].isalnum() or text[end : end + 1].isalnum():
        return False
    return DENIED.search(text[:at]) is None


def recommend(
    value: dict[str, Any], names: dict[str, str], share: int, question: Question
) -> dict[str, Any]:
    """Return a judgement whose recommendation fits the share of the skills."""
    key = next(
        (key for name, key in names.items() if "recommend" in name or name == "decision"), None
    )
    if key is None or not isinstance(value[key], str):
        return value
    listed = re.findall(r"[\"'`]([A-Za-z_ ]{2,20})[\"'`]", question.whole[:6000])
    good = [
        one for one in listed if one.lower() in ("interview", "hire", "yes", "strong", "accept")
    ]
    fair = [one for one in listed if one.lower() in ("maybe", "consider", "review", "hold")]
    poor = [one for one in listed if one.lower() in ("reject", "no", "no_hire", "decline")]
    ranked = good if share >= LEAST_MATCH[0] else fair if share >= LEAST_MATCH[1] else poor
    ranked = ranked or (good if share >= sum(LEAST_MATCH) // 2 else poor)
    return {**value, key: ranked[0]} if ranked else value


SATISFIED = make_regex(r"(?:^|_)(?:satisfied|happy|satisfaction)$")
CUSTOMER = make_regex(
    r"^[ \t*]*(?:customer|user|client|guest)\**:\**[ \t]*([^\n]{2,400})$", re.I | re.M
)
THANKS = make_regex(r"\b(?:thanks?|thank you|great|perfect|awesome|wonderful|appreciate)\b", re.I)
COMPLAINS = make_regex(r"\b(?:not|never|still|unacceptable|terrible|angry|but)\b|n['’]t\b", re.I)


def thank(value: dict[str, Any], names: dict[str, str], question: Question) -> dict[str, Any]:
    """Return a judgement that a customer whose last words are thanks is satisfied."""
    said = CUSTOMER.findall(question.prompt[:6000])
    told = dict(value)
    for name, key in names.items():
        item = value[key]
        if isinstance(item, bool) and HUMAN.search(name):
            told[key] = item or UPSET.search(question.prompt[:4000]) is not None
        elif said and isinstance(item, bool) and SATISFIED.search(name):
            told[key] = bool(THANKS.search(said[-1])) and not COMPLAINS.search(said[-1])
        elif said and ISSUE.match(name) and isinstance(item, str) and COMPLAINS.search(said[0]):
            own = GREETING.sub("", said[0].strip())
            told[key] = f"{own[:1].upper()}{own[1:]}"
    return told


ISSUE = make_regex(r"^(?:issue|problem|complaint|customer_issue|reason_for_contact)$")
GREETING = make_regex(
    r"\A(?:hi|hello|hey|good (?:morning|afternoon|evening))\b[^,.!]{0,20}[,.!]\s*", re.I
)
HUMAN = make_regex(
    r"^(?:needs|requires|escalate)_?(?:to_)?(?:human|agent|escalation)(?:_\w+)?$|^escalate$"
)
UPSET = make_regex(
    r"!!|\b(?:nobody|no one|lawyer|manager|speak to (?:a|someone)|real person|human|unacceptable"
    r"|furious|third time)\b",
    re.I,
)
