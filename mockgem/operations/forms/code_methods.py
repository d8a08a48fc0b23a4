"""Methods of classes: what their names say that they take, change and return."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.code_names import read_parameters, to_camel, to_snake
from mockgem.operations.forms.code_signatures import guess_kind
from mockgem.operations.forms.lazy_patterns import make_regex

Members = tuple[tuple[str, str], ...]


@frozen
class Method:
    """A method of a class.

    Attributes:
        parameters: Names with their kinds, as those of fields.
        returns: The kind of what it returns; empty for nothing.
        step: What it does. A field stands behind "@".
    """

    name: str
    parameters: Members
    returns: str
    step: str


ADDS = make_regex(
    r"(?:deposit|credit|increase|increment|earn|einzahlen|depositar|ingresar|déposer|versa)", re.I
)
TAKES = make_regex(
    r"(?:withdraw|debit|decrease|decrement|spend|abheben|auszahlen|retirar|sacar|retirer|preleva)",
    re.I,
)
APPENDS = make_regex(r"(?:add|push|append|enqueue|insert|register|hinzuf|agregar|ajouter)", re.I)
REMOVES = make_regex(r"(?:remove|delete|pop|dequeue|entfern|eliminar|supprimer)", re.I)
SUMS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (r"area|fläche|superficie|aire", "@{0} * @{1}", ("width", "height")),
    (r"diagonal", "(@{0} ** 2 + @{1} ** 2) ** 0.5", ("width", "height")),
    (r"perimeter|umfang|perímetro|périmètre", "2 * (@{0} + @{1})", ("width", "height")),
    (r"(?:get_?)?total|price|cost|sum", "@{0} * @{1}", ("price", "quantity")),
)


SIDES = ("side", "side_length", "size", "length", "edge", "width")
SQUARES = {"2 * (@{0} + @{1})": "4 * @{0}"}
"""What is simpler for a square, which has one side."""


@frozen
class Planned:
    """A method before it is known what it does.

    Attributes:
        words: Its name with underscores.
        taken: The parameters that the prompt gives.
    """

    name: str
    words: str
    members: Members
    taken: Members

    @property
    def numbers(self) -> list[str]:
        kinds = ("number", "integer")
        return [field for field, kind in self.members if kind in kinds and field != "id"]

    @property
    def lists(self) -> list[str]:
        return [field for field, kind in self.members if kind == "array"]


def plan_method(name: str, members: Members, given: str = "") -> Method:
    """Return what a method of a class with some fields does.

    Args:
        given: The parameters that the prompt writes after the name.
    """
    taken = tuple(
        (one, PARAMETER_KINDS.get(guess_kind(one), "string")) for one in read_given(given)
    )
    planned = Planned(name, to_snake(name), members, taken)
    found = next(filter(None, (plan(planned) for plan in PLANNERS)), None)
    if found is not None:
        return found
    first = members[0] if members else ("", "")
    shown, kind = next((row for row in members if row[0] in ("name", "title")), first)
    return Method(name, taken, kind, f"return @{shown}" if shown else "")


def plan_accessor(planned: Planned) -> Method | None:
    own = re.sub(r"^(?:get|set|is|has)_", "", planned.words)
    row = next((row for row in planned.members if to_snake(row[0]) == own), None)
    if row is None:
        return None
    field, kind = row
    if planned.words.startswith("set_"):
        value = planned.taken[0][0] if planned.taken else field
        return Method(planned.name, ((value, kind),), "", f"@{field} = {value}")
    return Method(planned.name, planned.taken, kind, f"return @{field}")


def plan_sum(planned: Planned) -> Method | None:
    """Return a method for an area, a perimeter or a total, by the sides or the price."""
    names = {field for field, _ in planned.members}
    numbers = tuple(planned.numbers[:2])
    for pattern, text, fields in SUMS:
        sides = fields if names >= set(fields) else numbers
        is_named = re.fullmatch(
            rf"(?:get_|calculate_|compute_|calc_)?(?:{pattern})\w*", planned.words
        )
        if is_named and fields[0] == "width" and len(sides) == 1 and sides[0] in SIDES:
            text, sides = SQUARES.get(text, text), (sides[0], sides[0])
        if is_named and (sides == fields or (fields[0] == "width" and len(sides) == 2)):
            step = f"return {text.format(*sides)}"
            return Method(planned.name, planned.taken, "number", step)
    circle = next((one for one in planned.numbers if one in ("radius", "radio", "rayon")), "")
    if not circle or not re.search(r"area|circumference|perimeter", planned.words):
        return None
    power = f"@{circle} * @{circle}" if "area" in planned.words else f"2 * @{circle}"
    return Method(planned.name, planned.taken, "number", f"return 3.14159 * {power}")


def plan_change(planned: Planned) -> Method | None:
    """Return a method that raises or lowers a number."""
    numbers, words = planned.numbers, planned.words
    if not numbers or planned.lists:
        return None
    percent = next((one for one, _ in planned.taken if re.search("percent|rate", one)), "")
    if percent:
        sign = "-" if re.search(r"discount|reduc|lower|cut", words) else "+"
        step = f"@{numbers[-1]} *= 1 {sign} {percent} / 100"
        return Method(planned.name, planned.taken, "", step)
    target = next((one for one in numbers if "balance" in one), numbers[-1])
    if words == "reset":
        return Method(planned.name, planned.taken, "", f"@{target} = 0")
    if re.fullmatch(r"(?:in|de)crement|tick|birthday|have_birthday", words) and not planned.taken:
        sign = "-" if words == "decrement" else "+"
        return Method(planned.name, (), "", f"@{target} {sign}= 1")
    if not (ADDS.match(words) or TAKES.match(words)):
        return None
    value = planned.taken or (("amount", "number"),)
    sign = "-" if TAKES.match(words) else "+"
    return Method(planned.name, value, "", f"@{target} {sign}= {value[0][0]}")


def plan_list_change(planned: Planned) -> Method | None:
    removes = REMOVES.match(planned.words) is not None
    if not planned.lists or not (removes or APPENDS.match(planned.words)):
        return None
    value = planned.taken or (("item", "string"),)
    act = "remove" if removes else "append"
    return Method(planned.name, value, "", f"{act} @{planned.lists[0]} {value[0][0]}")


def plan_distance(planned: Planned) -> Method | None:
    if not planned.words.startswith("distance") or {"x", "y"} - {
        name for name, _ in planned.members
    }:
        return None
    other = planned.taken[0][0] if planned.taken else "other"
    squares = f"(@x - {other}.x) ** 2 + (@y - {other}.y) ** 2"
    return Method(planned.name, ((other, "object"),), "number", f"return ({squares}) ** 0.5")


SAID = (
    (r"speak|make_sound|make_noise", "@{0} makes a sound."),
    (r"bark", "Woof!"),
    (r"meow", "Meow!"),
    (r"(?:say_)?hello|greet\w*|introduce\w*|gr(?:ue|ü)ssen|saludar", "Hello, my name is @{0}!"),
)
"""What methods say, with a place for a name."""


def plan_saying(planned: Planned) -> Method | None:
    """Return a method that says something, describes its object or joins two names."""
    texts = [field for field, kind in planned.members if kind == "string"]
    name = next((one for one in texts if "name" in one.lower()), texts[0] if texts else "")
    for pattern, said in SAID:
        if re.fullmatch(pattern, planned.words) and (name or "@" not in said):
            return Method(planned.name, planned.taken, "string", f"say {said.format(name)}")
    if re.fullmatch(r"(?:get_)?full_name", planned.words) and len(texts) > 1:
        return Method(planned.name, planned.taken, "string", f"say @{texts[0]} @{texts[1]}")
    if re.fullmatch(
        r"(?:describe|to_s|to_string|__str__|__repr__|(?:get_|display_|show_|print_)?(?:info|details|summary|description)|display|show)",
        planned.words,
    ):
        shown = ", ".join(
            f"{to_snake(one).replace('_', ' ')}: @{one}" for one, _ in planned.members
        )
        return Method(planned.name, planned.taken, "string", f"say {shown}") if shown else None
    return None


def plan_test(planned: Planned) -> Method | None:
    if not re.match(r"(?:is|has|can)_", planned.words):
        return None
    if planned.words == "is_adult" and "age" in planned.numbers:
        return Method(planned.name, planned.taken, "boolean", "return @age >= 18")
    if planned.words == "is_square" and len(planned.numbers) > 1:
        first, second = planned.numbers[:2]
        return Method(planned.name, planned.taken, "boolean", f"return @{first} == @{second}")
    test = f"@{planned.numbers[0]} > 0" if planned.numbers else "true"
    return Method(planned.name, planned.taken, "boolean", f"return {test}")


PLANNERS = (
    plan_accessor,
    plan_distance,
    plan_sum,
    plan_change,
    plan_list_change,
    plan_saying,
    plan_test,
)
PARAMETER_KINDS = {"int": "integer", "float": "number", "bool": "boolean", "list[str]": "array"}


def read_given(text: str) -> tuple[str, ...]:
    return tuple(name for name in read_parameters(text) if name not in ("self", "cls"))


METHOD_HEAD = make_regex(r"(?<![\w.])([A-Za-z_]\w{1,30})\(([\w ,=:*.<>\[\]\"']{0,80})\)")


def plan_methods(names: tuple[str, ...], members: Members, text: str) -> list[Method]:
    """Return the methods of a class whose names a prompt gives, with its parameters."""
    heads: dict[str, str] = dict(METHOD_HEAD.findall(text))
    for name in names:
        taken = re.search(
            rf"\b{name}\b`?(?:\(\))?(?: method)? (?:that |which )?(?:takes|accepts|taking"
            rf"|accepting|receives)"
            r" (?:an? |the )?(\w+)",
            text,
        )
        if taken and taken[1].isidentifier():
            heads.setdefault(name, taken[1])
    return [plan_method(name, members, heads.get(name, "")) for name in names]


COMPUTED = frozenset("total sum count size length all average full_name area item items".split())
"""What a getter works out, so that it needs no field of its name."""
IMPLIED = (
    (make_regex(r"(?:in|de)crement$", re.I), ("count", "integer")),
    (ADDS, ("balance", "number")),
    (TAKES, ("balance", "number")),
    (APPENDS, ("items", "array")),
    (REMOVES, ("items", "array")),
)


def imply_members(methods: tuple[str, ...]) -> Members:
    """Return the fields that methods need: getBalance a balance, addItem a list of items."""
    rows: dict[str, str] = {}
    for name in methods:
        words = to_snake(name)
        if (match := re.fullmatch(r"(?:get|set)_(\w+)", words)) and match[1] not in COMPUTED:
            kind = PARAMETER_KINDS.get(guess_kind(match[1]), "string")
            rows.setdefault(to_camel(match[1]), kind)
    if any(re.search(r"(?:^|_)(?:area|perimeter)$", to_snake(name)) for name in methods):
        rows.update({"width": "number", "height": "number"})
    if "balance" in rows:
        return tuple(rows.items())
    for name in methods:
        found = next((row for pattern, row in IMPLIED if pattern.match(to_snake(name))), None)
        if found is not None:
            rows.setdefault(*found)
    return tuple(rows.items())
