"""Diagrams of Mermaid for a request: flows, entities, classes, states, shares, plans, ideas."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_sequences import write_sequence
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.themes import find_theme

ARROWS = make_regex(
    r"[^\n.:;,>→-]{2,40}(?:\s?(?:-+>|→|=>)\s?[^\n.:;,>→-]{2,40}){1,12}"
    r"(?:(?<=\w), ?no [\w ]{2,40})?"
)
STEPS = make_regex(r":\s*([^\n.:]{2,60}(?:,\s?(?:and |then )?[^\n.,:]{2,60}){2,10})")
FLOW_STOPS = make_regex(r"^(?:and then|then|and|finally|next|first)\s", re.I)


def list_flow_steps(text: str) -> list[str]:
    """Return the steps in "order received -> payment -> shipping"."""
    colon = text.rpartition(":")[2] if ":" in text and "->" in text else text
    if match := ARROWS.search(colon):
        steps = re.split(r"\s?(?:-+>|→|=>)\s?", match[0])
    elif match := STEPS.search(text):
        steps = re.split(r",\s?", match[1])
    else:
        return []
    steps = [part for step in steps for part in split_choice(step)]
    plain = [re.sub(r"[^\w ?']", "", FLOW_STOPS.sub("", step.strip())).strip() for step in steps]
    return [f"{step[:1].upper()}{step[1:]}" for step in plain if step]


CHOICE = make_regex(
    r"(.{2,40}\?) ?[(:]? ?(?:if )?yes[: ]\s?(.{2,40}?)[,;]? ?"
    r"(?:or |and |if )?no[: ]\s?(.{2,40})\Z",
    re.I,
)
"""A question with what follows from its answers: "in stock? yes ship, no reorder"."""


def split_choice(step: str) -> list[str]:
    """Return a question and its two answers as steps; other steps alone."""
    match = CHOICE.match(step.strip())
    if match is None:
        return [step]
    return [match[1], match[2], f"otherwise {match[3]}"]


TESTED = make_regex(
    r"If (?:(?:it(?:'s| is)|the \w+ (?:is|are)) )?(not \w+|\w+)(?: (?:then )?(.+))?\Z"
)
OTHERWISE = make_regex(r"(?:Otherwise|Else|If not|If (?:in|un)\w+)(?: (.+))?\Z")


def write_flow(steps: list[str]) -> str:
    """Return a flow chart with a step after the other, and a choice for "if" and "otherwise"."""
    if branched := write_outcomes(steps):
        return branched
    lines: list[str] = []
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    before, label, choice = "", "", ""
    for step in steps:
        if choice and (other := OTHERWISE.match(step)):
            if other[1] is None:
                before, label = choice, "|No| "
                continue
            lines.append(f"    {choice} -->|No| {next(letters)}[{raise_first(other[1])}]")
            continue
        tested = TESTED.match(step)
        letter = next(letters)
        if tested is not None and before:
            choice = letter
            lines.append(f"    {before} --> {letter}{{{raise_first(tested[1])}?}}")
            before, label = letter, "|Yes| "
            if tested[2] is None:
                continue
            letter, step = next(letters), raise_first(tested[2])
        choice = letter if step.endswith("?") else choice
        box = f"{letter}{{{step}}}" if step.endswith("?") else f"{letter}[{step}]"
        lines.append(f"    {before} -->{label or ' '}{box}" if before else box)
        before, label = letter, "|Yes| " if step.endswith("?") else ""
    start = lines.pop(0)
    if lines:
        lines[0] = lines[0].replace("    A ", f"    {start} ", 1)
    return "flowchart TD\n" + "\n".join(lines or [f"    {start}"])


OUTCOME = make_regex(
    r"(?:and )?(?:on|upon|in case of|if|when) (?:it )?(?:is )?(?P<which>success\w*|failure|fails?"
    r"|failed|error|valid|invalid|approved?|rejected?)"
    r",? (?:then )?(?P<then>.+)",
    re.I,
)


def write_outcomes(steps: list[str]) -> str:
    """Return a diagram that ends with the outcomes of its last step; empty without two of them."""
    ends = [match for step in steps if (match := OUTCOME.fullmatch(step.strip()))]
    first = [step for step in steps if not OUTCOME.fullmatch(step.strip())]
    if len(ends) < 2 or not first or steps[-len(ends) :] != [match[0] for match in ends]:
        return ""
    names = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    if len(steps) > len(names):
        return ""
    boxes = [f"{names[at]}[{raise_first(step)}]" for at, step in enumerate(first)]
    rows = [f"    {boxes[0]}"] if len(boxes) == 1 else []
    rows += [
        f"    {boxes[0] if at == 1 else names[at - 1]} --> {box}"
        for at, box in enumerate(boxes)
        if at
    ]
    rows += [
        f"    {names[len(first) - 1]} -->|{raise_first(match['which'])}|"
        f" {names[len(first) + at]}[{raise_first(match['then'])}]"
        for at, match in enumerate(ends)
    ]
    return "flowchart TD\n" + "\n".join(rows)


def raise_first(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


NAMES = make_regex(r"\b([A-Z][A-Za-z]{2,24})\b")
NOT_NAMES = frozenset(
    "Mermaid Produce Sketch Build Provide Create Draw Write Make Show Generate Please Give "
    "Class Use The With And ER Design Can You Could Diagram".split()
)
SERIES = make_regex(
    r"(?::|\b(?:with|for|between|of|showing|including|states|entities|phases|tables|branches))\s"
    r"(?:the )?(?:\w+ )?(?:(?:phases|states|stages|steps|entities|tables|classes|branches):? )?"
    r"((?:(?:an? )?[A-Za-z]\w*(?: \w+)?(?:, and |, | and )){1,8}(?:an? )?[A-Za-z]\w*)"
)


def list_things(text: str) -> list[str]:
    """Return the things that a diagram is to show: those in a series, else the names."""
    for match in SERIES.finditer(text):
        parts = re.split(r", and |, | and ", match[1])
        words = [re.sub(r"^(?:an?|the) ", "", part).strip() for part in parts]
        if len(words) > 1:
            return [raise_first(one) for one in words if one]
    return [name for name in dict.fromkeys(NAMES.findall(text)) if name not in NOT_NAMES]


SUBJECT = make_regex(
    r"\b(?:for|of|about|showing|describing|explaining|on|für|para|pour)\s(?:(?:an?|the|how|to|our"
    r"|my|den|die|das|einen|eine|ein|un|una|une|le|la|el)\s){0,2}([^.,:;\n]{2,60}?)(?=\s(?:with"
    r"|using|in mermaid|that|where|including|as|between|mit|con|avec)\b|[.,:;\n?!]|\Z)",
    re.I,
)


def find_subject(text: str, otherwise: str) -> str:
    match = SUBJECT.search(text)
    words = re.sub(r"[^\w '-]", "", match[1]).strip() if match else ""
    return raise_first(words or otherwise)


def singular(name: str) -> str:
    return re.sub(r"(?<![su])s$", "", re.sub(r"ies$", "y", name)).replace(" ", "")


def write_entities(text: str) -> str:
    names = [singular(one) for one in list_things(text)] or ["Customer", "Order"]
    first, *others = names if len(names) > 1 else [names[0], "Order"]
    boxes = "\n".join(f"    {one} {{\n        int id\n        string name\n    }}" for one in names)
    links = "\n".join(f"    {first} 1 to zero or more {one} : has" for one in others)
    return f"erDiagram\n{links}\n{boxes}"


def write_classes(text: str) -> str:
    """Return a class diagram in which the others inherit from the first, or belong to it."""
    names = [name for name in dict.fromkeys(NAMES.findall(text)) if name not in NOT_NAMES]
    names = (names if len(names) > 1 else list(map(singular, list_things(text))))[:8]
    first, *others = names if len(names) > 1 else [*names, "Customer", "Order"][:2]
    boxes = "\n".join(
        f"    class {name} {{\n        +int id\n        +String name\n    }}"
        for name in (first, *others)
    )
    is_family = first.lower() in FAMILIES or re.search(r"\binherit|\bextend|\bsubclass", text, re.I)
    arrow = "<|--" if is_family else "-->"
    return f"classDiagram\n{boxes}\n" + "\n".join(f"    {first} {arrow} {name}" for name in others)


FAMILIES = frozenset("animal vehicle shape person employee account device media payment".split())
"""Classes whose neighbours in a diagram are kinds of them."""
SHARE = make_regex(r"\b([A-Za-z][\w ]{0,24}?)[\s:(=]{1,3}(\d{1,6}(?:\.\d+)?) ?%?")


def write_shares(text: str) -> str:
    shares = [(name.removeprefix("and ").strip(), value) for name, value in SHARE.findall(text)]
    names = list_things(text)[:3] if len(shares) < 2 else []
    rows = (
        shares
        if len(shares) > 1
        else list(zip(names or ["First"], ("45", "30", "25"), strict=False))
    )
    if len(rows) < 3 and len(shares) < 2:
        rows.append(("Other", "25"))
    body = "\n".join(f'    "{raise_first(name)}" : {value}' for name, value in rows)
    return f"pie title {find_subject(text, 'Shares')}\n{body}"


def write_plan(text: str) -> str:
    names = list_things(text)
    names = names if len(names) > 1 else ["Planning", "Work", "Review"]
    rows = "\n".join(
        f"    {name} :a{at}, {f'after a{at - 1}' if at > 1 else '2026-01-01'}, 10d"
        for at, name in enumerate(names, 1)
    )
    return (
        f"gantt\n    title {find_subject(text, 'Plan')}\n    dateFormat YYYY-MM-DD\n"
        f"    section Work\n{rows}"
    )


STATES = (
    (r"traffic light|ampel|semáforo", ["Red", "Green", "Yellow"]),
    (r"\border", ["Pending", "Paid", "Shipped", "Delivered"]),
    (r"\bdoor|\btür", ["Closed", "Open", "Locked"]),
    (r"\blog ?in|\bauth", ["LoggedOut", "LoggingIn", "LoggedIn"]),
    (r"\bticket|\bissue|\btask", ["Open", "InProgress", "Done"]),
    (r"", ["Idle", "Active", "Done"]),
)


def write_states(text: str) -> str:
    names = [one.replace(" ", "") for one in list_flow_steps(text) or list_things(text)]
    if len(names) < 2:
        names = next(row for pattern, row in STATES if re.search(pattern, text, re.I))
    rows = [f"    [*] --> {names[0]}"]
    rows += [f"    {a} --> {b}" for a, b in pairwise(names)]
    return "stateDiagram-v2\n" + "\n".join([*rows, f"    {names[-1]} --> [*]"])


def write_ideas(text: str) -> str:
    names = list_things(text)
    names = names if len(names) > 1 else ["Basics", "Examples", "Next steps"]
    rows = "\n".join(f"    {name}" for name in names)
    return f"mindmap\n  root(({find_subject(text, 'Topic')}))\n{rows}"


def write_branches(text: str) -> str:
    named = re.search(
        r"\b([\w-]+) branch\b|\bbranch (?:called |named )?[`\"']?([\w/-]+)", text, re.I
    )
    name = next(filter(None, named.groups())) if named else "feature"
    return (
        f"gitGraph\n    commit\n    branch {name}\n    checkout {name}\n    commit\n    commit\n"
        f"    checkout main\n    merge {name}"
    )


def write_timeline(text: str) -> str:
    years = re.findall(r"\b(1[0-9]\d\d|20\d\d)\b:? ?([^,.;\n]{0,40})", text)
    rows = years or [("First", "Start"), ("Then", "Work"), ("Last", "End")]
    body = "\n".join(f"    {at} : {raise_first(what.strip()) or 'Event'}" for at, what in rows)
    return f"timeline\n    title {find_subject(text, 'Timeline')}\n{body}"


def write_journey(text: str) -> str:
    steps = list_flow_steps(text) or ["Visit the site", "Choose", "Pay"]
    rows = "\n".join(f"      {step}: {5 - at % 3}: User" for at, step in enumerate(steps))
    return f"journey\n    title {find_subject(text, 'Journey')}\n    section Visit\n{rows}"


DIAGRAMS: tuple[tuple[str, Callable[[str], str]], ...] = (
    (r"\bsequence|sequenz|secuencia|séquence", write_sequence),
    (
        r"\bclass(?:es)? diagram|klassendiagramm|diagrama de clases|diagramme de classes",
        write_classes,
    ),
    (
        r"\ber[ -]?diagram|entity[- ]relation\w*|\berd\b|\brelationships?\b|\bdatabase schema",
        write_entities,
    ),
    (r"\bpie\b", write_shares),
    (r"\bgantt", write_plan),
    (r"\bstate (?:diagram|machine|chart)|zustandsdiagramm", write_states),
    (r"\bmind ?map", write_ideas),
    (r"\bgit ?(?:graph|flow|branch\w*)", write_branches),
    (r"\btimeline", write_timeline),
    (r"\b(?:user )?journey", write_journey),
)
FLOWS = (
    (
        r"\bpassword (?:reset|recover)|forgot\w* password|passwort",
        "Click on forgot password,Enter the e-mail address,Is the address known?,Send a reset link,"
        "Set a new password",
    ),
    (
        r"\bcheck ?out|\border|\bpurchas|\bpayment|bestell|pedido|commande",
        "Review the cart,Enter the address,Pay,Was the payment accepted?,Confirm the order,Ship it",
    ),
    (
        r"\b(?:sign ?up|regist\w+|onboard\w*)",
        "Open the form,Enter name and e-mail,Is the input valid?,Create the account,Send a welcome",
    ),
    (
        r"\b(?:log ?in|sign ?in|authenticat\w+|anmeld\w+)",
        "Open the login page,Enter name and password,Are they correct?,Show the dashboard",
    ),
    (
        r"\bci ?/? ?cd\b|\bdeploy\w*|\bpipeline",
        "Push the code,Build,Run the tests,Did the tests pass?,Deploy,Monitor",
    ),
)


def write_known_flow(text: str) -> str:
    """Return the flow chart of a process that everybody knows, else a plain one of its subject."""
    row = next((steps for pattern, steps in FLOWS if re.search(pattern, text, re.I)), "")
    if not row and (activity := list_activity_steps(text)):
        return write_flow(activity) + go_back(activity)
    subject = find_subject(text, "Start")
    steps = (
        row.split(",")
        if row
        else [
            f"Prepare: {subject}" if subject != "Start" else "Start",
            "Is everything ready?",
            f"{subject} step by step" if subject != "Start" else "Continue",
            "Check the result",
            "Done",
        ]
    )
    rows = []
    for at, step in enumerate(steps[:-1]):
        after = steps[at + 1]
        box = f"{{{after}}}" if after.endswith("?") else f"[{after}]"
        head = f"A[{step}]" if at == 0 else chr(ord("A") + at)
        rows.append(
            f"    {head} -->{'|Yes| ' if step.endswith('?') else ' '}{chr(ord('B') + at)}{box}"
        )
    test = next(at for at, step in enumerate(steps) if step.endswith("?"))
    last = chr(ord("A") + len(steps))
    rows += [f"    {chr(ord('A') + test)} -->|No| {last}[Show an error]", f"    {last} --> A"]
    return "flowchart TD\n" + "\n".join(rows)


def go_back(steps: list[str]) -> str:
    """Return the line from a question among some steps back to the step before it."""
    place = next((at for at, step in enumerate(steps) if step.endswith("?") and at > 0), 0)
    return f"\n    {chr(ord('A') + place)} -->|No| {chr(ord('A') + place - 1)}" if place else ""


ACTIVITIES = (
    (
        r"\blaundry|\bwash\w* (?:the )?(?:clothes|laundry)",
        "Sort the laundry by colour,Load the machine,Add detergent,Choose the programme,"
        "Is the cycle finished?,Hang up or tumble dry,Fold and put away",
    ),
    (
        r"\bmorning\b",
        "Alarm rings,Awake enough to get up?,Take a shower,Get dressed,Eat breakfast,"
        "Brush teeth,Leave the house",
    ),
    (
        r"\bhir(?:e|ing)\b|\brecruit\w*",
        "Publish the job,Review applications,Invite candidates,Is there a good fit?,"
        "Make an offer,Sign the contract,Onboard the new employee",
    ),
    (
        r"\breturn\w*\b|\brefund",
        "Customer requests a return,Is the item within the return period?,Send a return label,"
        "Inspect the item,Refund the customer",
    ),
    (
        r"\b(?:support|help ?desk|ticket|complaint)",
        "Customer opens a ticket,Assign an agent,Can the agent solve it?,Send the solution,"
        "Close the ticket",
    ),
    (
        r"\bbug\b|\btroubleshoot\w*|\bdebug",
        "Reproduce the problem,Read the error,Is the cause clear?,Fix the code,Test the fix",
    ),
    (
        r"\batm\b",
        "Insert the card,Enter the PIN,Is the PIN correct?,Choose the amount,Take the cash",
    ),
    (
        r"\bsandwich|\btoast",
        "Take two slices of bread,Toast wanted?,Toast the bread,Spread butter,Add the filling,"
        "Close and cut,Serve",
    ),
)
"""Steps of activities at home and at work, which no theme has."""
MOST_STEPS = 7


def list_activity_steps(text: str) -> list[str]:
    """Return the steps of an activity that people know; none for others."""
    row = next((steps for pattern, steps in ACTIVITIES if re.search(pattern, text, re.I)), "")
    if row:
        return row.split(",")
    subject = find_subject(text, "")
    theme = find_theme(subject) if subject else None
    found = theme.steps[:MOST_STEPS] if theme else ()
    return [re.sub(r"[^\w ?'-]", "", step).strip() for step in found]


def write_mermaid(request: CodeRequest) -> str:
    """Return the diagram that a prompt describes."""
    text = request.text
    writer = next((write for row, write in DIAGRAMS if re.search(row, text, re.I)), None)
    if writer is not None:
        return writer(text)
    steps = list_flow_steps(text)
    return write_flow(steps) if len(steps) > 1 else write_known_flow(text)
