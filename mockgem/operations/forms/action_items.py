"""Action items and decisions: the sentences of a given text that say who will do what."""

from __future__ import annotations

import re

from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.layout_words import CHECKLIST, NUMBERED
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lists import number_lines
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.salutations import SALUTATION
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.sources import split_sentences

WANTS_ACTIONS = make_regex(
    r"\b(?:action (?:items?|points?)|to-?dos?|to do list|tasks|next steps|follow-?ups?"
    r"|promise[ds]?|commitments?)\b",
    re.I,
)
WANTS_DECISIONS = make_regex(r"\bdecisions?\b", re.I)
TAKES_FROM_TEXT = make_regex(
    r"\b(?:what|list|extract|identify|find|pull out|get|give|what are|which|summari[sz]e|write"
    r" down|show|turn|collect|name)\b",
    re.I,
)
OTHER_LAYOUT = make_regex(
    r"\b(?:table|json|csv|columns?|xml|yaml|each|per|headings?|sections?|format"
    r"|(?:write|draft|compose|as|send|into|in) (?:an? |the )?(?:[a-z-]+ )?e-?mails?)\b",
    re.I,
)
ACTION = make_regex(
    r"\b(?:will|'ll|needs? to|has to|have to|must|should|please|let's|going to|is responsible for"
    r"|agreed to|promised to|volunteered to|to be (?:done|sent|fixed)|can you|could you|todo|action"
    r"|assigned to|don['’]?t forget|remember to|make sure)\b|^(?:also|and|then),?"
    r" (?!we\b|i\b|they|it\b|the\b|you|there|he\b|she\b)[a-z]{3,12} (?:the|an?|my|our|me|us|it"
    r"|them|your)\b|\bby (?:mon|tues|wednes|thurs|fri"
    r"|satur|sun)day\b|\bby (?:end of|eod|next)\b",
    re.I,
)
DECISION = make_regex(
    r"\b(?:decided?|decision|agreed|approved|chose|chosen|postponed?|moved?|cancel\w*|keep|selected"
    r"|settled|go with|went with|voted|confirmed)\b",
    re.I,
)
SHORTEST = 3
"""Words of a sentence that says what to do."""
SPEAKER = make_regex(r"^([A-Z][\w.-]{1,20}(?: [A-Z][\w.-]{1,20})?): ")
GLAD = make_regex(
    r"^(?:(?:great|ok|okay|sure|yes|yeah|fine|perfect|good|cool|alright|then|and|so|thanks)[,.!]? "
    r"){1,3}(?=(?:I|We)\b)",
    re.I,
)
"""What a speaker says before a promise: "Great, I'll book the room"."""
FIRST_PERSON = make_regex(
    r"^(?:(?:And|So|Then) )?(?:I|We)(?:'ll| will| need to| have to| must| should| can"
    r"| (?!think|am|was|have|had|like|love|agree|see|know|hope|guess|mean|feel|did|do)[a-z]{3,12}"
    r")\b"
)


@form(
    "action items",
    "Extract the action items from these notes:\n\n- Anna will send the budget by Friday.\n- We"
    " discussed the new logo.\n- Tom needs to book the venue.",
    "Meeting notes:\nBen: The module is not ready.\nAnna: Then we move the release to Tuesday."
    " Carla, please inform the customers.\n\nList the decisions and action items.",
    words="promised promise promises commitment commitments action todo todos list tasks"
    " next decision decisions follow followups",
    about="the sentences of the given text that say who will do what, and what was decided",
)
def list_actions(question: Question) -> str | None:
    wish = question.instruction
    if not question.material or not TAKES_FROM_TEXT.search(wish):
        return None
    if CHECKLIST.search(question.layout) and LISTED.fullmatch(question.material.strip()):
        return None
    if not WANTS_ACTIONS.search(wish):
        return list_decisions(question)
    names_people = WANTS_PEOPLE.search(wish) is not None and "[" not in wish
    layout = EACH_PERSON.sub(" ", question.wish) if names_people else question.wish
    if wants("json", question) or OTHER_LAYOUT.search(layout):
        return None
    sentences = list_spoken(name_first_speaker(question))
    actions = [text for text in sentences if ACTION.search(text)]
    if names_people:
        actions = [text for text in sentences if DUTY.match(text)] or actions
    if not actions:
        return None
    if names_people and WANTS_DEADLINE.search(wish) and (owned := list_owned(actions)):
        return mark_lines(owned, question)
    if names_people and IN_PARENTHESES.search(wish) and (named := name_owners(sentences)):
        return mark_lines(named, question)
    if not WANTS_DECISIONS.search(wish):
        return mark_lines(actions, question)
    decisions = [text for text in sentences if DECISION.search(text)] or sentences[:1]
    others = [text for text in actions if text not in decisions] or actions
    return (
        f"**Decisions**\n\n{mark_lines(decisions, question)}\n\n**Action items**\n\n"
        + mark_lines(others, question)
    )


LAST_LABEL = make_regex(r"(?:\A|\n)[ \t]*([A-ZÀ-Þ][\w'’-]{1,20}(?: [A-ZÀ-Þ][\w'’-]{1,20})?): ?\Z")


def name_first_speaker(question: Question) -> str:
    """Return the given text with the speaker of its first line, who looks like a label."""
    at = question.prompt.find(question.material)
    label = LAST_LABEL.search(question.prompt[:at]) if at > 0 else None
    others = sum(SPEAKER.match(line.strip()) is not None for line in question.material.splitlines())
    return f"{label[1]}: {question.material}" if label and others else question.material


LISTED = make_regex(r"[^.!?\n,:]{3,60}(?:, [^.!?\n,:]{3,60}){1,20}\.?")
"""Notes that are only a list of tasks between commas."""
WANTS_DEADLINE = make_regex(r"\b(?:deadlines?|due(?: dates?)?|by when)\b", re.I)
OWNED = make_regex(
    r"(?P<who>[A-ZÀ-Þ][\w'’-]{1,20}(?: [A-ZÀ-Þ][\w'’-]{1,20})?) (?:still |also |then )?"
    r"(?:(?:will|must|should|has to|needs? to|have to|is going to|is to|to) (?P<task>[a-z][^\n]*)"
    r"|(?P<verb>[a-z]{2,14}?)(?P<ending>e?s) (?P<thing>[^\n]*))\Z"
)
"""A person and the task: "Ben books the hall", "Ivy still has to collect the logos"."""
DEADLINE = make_regex(
    r",? ?\b(?P<due>(?:by|before|until|till|due|no later than) [^,.;]{2,40}"
    r"|(?:at )?(?:the )?end of [^,.;]{2,30}|next \w+|tomorrow|today|asap|on \w+day|this week)\W*\Z",
    re.I,
)


def list_owned(lines: list[str]) -> list[str]:
    """Return tasks with their owners and deadlines; nothing unless all lines name an owner."""
    found = [OWNED.match(line.strip(" -*•").rstrip(".")) for line in lines]
    if not all(found):
        return []
    return [write_owned(one) for one in found if one is not None]


def write_owned(match: re.Match[str]) -> str:
    """Return "Ben: book the hall (deadline: 12 May)" for what a line says."""
    task = find_task(match)
    due = DEADLINE.search(task)
    task = task[: due.start()] if due else task
    when = re.sub(r"^(?:by|due|at) ", "", due["due"], flags=re.I) if due else "open"
    return f"{match['who']}: {task.strip(' ,')} (deadline: {when})"


def find_task(match: re.Match[str]) -> str:
    """Return the task of a match with the verb in its base form: "book the hall"."""
    if match["task"]:
        return match["task"]
    verb = match["verb"] or ""
    base = f"{verb}{'e' if match['ending'] == 'es' and not verb.endswith(HISSING) else ''}"
    return f"{base} {match['thing']}"


IN_PARENTHESES = make_regex(
    r"\b(?:owners?|assignees?|persons?|names?|who)\b[^.\n]{0,30}\bin (?:parenthes[ie]s|brackets)\b",
    re.I,
)
TOLD = make_regex(
    r"(?P<who>[A-ZÀ-Þ][\w'’-]{1,20}) (?:said|mentioned|noted|confirmed|promised|agreed|thinks"
    r"|says)\b[^\n]*?\b(?:he|she|they)(?:['’]ll| will| is going to| must| has to| needs to)"
    r" (?P<task>[a-z][^\n]*)"
)
"""What someone said about an own task: "Tom said … and he'll call the vendor"."""


def name_owners(sentences: list[str]) -> list[str]:
    """Return the tasks of sentences with their owners: "Call the vendor (Tom)"."""
    lines = []
    for sentence in sentences:
        said = sentence.strip(" -*•").rstrip(".")
        match = TOLD.match(said) or (OWNED.match(said) if DUTY.match(said) else None)
        if match is not None:
            task = find_task(match)
            lines.append(f"{task[:1].upper()}{task[1:]} ({match['who']})")
    return lines


HISSING = ("s", "x", "z", "ch", "sh", "o")


def list_decisions(question: Question) -> str | None:
    """Return the decisions of a conversation or of notes, if a prompt wants them alone."""
    if not LISTS_DECISIONS.search(question.instruction) or OTHER_LAYOUT.search(question.wish):
        return None
    decisions = [text for text in list_spoken(question.material) if DECISION.search(text)]
    return mark_lines(decisions, question) if decisions else None


LISTS_DECISIONS = make_regex(
    r"\b(?:list|extract|identify|find|pull out|collect)\b[^.\n]{0,40}\bdecisions\b", re.I
)
WANTS_PEOPLE = make_regex(r"\b(?:responsible|owners?|assignees?|assigned|who|person)\b", re.I)
EACH_PERSON = make_regex(
    r",? ?\beach,? (?:with|having|of them)\b|\b(?:for|of|per|to|with) each\b|\beach (?:one|item"
    r"|task)\b",
    re.I,
)
"""A wish for the person of each item, not for another layout."""
DUTY = make_regex(
    r"(?!(?:The|This|That|These|Those|It|We|They|He|She|You|There|Let|Please|Our|My|Who|What)\b)"
    r"[A-ZÀ-Þ][\w'’-]{1,20}(?: [A-ZÀ-Þ][\w'’-]{1,20}| and [A-ZÀ-Þ][\w'’-]{1,20})?"
    r"(?:: ?(?:(?:And|So|Then) )?I(?: (?!think|am|was|have|had|like|love|agree|see|know|hope|guess"
    r"|mean|feel|did|do)[a-z]{3,12}|['’]ll| will| can| have to| need to| must| should"
    r"| could| am going to|['’]m going to|['’]d)\b"
    r"| (?:still |also |then )?(?:will|must|should|shall|can|has to|needs to|have to|need to"
    r"|is going to"
    r"|is to|is responsible for|to (?=[a-z])|(?!(?:is|was|has|costs|starts|ends|opens|closes|begins"
    r"|takes place|means|looks)\b)[a-z]{2,14}s\b) ?|['’]ll )"
)
"""The beginning of a sentence that says what a person has to do."""
WHO_DOES_WHAT = make_regex(
    r"\bwho(?:['’]s| is| are| has| have| must| should| needs?| will| does| did| brings?| takes?"
    r"| agreed| wants?)?\b[^?.\n]{0,24}\bwhat\b",
    re.I,
)


@form(
    "who does what",
    "Notes:\n- Paula writes the press release\n- The budget is 8,000 euros\n- Ben books the venue"
    "\n\nWho has to do what?",
    words="who",
    about="the lines of the given text that say what each person does",
)
def list_duties(question: Question) -> str | None:
    wish = WHO_DOES_WHAT.search(question.instruction) if question.material else None
    if wish is None or wants("json", question) or OTHER_LAYOUT.search(question.wish):
        return None
    duties = [text for text in list_spoken(question.material) if DUTY.match(text)]
    return mark_lines(duties, question) if len(duties) > 1 else None


BOLD = make_regex(r"\bbold\b", re.I)
WHO = make_regex(
    r"([A-ZÀ-Þ][\w'’-]{1,20}(?: [A-ZÀ-Þ][\w'’-]{1,20})?)(?:: (?:I(?:['’]ll| will| can| need to| "
    r"have to| must| should)|We(?:['’]ll| will)) | (?:will|needs? to|has to|have to|must|should"
    r"|(?:is|are) going to|to) )(?=[a-z])"
)
"""The person of an action item, and the words between the person and the task."""


def mark_person(line: str) -> str:
    """Return an action item with its person in bold: "**Ben**: call the vendor"."""
    return WHO.sub(r"**\1**: ", line, count=1) if WHO.match(line) else line


def mark_lines(lines: list[str], question: Question) -> str:
    if BOLD.search(question.wish):
        lines = [mark_person(line) for line in lines]
    if NUMBERED.search(question.layout):
        return number_lines(lines, question)
    mark = "- [ ]" if CHECKLIST.search(question.layout) else "-"
    return "\n".join(f"{mark} {line}" for line in lines)


def list_spoken(text: str) -> list[str]:
    """Return the sentences of notes or a transcript, each with its speaker where it says "I"."""
    found: list[str] = []
    for line in text.splitlines():
        match = SPEAKER.match(line.strip(" -*•"))
        rest = line.strip(" -*•")[match.end() :] if match else line
        for sentence in split_sentences(rest):
            if len(sentence.split()) < SHORTEST:
                continue
            sentence = GLAD.sub("", SALUTATION.sub("", sentence, count=1), count=1)
            sentence = sentence[:1].upper() + sentence[1:]
            is_own = match is not None and FIRST_PERSON.match(sentence)
            found.append(end(f"{match[1]}: {sentence}" if match and is_own else sentence))
    return found
