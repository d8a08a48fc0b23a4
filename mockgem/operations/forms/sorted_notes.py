"""Notes under the headings that a prompt names: commits by kind, a standup from what was done."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

ADDED, FIXED, CHANGED, REMOVED = "added", "fixed", "changed", "removed"
DONE, NEXT, BLOCKED = "done", "next", "blocked"
HEADINGS = {
    ADDED: r"added|additions|new(?: features)?|(?:new )?features",
    FIXED: r"fixed|(?:bug )?fixes|bugs|bugfixes",
    CHANGED: r"changed|changes|improved|improvements|enhancements|updates|updated",
    REMOVED: r"removed|removals|deprecated|deprecations",
    DONE: r"yesterday|done|completed|finished|accomplishments|what (?:i|we) did|progress",
    NEXT: r"today|in progress|doing|next(?: steps| up)?|plans?|planned|tomorrow|to ?do",
    BLOCKED: r"blockers?|blocked|impediments|obstacles",
}
NAME = make_regex(
    r"(?:#{1,4} |\*\*)?\b(?P<name>"
    + "|".join(f"(?P<{kind}>{names})" for kind, names in HEADINGS.items())
    + r")\b",
    re.I,
)
ITEMS = {
    kind: make_regex(pattern, re.I)
    for kind, pattern in {
        FIXED: r"\b(?:fix\w*|bug\w*|resolv\w+|crash\w*|wrong|typos?|correct\w*|error)\b",
        REMOVED: r"\b(?:remov\w+|drop\w*|delet\w+|deprecat\w+)\b",
        CHANGED: r"\b(?:chang\w+|updat\w+|improv\w+|bump\w*|upgrad\w+|renam\w+|refactor\w*|perf"
        r"|faster|mov\w+|redesign\w*|switch\w*|optimi\w+|increase\w*|reduc\w+|speed)\b",
        ADDED: r"\b(?:add\w*|new|feat\w*|introduc\w+|implement\w*|support\w*|creat\w+|allow\w*"
        r"|enabl\w+)\b",
        BLOCKED: r"\b(?:wait\w*|block\w*|stuck|need\w*|missing|depend\w*|no access|can['’]?t|cannot"
        r"|still no)\b",
        NEXT: r"\b(?:today|will|[a-z]+'ll|working|start\w*|continu\w+|plan\w*|going to|next|am"
        r"|tomorrow|to ?do)\b",
        DONE: r"\b(?:yesterday|done|did|finish\w*|complet\w+|merged|shipped|wrote|[a-z]+ed)\b",
    }.items()
}
"""The words of notes that belong below a heading of a kind, the surest kind first."""
PREFIX = make_regex(
    r"^(?:[0-9a-f]{7,12} )?(?:(?P<type>feat|fix|chore|docs|refactor|perf|style|tests?|build|ci)"
    r"(?:\([\w./ -]{1,30}\))?!?: )?"
)
GROUPS = make_regex(
    r"\b(?:sections?|headings?|headers?|group\w*|under|categor\w+|format|sort\w*|organi[sz]e\w*"
    r"|split|structured?|with)\b",
    re.I,
)
STANDUP = make_regex(r"\bstand-?up\b|\bdaily scrum\b", re.I)
OTHER_FORM = make_regex(
    r"\b(?:json|ya?ml|xml|csv|table|one sentence|code|function|action items?"
    r"|to-?dos?)\b",
    re.I,
)
SPLIT = make_regex(r"\n[ \t]*(?:[-*•]|\d{1,2}[.)])?[ \t]*|;[ \t]+|(?<=[a-z)\d])\.\s+(?=[A-Z])")
COMMAS = make_regex(
    r",\s+(?=(?:and )?(?:yesterday|today|tomorrow|no blockers|blocked|waiting|then|still)\b)", re.I
)
WHEN = make_regex(r"^(?:and )?(?:(?:yesterday|today|tomorrow|blockers?|done|next)\b:?,? ?)", re.I)
AFTER_COLON = make_regex(r":\s+(?=\S)")
LABEL = make_regex(r"^[A-Z][\w ]{2,30}:\s*(?=\S)")


@form(
    "notes under headings",
    "Write release notes with the sections Added and Fixed.\n\nCommits:\n- add a search box\n"
    "- fix the crash on start",
    "Write a standup update with the headings Yesterday, Today, Blockers.\n\nNotes: finished the"
    " menu; working on search; waiting for the logo",
    words="standup stand-up added fixed features fixes bugs changed changes improvements removed"
    " yesterday today blockers blocked done progress completed",
    about="the given notes, each below the heading of its kind",
)
def sort_notes(question: Question) -> str | None:
    if OTHER_FORM.search(question.instruction) or question.language != "en":
        return None
    headings = find_headings(question)
    notes = list_notes(question) if headings else []
    if len(notes) < 2 or any(note.endswith("?") for note in notes):
        return None
    rows: dict[str, list[str]] = {kind: [] for kind in headings}
    for at, note in enumerate(notes):
        place = at if len(notes) == len(headings) else 0
        rows[choose_heading(note, list(headings), place)].append(write_note(note))
    mark = "###" if "###" in question.whole else "##"
    version = VERSION.search(question.prompt[:1000])
    title = f"# {version[0]}\n\n" if version and TITLE.search(question.whole[:3000]) else ""
    return title + "\n\n".join(
        f"{mark} {headings[kind]}\n\n" + "\n".join(f"- {one}" for one in found or ["None"])
        for kind, found in rows.items()
    )


def find_headings(question: Question) -> dict[str, str]:
    """Return the headings that a prompt names, by kind; the usual ones of a standup."""
    command = question.stated.partition(":")[0] if not question.material else question.stated
    found: dict[str, str] = {}
    for text in (command, question.stated_system[:1500]):
        if text and GROUPS.search(text):
            for match in NAME.finditer(text[:1500]):
                name = match["name"]
                kind = next(kind for kind in HEADINGS if match[kind])
                found.setdefault(kind, name[:1].upper() + name[1:])
    if len(found) > 1:
        return found
    if STANDUP.search(question.instruction):
        return {DONE: "Yesterday", NEXT: "Today", BLOCKED: "Blockers"}
    return {}


def list_notes(question: Question) -> list[str]:
    """Return the notes that a prompt gives in lines, between semicolons or in sentences."""
    after = AFTER_COLON.search(question.prompt[:4000])
    given = question.material or (question.prompt[after.end() : 6000] if after else "")
    body = question.prompt.partition("\n\n")[2] or question.prompt
    if (typed := PREFIX.match(body)) and typed["type"]:
        given = body
    parts = [one for part in SPLIT.split(given.strip()[:6000]) for one in COMMAS.split(part)]
    notes = [LABEL.sub("", part.strip(" -*•.\t")) for part in parts]
    notes = [note for note in notes if not VERSION.fullmatch(note)]
    return [note for note in notes if len(note.split()) > 1 and not note.endswith(":")][:60]


VERSION = make_regex(r"\b(?:[Vv]ersion|[Rr]elease|v) ?\d[\d.]*\d(?:-[\w.]+)?\b")
TITLE = make_regex(
    r"\b(?:level[- ](?:1|one)|top[- ]level|h1|main) heading\b|\b(?:heading"
    r"|title)\b[^.\n]{0,30}\bversion\b"
    r"|\bversion\b[^.\n]{0,30}\b(?:as (?:the |a )?(?:heading|title))\b|(?<!#)# (?:Version|v)\b",
    re.I,
)
"""A wish for the version as the heading of all notes."""


def choose_heading(note: str, kinds: list[str], place: int) -> str:
    """Return the kind of heading for a note: by its first word, by any word, else by its place."""
    typed = PREFIX.match(note)
    known = {"feat": ADDED, "fix": FIXED}.get(typed["type"] or "" if typed else "", "")
    if known in kinds:
        return known
    for text in (" ".join(note.split()[:2]), note):
        for kind, pattern in ITEMS.items():
            if kind in kinds and pattern.search(text):
                return kind
    return CHANGED if typed and typed["type"] and CHANGED in kinds else kinds[place]


def write_note(note: str) -> str:
    text = WHEN.sub("", PREFIX.sub("", note))
    return text[:1].upper() + text[1:]
