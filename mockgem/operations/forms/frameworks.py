"""Analyses with fixed parts: SWOT, PESTEL, the marketing mix, Porter's five forces, AIDA …"""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.writing import Writer

FRAMEWORKS = {
    r"swot\b": """
        Strengths: Loyal regular customers / High quality and personal advice / A small and
            flexible team / A good reputation in the area
        Weaknesses: A small marketing budget / Dependence on a few suppliers / Limited capacity
            at busy times / Higher prices than large chains
        Opportunities: Growing demand for local products / An online shop / Partnerships with
            companies nearby / Events that bring new people
        Threats: Strong competition from large chains / Rising prices and rents / Changing tastes
            / New rules and taxes""",
    r"pest(?:el|le)?\b": """
        Political: Stable rules and subsidies / Trade agreements / Changes after elections
        Economic: Interest rates and inflation / Purchasing power / Wages and energy prices
        Social: New habits of customers / An older population / More wish for sustainability
        Technological: Automation / Mobile payment / Data analysis
        Environmental: Rules for packaging / Cost of carbon / Expectations of customers
        Legal: Data protection / Employment law / Consumer rights""",
    r"(?:4 ?ps?\b|four ps\b|marketing mix)": """
        Product: What it does for its users / Quality and design / Service after the sale
        Price: A price that fits its value / Discounts for the first customers / A paid extension
        Place: An online shop / Selected partners / Direct sales
        Promotion: Social media / Recommendations / Local events""",
    r"(?:porter['’]s\b|(?:porters? )?five forces)": """
        Competitive rivalry: Several strong providers / Little growth / Similar offers
        Threat of new entrants: Low costs to start / Known brands as an obstacle / Rules
        Threat of substitutes: Other ways to solve the problem / Low costs of switching / Habits
        Bargaining power of buyers: Easy comparison of prices / Large customers / Loyalty
        Bargaining power of suppliers: Few suppliers / Long contracts / Own production""",
    r"aida\b": """
        Attention: A question that everybody knows / A strong picture / One clear promise
        Interest: Facts that surprise / A short story / A problem of the readers
        Desire: What is better afterwards / Voices of customers / A look at the result
        Action: One button / A date until which the offer holds / A first step without risk""",
    r"moscow\b": """
        Must have: What the first users need / Safety of the data / A way to pay
        Should have: Search / Notifications / Export
        Could have: Dark mode / Themes / Shortcuts
        Won't have: A second platform / Own hardware / A marketplace""",
    r"smart[- ](?:goals?|objectives?|criteria|format)": """
        Specific: One result that everybody understands / Who does what
        Measurable: A number that shows progress / A weekly look at it
        Achievable: Enough time and money / Steps that are small enough
        Relevant: It supports the larger aim / It matters to those who do the work
        Time-bound: An end in three months / A review half way""",
    r"(?:business model|lean) canvas": """
        Customer segments: Small companies / Freelancers / Associations
        Value proposition: Saves time every week / Works without training / Fair price
        Channels: Website / Recommendations / Partners
        Customer relationships: Help by e-mail / Guides / A forum of users
        Revenue streams: Monthly plan / One-time set-up / Training
        Key resources: The team / The software / The brand
        Key activities: Development / Support / Marketing
        Key partners: Resellers / Payment provider / Hosting
        Cost structure: Salaries / Servers / Advertising""",
    r"eisenhower": """
        Urgent and important: Deadlines of this week / Problems of customers
        Important, not urgent: Planning / Learning / Health
        Urgent, not important: Most calls / Some meetings
        Neither: Idle scrolling / Old newsletters""",
    r"star (?:method|format|technique)": """
        Situation: A project was late, and the customer was unhappy
        Task: I had to find out why and bring it back on track
        Action: I talked to everyone involved, set a new order and reported every day
        Result: We delivered two weeks later, and the customer stayed""",
}
TITLES = {
    "swot": {
        "de": "Stärken|Schwächen|Chancen|Risiken",
        "fr": "Forces|Faiblesses|Opportunités|Menaces",
        "es": "Fortalezas|Debilidades|Oportunidades|Amenazas",
        "it": "Punti di forza|Punti di debolezza|Opportunità|Minacce",
        "pt": "Forças|Fraquezas|Oportunidades|Ameaças",
        "nl": "Sterktes|Zwaktes|Kansen|Bedreigingen",
        "pl": "Mocne strony|Słabe strony|Szanse|Zagrożenia",
    }
}
COMPILED = tuple((make_regex(rf"(?<![\w-]){name}", re.I), name) for name in FRAMEWORKS)
ASKS_MEANING = make_regex(
    r"\A\W*(?:what(?:'s| is| does)|who|when|why|explain what|define|how (?:do|does|can|to)|was ist"
    r"|qu'est|qué es)\b",
    re.I,
)
PER_PART = make_regex(
    rf"\b({NUMBER})(?: short| brief)? (?:bullets?(?: points?)?|points?|items?|ideas?|things)"
    r" (?:(?:under|in|for|per|below) )?(?:each|every|per)\b|\beach (?:with|has|having) "
    rf"({NUMBER}) |\b({NUMBER}) (?:bullets?(?: points?)?|points?|items?) (?:each|per)\b",
    re.I,
)
DEFAULT_POINTS = 3
TABLE = make_regex(r"\b(?:table|tabla|tabelle|tableau|tabella|tabela|grid)\b", re.I)


@form(
    "analysis with fixed parts",
    "Give me a SWOT analysis for a small bookstore. Two bullets under each heading.",
    "Do a PESTEL analysis of the electric car market.",
    words="swot pest pestel pestle porter porters five forces marketing mix 4p four aida moscow"
    " smart canvas"
    " eisenhower star",
    about="the parts of a known kind of analysis, with points under each",
)
def write_framework(question: Question) -> str | None:
    text = question.stated[:1000]
    name = next((name for pattern, name in COMPILED if pattern.search(text)), "")
    if not name or ASKS_MEANING.match(text) or question.material:
        return None
    parts = read_parts(name, question)
    if TABLE.search(question.wish):
        rows = (f"| {part} | {'; '.join(points)} |" for part, points in parts)
        return "\n".join(["| Part | Points |", "| --- | --- |", *rows])
    shown = (
        "\n".join([f"## {part}", "", *(f"- {point}" for point in points)]) for part, points in parts
    )
    return "\n\n".join(shown)


def read_parts(name: str, question: Question) -> list[tuple[str, list[str]]]:
    """Return the parts of an analysis with as many points as the prompt wants for each."""
    lines = re.sub(r"\n {12}", " ", FRAMEWORKS[name]).strip().splitlines()
    rows = [line.strip().partition(": ") for line in lines]
    titles = TITLES.get(name.rstrip("\\b"), {}).get(question.language, "").split("|")
    counted = PER_PART.search(question.wish)
    number = next(filter(None, counted.groups()), "") if counted else ""
    count = parse_count(number, 8) if number else DEFAULT_POINTS
    writer = Writer(question)
    parts = []
    for at, (title, _, points) in enumerate(rows):
        own = [] if question.language != "en" else points.split(" / ")
        own += [writer.write_item() for _ in range(count - len(own))] if number else []
        own = own or [writer.write_item() for _ in range(count)]
        parts.append((titles[at] if len(titles) > at and titles[at] else title, own[:count]))
    return parts
