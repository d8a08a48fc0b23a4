"""Methods of classes: what their names say that they take, change and return."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.code_names import read_parameters, to_camel, to_pascal, to_snake
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
    (r"perimeter|umfang|perímetro|périmètre", "2 * (@{0} + @{1})", ("width", "height")),
    (r"(?:get_?)?total|price|cost|sum", "@{0} * @{1}", ("price", "quantity")),
)


def plan_method(name: str, members: Members, given: str = "") -> Method:
    """Return what a method of a class with some fields does.

    Args:
        given: The parameters that the prompt writes after the name.
    """
    words = to_snake(name)
    kinds = dict(members)
    numbers = [field for field, kind in members if kind in ("number", "integer") and field != "id"]
    lists = [field for field, kind in members if kind == "array"]
    taken = tuple((one, PARAMETER_KINDS.get(guess_kind(one), "string")) for one in read_given(given))
    own = re.sub(r"^(?:get|set|is|has)_", "", words)
    field = next((one for one in kinds if to_snake(one) == own), "")
    if words.startswith("set_") and field:
        value = taken[0][0] if taken else field
        return Method(name, ((value, kinds[field]),), "", f"@{field} = {value}")
    if field:
        return Method(name, taken, kinds[field], f"return @{field}")
    for pattern, text, fields in SUMS:
        sides = fields if kinds.keys() >= set(fields) else numbers[:2]
        is_named = re.fullmatch(rf"(?:get_|calculate_|compute_|calc_)?(?:{pattern})\w*", words)
        if is_named and (sides == fields or (fields[0] == "width" and len(sides) == 2)):
            return Method(name, taken, "number", "return " + text.format(*sides))
    circle = next((one for one in numbers if one in ("radius", "radio", "rayon")), "")
    if circle and re.search(r"area|circumference|perimeter", words):
        power = f"@{circle} * @{circle}" if "area" in words else f"2 * @{circle}"
        return Method(name, taken, "number", f"return 3.14159 * {power}")
    percent = next((one for one, _ in taken if "percent" in one or "rate" in one), "")
    if numbers and percent and not lists:
        sign = "-" if re.search(r"discount|reduc|lower|cut", words) else "+"
        return Method(name, taken, "", f"@{numbers[-1]} *= 1 {sign} {percent} / 100")
    if numbers and not lists and (ADDS.match(words) or TAKES.match(words)):
        value = taken or (("amount", "number"),)
        sign = "-" if TAKES.match(words) else "+"
        target = next((one for one in numbers if "balance" in one), numbers[-1])
        return Method(name, value, "", f"@{target} {sign}= {value[0][0]}")
    if lists and (APPENDS.match(words) or REMOVES.match(words)):
        value = taken or (("item", "string"),)
        act = "remove" if REMOVES.match(words) else "append"
        return Method(name, value, "", f"{act} @{lists[0]} {value[0][0]}")
    if re.match(r"(?:is|has|can)_", words):
        test = f"@{numbers[0]} > 0" if numbers else ""
        return Method(name, taken, "boolean", f"return {test or 'true'}")
    first, kind = members[0] if members else ("", "")
    shown = next((row for row in members if row[0] in ("name", "title")), (first, kind))
    return Method(name, taken, shown[1], f"return @{shown[0]}" if shown[0] else "")


PARAMETER_KINDS = {"int": "integer", "float": "number", "bool": "boolean", "list[str]": "array"}


def read_given(text: str) -> tuple[str, ...]:
    return tuple(name for name in read_parameters(text) if name not in ("self", "cls"))


METHOD_HEAD = make_regex(r"(?<![\w.])([A-Za-z_]\w{1,30})\(([\w ,=:*.<>\[\]\"']{0,80})\)")


def plan_methods(names: tuple[str, ...], members: Members, text: str) -> list[Method]:
    """Return the methods of a class whose names a prompt gives, with its parameters."""
    heads = {name: given for name, given in METHOD_HEAD.findall(text)}
    for name in names:
        taken = re.search(
            rf"\b{name}\b`?(?:\(\))?(?: method)? (?:that |which )?(?:takes|accepts|taking|accepting|receives)"
            r" (?:an? |the )?(\w+)",
            text,
        )
        if taken and taken[1].isidentifier():
            heads.setdefault(name, taken[1])
    return [plan_method(name, members, heads.get(name, "")) for name in names]


COMPUTED = frozenset("total sum count size length all average full_name area item items".split())
"""What a getter works out, so that it needs no field of its name."""
IMPLIED = (
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
    if "balance" in rows:
        return tuple(rows.items())
    for name in methods:
        found = next((row for pattern, row in IMPLIED if pattern.match(to_snake(name))), None)
        if found is not None:
            rows.setdefault(*found)
    return tuple(rows.items())


FIELDS = {
    "java": "this.{}",
    "javascript": "this.{}",
    "typescript": "this.{}",
    "php": "$this->{}",
    "python": "self.{}",
    "ruby": "@{}",
    "csharp": "{}",
}
STYLES = {"csharp": to_pascal, "python": str, "ruby": to_snake}
LISTS = {
    "java": ("{0}.add({1})", "{0}.remove({1})"),
    "csharp": ("{0}.Add({1})", "{0}.Remove({1})"),
    "javascript": ("{0}.push({1})", "{0} = {0}.filter((one) => one !== {1})"),
    "python": ("{0}.append({1})", "{0}.remove({1})"),
    "ruby": ("{0} << {1}", "{0}.delete({1})"),
    "php": ("{0}[] = {1}", "{0} = array_diff({0}, [{1}])"),
}


def write_step(method: Method, language: str) -> str:
    """Return the statement of a method, without the mark at its end."""
    step = method.step
    style = STYLES.get(language, to_camel)
    row = FIELDS[language]
    mark = "$" if language == "php" else ""
    if step.startswith(("append ", "remove ")):
        act, field, value = step.split(" ")
        rows = LISTS["javascript" if language == "typescript" else language]
        field = row.format(style(field[1:]))
        return rows[act == "remove"].format(field, f"{mark}{value}")
    for name, _ in method.parameters:
        step = re.sub(rf"(?<![@\w$]){name}\b", f"{mark}{style_parameter(name, language)}", step)
    step = re.sub(r"@(\w+)", lambda found: row.format(style(found[1])), step)
    return step.replace("true", "True") if language == "python" else step


def style_parameter(name: str, language: str) -> str:
    return name if language in ("python", "ruby") else to_camel(name)
