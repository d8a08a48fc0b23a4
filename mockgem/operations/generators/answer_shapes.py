"""Answers that have the shape of their question: a choice, a yes, a duration, a price, a rhythm.

Nothing is known about the question here. So the answers are plausible and no more, and say that it
depends. A question about what may harm a person gets none of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.text_styles import SECOND_PERSON, change_words
from mockgem.operations.generators.seeded_random import SeededRandom

Answer = Callable[["re.Match[str]", SeededRandom], str]
LEAD = re.compile(
    r"\A(?:(?:hey|hi|hello|ok|okay|so|well|hmm|please|btw|quick question|question"
    r"|(?:just )?(?:wondering|curious)|(?:can|could) you tell me|tell me|do you know"
    r"|any idea)\b[ ,:!-]{0,3}){1,3}",
    re.I,
)
NOUN = r"(?:(?:an?|the) )?[\w'+#.-]{1,24}(?: (?!or\b|and\b|for\b|in\b|if\b|when\b)[\w'+#-]{1,24})"
THING = NOUN + "{0,2}?"
WHERE = r"(?P<rest>(?: (?:for|to|in|on|at|when|if|from|as|with|before|after|today|tonight)\b.*)?)"


def capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]


def address_user(text: str) -> str:
    """Return words of the user as words to the user: "my cat" becomes "your cat"."""
    return change_words(text.strip(" ,"), SECOND_PERSON)


REASONS = (
    "It takes less effort to begin with and suits most people.",
    "It costs less over time and leaves you more room to change your mind.",
    "It is the safer choice, and you notice soon whether it works for you.",
)
OTHER = "If you already know that you like the other one better, that is fine, too."


def choose(match: re.Match[str], random: SeededRandom) -> str:
    """Pick one of two things, and say when the other one is right."""
    groups = match.groupdict()
    one = random.pick((groups["a"].strip(), groups["b"].strip()))
    verb = f"{groups['verb'].strip()} " if groups.get("verb") else ""
    rest = f" {address_user(groups['rest'])}" if groups.get("rest", "").strip() else ""
    picked = f"I would {verb}**{one}**" if verb else f"I would go for **{one}**"
    return f"{picked}{rest}. {random.pick(REASONS)} {OTHER}"


def choose_task(match: re.Match[str], random: SeededRandom) -> str:
    """Pick one of two verbs: "Should I rent or buy a flat?"."""
    picked = random.pick((match["a"], match["b"]))
    return f"I would **{picked}** {address_user(match['what'])}. {random.pick(REASONS)} {OTHER}"


def agree(said: str, random: SeededRandom) -> str:
    after = random.pick(
        (
            "It depends a little on your situation, so start small and see how it goes.",
            "Check the details for your case first, and be careful if much depends on it.",
            "There are exceptions, so tell me more about your case if you are not sure.",
        )
    )
    return f"{said} {after}"


def allow(match: re.Match[str], random: SeededRandom) -> str:
    helper = {"could": "can", "may": "may"}.get(match["helper"].lower(), match["helper"].lower())
    subject = address_user(match["who"])
    return agree(f"Yes, as a rule {subject} {helper} {address_user(match['what'])}.", random)


def confirm_quality(match: re.Match[str], random: SeededRandom) -> str:
    return agree(f"Yes, in most cases it is {address_user(match['what'])}.", random)


def confirm(_: re.Match[str], random: SeededRandom) -> str:
    return agree(random.pick(("Yes, in most cases.", "No, as a rule not.")), random)


SPANS = (
    (r"learn|master|get (?:good|fluent|used)|become|train for|write an?", "three to six months"),
    (r"cook|boil|bake|fry|roast|grill|steam|toast|brew|steep|simmer", "15 to 20 minutes"),
    (r"last|keep|stay (?:good|fresh)|stored?", "three to five days"),
    (r"drive|fly|flight|travel|train|get (?:from|to)|ride", "two to three hours"),
    (r"walk|run|charge|wait|dry|clean|wash|stretch|warm", "30 to 60 minutes"),
    (r"live|grow", "several years"),
    (r"ship|deliver\w*|arrive|process|refund", "three to five working days"),
    (r"heal|recover|build|renovate|paint|move", "two to four weeks"),
)


def find_span(text: str) -> str:
    found = (span for words, span in SPANS if re.search(rf"\b(?:{words})\b", text, re.I))
    return next(found, "one to two hours")


DEPENDS = (
    "The exact time depends on the circumstances.",
    "Plan a little more the first time.",
    "It can be more or less, so check from time to time.",
)


def time_task(match: re.Match[str], random: SeededRandom) -> str:
    task = address_user(match["what"])
    return f"It usually takes **{find_span(task)}** to {task}. {random.pick(DEPENDS)}"


def time_advice(match: re.Match[str], random: SeededRandom) -> str:
    task = address_user(match["what"])
    return f"{capitalise(task)} for about **{find_span(task)}**. {random.pick(DEPENDS)}"


def time_other(match: re.Match[str], random: SeededRandom) -> str:
    return f"Usually **{find_span(match[0])}**. {random.pick(DEPENDS)}"


def tell_rhythm(match: re.Match[str], random: SeededRandom) -> str:
    rhythm = random.pick(("once a week", "two or three times a week", "once a month"))
    more = "Do it more often if you see that it is needed."
    return f"{capitalise(address_user(match['what']))} about **{rhythm}**. {more}"


def tell_price(match: re.Match[str], random: SeededRandom) -> str:
    low = random.draw_between(2, 12) * 10
    thing = capitalise(address_user(match["what"]))
    verb = "cost" if re.search(r"(?<!s)s\Z", thing) else "costs"
    return f"{thing} usually {verb} between **${low} and ${low * 3}**. Compare a few offers first."


def tell_amount(match: re.Match[str], random: SeededRandom) -> str:
    return f"About **{random.draw_between(2, 9) * 2}{name_unit(match)}**, as a rule."


def name_unit(match: re.Match[str]) -> str:
    unit = match.groupdict().get("unit") or ""
    return f" {unit.strip()}" if unit.strip() else ""


def tell_reason(match: re.Match[str], random: SeededRandom) -> str:
    who, what = address_user(match["who"]), address_user(match["what"])
    helper = "" if match["helper"].lower() == "do" else f" {match['helper'].lower()}"
    return (
        f"There is seldom a single reason why {who}{helper} {what}. Usually it has a practical"
        " use, and the conditions have favoured it over a long time. Habit does the rest."
    )


def tell_difference(match: re.Match[str], random: SeededRandom) -> str:
    one, other = match["a"].strip(), match["b"].strip()
    return (
        f"**{capitalise(one)}** and **{other}** have much in common. They differ mainly in where"
        " they come from, in details of how they are made, and in what they are used for. To tell"
        " them apart, compare an example of each side by side."
    )


def tell_how(match: re.Match[str], random: SeededRandom) -> str:
    task = address_user(match["what"])
    return (
        f"To {task}, first get everything ready that you need for it. Begin with a small part and"
        " see whether it works as you expect. Then do the rest step by step, and check the result"
        " at the end. If something goes wrong, go back to the last step that worked."
    )


HELPERS = (
    "should|would|could|can|will|do|does|did|is|are|was|were|has|have|how|what|when|where|who|why"
    "|which".split("|")
)
"""Words with which a question begins that is more than the names of two things."""


def choose_of_three(match: re.Match[str], random: SeededRandom) -> str:
    """Pick one of three things."""
    one = random.pick((match["a"].strip(), match["b"].strip(), match["c"].strip()))
    return f"I would go for **{one}**. {random.pick(REASONS)} {OTHER}"


def tell_any_reason(match: re.Match[str], random: SeededRandom) -> str:
    return (
        "There is usually more than one reason for that. Look at what has changed lately, at what"
        " it is used for, and at where it is; most often one of these explains it."
    )


def tell_population(match: re.Match[str], random: SeededRandom) -> str:
    place = address_user(match["place"])
    number = random.draw_between(12, 95) * 10
    return f"About **{number},000 people** live in {place}, depending on where its border is drawn."


def tell_number(match: re.Match[str], random: SeededRandom) -> str:
    return f"About **{random.draw_between(2, 9) * 2} {match['unit']}**, give or take a few."


MENTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"ask",
        (
            "What does a typical day or week look like?",
            "What matters most to you in the first months?",
            "How is success measured?",
            "What are the next steps, and when will I hear from you?",
        ),
    ),
    (
        r"bring|pack|take|carry",
        (
            "Your documents, your phone and a charger",
            "Comfortable clothes and something warm",
            "Water and a small snack",
            "Something to write with",
        ),
    ),
    (
        r"wear|dress",
        (
            "Clothes in which you feel well and can move",
            "A layer that you can take off",
            "Shoes in which you can walk for a while",
        ),
    ),
    (
        r"buy|get|need",
        (
            "The basic equipment in good quality",
            "Enough material for a first try",
            "Something to store it in",
            "A spare part of what wears out first",
        ),
    ),
    (
        r"say|write|tell",
        (
            "Say in one sentence what it is about",
            "Give the reason, briefly and kindly",
            "Name what you wish for, and by when",
            "Thank them for their time",
        ),
    ),
    (
        r"see|visit|eat|drink|try|watch|read",
        (
            "One of the well-known classics first",
            "Something that people from there recommend",
            "A quiet place or title that few know",
        ),
    ),
)
STEPS = (
    "Write down what you want to reach",
    "Find out what others do in this situation",
    "Begin with the part that is easiest to change",
    "Look at the result after a week",
)


def list_advice(match: re.Match[str], random: SeededRandom) -> str:
    """Return a short list for what somebody should ask, bring, wear, buy, say or do."""
    verb, rest = match["verb"].lower(), address_user(match["rest"] or "")
    points = next((said for words, said in MENTIONS if re.fullmatch(words, verb)), STEPS)
    subject = f" {rest}" if rest else ""
    shown = "\n".join(f"- {point}" for point in points)
    return f"These are good things to {verb}{subject}:\n\n{shown}"


COMFORTS = (
    "Take one thing off your list for today and tell those who wait for it",
    "Write down what worries you most, and choose the first small step",
    "Plan short breaks, and leave work or study at a fixed time",
    "Talk to somebody whom you trust about it",
)


def comfort(said: str, random: SeededRandom) -> str:
    """Return kind words and steps for somebody who feels bad; empty where this does harm."""
    if is_risky(said):
        return ""
    opening = random.pick(
        ("I'm sorry to hear that.", "That sounds hard.", "Thank you for telling me.")
    )
    shown = "\n".join(f"- {point}" for point in COMFORTS)
    you = address_user(said)
    return f"{opening} When {you[:1].lower()}{you[1:]}, these steps often help:\n\n{shown}"


def give_advice(what: str, random: SeededRandom) -> str:
    """Return a few steps that help with most things, under a sentence with the thing itself."""
    if is_risky(what):
        return ""
    shown = "\n".join(f"- {point}" for point in STEPS)
    is_noun = re.match(r"\w+ing\b|(?:an?|the|my|our|some|this|how|what|writing)\b", what, re.I)
    opening = random.pick(("Gladly!", "Of course!", "With pleasure!"))
    link = "with" if is_noun else "to"
    return f"{opening} These steps help {link} {address_user(what)}:\n\n{shown}"


def tell_time(match: re.Match[str], random: SeededRandom) -> str:
    when = random.pick(("early in the morning", "in spring", "a few weeks before", "in autumn"))
    return (
        f"The best time to {address_user(match['what'])} is usually **{when}**."
        " Check the dates for your case first."
    )


def tell_moment(match: re.Match[str], random: SeededRandom) -> str:
    when = random.pick(("in spring", "in early summer", "in autumn", "at the end of the year"))
    return f"Usually **{when}**. The exact date changes from year to year, so check it again."


def tell_where(match: re.Match[str], random: SeededRandom) -> str:
    what = address_user(match["what"])
    return (
        f"You can {match['verb'].lower()} {what} in larger shops and online. Markets and people who"
        " know the area often have a good tip, too."
    )


def tell_outcome(match: re.Match[str], random: SeededRandom) -> str:
    return (
        f"If {address_user(match['what'])}, most often nothing happens at once. Watch what changes,"
        " undo the last step if you can, and ask somebody who knows it before you go on."
    )


def confirm_existence(match: re.Match[str], random: SeededRandom) -> str:
    return agree(f"Yes, there is {address_user(match['what'])}.", random)


SHAPES: tuple[tuple[str, Answer], ...] = (
    (
        rf"(?:which|what) (?:one |of (?:these|them|those) )?(?:should|would|do|is"
        rf"|are)\b[^:]{{3,80}}: ?(?P<a>{THING}), (?P<b>{THING}),?"
        rf" or (?P<c>{THING})",
        choose_of_three,
    ),
    (
        rf".{{0,60}}\bbetween (?P<a>{THING}), (?P<b>{THING}),? (?:and|or) (?P<c>{THING})" + WHERE,
        choose_of_three,
    ),
    (
        r"(?:which|what)(?:'s| is|s| are)? (?:the )?(?:better|best|healthier|easier|cheaper|faster"
        rf"|safer|nicer)\b(?P<rest>[^,:?]{{0,60}})[,:] ?(?P<a>{THING}) or (?P<b>{THING})",
        choose,
    ),
    (
        rf"(?:which|what)(?:'s| is|s| are)? (?:the )?(?:better|best|healthier|easier|cheaper|faster"
        rf"|safer|nicer)(?P<rest>(?: (?:for|to)[^,:?]{{0,40}})?) (?P<a>{THING}) or (?P<b>{THING})",
        choose,
    ),
    (
        rf"(?:is|are) (?P<a>{THING}) or (?P<b>{THING}) (?:better|best|healthier|easier|cheaper)"
        + WHERE,
        choose,
    ),
    (
        r"should (?:i|we) (?P<a>[a-z]+) or (?P<b>[a-z]+) (?P<what>(?:the|an?|my|our|this|it)\b.*)",
        choose_task,
    ),
    (
        r"should (?:i|we) (?P<verb>[a-z]+ )(?P<a>(?:the |an? |my )?[\w'-]+(?: [\w'-]+)?) or"
        r" (?P<b>(?:the |an? |my )?[\w'-]+(?: [\w'-]+)?)" + WHERE,
        choose,
    ),
    (
        rf"(?!(?:{'|'.join(HELPERS)})\b)(?P<a>{THING}) (?:or|vs\.?) (?P<b>{THING})" + WHERE,
        choose,
    ),
    (
        rf"(?:what(?:'s| is|s) )?(?:the )?differences? between (?P<a>{THING}) and (?P<b>{THING})",
        tell_difference,
    ),
    (r"how long (?:does|will|would) it (?:usually )?take (?:me |us )?to (?P<what>.+)", time_task),
    (r"how long (?:should|do|can|must) (?:i|we|you) (?:have to )?(?P<what>.+)", time_advice),
    (r"how long (?:do|does|will) .+ (?:take|last|keep|stay fresh|need)\b.*", time_other),
    (r"how often (?:should|do|must|can) (?:i|we|you) (?:have to )?(?P<what>.+)", tell_rhythm),
    (r"how much (?:does|do|would|is|are) (?P<what>.+?)(?: cost| to buy)", tell_price),
    (
        r"how (?:many|much)(?P<unit> [a-z]+)? (?:should|do|can|will) (?:i|we) (?:need|buy|get"
        r"|order|plan|pack|bring|prepare)\b.*",
        tell_amount,
    ),
    (
        r"(?P<helper>can|could|should|may|must) (?P<who>i|we|one|(?:the |an? |my )?(?!you)[a-z]+)"
        r" (?P<what>.+)",
        allow,
    ),
    (
        r"is it (?:really |actually )?(?P<what>(?:ok|okay|safe|bad|good|normal|worth|legal|possible"
        r"|healthy|better|rude|easy|hard|dangerous|necessary|common|fine)\b.+)",
        confirm_quality,
    ),
    (
        r"why (?P<helper>do|can|should|must|will) (?P<who>i|we|you|(?:the |my )?[a-z]+)"
        r" (?P<what>.+)",
        tell_reason,
    ),
    (r"why (?:does|is|are|was|were|did|has|have|doesn['’]t|isn['’]t|won['’]t) .+", tell_any_reason),
    (
        r"(?:is|are|was|were|do|does|did|will|would|has|have)"
        r" (?!you\b|there\b|this\b|that\b)[a-z].+",
        confirm,
    ),
    (r"how (?:do|can|should|would|could) (?:i|we|you) (?:best )?(?P<what>.+)", tell_how),
    (r"how to (?P<what>.+)", tell_how),
    (
        r"what(?:['’]?s| is| are)? (?:the |some |an? )?(?:best|good|easy|easiest|quick|quickest"
        r"|simple|fast"
        r"|fastest|cheap|cheapest|proper|right) ways? (?:to|of) (?P<what>.+)",
        tell_how,
    ),
    (r"how many people (?:live|are living|are there) in (?P<place>.+)", tell_population),
    (
        r"what(?:['’]?s| is) the (?:current |total )?population of (?P<place>.+)",
        tell_population,
    ),
    (
        r"how many (?P<unit>[a-z]+(?: [a-z]+)?) (?:are|is|were|does|do|did|has|have|can|will|would"
        r"|should|in)\b.*",
        tell_number,
    ),
    (
        r"what (?:else )?(?:should|can|could|would|must|do|shall) (?:i|we) (?:need to |have to "
        r"|want to )?"
        r"(?P<verb>(?!cook\b|make\b|bake\b|call\b|name\b|choose\b|expect\b"
        r"|know\b)[a-z]+)(?P<rest> (?!with (?:this|that)).+)?",
        list_advice,
    ),
    (r"when (?:should|can|do|could|must) (?:i|we|you) (?P<what>.+)", tell_time),
    (
        r"when(?:['’]?s| is) (?:the )?(?:best|right|good) time (?:of year )?(?:to"
        r"|for) (?P<what>.+)",
        tell_time,
    ),
    (r"when (?:do|does|is|are|will) .+", tell_moment),
    (
        r"where (?:can|could|should|do) (?:i|we|you|one) (?P<verb>find|buy|get|see|eat|rent|try"
        r"|order"
        r"|learn) (?P<what>.+)",
        tell_where,
    ),
    (r"what happens (?:if|when) (?P<what>.+)", tell_outcome),
    (r"(?:is|are) there (?P<what>(?:an?|any|some|enough|good)\b.+)", confirm_existence),
)
ROWS = tuple((make_regex(pattern, re.I), answer) for pattern, answer in SHAPES)
SENTENCE = re.compile(r"(?:^|(?<=[.!?\n]) )\s*([^.!?\n]+)\??\s*$")
ALSO_ASKED = re.compile(
    r",? (?:or is (?:that|it|this)|or not|or should|and (?:why|how))\b.*$", re.I
)
FIRST_WORDS = frozenset(
    """difference differences which what whats what's is are was were should how when where in who
    why can could may must do does did will would has have""".split()
)


RISKS = frozenset(
    """acid alcohol ammonia antifreeze avalanche baby babies beer belt bet betting bitcoin
    bleach burn burns cancer cannabis chest child children cocaine crime crimes dead death
    die dive diving doctor doctors dose doses drinking drunk dying expired fake fasting fever
    gas god gun guns heart hit hitting hospital illness infant infants kid kids knife
    knives ladder law laws lawyer lead lie lying loan loans medication mercury minor minors
    naked newborn nude outlet pain pains pill pills police prison quit race racist raw
    revenge rotten spy spying sue tax taxes texting theft thin toddler toddlers toxic vaccine
    vodka voltage vote war weed wine wiring""".split()
)
"""Words of questions about health, harm, law, money or beliefs: no answer to them by chance."""
RISK_STARTS = tuple(
    """abus acetaminophen allerg antibiotic aspirin asthma attack beat bleed bomb breastfe
    breath brib cheat chemical crack crypto diabet diseas divorc dosage driv drown drug
    electrical electrici electrocut explosi fight firework forge fraud gambl hack harm hurt
    ibuprofen illegal infect insulin invest kill legal medic mold mould murder mushroom
    overdos paracetamol pirat poison porn pregnan radiat religio seatbelt self-harm sex shoot
    smok speeding stab stalk starv steal suicid supplement surger swim symptom tablet threat
    underwater vaccin vap weapon wound""".split()
)
"""The starts of such words: "poison" and "poisonous"."""
WORD = re.compile(r"[a-z][a-z-]*")
ABOUT_TALK = re.compile(
    r"\b(?:you|your|this|that|these|those|told|said|above|earlier|story)\b", re.I
)
"""Words of a question about the talk or about the assistant."""


def shape_answer(question: str, random: SeededRandom) -> str:
    """Return an answer in the shape of a short question; empty for other prompts."""
    asked = find_question(question)
    if not asked or ABOUT_TALK.search(asked):
        return ""
    for pattern, answer in ROWS:
        if match := pattern.fullmatch(asked):
            return "" if is_risky(question) else answer(match, random)
    return ""


def is_risky(question: str) -> bool:
    """Return whether a question may be about something in which a wrong answer does harm."""
    words = WORD.findall(question.lower())
    return not RISKS.isdisjoint(words) or any(word.startswith(RISK_STARTS) for word in words)


def find_question(prompt: str) -> str:
    """Return the question at the end of a prompt without polite words; empty without one."""
    match = SENTENCE.search(prompt.strip())
    if match is None:
        return ""
    asked = ALSO_ASKED.sub("", LEAD.sub("", match[1].strip())).strip(" ,")
    first = asked.partition(" ")[0].lower()
    is_choice = " or " in asked or " vs " in asked
    return asked if first in FIRST_WORDS or is_choice else ""
