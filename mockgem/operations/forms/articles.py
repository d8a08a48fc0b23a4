"""Longer texts with headings: articles, outlines, reports."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mockgem.operations.forms.checklists import count_sides, weigh
from mockgem.operations.forms.code_languages import find_language
from mockgem.operations.forms.compared_things import find_compared
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.documents import write_known_section
from mockgem.operations.forms.given_sections import divide_text
from mockgem.operations.forms.language_packs import load_pack
from mockgem.operations.forms.layout_words import BULLETS, CHECKLIST, PROS_AND_CONS
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_patterns import NAME, search_named
from mockgem.operations.forms.question import NEGATED, Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.shown_sections import (
    find_listed_sections,
    find_shown_sections,
    write_shown_section,
)
from mockgem.operations.forms.writing import Writer

HEADINGS = make_regex(
    r"(?<!\w)(?:headings?|(?<!needed )(?<!required )(?<!necessary )(?<!http )(?<!request )"
    r"(?<!response )headers(?! files?)|subheadings?|h[1-4]s?|überschriften"
    r"|zwischenüberschriften|títulos|encabezados|subtítulos|titres|sous-titres|titoli"
    r"|sottotitoli|koppen|nagłówk\w+|başlık\w*)(?!\w)|заголовк\w+|标题|見出し|제목"
    r"|#{1,4} (?:headings?|sections?)\b",
    re.I,
)
TABLE = make_regex(r"\b(?:csv|table|columns?|html|css|h[1-4] (?:tags?|elements?))\b", re.I)
OUTLINE = make_regex(r"\b(?:outline|gliederung|esquema|plan détaillé|schema dettagliato)\b", re.I)
SECTIONS = make_regex(
    r"\b(?:sections?|(?:sub)?headings?|abschnitte\w*|überschriften|secciones|títulos|encabezados"
    r"|titres|titoli|sezioni|seções)\s*[:：]\s*([^.\n]{3,200})",
    re.I,
)
NAMED = r"[\"'“`*]{0,2}(?:#{1,4} )?(?!Markdown\b)[A-ZÀ-Þ][\w &/'-]{1,30}?:?[\"'”`*]{0,2}"
NAMEDS = make_regex(
    r"\b(?i:sections?|(?:sub)?headings?|(?:two|three|four|five|six|\d) parts|titles"
    r"|abschnitte\w*|überschriften|secciones|títulos|encabezados"
    rf"|titres|titoli|sezioni|seções)\b[^.\n]{{0,40}}?[\s:]((?:{NAMED},\s){{0,10}}(?:and |und "
    rf"|y |et |e )?(?:an? )?{NAMED}"
    rf"(?:,?\s(?:and|und|y|et|e|or)\s(?:an? )?{NAMED})?)(?=[.\n;)]|\s?\("
    rf"|,?\s(?:in|with|for|each|mit|using|under"
    rf"|{NUMBER})\b|\Z)"
)
"""Names after the word: "one heading each for Background, Goals and Risks"."""
COUNT = make_regex(
    rf"({NUMBER})\s+(?:(?:\w+|#{{1,4}})\s)?(?:headings?|subheadings?|headers|h[1-4]s?|sections?"
    r"|überschriften|abschnitte\w*|títulos|secciones|titres|titoli)",
    re.I,
)
NAMED_SECTIONS = make_regex(r"\b(?:an?|the) (?!new|short|third)([a-z]{3,20}) section\b", re.I)
LEVEL = make_regex(r"\bh([1-4])s?\b", re.I)


@form(
    "headings",
    "Write a short article about coffee with three H2 headings.",
    "Structure your answer with markdown headings: how does a blockchain work?",
    words="sections structure template format layout "
    "heading headings headers header subheading h1 h2 h3 h4 h1s h2s h3s outline "
    "gliederung section sections überschriften zwischenüberschriften títulos "
    "encabezados subtítulos intertitres rubriques titres sous titoli sottotitoli koppen nagłówki "
    "nagłówkami "
    "başlık başlıkları başlıklar bölüm zwischen tussenkoppen kopjes sekcje intestazioni tiêu mục "
    "judul bagian apartados "
    "abschnitte secciones sezioni seções esquema plan schema",
    about="paragraphs under Markdown headings",
)
def write_article(question: Question) -> str | None:
    text = question.layout
    if shown := find_shown_sections(question):
        writer = Writer(question)
        return "\n\n".join(write_shown_section(one, writer, at) for at, one in enumerate(shown))
    if LATEX.search(text) or BODY.search(text) or (not question.is_latin and find_language(text)):
        return None
    if TITLES_FOR.search(question.stated):
        return None
    if PROS_AND_CONS.search(text) and not (LEVEL.search(text) or NAMEDS.search(text)):
        return None
    if marked := MARKED.search(text):
        return write_marked_article(marked, Writer(question))
    sections = find_section_names(question)
    if "List " in question.gloss and not (sections or find_quoted_headings(text)):
        return None
    listed = find_listed_sections(question)
    quoted = (
        find_quoted_headings(text) if question.gloss or question.written_language != "en" else []
    )
    named = NAMED_SECTIONS.findall(text) or find_essay_parts(text, question.language)
    inline = find_inline_sections(question.prompt[:6000])
    if TABLE.search(text) or not (
        len(named) > 1
        or HEADINGS.search(text)
        or OUTLINE.search(text)
        or any((sections, listed, quoted, inline))
    ):
        return None
    names = listed or quoted or inline or (named if len(named) > ESSAY else [])
    names = names or (split_names(sections[1]) if sections else []) or name_days(text)
    if not names and PROS_AND_CONS.search(text):
        names = [load_pack(question.language).pros, load_pack(question.language).cons]
    if not names and len(named) > 1:
        names = [name.capitalize() for name in named]
    writer, match = Writer(question), COUNT.search(text)
    names = names or name_both_sides(text, parse_count(match[1], 20) if match else 0)
    headings = names or writer.write_headings(parse_count(match[1], 20) if match else 3)
    if HEADS_ONLY.search(text):
        return "\n\n".join(f"## {name}" for name in headings)
    if sections and WITH_COLON.search(question.wish):
        return "\n\n".join(
            f"{name}: {writer.write_paragraph(2, about=at == 0)}" for at, name in enumerate(names)
        )
    return write_headed_sections(writer, headings, question)


MARKED = make_regex(rf"\b(?P<count>{NUMBER}) (?P<mark>#{{2,3}}) (?:sections?|headings?)\b")
MARKED_TITLE = make_regex(r"(?<!#)# (?:title|heading)\b")
MARKED_END = make_regex(r"#{2,3} ?([A-Z]\w+)")
"""Sections by their marks: "a # title, three ## sections and a ## Conclusion"."""


def write_marked_article(match: re.Match[str], writer: Writer) -> str:
    """Return an article with as many sections as the prompt wants, and a named last one."""
    mark = match["mark"]
    headings = writer.write_headings(parse_count(match["count"], 12))
    topic = writer.question.topic
    wish = writer.question.instruction
    parts = [f"# {topic[:1].upper()}{topic[1:]}"] if MARKED_TITLE.search(wish) else []
    parts += [
        f"{mark} {name}\n\n{writer.write_paragraph(3, about=at == 0)}"
        for at, name in enumerate(headings)
    ]
    if last := MARKED_END.search(wish):
        parts.append(f"{mark} {last[1]}\n\n{writer.write_paragraph(2, about=False)}")
    return "\n\n".join(parts)


HEADS_ONLY = make_regex(
    r"\b(?:headings?|headlines) only\b"
    r"|\b(?:only|just|nothing but) (?:the )?(?:section )?headings\b",
    re.I,
)
"""A wish for headings without a text below them."""
ESSAY_PARTS = make_regex(
    r"\b(?:an? |the )?(introduction|intro),? (?:an? |the )?(?:main )?(body|main part),? (?:and|&)"
    r" (?:an? |the )?(conclusion|summary)\b",
    re.I,
)


ESSAY = 3
"""Parts of a usual essay; more of them are in the words of the prompt."""
COUNTED_PARTS = make_regex(
    r"\b(introduction|introducción|introduzione|introdução|einleitung|inleiding|wstęp\w{0,3}|giriş"
    rf"|введени\w+|вступ\w{{0,3}}|pendahuluan)\b[^.\n]{{0,12}}?\b({NUMBER}) [^.\n]{{3,30}}?"
    r"\b(conclusion|conclusión|conclusione|conclusão|schluss|fazit|conclusie|slot"
    r"|zakończeni\w{1,3}|sonuç"
    r"|заключени\w+|висновк\w{0,3}|kesimpulan)\b",
    re.I,
)


def find_essay_parts(text: str, code: str) -> list[str]:
    """Return the parts of an essay that a prompt names: introduction, body, conclusion."""
    if not HEADINGS.search(text):
        return []
    if match := ESSAY_PARTS.search(text):
        return list(match.groups())
    match = COUNTED_PARTS.search(text)
    if match is None:
        return []
    middle = load_pack(code).headings[1 : 1 + parse_count(match[2], 6)]
    return [match[1], *middle, match[3]]


LATEX = make_regex(r"\blatex (?:document|template|file|article|code)\b", re.I)
TITLES_FOR = make_regex(
    rf"(?<!\w){NUMBER}\s(?:\w+\s){{0,2}}?(?:titres?|títulos?|titoli|überschriften|koppen"
    rf"|nagłówk\w*|tytuł\w*|başlık\w*|заголовк\w*)"
    r"\s(?:\w+\s){0,2}?(?:pour|para|per|für|voor|dla|için|для)\b",
    re.I,
)
"""Several titles for one text, which are a list."""
HEADING_WORD = make_regex(
    r"(?<!\w)(?:(?:zwischen)?überschrift\w*|abschnitt\w*|(?:inter)?titres?|rubriques?"
    r"|encabezados?|(?:sub)?títulos?"
    r"|secciones|apartados|seções|titoli|sezioni|intestazioni|kopjes?|koppen|tussenkop\w*|secties"
    r"|nagłówk\w*|sekcj\w*|başlık\w*|başlığ\w*|bölüm\w*|заголовк\w*|раздел\w*|розділ\w*|tiêu đề"
    r"|mục|judul|bagian)(?!\w)"
    r"|عناوين|العناوين|أقسام|כותרות|शीर्षक|見出し|セクション|标题|標題|章节|제목|섹션|หัวข้อ",
    re.I,
)
QUOTED_NAME = make_regex(r"[\"“„«「『']([^\"“”„»«」』'\n]{2,40})[\"”“»」』']")


def find_quoted_headings(text: str) -> list[str]:
    """Return the quoted names in a sentence of another language that speaks of headings."""
    for sentence in re.split(r"[.!?。！？\n]", text[:2000]):
        names = QUOTED_NAME.findall(sentence) if HEADING_WORD.search(sentence) else []
        if len(names) > 1:
            return [name.strip() for name in names]
    return []


def find_section_names(question: Question) -> re.Match[str] | None:
    """Return the match with the names of sections, in the message or in a system instruction that
    is about replies."""
    text, system = question.layout, question.system
    if found := NAMEDS.search(text) or SECTIONS.search(text) or NAMED_AFTER_COLON.search(text):
        return found
    return NAMEDS.search(system) if ABOUT_REPLIES.search(system) else None


NAMED_AFTER_COLON = make_regex(
    rf"\b(?i:sections?|(?:sub)?headings?)\b[^.\n:]{{0,160}}:\s*((?:{NAMED},\s?){{1,10}}(?:and )?"
    rf"{NAMED}(?:,?\sand\s{NAMED})?)(?=[.\n;)]|\s*\Z)"
)
"""Names behind more words: "the following H2 headings, with a short text each: A, B, C"."""
ABOUT_REPLIES = make_regex(
    r"\b(?:repl(?:y|ies)|answers?|respond|responses?|write|memo|report)\b", re.I
)


def split_names(text: str) -> list[str]:
    """Return the names in "Causes, Effects and Remedies"."""
    parts = re.split(r",|\band\b|\bund\b|\by\b|\bet\b", text)
    return [
        part.strip(" .:#\"'“”`*").removeprefix("and ").removeprefix("a '").removeprefix("a ")
        for part in parts
        if part.strip(" .")
    ]


INLINE_SECTIONS = make_regex(
    r"\b(?i:structure|sections?|headings?|outline|format)\b[^\n:]{0,40}:\s{0,3}"
    r"((?:\d{1,2}[.)]\s{0,2}[A-Z][\w &/'-]{1,40}?[,;.]?(?:\s{1,2}(?=\d{1,2}[.)]\s)"
    r"|\n|\s?\Z)){2,12})"
)
"""Sections in one line: "Structure: 1. Summary 2. Timeline"."""


AS_HEADINGS = make_regex(
    rf"(?:: |\b(?i:with|using|into|under|give|output|write|include) )((?:{NAMED},\s){{1,8}}"
    rf"(?:and )?{NAMED}(?: and {NAMED})?),? (?i:as|with|under)(?: (?i:markdown))? (?i:headings"
    rf"|sections)\b"
)
"""Names before the word: "Output: Summary, Decisions, Actions with headings"."""


def find_inline_sections(text: str) -> list[str]:
    match = INLINE_SECTIONS.search(text)
    if match is None and (before := AS_HEADINGS.search(text)):
        return split_names(before[1])
    parts = re.split(r"\d{1,2}[.)]", match[1]) if match else []
    return [part.strip(" ,;.\n") for part in parts if part.strip()]


BOLD_HEADINGS = make_regex(r"\bbold(?:ed)? (?:sub)?headings?\b|\bheadings? in bold\b", re.I)


def write_headed_sections(writer: Writer, headings: Sequence[str], question: Question) -> str:
    """Return a section below each heading, with the level and the bullets that a prompt wants."""
    text = question.layout
    level = LEVEL.search(text)
    mark = "#" * int(level[1]) if level else "##"
    has_bullets = any(pattern.search(text) for pattern in (OUTLINE, BULLETS, CHECKLIST))
    has_bullets = has_bullets or "List " in question.gloss
    wish = NEGATED.sub(" ", question.wish)
    if TITLE_ABOVE.search(text) or TITLE_ABOVE.search(question.system):
        title = question.topic[:1].upper() + question.topic[1:]
        return f"# {title}\n\n{write_parts_below(writer, headings, question)}"
    version = VERSION.search(question.stated) if CHANGELOG.search(question.stated) else None
    if version:
        parts = "\n\n".join(
            f"### {heading}\n\n{write_below(heading, writer, True, at, 2)}"
            for at, heading in enumerate(headings)
        )
        return f"## [{version[1]}]\n\n{parts}"
    if {"1", "2", "3"} <= set(LEVEL.findall(text)):
        return write_three_levels(writer, headings, question)
    own = [asks_for_bullets_under(heading, wish) for heading in headings]
    is_outline = own if any(own) else [has_bullets] * len(own)
    if BOLD_HEADINGS.search(wish):
        return "\n\n".join(
            f"**{heading}**\n\n{write_below(heading, writer, is_outline[at], at, 3)}"
            for at, heading in enumerate(headings)
        )
    if given := divide_text(headings, question):
        return "\n\n".join(
            f"{mark} {heading}\n\n{render_facts(facts, is_list=is_list)}"
            for heading, facts, is_list in zip(headings, given, is_outline, strict=True)
        )
    counted = BULLETS_EACH.search(text)
    count = parse_count(next(filter(None, counted.groups())), 20) if counted else 3
    return "\n\n".join(
        f"{mark} {heading}\n\n{write_below(heading, writer, is_outline[at], at, count)}"
        for at, heading in enumerate(headings)
    )


CHANGELOG = make_regex(r"\bchange ?log\b|\brelease notes\b", re.I)
VERSION = make_regex(r"\b(?:version |v)(\d+(?:\.\d+){1,3})\b", re.I)


def write_three_levels(writer: Writer, headings: Sequence[str], question: Question) -> str:
    """Return an outline: a title, sections of level 2 and two parts of level 3 in each."""
    title = question.topic[:1].upper() + question.topic[1:]
    parts = [
        f"## {heading}\n\n" + "\n".join(f"### {writer.write_item()}" for _ in range(2))
        for heading in headings
    ]
    return "\n\n".join([f"# {title}", *parts])


TITLE_ABOVE = make_regex(
    r"\btitle\b[^.,\n]{0,12}\bh1\b[\s\S]{0,80}\bh2\b"
    r"|\bh1\b[^.,\n]{0,12}\btitle\b[\s\S]{0,80}\bh2\b",
    re.I,
)
"""A title of level 1 above sections of level 2."""


def write_parts_below(writer: Writer, headings: Sequence[str], question: Question) -> str:
    """Return the sections of level 2 below a title."""
    counted = BULLETS_EACH.search(question.layout)
    count = parse_count(next(filter(None, counted.groups())), 20) if counted else 3
    has_bullets = BULLETS.search(question.layout) is not None
    return "\n\n".join(
        f"## {heading}\n\n{write_below(heading, writer, has_bullets, at, count)}"
        for at, heading in enumerate(headings)
    )


def render_facts(facts: Sequence[str], *, is_list: bool) -> str:
    return "\n".join(f"- {fact}" for fact in facts) if is_list else " ".join(map(end, facts))


BULLETS_EACH = make_regex(
    rf"\b({NUMBER}) (?:short )?(?:bullet points|bullets|points) (?:each|per|under|in|for|below)"
    rf"|\b(?:each|every)\b[^.\n]{{0,30}} ({NUMBER}) (?:short )?(?:bullet points|bullets)",
    re.I,
)


BULLETS_UNDER = make_regex(
    rf"\b(?:under|in|for|below)\s(?:the\s)?[\"'“`#* ]{{0,5}}{NAME}\b[^.\n]{{0,40}}"
    r"\b(?:bullets?|list)\b",
    re.I,
)


def asks_for_bullets_under(heading: str, wish: str) -> bool:
    """Return whether a prompt says "under Tips, use bullets"."""
    return search_named(BULLETS_UNDER, heading, wish) is not None


BODY = make_regex(r"\bbody (?:paragraphs|sections)\b", re.I)
"""The parts of an essay, which `composed` writes."""
DAYS = make_regex(rf"\b({NUMBER})[- ](day|week)s?\b", re.I)
EACH_DAY = make_regex(r"\b(?:each|every|per|by) (?:day|week)\b", re.I)


def name_days(text: str) -> list[str]:
    """Return "Day 1" to "Day 3" for a plan with a heading for each day."""
    match = DAYS.search(text) if EACH_DAY.search(text) else None
    if match is None:
        return []
    return [f"{match[2].capitalize()} {at}" for at in range(1, parse_count(match[1], 31) + 1)]


WITH_COLON = make_regex(
    r"\b(?:followed by|and|with) an? colon\b|\b(?:no|without) markdown\b|\bplain"
    r" text\b[^.\n]{0,60}\bwithout markdown",
    re.I,
)


def name_both_sides(text: str, count: int) -> list[str]:
    """Return the two things that a text with two headings compares; else nothing."""
    if count != 2:
        return []
    sides = find_compared(text)
    return [side[:1].upper() + side[1:] for side in sides] if len(sides) == 2 else []


def write_below(heading: str, writer: Writer, outline: bool, at: int, count: int) -> str:
    """Return what stands below a heading: what usually does, or a section about the topic."""
    known = write_known_section(heading, writer.question) or write_side(heading, writer, count)
    return known or write_section(writer, outline, at, count)


def write_side(heading: str, writer: Writer, count: int) -> str:
    """Return advantages or disadvantages of the topic below such a heading; else empty."""
    name = heading.strip().lower()
    side = 0 if name in PRO_HEADINGS else 1 if name in CON_HEADINGS else None
    if side is None or writer.language != "en":
        return ""
    wanted = count_sides(writer.question.wish, count)[side]
    return "\n".join(f"- {item}" for item in weigh(writer, wanted)[side])


PRO_HEADINGS = frozenset("pros advantages benefits".split())
CON_HEADINGS = frozenset("cons disadvantages drawbacks".split())


def write_section(writer: Writer, outline: bool, at: int, count: int = 3) -> str:
    sized = SENTENCES_EACH.search(writer.question.wish)
    if outline and not sized:
        mark = "- [ ]" if CHECKLIST.search(writer.question.layout) else "-"
        return "\n".join(f"{mark} {writer.write_item()}" for _ in range(count))
    length = parse_count(next(filter(None, sized.groups())), 12) if sized else 3
    if length == 1:
        return writer.write_sentence()
    return writer.write_paragraph(length, about=at == 0)


SENTENCES_EACH = make_regex(
    rf"\b(?:each|every|per|under|below)\b[^.\n]{{0,40}}\b({NUMBER})[- ](?:\w+ )?sentences?\b"
    rf"|\b({NUMBER})[- ](?:\w+ )?sentences?\b[^.,\n]{{0,24}}\b(?:each|per|under|below|for every)\b",
    re.I,
)
"""How long each section is: "each with two sentences", "one sentence per heading"."""
