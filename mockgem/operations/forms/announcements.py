"""What people announce: invitations, news, press releases, the hours of a day."""

from __future__ import annotations

import re

from mockgem.operations.forms.decorations import wants_emoji
from mockgem.operations.forms.documents import is_wished
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_names import invent_person
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

INVITATION = make_regex(
    r"\binvitations? (?:text |message |card )?(?:to|for) (?:an? |the |my |our )?([^.,;:\n]{3,80})",
    re.I,
)
TIME = make_regex(
    r"\s((?:on |this |next )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b.*|on (?:the )?\w+ \d.*"
    r"|at \d.*|tomorrow\b.*)",
    re.I,
)


@form(
    "invitation",
    "Draft an invitation to a birthday party on Saturday at 6 pm.",
    words="invitation",
    about="an invitation with the time that the prompt names",
)
def write_invitation(question: Question) -> str | None:
    match = INVITATION.search(question.instruction)
    if match is None or not is_wished(question) or question.material:
        return None
    if DECLINES.search(question.instruction[:300]):
        return None
    event = TIME.sub("", match[1]).strip()
    time = TIME.search(match[1])
    when = f" {time[1]}" if time else " on Saturday at 6 pm"
    mark = " 🎉" if wants_emoji(question) else ""
    return (
        f"**You are invited!**{mark}\n\nDear friends,\n\nI would like to invite you to my {event}"
        f"{when}.\n\nThere will be food, drinks and good company. Please let me know by "
        f"Wednesday whether you can come.\n\nI look forward to seeing you!\n\n"
        f"{invent_person(question)}"
    )


DECLINES = make_regex(r"\b(?:declin|turn(?:ing|s)? down|refus|reject|accept)", re.I)
NEWS = make_regex(r"\b(?:news|newspaper|press) (?:article|story|report)\b", re.I)
ABOUT = make_regex(r"\b(?:about|on) (?:an? |the |our )?([^.,;:\n]{3,80})", re.I)
WITH_PARTS = make_regex(
    r"\s(?:with|in|of) (?:an? |\w+ )?(?:headline|title|words|paragraphs)\b.*", re.I
)


@form(
    "news article",
    "Write a short news article about a new park with a headline.",
    words="news newspaper",
    about="a headline, a place and paragraphs with a quote",
)
def write_news(question: Question) -> str | None:
    match = ABOUT.search(question.instruction)
    if not NEWS.search(question.instruction) or match is None or question.material:
        return None
    if not is_wished(question) or re.search(
        r"\b(?:words|sentences?)\b", question.instruction, re.I
    ):
        return None
    topic = WITH_PARTS.sub("", match[1]).strip()
    speaker = invent_person(question)
    return (
        f"# {topic[:1].upper()}{topic[1:]} Draws Many Visitors\n\n**Springfield, Monday** – People "
        f"in Springfield talk about the {topic} these days. Several hundred of them came to see it "
        f"on the first day.\n\n“We did not expect so many questions,” says {speaker}, who has been "
        "part of it from the beginning. “It shows how much this means to the town.”\n\nThe town "
        "wants to report on the next steps in spring."
    )


SCHEDULE = make_regex(
    r"\b(?:schedule|timetable|routine|day plan)\b[^.\n]{0,60}\bfrom (\d{1,2})(?::00)? ?(am|pm)?"
    r" (?:to|until|till) (\d{1,2})(?::00)? ?(am|pm)?\b",
    re.I,
)
ACTIVITIES = (
    "Get up, wash and stretch",
    "Breakfast and a look at the plan of the day",
    "First block of focused work",
    "Second block of focused work",
    "Lunch and a short walk",
    "Meetings, lessons or errands",
    "Exercise",
    "Reading and small tasks",
    "Time with friends or family",
    "Dinner",
    "Hobby or rest",
    "Prepare for the next day",
)
MOST_HOURS = 16


@form(
    "schedule",
    "Create a daily schedule for a student from 8am to 8pm.",
    words="schedule timetable routine",
    about="a line for each hour",
)
def write_schedule(question: Question) -> str | None:
    match = SCHEDULE.search(question.instruction)
    if match is None or not is_wished(question) or question.material:
        return None
    start = int(match[1]) % 12 + (12 if (match[2] or "").lower() == "pm" else 0)
    stop = int(match[3]) % 12 + (12 if (match[4] or "pm").lower() == "pm" else 0)
    if not 0 < stop - start <= MOST_HOURS:
        return None
    return "\n".join(
        f"- **{hour:02}:00–{hour + 1:02}:00** {ACTIVITIES[at % len(ACTIVITIES)]}"
        for at, hour in enumerate(range(start, stop))
    )


PARTS = make_regex(
    r",? (?:with|including|include) an? (?:[a-z]+ )?(?:headline|title|quote|contact)\b"
)
RELEASE = make_regex(r"\bpress release\b", re.I)
OCCASION = make_regex(
    r"\bpress release (?:for|about|on|announcing) (?:an? |the |our |my )?([^.;:\n]{3,100})", re.I
)
TOLD = make_regex(r"\bpress release\b[^.:\n]{0,80}: (?P<said>[^\n]{12,300})", re.I)
"""What happens, after a colon: "a press release: the startup X launches an app"."""


@form(
    "press release",
    "Write a press release for the opening of a new library.",
    words="press",
    about="a headline, place and date, what happens, a quote and a contact",
)
def write_press_release(question: Question) -> str | None:
    if not RELEASE.search(question.instruction) or not is_wished(question) or question.material:
        return None
    if re.search(r"\bpress release (?:headlines?|titles?)\b", question.instruction, re.I):
        return None
    if told := TOLD.search(question.instruction):
        return write_told_release(told["said"].strip(), question)
    match = OCCASION.search(question.instruction)
    event = PARTS.split(match[1])[0].strip(" ,") if match else question.topic
    title = event[:1].upper() + event[1:]
    speaker, contact = invent_person(question), invent_person(question)
    return (
        f"**FOR IMMEDIATE RELEASE**\n\n# {title}\n\n**Springfield, Monday** – Today we announce "
        f"the {event}. Guests and the press are welcome to see it and to ask questions.\n\n"
        f"“We have worked towards this day for a long time, and we are proud of the result,” says "
        f"{speaker}.\n\nMore information and photos are available on request.\n\n"
        f"**Press contact:** {contact}, press@example.com\n\n###"
    )


HAPPENS = make_regex(
    r"\A(?P<who>[^,.;]{3,60}?) (?P<what>(?:is |has |will )?(?:launch|open|release|start|present|win"
    r"|move|join|announce|introduce|acquire|celebrate|hire|raise|publish|build|expand|reach)"
    r"(?:s|es|ed|d)?\b.*)\Z",
    re.I,
)


def write_told_release(said: str, question: Question) -> str:
    """Return a press release of three paragraphs about what the prompt says has happened."""
    said = said.rstrip(" .")
    sentence = said[:1].upper() + said[1:]
    match = HAPPENS.match(said)
    who = match["who"] if match else "the team"
    title = re.sub(r"\A(?:The|A|An|Our) (?:\w+ (?=[A-Z]))?", "", sentence)
    title = title[:1].upper() + title[1:]
    speaker = invent_person(question)
    return (
        f"# {title}\n\n**Monday** – {sentence}. The offer is open to everybody from today.\n\n"
        f"“We have worked towards this day for a long time, and we are proud of the result,” says "
        f"{speaker} of {who}. “The first reactions have been very encouraging.”\n\nMore "
        "information and photos are available on request: press@example.com."
    )
