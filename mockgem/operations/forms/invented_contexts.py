"""What an invented object describes: a product, a job, a character, a day of a trip."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache

from mockgem.core.frozen import frozen
from mockgem.operations.forms.knowledge_files import read_sections
from mockgem.operations.forms.lazy_patterns import make_regex


@frozen
class Context:
    """A kind of object: words of the prompt for it, fields of it, lists that hold it."""

    name: str
    words: re.Pattern[str]
    keys: frozenset[str]
    lists: frozenset[str]


def make(name: str, words: str, keys: str, lists: str = "") -> Context:
    return Context(
        name,
        make_regex(rf"\b(?:{words})\b", re.I),
        frozenset(keys.split()),
        frozenset(lists.split()),
    )


CONTEXTS = (
    make(
        "superhero",
        r"super-?hero(?:es)?|villains?",
        "name powers superpowers secret_identity weakness title hero_name alias abilities",
        "heroes superheroes",
    ),
    make(
        "character",
        r"(?:fantasy|game|rpg|fictional|d&d|dnd|story|novel|main|player) (?:[\w-]+ )?characters?"
        r"|characters? for|rpg|npcs?|d&d|dungeons",
        "class race backstory skills abilities weapon alignment personality traits background"
        " description weapons level stats",
        "characters npcs party",
    ),
    make(
        "trip",
        r"trips?|itinerar(?:y|ies)|weekend|travel\w*|vacation|holiday|city break|sightseeing|road"
        r" trip",
        "saturday sunday day_1 day_2 day1 day2 activities day title morning afternoon evening"
        " activity accommodation theme location",
        "days itinerary schedule activities stops plan",
    ),
    make(
        "workout",
        r"workouts?|training (?:plan|program)|fitness (?:plan|program|routine)|exercise (?:plan"
        r"|routine)|gym",
        "exercises exercise focus day reps sets duration workout rest activities",
        "days exercises workouts week schedule plan",
    ),
    make(
        "ticket",
        r"user stor(?:y|ies)|bug (?:report|ticket)s?|(?:jira|github) (?:tickets?|issues?)"
        r"|test cases?|acceptance criteria",
        "acceptance_criteria steps_to_reproduce expected_result steps description title labels"
        " priority",
        "stories user_stories issues tickets tests test_cases",
    ),
    make(
        "review",
        r"(?:product |book |movie |restaurant )?reviews? (?:for|of|about)",
        "title rating pros cons text content review summary",
        "reviews",
    ),
    make(
        "bank",
        r"(?:bank )?transactions?|expenses|bank (?:statement|account)|budget",
        "description amount balance date category merchant",
        "transactions expenses",
    ),
    make(
        "helpdesk",
        r"support (?:tickets?|requests?|cases?)|help ?desk|customer (?:tickets?|requests?)",
        "subject priority status created_at description id title category message assignee",
        "tickets requests cases",
    ),
    make(
        "backup",
        r"back-?ups?",
        "name source destination schedule retention_days compress target cron job_name",
        "jobs backups",
    ),
    make(
        "story",
        r"(?:short |bedtime |children's |kids' )?(?:story|stories|fairy ?tales?|picture book)",
        "title moral pages text page_text image_prompt page_number characters content illustration",
        "pages scenes chapters",
    ),
    make(
        "palette",
        r"palettes?|colou?r schemes?|theme colou?rs",
        "palette_name usage hex name role use theme_name colors colours palette",
        "colors colours palette",
    ),
    make("swot", r"swot", "strengths weaknesses opportunities threats", "swot analysis"),
    make(
        "winter",
        r"ski(?:ing)?|snowboard\w*|winter|snow",
        "clothing clothes equipment gear documents other accessories toiletries misc",
        "packing_list",
    ),
    make("survey", r"surveys?|questionnaires?", "text question type id options", "questions"),
    make(
        "pet",
        r"cats?|dogs?|pets?|puppy|kitten",
        "species breed age color personality favorite_toys favorite_food name owner",
        "pets animals",
    ),
    make("symptom", r"symptoms?|disease|illness", "condition symptoms treatment causes", ""),
    make(
        "dish",
        r"menus?|restaurants?",
        "description price",
        "dishes menu starters mains desserts drinks items",
    ),
    make("category", r"menus?|restaurants?", "dishes items", "categories sections"),
    make(
        "timetable",
        r"timetables?|class schedules?|school day",
        "subject start end day start_time end_time room teacher class",
        "classes lessons timetable schedule",
    ),
    make(
        "chat",
        r"chat (?:app|messages?|history|log)|messages|conversation",
        "sender text message content sent_at timestamp receiver",
        "messages chat",
    ),
    make(
        "device",
        r"smart home|iot|devices?|sensors?",
        "device room on brightness status last_updated battery temperature location",
        "devices sensors",
    ),
    make(
        "release",
        r"release notes|change ?log|versions?",
        "version date added fixed removed changed features title",
        "releases changes",
    ),
    make(
        "business",
        r"start-?ups?|business(?:es)?|apps?|products?|entrepreneur\w*",
        "idea business_idea concept startup_idea target_audience revenue_model description",
        "ideas",
    ),
    make("student", r"students?|pupils?", "name subject grade student_id gpa", "students"),
    make("thanks", r"thank[- ]you|thanks", "greeting body closing text message subject", ""),
    make(
        "meeting",
        r"meetings?|agenda|stand-?up",
        "title date start end participants agenda time topic owner duration location item",
        "agenda meetings items",
    ),
    make(
        "packing",
        r"packing lists?|pack for|camping|hiking",
        "item quantity category packed name",
        "items",
    ),
    make(
        "hotel",
        r"hotels?|hostels?|resorts?",
        "name stars price_per_night amenities city rooms",
        "hotels",
    ),
    make("logging", r"logging|logger|log config", "level format handlers console file", "handlers"),
    make("poem", r"haikus?|haiku-like|poems?|verses?", "lines title poem", "poems haikus"),
    make(
        "gift",
        r"gifts?|presents?",
        "name price price_range why reason description gift idea",
        "gifts ideas suggestions",
    ),
    make(
        "milestone",
        r"milestones?|goals?|roadmaps?|phases|learn(?:ing)? to",
        "milestone description weeks title duration phase goal week",
        "milestones phases",
    ),
    make(
        "timeline",
        r"timeline|chronology|history of",
        "event date year description title",
        "events timeline",
    ),
    make(
        "api",
        r"api|endpoints?|responses?|login|rest|webhook",
        "status message token success code error data user_id timestamp expires_in",
        "",
    ),
    make(
        "server",
        r"servers?|hosts?|machines?|nodes?|services?|containers?|docker\S*|deployment",
        "hostname host ip role name image ports environment port replicas volumes",
        "servers hosts nodes services",
    ),
    make(
        "mail",
        r"e-?mails?|letters?|messages?",
        "from to subject body cc sender recipient greeting closing",
        "emails messages",
    ),
    make(
        "post",
        r"tweet|(?:social media|instagram|twitter|linkedin|facebook) (?:posts?|captions?)|tweets?"
        r"|posts?",
        "platform text hashtags caption content post user likes retweets",
        "posts tweets",
    ),
    make(
        "todo",
        r"to-?do(?:s| lists?)?|tasks?|plan|steps|task lists?|check-?lists?|chores?|list of tasks",
        "task completed done priority title text description due status",
        "tasks todos items checklist subtasks steps plan actions",
    ),
    make(
        "job",
        r"job(?:s| (?:posting|description|ad|advert|listing|offer|opening)s?)|vacanc(?:y|ies)",
        "company salary requirements location responsibilities department description title"
        " qualifications benefits skills",
        "jobs postings job_postings listings",
    ),
    make(
        "company",
        r"compan(?:y|ies)|start-?ups?|business(?:es)?|corporations?",
        "industry founded employees headquarters mission ceo founder products sector motto",
        "companies startups",
    ),
    make(
        "course",
        r"courses?|lessons?|curricul\w+|syllabus|workshops?|learning (?:plan|path)s?|study plan"
        r"|lectures?|class(?: plan)",
        "title objectives lessons modules topics duration instructor level description activities"
        " week goal prerequisites name learning_objectives materials homework activity exercise"
        " topic goals",
        "courses lessons modules weeks sections activities",
    ),
    make(
        "event",
        r"events?|concerts?|conferences?|meet-?ups?|festivals?|part(?:y|ies)|webinars?",
        "date location venue attendees organizer speakers speaker room title time start",
        "events",
    ),
    make(
        "product",
        r"products?|items?|shop|store|e-?commerce|catalog\w*|mouse|laptop|phone|chair|lamp|bottle"
        r"|backpack|headphones|jacket|shoes|watch|bike|keyboard|camera|mug|sofa|desk|listings?",
        "price stock sku brand features quantity in_stock category rating bullet_points highlights"
        " description",
        "products items catalog",
    ),
    make(
        "person",
        r"personas?|persons?|people|users?|employees?|customers?|profiles?|students?|members?"
        r"|patients?|candidates?|contacts?|dating",
        "age occupation email bio job hobbies interests role goals frustrations gender phone"
        " username"
        " name location followers address favorite_food favorite_foods"
        " created_at is_active tags skills education summary experience_years experience birthday"
        " nationality",
        "users people persons employees customers members personas",
    ),
    make(
        "section",
        r"outlines?|articles?|blog(?: posts?)?|essays?|presentations?|slides?|slide deck|reports?"
        r"|chapters?|book|newsletters?|landing page|table of contents",
        "heading key_points section content points bullets subtopics title description"
        " speaker_notes bullet_points introduction conclusion",
        "sections chapters slides outline parts headings paragraphs",
    ),
)


def is_choice(keys: Set[str]) -> bool:
    """Return whether an object names one of some things and says why."""
    return bool(keys & CHOICES and keys & REASONS)


CHOICES = frozenset("choice winner recommendation recommended better pick".split())
REASONS = frozenset("reason reasoning why explanation rationale justification".split())


def find_contexts(keys: Set[str], text: str, parent: str) -> list[str]:
    """Return the kinds of an object, the likely one first, and "general" at the end."""
    found = []
    for context in CONTEXTS:
        if not context.words.search(text):
            continue
        shared = len(context.keys & keys)
        if parent in context.lists or shared >= min(2, len(keys)):
            found.append((-(parent in context.lists), -shared, context.name))
    names = [name for _, _, name in sorted(found)]
    if is_choice(keys):
        names = ["choice"]
    if "section" in names and parent not in SECTION_LISTS and len(names) > 1:
        names.remove("section")
    if not parent and names[:1] == ["section"]:
        names = []
    if not names and {"price", "name"} <= keys:
        names = ["product"]
    return [*names[:1], "general"]


SECTION_LISTS = next(context.lists for context in CONTEXTS if context.name == "section")


@cache
def read_fields(context: str) -> dict[str, tuple[str, ...]]:
    """Return what the fields of a kind of object hold, by their names."""
    rows = next(rows for head, rows in read_sections("fields") if head == context)
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        names, values = row.split(" = ", 1)
        found |= {name: tuple(values.split("|")) for name in names.split("|")}
    return found
