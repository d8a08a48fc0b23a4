"""Cover letters from labelled facts: "Position: Data Analyst. Candidate: Ada Hill, 4 years …"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

COVER_LETTER = make_regex(
    r"\bcover letters?\b|\bapplication letters?\b|\bmotivation letters?\b", re.I
)
POSITION = make_regex(
    r"\b(?:position|role|job(?: title)?|vacancy|opening)\s?:\s*([^.,;\n]{3,60})", re.I
)
CANDIDATE = make_regex(
    r"\b(?i:candidate|applicant|name|my name)\s?:\s*((?:[A-ZÀ-Þ][\w'’-]+ ?){1,4})"
    r"(?:[,;:(–-]\s*(?P<facts>[^\n]{5,600}))?"
)
COMPANY = make_regex(r"\b(?i:company|employer|organi[sz]ation)\s?:\s*([^.,;\n]{2,60})")
SKILLS = make_regex(r"\bskills?\s?:\s*([^.\n]{3,200})", re.I)
YEARS = make_regex(
    r"\b(\d{1,2}\+? years?(?: of)?[^.;\n]*?)(?=, (?:\w+ed|led|built|ran|wrote|grew|made|taught)\b"
    r"|[.;\n]|\Z)",
    re.I,
)
DONE = make_regex(
    r"(?:^|, |; |\. )((?:\w{3,}ed|led|built|ran|wrote|grew|made|taught|held|won) [^.;\n]{5,160}?)"
    r"(?=, (?:\w{3,}ed|led|built|ran|wrote|grew|made|taught|held|won) |[.;\n]|\Z)",
    re.I,
)


@form(
    "cover letter from facts",
    "Write a cover letter. Position: Data Analyst. Candidate: Ada Hill, 4 years of experience with"
    " SQL, built a reporting team.",
    words="position role job vacancy opening candidate applicant",
    about="a letter for the position with what the facts say about the candidate",
)
def write_cover_letter(question: Question) -> str | None:
    if question.language != "en" or not COVER_LETTER.search(question.whole):
        return None
    position = POSITION.search(question.prompt[:4000])
    candidate = CANDIDATE.search(question.prompt[:4000])
    if position is None or candidate is None:
        return None
    company = COMPANY.search(question.prompt[:4000])
    place = "[Company]" if "[Company]" in question.whole else "your company"
    place = company[1].strip() if company else place
    job = position[1].strip()
    return "\n\n".join(
        (
            "Dear Hiring Manager,",
            f"I am writing to apply for the position of {job} at {place}. The role fits my "
            "experience well, and I would like to tell you why.",
            tell_facts(candidate["facts"] or "", question.prompt[:4000], job),
            f"I would be glad to bring this experience to {place} and to talk about it in an "
            "interview. Thank you for your time and consideration.",
            f"Kind regards,\n{candidate[1].strip()}",
        )
    )


def tell_facts(facts: str, prompt: str, job: str) -> str:
    """Return what the facts say about the candidate, in the first person."""
    sentences = []
    if years := YEARS.search(facts):
        sentences.append(f"I have {years[1].strip(' ,')}.")
    sentences += [f"I {one[:1].lower()}{one[1:].strip(' ,')}." for one in DONE.findall(facts)]
    if skills := SKILLS.search(prompt):
        sentences.append(f"My skills include {skills[1].strip(' ,')}.")
    sentences.append(
        f"This work taught me what a good {job} needs: care, curiosity and clear words."
    )
    return " ".join(sentences)
