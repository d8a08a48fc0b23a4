"""Texts of several parts that a prompt lists: a headline, a paragraph, four bullet points."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.core.frozen import frozen
from mockgem.operations.forms.articles import (
    BULLETS_EACH,
    NAMED_SECTIONS,
    find_section_names,
)
from mockgem.operations.forms.bold_items import BOLD_NAMES, start_bold
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.decorations import EMOJIS, wants_emoji
from mockgem.operations.forms.item_limits import limit_items
from mockgem.operations.forms.layout_words import PROS_AND_CONS
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.list_items import find_items
from mockgem.operations.forms.local_names import invent_person
from mockgem.operations.forms.product_features import list_features
from mockgem.operations.forms.question import NEGATED, Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sample_words import WORDS
from mockgem.operations.forms.short_texts import make_hashtags
from mockgem.operations.forms.shown_sections import find_listed_sections, find_shown_sections
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.themes import PRODUCT_THEME
from mockgem.operations.forms.writing import Writer

ADJECTIVES = r"(?:(?!the|this|that|these|those|each|every|following)[a-z-]+ ){0,2}"
PARTS = {
    "title": rf"\b(?:an?|one|with|include|:|catchy|short|bold|clear|compelling"
    rf"|engaging) {ADJECTIVES}"
    r"(?:title|headline|heading|h1(?: heading)?)\b(?! case| for each| per |:)",
    "line": r"\bline (?:that )?(?:start(?:s|ing)|begin(?:s|ning)) with "
    r"[\"'“`]([^\"'”`\n]{2,24})[\"'”`]",
    "subtitle": r"\b(?:an?|one) (?:[a-z-]+ ){0,2}(?:subtitle|subheadline|tagline|hook)\b",
    "sentences": rf"\b({NUMBER}) sentences\b(?=[^.]{{0,60}}\bthen\b)"
    rf"|\b({NUMBER}) (?:(?:or|to) {NUMBER} )?sentences of (?:text|copy|description)\b"
    rf"|\b({NUMBER})[- ](?:or \w+[- ])?(?:[a-z-]+ )?(?:sentence"
    rf"|line)s? (?:summary|intro\w*|overview"
    r"|description|explanation|answer|opener|definition|statement|hook)|(?<=\w )\btl;?dr\b(?!"
    r" in\b| of\b|:)|\b(?:an?|one)"
    r" (?:(?!closing|concluding|final|last)[a-z]+ ){0,3}sentence\b(?! each| per)",
    "paragraphs": rf"\b(?:({NUMBER}) |an? )(?:short |brief |introductory |opening "
    rf"|descriptive |longer |lead )*"
    r"(?:paragraphs?\b(?! about each)|intro(?:duction)?\b|overview\b|description\b)"
    rf"|\ban? (?:[a-z]+ )?description (?:of|in|with) (?:about |around |max\.? "
    rf"|at most )?{NUMBER} words\b"
    r"|\b(?:introduction|introductory paragraph|intro)\b(?=,| and| then| paragraph)",
    "body": rf"\b({NUMBER}) (?:body|main|middle) (?:paragraphs?|sections?|parts|points)\b",
    "sections": rf"\b({NUMBER}) (?:[a-z0-9-]+ ){{0,2}}?(?:sections?|subheadings?|subsections"
    rf"|h2s?\b(?: headings?"
    r"| sections?)?)\b",
    "bullets": rf"\blist of ({NUMBER})\b"
    rf"|\b(?:({NUMBER}) )?(?:(?!as\b|in\b|with\b|and\b|of\b)[a-z-]+ )?"
    r"(?:bullet(?:ed)?[- ](?:points?|list|items)"
    rf"|bullets)\b(?: (?:with|of) (?:the |exactly )?({NUMBER})\b)?",
    "steps": rf"\b(?:({NUMBER}) )?(?:numbered (?:list|steps|instructions)|steps)\b",
    "table": r"\b(?:an?|one|markdown|comparison) (?:[a-z-]+ ){0,2}table\b(?! of contents)",
    "quote": r"(?<!\bas )(?<!\bin )"
    r"\b(?:an?|one) (?:[a-z-]+ )?(?:block ?quoted? \w+|block ?quote|quote|testimonial"
    r"|pull quote)\b",
    "action": r"\bcall[- ]to[- ]action\b|\bCTA\b",
    "hashtags": rf"\b(?:({NUMBER}) )?(?:[a-z-]+ )?hashtags\b",
    "question": r"\b(?:closing|concluding|follow-?up|final|ending) question\b"
    r"|\b(?:then|with|finally|by|[a-z],|and) (?:finally )?(?:an?|one) (?:[a-z-]+ ){0,2}question\b"
    r"(?! and| mark| with)",
    "conclusion": r"\bconclusion\b(?! section)|\b(?:closing|concluding"
    r"|final) (?:[a-z]+ )?(?:paragraph|sentence|line|thought"
    r"|remark|summary)\b|\b(?:close|end|finish|conclude) with (?:an? |one )"
    r"(?:[a-z]+[ -]){0,3}(?:sentence|line|note|thank[- ]you|thanks|remark|thought)\b"
    r"(?: to (?:the |our |all )?([a-z]+))?",
}
COMPILED = {kind: make_regex(pattern, re.I) for kind, pattern in PARTS.items()}
MARKED = frozenset("line title body sections bullets steps table quote hashtags".split())
"""The parts that a reader sees as such."""
JOINED = make_regex(
    r"\b(?:then|followed by|followed with|ends? with|finish(?:es)? with|finally|starts? with"
    r"|begins? with"
    r"|first|with|includes?|including|contain\w*|consist\w*|structure\w*|as|use|using|add"
    r"|having|should have"
    r"|made up of|plus"
    r"|(?:headline|title|heading|summary|introduction|intro|table|paragraph|quote),? and"
    rf" (?:an?|{NUMBER})"
    r"|and an? (?:bulleted|numbered|bullet|short) |after (?:that|it)|below|under it|at the end"
    r"|close with|conclude with)\b|[:：]|->|→",
    re.I,
)
OTHERS = make_regex(
    r"\b(?:e-?mails?|letter|tweet|json|xml|yaml|csv|html5?|sql|code|function|script|python"
    r"|javascript|poem"
    r"|columns?|subject line|press release(?! headline)|commit|presentation|slides?|latex)\b",
    re.I,
)
EACH_WITH = make_regex(r"\b(?:each|every one|all)\b,? (?:one )?(?:of them )?with an?\b", re.I)
"""Several things of two parts: "6 ideas, each with a title and a sentence"."""
MOST = 12
LABEL = make_regex(r"\b([A-Za-z]{3,20})\s(?:as|in|\()\s?(?:an?\s)?\Z")
"""What a part is about: "the ingredients as bullet points"."""
NESTED = make_regex(r"\bnested\b|\bsub-?(?:points?|bullets?|items?)\b", re.I)


@frozen
class Part:
    """A part of a text: its kind, how often it comes (0 if the prompt does not say), its label."""

    at: int
    kind: str
    count: int
    label: str = ""


MARKUP = make_regex(
    r"\b(?:tailwind|bootstrap|react|vue|svelte|jsx|css)\b|\bhtml5? (?:page|form|card|code|section"
    r"|element|snippet|template)\b",
    re.I,
)
"""What a page is written with, whose parts are elements."""
FORMATS = make_regex(r"\b(?:html|json|xml|yaml|csv|sql|latex|only code|code only)\b", re.I)
"""Formats that a system instruction wants of each reply."""


@form(
    "several parts",
    "Write a product description of a lamp: a headline, a short paragraph, then 4 bullet points.",
    "Explain tides with a one-sentence summary followed by three bullet points.",
    words="bullet bullets bulleted table headline title h1 paragraph sections section body"
    " steps numbered"
    " quote blockquote hashtags introduction intro conclusion sentence tldr testimonial"
    " subheadings h2"
    " paragraphs",
    about="the parts that the prompt lists, in their order",
)
def write_parts(question: Question) -> str | None:
    if (question.asks_how and not question.system) or OTHERS.search(question.instruction):
        return None
    if FORMATS.search(question.system) or MARKUP.search(question.instruction[:300]):
        return None
    text = question.layout
    if PROS_AND_CONS.search(question.stated) and question.written_language != "en":
        return None
    if EACH_WITH.search(text):
        return None
    if (counted := BOLD_PARAGRAPHS.search(text)) and not question.asks_how:
        return write_bold_paragraphs(question, parse_count(counted[1] or counted[2], MOST))
    if RECIPE.search(text) and question.language == "en":
        return None
    if RECIPE_ABROAD.search(text) and question.language != "en":
        return None
    if len(NAMED_SECTIONS.findall(text)) > 1 or find_section_names(question):
        return None
    if find_shown_sections(question) or find_listed_sections(question):
        return None
    if BULLETS_EACH.search(text) and re.search(r"\b(?:sections?|headings?)\b", text, re.I):
        return None
    own = [] if question.asks_how else find_parts(question.layout)
    parts = own or find_parts(NEGATED.sub(" ", question.system))
    if not parts:
        return None
    writer = ComposedText(question, parts)
    return "\n\n".join(filter(None, map(writer.write, parts)))


RECIPE_ABROAD = make_regex(
    r"\b(?:rezept|recette|receta|ricetta|receita|recept|przepis|tarif|рецепт)\w*\b", re.I
)
RECIPE = make_regex(
    r"\brecipes? (?:for|of)\b[^.\n]{0,60}\bingredients\b|\brecipe\b.{0,200}#+ ?ingredients\b",
    re.I | re.S,
)
"""A recipe, whose ingredients and steps have another layout."""
BOLD_PARAGRAPHS = make_regex(
    rf"\b({NUMBER}) (?:short |brief |long )?paragraphs\b[^.\n]{{0,60}}\b(?:each|every)\b"
    r"[^.\n]{0,30}\bbold(?:ed)? (?:heading|title|lead|label|headline)"
    rf"|\b({NUMBER}) (?:short |brief |long )?paragraphs with (?:a )?bold(?:ed)?"
    r" (?:heading|title)s?\b",
    re.I,
)
"""Paragraphs that begin with a heading in bold."""


def write_bold_paragraphs(question: Question, count: int) -> str:
    writer = Writer(question)
    heads = writer.write_headings(count)
    return "\n\n".join(
        f"**{head}**\n\n{writer.write_paragraph(3, about=at == 0)}" for at, head in enumerate(heads)
    )


def find_parts(text: str) -> list[Part]:
    """Return the parts that a text lists, in their order; none if it lists fewer than two."""
    text = text[:3000]
    if JOINED.search(text) is None or NESTED.search(text):
        return []
    found: list[Part] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in COMPILED.items():
        for match in list(pattern.finditer(text))[:2]:
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            found.append(read_part(kind, match))
            if kind != "paragraphs":
                break
    found.sort(key=lambda part: -1 if part.kind == "title" else part.at)
    is_marked = any(part.kind in MARKED for part in found)
    return found[:MOST] if is_marked and len({part.kind for part in found}) > 1 else []


def read_part(kind: str, match: re.Match[str]) -> Part:
    said = next(filter(None, match.groups()), "") if match.groups() else ""
    if kind in NAMED_PARTS:
        return Part(match.start(), kind, 0, said)
    label = LABEL.search(match.string, max(0, match.start() - 40), match.start())
    count = parse_count(said, 30) if said else 0
    return Part(match.start(), kind, count, label[1].capitalize() if label else "")


NAMED_PRODUCT = make_regex(
    r"\b(?:for|of|about) (?:our|my|an?|the) (?:new |brand[- ]new )?(?P<thing>(?:[a-z-]+ ){1,4})"
    r"[\"“](?P<name>[A-Z][\w -]{1,30})[\"”]"
)


def name_product(question: Question) -> Question:
    """Return a question about the product that a prompt names in quotation marks; else the same."""
    match = NAMED_PRODUCT.search(question.instruction)
    if match is None or "product" not in question.lower:
        return question
    thing = match["thing"].strip()
    asked = f"Write a product description of the {match['name']} {thing}."
    return Question(asked, question.random, question.system)


OF_WORDS = make_regex(
    rf"\b(?:description|paragraph|intro(?:duction)?|text|summary) (?:of|with|in) (?:about "
    rf"|around |roughly"
    rf" |approximately |max\.? |at most |up to )?({NUMBER}) words\b",
    re.I,
)
FEATURE = make_regex(r"\b(?:key |main |product )?features?\b", re.I)
NAMED_PARTS = frozenset(("line", "conclusion"))
"""Parts whose label is what they say, not what stands above them."""


class ComposedText:
    """Writes the parts of one text."""

    def __init__(self, question: Question, parts: list[Part]) -> None:
        self.question = question
        self.writer = Writer(name_product(question))
        self.facts = [text for text in split_sentences(question.material) if not text.endswith("?")]
        kinds = {part.kind for part in parts}
        wants = re.search(r"\bheadings?\b|\bh[123]s?\b|#", question.wish, re.I) is not None
        self.has_headings = "sections" in kinds or ("body" in kinds and wants)
        layout = f"{question.layout}\n{question.stated_system}"
        self.are_counted = COUNTED_HEADINGS.search(layout) is not None
        named = NAMED_END.search(layout)
        self.last_heading = named[1] if named else ""
        self.has_opened = False
        self.known: list[str] = []

    def write(self, part: Part) -> str:
        """Return the text of a part."""
        if part.kind == "line":
            return f"{part.label} {self.write_sentences(1).strip('*')}"
        if part.kind == "conclusion" and part.label:
            return f"Thank you to all {part.label}, and to everybody who helped."
        make: Callable[[int], str] = getattr(self, f"write_{part.kind}")
        if not part.label:
            return make(part.count)
        words = WORDS.get(part.label.lower().rstrip("s"), [])
        self.known = words if len(words) >= part.count else []
        text, self.known = make(part.count), []
        return f"**{part.label}**\n\n{text}"

    def write_title(self, _: int) -> str:
        topic = self.question.topic
        emoji = f"{self.question.random.pick(EMOJIS)} " if wants_emoji(self.question) else ""
        title = " ".join(w if w.lower() in SMALL else w[:1].upper() + w[1:] for w in topic.split())
        whole = f"{emoji}{title[:1].upper()}{title[1:]}"
        return f"**{whole}**" if BOLD_TITLE.search(self.question.wish) else f"# {whole}"

    def write_subtitle(self, _: int) -> str:
        return f"*{self.writer.write_sentence().rstrip('.')}*"

    def write_sentences(self, count: int) -> str:
        if self.facts:
            return " ".join(self.facts[: count or 1])
        if self.question.topic.startswith(TRIP) and not self.has_opened:
            self.has_opened = True
            more = self.writer.write_sentences(max(1, count) - 1, about=False)
            return " ".join([f"{self.question.topic.removeprefix(TRIP)} is worth a visit.", *more])
        about, self.has_opened = not self.has_opened, True
        text = self.writer.space.join(self.writer.write_sentences(count or 1, about=about))
        return f"**{text}**" if BOLD.search(self.question.wish) else text

    def write_paragraphs(self, count: int) -> str:
        if (wanted := OF_WORDS.search(self.question.instruction)) and count < 2:
            return self.write_words(parse_count(wanted[1], 400))
        text = "\n\n".join(self.write_paragraph() for _ in range(max(1, count)))
        return self.add_heading(self.writer.pack.headings[0], text)

    def write_words(self, count: int) -> str:
        """Return a paragraph of about as many words."""
        sentences = self.writer.write_sentences(1)
        self.has_opened = True
        for _ in range(count):
            if len(" ".join(sentences).split()) + 6 > count:
                break
            sentences.append(self.writer.write_sentence())
        return self.writer.space.join(sentences)

    def write_paragraph(self) -> str:
        about, self.has_opened = not self.has_opened, True
        return self.writer.write_paragraph(3, about=about)

    def write_body(self, count: int) -> str:
        if self.has_headings:
            return self.write_sections(count)
        return "\n\n".join(self.write_paragraph() for _ in range(count or 3))

    def write_sections(self, count: int) -> str:
        names = self.writer.write_headings((count or 3) + 2)[1:-1]
        return "\n\n".join(f"## {name}\n\n{self.write_paragraph()}" for name in names)

    def write_bullets(self, count: int) -> str:
        return "\n".join(f"- {item}" for item in self.list_items(count or 3))

    def write_steps(self, count: int) -> str:
        items = self.list_items(count or 4)
        return "\n".join(f"{at}. {item}" for at, item in enumerate(items, 1))

    def list_items(self, count: int) -> list[str]:
        """Return the items of a list, with bold beginnings if the prompt wants them."""
        items = self.find_items(count)
        if not BOLD_NAMES.search(self.question.wish):
            return items
        return start_bold(items, self.question.wish, self.question.topic)

    def find_items(self, count: int) -> list[str]:
        if self.known:
            return self.known[:count]
        if self.question.material:
            return limit_items(find_items(self.question, count), self.question)
        if self.writer.theme is PRODUCT_THEME and FEATURE.search(self.question.instruction):
            return list_features(self.question, count)
        return [self.writer.write_item() for _ in range(count)]

    def write_table(self, _: int) -> str:
        from mockgem.operations.forms.tables import make_table

        return make_table(self.question)

    def write_quote(self, _: int) -> str:
        text = self.facts[0] if self.facts else self.writer.write_sentence()
        return f"> {text}\n>\n> — {invent_person(self.question)}"

    def write_action(self, _: int) -> str:
        return f"**{self.writer.write_item().rstrip('.')}**"

    def write_hashtags(self, count: int) -> str:
        return " ".join(make_hashtags(self.question, count or 3))

    def write_question(self, _: int) -> str:
        from mockgem.operations.forms.wrapping import ask_back

        return ask_back(self.question)

    def write_conclusion(self, _: int) -> str:
        text = self.writer.write_sentence() if self.has_headings else self.writer.write_closer()
        if self.last_heading:
            return f"## {self.last_heading}\n\n{text}"
        return self.add_heading(self.writer.pack.headings[-1], text)

    def add_heading(self, name: str, text: str) -> str:
        return f"## {name}\n\n{text}" if self.has_headings and not self.are_counted else text


NAMED_END = make_regex(
    r"\bconclusion (?:section )?(?:under|with|below) (?:an?|the) (?:H2|h2|heading"
    r"|header)(?: heading)?"
    r" (?:named|called|titled) [\"'“]?([A-Z]\w+)"
)
"""The heading of the end: 'a conclusion under an H2 named "Conclusion"'."""
BOLD_TITLE = make_regex(
    r"\b(?:title|headline|heading) in bold\b|\bbold(?:ed)? (?:title|headline|heading)\b", re.I
)
TRIP = "a trip to "
COUNTED_HEADINGS = make_regex(
    rf"\b{NUMBER} (?:\w+ )?(?:h[23]s?|(?:sub)?headings?|subheaders?)\b", re.I
)
"""A number of headings, which those of the introduction and of the end would exceed."""
BOLD = make_regex(
    r"\b(?:definition|summary|sentence|line|statement|hook|answer)\b[^.,;\n]{0,12}\bin bold\b"
    r"|\bbold(?:ed)? (?:one-)?(?:\w+ )?(?:definition|summary|sentence|line|statement|hook)\b",
    re.I,
)
"""A short text in bold: "a one-line definition in bold"."""
SMALL = frozenset("a an the of for to in on at and or with by about from".split())
"""Words without a capital in a title."""
