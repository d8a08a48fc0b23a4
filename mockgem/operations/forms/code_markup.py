"""Pages, style sheets and configuration files with the parts that a prompt names."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_said_texts import find_said_texts
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex

QUOTED = r"[\"'“‘`]([^\"'”’`\n]{1,80})[\"'”’`]"
HEADING = make_regex(
    rf"\b(?:heading|headline|title|h1|header|überschrift|título|titre"
    rf"|titolo)\b[^.\n\"'“‘`]{{0,30}}{QUOTED}",
    re.I,
)
BUTTON = make_regex(
    rf"\bbutton\b[^.\n\"'“‘`]{{0,30}}{QUOTED}|{QUOTED} button|\b(?:an? |the )?(\w+) button\b", re.I
)
PARAGRAPH = make_regex(
    rf"\b(?:paragraph|text|absatz|párrafo|paragraphe)\b[^.\n\"'“‘`]{{0,30}}{QUOTED}", re.I
)
PARAGRAPHS = make_regex(rf"\b({NUMBER}) (?:short )?paragraphs\b", re.I)
GREETS = make_regex(r"\bhello,? world\b", re.I)
LINK = make_regex(r"\blinks?\b|\banchor\b", re.I)
URL = make_regex(r"https?://[^\s\"'<>`)]{3,200}")


def write_page_parts(text: str, title: str) -> list[str]:
    """Return the elements of a page that a text names: heading, paragraph, link, image, button."""
    heading, paragraph, button = HEADING.search(text), PARAGRAPH.search(text), BUTTON.search(text)
    url, texts = URL.search(text), find_said_texts(text)
    if GREETS.search(text) and not heading:
        return ["    <h1>Hello, world!</h1>"]
    shown = texts.get("heading") or (heading[1] if heading else title)
    parts = [f"    <h1>{escape(shown)}</h1>"]
    lower = text.lower()
    said = texts.get("paragraph") or (paragraph[1] if paragraph else "This is a short paragraph.")
    said = escape(said)
    counted = PARAGRAPHS.search(text)
    count = parse_count(counted[1], 10) if counted else 1
    parts += [f"    <p>{said}</p>"] * count
    parts += [
        f'    <section id="{name}">\n      <h2>{name.capitalize()}</h2>\n'
        "      <p>A few words about this.</p>\n    </section>"
        for name in dict.fromkeys(SECTION.findall(lower))
        if name not in NOT_SECTIONS
    ]
    if cards := CARDS.search(text):
        parts += [write_card(cards[2], at) for at in range(1, parse_count(cards[1], 12) + 1)]
    parts += [element for pattern, element in EXTRA_PARTS if re.search(pattern, lower)]
    if LINK.search(text) or url:
        address = url[0].rstrip(".,") if url else "https://example.com"
        parts.append(f'    <a href="{address}">{escape(texts.get("link", "Read more"))}</a>')
    if re.search(r"\b(?:image|picture|photo)s?\b|\blogo\b", lower):
        counted = IMAGES.search(text)
        count = parse_count(counted[1], 12) if counted else 1
        parts += [
            f'    <img src="image{at if count > 1 else ""}.png" alt="A picture">'
            for at in range(1, count + 1)
        ]
    if re.search(r"\bbuttons?\b|pulsante|botón|bouton", lower):
        label = next(filter(None, button.groups()), "Continue") if button else "Continue"
        label = label if label.lower() not in ("a", "the", "submit", "and", "html") else "Continue"
        if capital := CAPITAL_BUTTON.search(text):
            label = capital[1]
        label = texts.get("button", label)
        labels = list_button_labels(text) or [label[:1].upper() + label[1:]]
        parts += [f'    <button type="button">{escape(one)}</button>' for one in labels]
    if "footer" in lower:
        said = FOOTER.search(text)
        shown = texts.get("footer") or (said[1].strip() if said else "Contact and imprint")
        parts.append(f"    <footer>{escape(shown)}</footer>")
    return parts


IMAGES = make_regex(rf"\b({NUMBER}) (?:\w+ )?(?:images|pictures|photos)\b", re.I)
FOOTER = make_regex(
    r"\bfooter (?:saying|that says|with(?: the text)?|text:?) [\"'“]?(©[^\"'”\n,.]{2,60})"
)


CAPITAL_BUTTON = make_regex(r"(?<=[a-z,] )([A-Z][a-z]+(?: [A-Za-z][a-z]{1,8}){0,2}) button\b")
"""The label of a button without quotes: "a blue Buy now button"."""
CARDS = make_regex(
    rf"\b({NUMBER}) (?:\w+ )?cards?\b"
    r"(?: (?:with|showing|containing) ((?:[\w ]{1,30}?(?:, | and )){0,4}[\w ]{1,30}))?",
    re.I,
)


def write_card(listed: str | None, at: int) -> str:
    """Return a card with a line for each thing that a text lists."""
    names = re.split(r", (?:and )?| and ", listed) if listed else ["title", "text"]
    words = [re.sub(r"^(?:an?|the) ", "", name.strip()).capitalize() for name in names]
    rows = "\n".join(f"      <p>{word} {at}</p>" for word in words if word)
    return f'    <article class="card">\n{rows}\n    </article>'


SECTION = make_regex(r"\b([a-z]{3,20}) section\b")
NOT_SECTIONS = frozenset("the one this each new main second first two three footer header".split())
EXTRA_PARTS = (
    (r"\bpric(?:e|ing)\b", '    <p class="price">$29 per month</p>'),
    (
        r"\bsearch (?:bar|box|field)\b",
        '    <input type="search" name="search" placeholder="Search">',
    ),
    (r"\bvideo\b", '    <video src="video.mp4" controls></video>'),
    (r"\bcheckbox\b", '    <label><input type="checkbox" name="choice"> Choice</label>'),
    (r"\btoggle\b|\bswitch\b", '    <label><input type="checkbox" role="switch"> On</label>'),
    (r"\bdescription\b", "    <p>A few words about it.</p>"),
)
"""What a text says of a page, and the element."""
BUTTONS = make_regex(
    r"\bbuttons\b[^(:\n]{0,20}[(:]\s?([^()\n.]{3,80})|\bbuttons? (?:labelled |saying |named )"
    r"([^()\n.]{3,80})"
)


def list_button_labels(text: str) -> list[str]:
    """Return the labels in "two buttons (Get started, Learn more)"."""
    match = BUTTONS.search(text)
    listed = next(filter(None, match.groups())) if match else ""
    return [one.strip(" \"'“”") for one in re.split(r",|\band\b", listed) if one.strip(" \"'“”")]


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


COLOURS = (
    "red blue green black white yellow orange purple pink teal navy gray grey brown gold silver"
    " crimson coral indigo violet"
).split()
COLOUR = make_regex(rf"\b({'|'.join(COLOURS)})\b|(#[0-9a-f]{{3,8}})\b", re.I)
FOREIGN_COLOURS = {
    **dict.fromkeys("blau blauem blauen blauer azul bleu bleue blu".split(), "blue"),
    **dict.fromkeys("rot rotem roten roter rojo roja rouge rosso rossa vermelho".split(), "red"),
    **dict.fromkeys("grün grünem grünen grüner verde vert verte".split(), "green"),
    **dict.fromkeys(
        "weiß weißer weißem weiße blanco blanca blanc blanche bianco branco".split(), "white"
    ),
    **dict.fromkeys(
        "schwarz schwarzer schwarzem negro negra noir noire nero preto".split(), "black"
    ),
    **dict.fromkeys("gelb gelbem gelber amarillo amarilla jaune giallo amarelo".split(), "yellow"),
}
FOREIGN_COLOUR = make_regex(rf"\b({'|'.join(FOREIGN_COLOURS)})\b", re.I)
RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"\bcent(?:er|re)\b[^.\n]{0,40}\b(?:div|element|box|class|card)\b[^\n]{0,60}\bvertical",
        ("position: absolute;", "top: 50%;", "left: 50%;", "transform: translate(-50%, -50%);"),
    ),
    (r"\bround\w*|\bradius\b|\bcards?\b|\bbutton", ("border-radius: 12px;",)),
    (r"\bshadow|\bcards?\b", ("box-shadow: 0 2px 8px rgb(0 0 0 / 15%);",)),
    (
        r"\bgrid\b",
        ("display: grid;", "grid-template-columns: repeat({columns}, 1fr);", "gap: 1rem;"),
    ),
    (
        r"\bcent(?:er|re)\w*|\bflex\w*|\bzentrier\w*|\bcentr\w+",
        ("display: flex;", "align-items: center;", "justify-content: center;"),
    ),
    (
        r"\bnav\w*|\bmenu\b|\bheader\b",
        ("display: flex;", "justify-content: space-between;", "padding: 1rem 2rem;"),
    ),
    (r"\bsticky\b", ("position: sticky;", "top: 0;")),
    (r"\bfixed\b(?! width| height)", ("position: fixed;", "top: 0;")),
    (r"\bfixed\b[^.\n]{0,20}\bleft\b", ("left: 0;",)),
    (r"\bfixed\b[^.\n]{0,20}\bright\b", ("right: 0;",)),
    (r"\bfull[- ](?:screen|height)|\bviewport\b|100vh", ("min-height: 100vh;",)),
    (r"\bgradient", ("background: linear-gradient(135deg, {first}, {second});",)),
    (r"\bbold\b", ("font-weight: bold;",)),
    (r"\bborder\b(?! radius|-radius)", ("border: 1px solid currentcolor;",)),
    (r"\btransition|\bhover\b|\banimat\w+|\bfade", ("transition: all 0.2s ease;",)),
    (r"\bbutton", ("padding: 0.75rem 1.5rem;", "border: none;", "cursor: pointer;")),
    (
        r"\bcards?\b|\bbox\b|\bcontainer\b|\bmodal\b",
        ("padding: 1.5rem;", "max-width: 24rem;", "margin: 2rem auto;"),
    ),
)
"""What a text says about the looks, and the declarations."""
SELECTOR = make_regex(
    r"(?<![\w-])(?P<written>[.#][a-z][\w-]{1,30})(?![\w-])"
    r"|\b(?P<kind>class|id)(?:es)?\b(?: ?name)?(?:,? (?:is|are|called|named|should be|must be|of"
    r"|to use is|heißt))?(?: ?[=:])?"
    r" ?[\"'`]?(?P<named>[.#]?[a-z][\w-]{1,30})[\"'`]?",
    re.I,
)
THING = make_regex(
    r"\b(cards?|button|navbar|nav|header|footer|grid|menu|modal|form|container|table|div"
    r"|sidebar|hero|input|link|spinner)\b",
    re.I,
)
COLUMNS = make_regex(r"\b(\d|two|three|four)[- ]columns?\b", re.I)
NUMBERS = {"two": "2", "three": "3", "four": "4"}
NOT_SELECTORS = frozenset("with for that to and in of the name names is are it".split())
FILE_NAMES = (".css", ".html", ".js", ".scss", ".svg", ".png", ".jpg")


LINK_COLOUR = make_regex(rf"\blinks?\b[^.\n]{{0,24}}\b({'|'.join(COLOURS)})\b(?! background)", re.I)


def write_style(text: str) -> str:
    """Return the rules of a style sheet that a text describes."""
    if re.search(r"\bdrop ?down\b", text, re.I):
        return DROPDOWN
    if link := LINK_COLOUR.search(text):
        return f"a{':hover' if 'hover' in text.lower() else ''} {{\n  color: {link[1].lower()};\n}}"
    thing = THING.search(text)
    given = find_selector(text)
    kind = thing[1].lower().rstrip("s") if thing else "box"
    name = given or ("button" if kind == "button" else f".{'box' if kind == 'div' else kind}")
    text = FOREIGN_COLOUR.sub(lambda found: FOREIGN_COLOURS[found[1].lower()], text)
    colours = [(word or code).lower() for word, code in COLOUR.findall(HOVER_COLOUR.sub("", text))]
    lines = list_declarations(text, colours)
    moved = re.search(r"\b(pulse|spin|fade|bounce|slide|shake|blink|zoom)", text, re.I)
    motion = moved[1].lower() if moved else "appear"
    if re.search(r"\banimat\w+|\bkeyframes?\b", text, re.I):
        lines = [row for row in lines if not row.startswith("transition")]
        lines.append(f"animation: {motion} 1.5s ease-in-out infinite alternate;")
    if "position: absolute;" in lines:
        lines = [row for row in lines if not row.startswith("margin:")]
    lines = keep_first(lines) or [
        "display: flex;",
        "align-items: center;",
        "justify-content: center;",
        "margin: 2rem auto;",
    ]
    rules = [f"{name} {{\n" + "\n".join(f"  {line}" for line in lines) + "\n}"]
    if HOVER.search(text):
        changes = list_hover_changes(text)
        rules.append(f"{name}:hover {{\n" + "\n".join(f"  {row}" for row in changes) + "\n}")
    if re.search(r"\bresponsive|\bmobile\b|media quer", text, re.I):
        rules.append(f"@media (max-width: 600px) {{\n  {name} {{\n    width: 100%;\n  }}\n}}")
    if re.search(r"\banimat\w+|\bkeyframes?\b|\bspin\w*|\bfade", text, re.I):
        rules.append(
            f"@keyframes {motion} {{\n  from {{\n    opacity: 0.4;\n  }}\n  to {{\n    opacity: "
            f"1;\n  }}\n}}"
        )
    return "\n\n".join(rules)


def find_selector(text: str) -> str:
    """Return the class or the id that a text names, with its sign; empty without one."""
    for match in SELECTOR.finditer(text):
        sign = "#" if (match["kind"] or "").lower() == "id" else "."
        name = match["written"] or match["named"]
        is_name = name.lower() not in NOT_SELECTORS and name.lower() not in FILE_NAMES
        if is_name and not COLOUR.fullmatch(name):
            return name if name[0] in ".#" else f"{sign}{name}"
    return ""


HOVER = make_regex(r"\bhover\w*|\bmouse ?over\b", re.I)
HOVER_CHANGES = (
    (
        r"\b(?:big(?:ger)?|grow\w*|larger|enlarge\w*|scal\w+|zoom\w*|expand\w*)\b",
        "transform: scale(1.1);",
    ),
    (r"\b(?:lift\w*|rais\w+|mov\w+ up|float\w*)\b", "transform: translateY(-4px);"),
    (r"\bunderlin\w+", "text-decoration: underline;"),
    (r"\bdark\w*", "filter: brightness(80%);"),
    (r"\b(?:light|bright)\w*", "filter: brightness(115%);"),
    (r"\b(?:fad\w+|transparent|opacity|translucent)\b", "opacity: 0.7;"),
    (r"\b(?:rotat\w+|turns? around|spin\w*)\b", "transform: rotate(10deg);"),
    (r"\bshadow|\bglow", "box-shadow: 0 6px 16px rgb(0 0 0 / 25%);"),
)
"""What a text says about an element below the mouse, and the declaration."""
HOVER_COLOUR = make_regex(
    rf"\bhover\w*[^.\n]{{0,40}}\b({'|'.join(COLOURS)})\b"
    rf"|\b(?:turns?|becomes?|goes|changes? to) ({'|'.join(COLOURS)})\b[^.\n]{{0,24}}\bhover",
    re.I,
)


def list_hover_changes(text: str) -> list[str]:
    """Return the declarations of an element below the mouse."""
    rows = [row for pattern, row in HOVER_CHANGES if re.search(pattern, text, re.I)]
    if colour := HOVER_COLOUR.search(text):
        rows.append(f"background-color: {(colour[1] or colour[2]).lower()};")
    return keep_first(rows) or ["filter: brightness(90%);", "transform: translateY(-1px);"]


def list_declarations(text: str, colours: list[str]) -> list[str]:
    """Return the declarations for what a text says about the looks."""
    columns = COLUMNS.search(text)
    places = {
        "columns": NUMBERS.get(columns[1].lower(), columns[1]) if columns else "3",
        "first": colours[0] if colours else "teal",
        "second": colours[1] if len(colours) > 1 else "navy",
    }
    lines = list_measures(SPACED.sub(r"\1-\2", text))
    is_stated = len(lines) > 1
    for pattern, declarations in RULES:
        if re.search(pattern, text, re.I):
            rows = [row.format(**places) for row in declarations]
            lines += [row for row in rows if not (is_stated and row.startswith(UNASKED))]
    if colours and "gradient" not in text.lower():
        lines += [f"background-color: {colours[0]};"]
        lines += ["color: white;"] if colours[0] not in ("white", "yellow", "silver") else []
    return lines


UNASKED = ("max-width:", "margin:")
"""Declarations of a card that nobody wants who states its measures."""
SPACED = make_regex(r"\b(border|font|line) (radius|size|height)\b", re.I)
MEASURES = (
    "gap padding margin width height border-radius font-size max-width min-height max-height"
    " line-height letter-spacing opacity z-index"
).split()
LENGTH = r"(\d+(?:\.\d+)?(?:px|rem|em|%|vh|vw|pt)?)"
MEASURE = make_regex(
    rf"\b({'|'.join(MEASURES)}|radius|rounded corners?)\b(?: of|:| is| to)? \(?{LENGTH}(?!\w)"
    rf"|\b{LENGTH} ({'|'.join(MEASURES)}|radius|rounded corners?|gaps?|wide|tall|high)\b",
    re.I,
)
PROPERTIES = {"radius": "border-radius", "wide": "width", "tall": "height", "high": "height"}


def list_measures(text: str) -> list[str]:
    """Return the declarations for the measures that a text states: "16px gap"."""
    rows = []
    for before, after, value, name in MEASURE.findall(text):
        word = (before or name).lower()
        known = "border-radius" if word.startswith("rounded") else PROPERTIES.get(word, word)
        rows.append(f"{known.removesuffix('s') if known == 'gaps' else known}: {after or value};")
    return rows


DROPDOWN = """.dropdown {
  position: relative;
  display: inline-block;
}

.dropdown-menu {
  display: none;
  position: absolute;
  min-width: 10rem;
  box-shadow: 0 2px 8px rgb(0 0 0 / 15%);
}

.dropdown:hover .dropdown-menu,
.dropdown:focus-within .dropdown-menu {
  display: block;
}"""


def keep_first(lines: list[str]) -> list[str]:
    """Return declarations, the first of each property."""
    rows: dict[str, str] = {}
    for line in lines:
        rows.setdefault(line.partition(":")[0], line)
    return list(rows.values())
