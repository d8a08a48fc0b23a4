"""The table of forms: each recogniser is a row with examples; the first that applies replies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import import_module
from itertools import compress, product
from operator import not_
from typing import TypeVar

from mockgem.core.frozen import frozen
from mockgem.operations.forms.bare_wishes import complete, spell_out
from mockgem.operations.forms.formed_reply import FormedReply
from mockgem.operations.forms.new_subjects import starts_new_subject
from mockgem.operations.forms.question import WORD_START, Question
from mockgem.operations.forms.small_talk import strip_question
from mockgem.operations.forms.standing_tasks import MAKES, join_task, makes_text

Recognise = Callable[[Question], "str | None"]
Row = TypeVar("Row", bound=Recognise)
MODULES = (
    "terminals",
    "emoji_replies",
    "next_roles",
    "roleplays",
    "missing_slots",
    "line_formats",
    "personal_posts",
    "wrapping",
    "judged_pairs",
    "given_inputs",
    "changed_data",
    "condensed_questions",
    "prompt_chains",
    "suggested_questions",
    "further_amounts",
    "changed_tables",
    "changed_messages",
    "restated_requests",
    "item_wishes",
    "own_words",
    "casual_replies",
    "explained_again",
    "reply_paragraphs",
    "listed_tables",
    "reply_references",
    "corrections",
    "explained_errors",
    "plain_errors",
    "code_printing",
    "code_reviews",
    "cursor_completions",
    "code_rewriting",
    "next_inputs",
    "diets",
    "continuations",
    "scaled_replies",
    "chosen_items",
    "earlier_turns",
    "recaps",
    "repeating",
    "standing_replies",
    "personas",
    "counting",
    "told_messages",
    "short_messages",
    "transcripts",
    "agents",
    "tool_objects",
    "entities",
    "spreadsheet_formulas",
    "comprehension",
    "user_stories",
    "gherkin",
    "release_sections",
    "shown_slides",
    "marked_fields",
    "stated_data",
    "listed_ingredients",
    "named_lines",
    "stated_rules",
    "cited_answers",
    "stated_pairs",
    "complaints",
    "support_replies",
    "commanded_mails",
    "collected_orders",
    "interviewers",
    "access_logs",
    "explained_texts",
    "grouped_items",
    "likes_and_dislikes",
    "readmes",
    "regional_spellings",
    "gists",
    "document_answers",
    "sorted_notes",
    "table_words",
    "noted_letters",
    "task_templates",
    "action_items",
    "version_changes",
    "required_skills",
    "opening_hours",
    "geojson",
    "bare_pairs",
    "text_sections",
    "system_texts",
    "chat_titles",
    "figure_reports",
    "example_objects",
    "markdown_html",
    "database_schemas",
    "question_cards",
    "notifications",
    "seo_texts",
    "interface_texts",
    "html_fragments",
    "code_pyproject",
    "json_versions",
    "label_arrays",
    "allowed_tags",
    "triples",
    "relevance_grades",
    "structured",
    "xml_documents",
    "variations",
    "anonymising",
    "key_values",
    "entity_lines",
    "word_tasks",
    "letter_things",
    "defined_terms",
    "number_rows",
    "joined_lists",
    "piped_lines",
    "line_patterns",
    "word_pairs",
    "text_operations",
    "multi_labels",
    "comma_lists",
    "commit_messages",
    "unwritten_languages",
    "translation",
    "local_texts",
    "frameworks",
    "described_items",
    "essays",
    "nested_outlines",
    "roman_outlines",
    "composed",
    "documents",
    "announcements",
    "text_timelines",
    "quick_picks",
    "meal_days",
    "day_parts",
    "pantry_dishes",
    "job_posts",
    "study_timetables",
    "plans",
    "local_plans",
    "recipes",
    "local_recipes",
    "quizzes",
    "articles",
    "cover_letters",
    "agenda_tables",
    "scored_tickets",
    "tables",
    "listed_differences",
    "code_calculations",
    "code",
    "shell_questions",
    "output_marks",
    "units",
    "few_shot",
    "related_words",
    "own_names",
    "random_picks",
    "numbered_options",
    "script_choices",
    "reasoned_choices",
    "choices",
    "bare_choices",
    "bracketed_choices",
    "sentiment_answers",
    "verdicts",
    "language_names",
    "local_facts",
    "system_values",
    "stated_terms",
    "values",
    "single_values",
    "extracted_fields",
    "colours",
    "holiday_dates",
    "shared_bills",
    "bills",
    "clock_times",
    "sums",
    "sum_answers",
    "named_things",
    "records",
    "relative_dates",
    "comparisons",
    "counted_parts",
    "rewriting",
    "dialogues",
    "formulas",
    "quotes",
    "business_slogans",
    "limited_texts",
    "short_texts",
    "verses",
    "stories",
    "review_replies",
    "declined_invitations",
    "mail_replies",
    "speeches",
    "birthday_wishes",
    "letters",
    "wished_groups",
    "checklists",
    "fun_facts",
    "asked_things",
    "local_name_lists",
    "finished_sentences",
    "other_replies",
    "lists",
    "memory",
    "summaries",
    "lacking_facts",
    "given_text",
    "referring_questions",
    "follow_ups",
    "record_answers",
    "everyday_answers",
    "offers",
    "short_answers",
    "worried_questions",
    "persona_greetings",
    "guiding_questions",
    "answered_back",
    "product_texts",
    "support_answers",
    "lengths",
    "emoji_lists",
    "decorations",
    "languages",
    "wished_things",
    "wished_texts",
)
"""The modules with recognisers, in the order in which they are asked."""


@frozen
class Form:
    """A form that a prompt can ask for.

    Attributes:
        name: What `mockgem ask` prints.
        about: What the reply is, in a few words.
        examples: Prompts that this recogniser answers. They are its tests, and docs/answers.md
            shows the first one with its reply.
        recognise: Returns the reply, or None if the prompt asks for something else. It draws
            random numbers only when it replies.
        words: The first five letters of words, one of which a prompt in Latin letters has if it
            asks for this form. Empty: any prompt may ask for it.
        needs: What a request must have: "earlier" turns, a "system" instruction, a "foreign"
            language in its wish or its reply (not English), another "script" than Latin.
        signs: Letters and marks of which the message or the system instruction has one.
    """

    name: str
    about: str
    examples: tuple[str, ...]
    recognise: Recognise
    words: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    signs: tuple[str, ...] = ()


FORMS: dict[str, Form] = {}


def form(
    name: str,
    *examples: str,
    about: str,
    words: str = "",
    needs: str = "",
    signs: tuple[str, ...] = (),
) -> Callable[[Row], Row]:
    """Declare a recogniser.

    Args:
        words: The words of which a prompt must have one, so that most prompts skip the recogniser.
            Only their first five letters count.
        needs: "earlier" for forms of conversations, "system" for those that a system instruction
            asks for, "foreign" for those of other languages than English, "script" for those of
            other scripts than Latin. Other requests skip the recogniser.
        signs: Letters or marks of which the message or the system instruction must have one.
    """

    def declare(recognise: Row) -> Row:
        beginnings = frozenset(word[:WORD_START] for word in words.split())
        required = frozenset(needs.split())
        FORMS[name] = Form(name, about, examples, recognise, beginnings, required, signs)
        return recognise

    return declare


def list_forms() -> list[Form]:
    """Return all forms in the order in which they are asked."""
    for module in MODULES:
        import_module(f"mockgem.operations.forms.{module}")
    order = {f"mockgem.operations.forms.{module}": at for at, module in enumerate(MODULES)}
    return sorted(FORMS.values(), key=lambda row: order.get(row.recognise.__module__, 0))


ORDERED_FORMS: list[Form] = []
USE_RESULTS = frozenset(
    (
        "json",
        "xml",
        "yaml",
        "csv",
        "table",
        "marked fields",
        "labelled lines",
        "tags",
        "number",
        "only the value",
        "yes or no",
        "tool results in another language",
    )
)
"""The forms whose values come from the results of tools, if there are any."""


Parts = tuple[bool, bool, bool, bool]
"""Whether a request has earlier turns, a system instruction, another language than English, and
another script than Latin."""
NEEDS = ("earlier", "system", "foreign", "script")


@frozen
class FormIndex:
    """The forms that a request with some parts can ask for.

    Attributes:
        forms: In the order in which they are asked.
        starts: The places in `forms` of those with a word; with "" those that need no word.
    """

    forms: list[Form]
    starts: dict[str, list[int]]


INDEXES: dict[Parts, FormIndex] = {}
"""The forms for requests, by their parts."""
SIGNS: list[str] = []
"""All signs of forms."""


def index_words(rows: list[Form]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {"": []}
    for place, row in enumerate(rows):
        for start in row.words or ("",):
            index.setdefault(start, []).append(place)
    return index


def index_forms(rows: list[Form]) -> None:
    """Sort the forms by what a request needs to ask for them."""
    SIGNS[:] = dict.fromkeys(sign for row in rows for sign in row.signs)
    both = (False, True)
    for parts in product(both, both, both, both):
        lacking = set(compress(NEEDS, map(not_, parts)))
        possible = [row for row in rows if lacking.isdisjoint(row.needs)]
        INDEXES[parts] = FormIndex(possible, index_words(possible))
    list_forms_with.cache_clear()


def list_possible(question: Question) -> Sequence[Form]:
    """Return the forms that a question has the parts and the words for, in their order."""
    is_latin = question.is_latin
    is_english = question.language == "en" and question.written_language == "en"
    has_system = bool(question.stated_system)
    parts = bool(question.earlier), has_system, not is_english, not is_latin
    starts = frozenset(INDEXES[parts].starts.keys() & question.word_starts) if is_latin else None
    return list_forms_with(parts, starts, find_signs(question))


def find_signs(question: Question) -> frozenset[str]:
    """Return the signs that a question has; all for a long message, which is not searched."""
    prompt, system = question.prompt, question.stated_system
    if len(prompt) + len(system) > MAX_SEARCHED:
        return frozenset(SIGNS)
    return frozenset([sign for sign in SIGNS if sign in prompt or sign in system])


MAX_SEARCHED = 8_000


@lru_cache(maxsize=512)
def list_forms_with(
    parts: Parts, starts: frozenset[str] | None, signs: frozenset[str]
) -> tuple[Form, ...]:
    """Return the forms of requests with some parts and signs that need no word, or one of some.

    Other scripts than Latin have no known words: None stands for all.
    """
    index = INDEXES[parts]
    rows = index.forms
    if starts is not None:
        places = set(index.starts[""]).union(*map(index.starts.__getitem__, starts))
        rows = [index.forms[place] for place in sorted(places)]
    return tuple([row for row in rows if not row.signs or not signs.isdisjoint(row.signs)])


def find_reply(question: Question) -> FormedReply | None:
    """Return the reply in the form that a question asks for, with its constraints; None for prose.

    The constraints (lower case, words to include, a postscript …) hold for any form.
    """
    from mockgem.operations.forms.constraints.keeping import write_constrained

    question = strip_question(question)
    return write_constrained(question, find_form) or find_form(question)


def find_form(question: Question) -> FormedReply | None:
    """Return the reply in the form that a question asks for; None if it asks for none.

    Where the message is only the input of a task of the system instruction, the task says more.
    """
    joined = join_task(question) if question.stated_system else None
    if joined is None:
        question = spell_out(question) or question
        return recognise(question) or recognise_complete(question)
    if formed := recognise_task(question):
        return formed
    if makes_text(question.stated_system, joined):
        return recognise(joined) or recognise(question)
    formed = recognise(question)
    if formed is not None and formed.form == "json":
        return prefer_made(formed, joined, question)
    is_general = formed is None or formed.form in GENERAL
    return (recognise(joined) if is_general else None) or formed


TOPIC_WORDS = 6


def prefer_made(formed: FormedReply, joined: Question, question: Question) -> FormedReply:
    """Return the JSON of the thing to make, such as a recipe, for a message that is its topic."""
    is_topic = len(question.prompt.split()) <= TOPIC_WORDS and "\n" not in question.prompt.strip()
    other = recognise(joined) if is_topic and MAKES.match(joined.prompt) else None
    if other is None or other.form != "json" or other.text[:1] != formed.text[:1]:
        return formed
    return other


OF_SYSTEMS = (
    "missing details",
    "support reply",
    "question about other things",
    "reply to each review",
    "text of an interface",
    "versions",
    "commanded e-mail",
    "next question of an order",
    "question of an interviewer",
    "regional spelling",
    "title of a conversation",
    "suggested questions",
)
"""Forms that read a system instruction and its message themselves, not as one text."""


def recognise_task(question: Question) -> FormedReply | None:
    """Return the reply to a message of which the system instruction says what it is."""
    if not ORDERED_FORMS:
        load_forms()
    for name in OF_SYSTEMS:
        row = FORMS[name]
        if (not row.words or question.may_have_word(row.words)) and (
            text := row.recognise(question)
        ):
            return FormedReply(name, text)
    return None


def recognise_complete(question: Question) -> FormedReply | None:
    """Return the reply to what a message without a verb, or without its wish, asks for."""
    completed = complete(question)
    return recognise(completed) if completed is not None else None


GENERAL = frozenset(
    (
        *("list", "lines", "numbered list", "bullet points", "comma list", "length", "title"),
        *("emoji", "several parts"),
    )
)
"""Forms that a system instruction's count or layout alone can ask for."""


ABOUT_EARLIER = frozenset(
    ("follow-up", "more about it", "explained code", "changed code", "changed JSON")
)
"""Forms that read a message as one about the last reply."""


def load_forms() -> None:
    """Import all forms, in the order in which they are asked."""
    ORDERED_FORMS.extend(list_forms())
    index_forms(ORDERED_FORMS)


def recognise(question: Question) -> FormedReply | None:
    """Return the reply of the first recogniser that applies."""
    if not ORDERED_FORMS:
        load_forms()
    rows = list_possible(question)
    if starts_new_subject(question):
        rows = [row for row in rows if row.name not in ABOUT_EARLIER]
    if question.results:
        rows = [row for row in rows if row.name in USE_RESULTS]
    for row in rows:
        text = row.recognise(question)
        if text:
            return FormedReply(row.name, text)
    return None
