"""Makes a value that conforms to a JSON Schema, out of what the user wrote and what the fields are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mockgem.core.errors import invalid
from mockgem.operations.generators import field_values
from mockgem.operations.generators.hints import Clues
from mockgem.operations.generators.scalars import has_format, number_for, of_pattern, string_for
from mockgem.operations.generators.schema_merge import merged
from mockgem.operations.generators.schema_validation import (
    Patience,
    Schema,
    TooLong,
    Unmakeable,
    Unresolved,
    conforms,
    matches,
    prefix_of,
    resolved,
    same,
    types_of,
)
from mockgem.operations.generators.seeded_random import Dice

TRIES = 12
DEEP = 5
TOO_DEEP = 24
ROOM = 500_000
"""Characters that one made-up value may hold."""
MANY = 2_000


def value_or_refusal(schema: Schema, clues: Clues, dice: Dice, *, optional: bool = True) -> Any:
    """A conforming value; a schema nothing fits is refused as the real service does. Raises ApiError."""
    try:
        return value_for(schema, clues, dice, optional=optional)
    except Unmakeable as error:
        raise invalid("Request contains an invalid argument.", "schema", why=str(error)) from None


def value_for(schema: Schema, clues: Clues, dice: Dice, *, name: str = "", optional: bool = True) -> Any:
    """A conforming value. `optional`: fill fields that are not required, too. Raises Unmakeable."""
    patience = Patience()
    crowded = False
    for attempt in range(TRIES):
        bare = crowded or attempt > TRIES // 2
        maker = Maker(schema, clues, dice, patience, optional=optional, bare=bare)
        try:
            value = maker.make(schema, name, 0)
            if maker.fits(value, schema):
                return value
        except TooLong:
            if bare or not maker.crowded:
                raise
            crowded = True
        except (Unmakeable, RecursionError):
            continue
        except (Unresolved, TypeError, ValueError, AttributeError, re.error, OverflowError) as error:
            raise Unmakeable(str(error)) from error
    raise Unmakeable("no value conforms to this schema")


class Maker:
    """One attempt. `bare`: leave out what is not required and take nothing from the user's words."""

    def __init__(self, root: Schema, clues: Clues, dice: Dice, patience: Patience, *, optional: bool, bare: bool) -> None:
        self.patience = patience
        self.room = ROOM
        self.root = root
        self.clues = Clues() if bare else clues
        self.dice = dice
        self.optional = optional and not bare
        self.made = 0

    @property
    def crowded(self) -> bool:
        """Whether it was the number of values that was too much; without those that may be left out there are fewer."""
        return self.made > MANY

    def fits(self, value: Any, schema: Schema) -> bool:
        return conforms(value, schema, self.root, patience=self.patience)

    def take_room(self, value: Any) -> Any:
        """The value, if there is still room for it in the answer."""
        self.room -= len(value) if isinstance(value, str) else 8
        if self.room < 0:
            raise TooLong("too long an answer")
        return value

    def make(self, schema: Schema, name: str, depth: int) -> Any:
        self.made += 1
        if self.made > MANY:
            raise TooLong("too many values")
        if depth > TOO_DEEP:
            raise Unmakeable("too deep")
        if isinstance(schema, bool):
            if not schema:
                raise Unmakeable("false allows nothing")
            schema = {"type": "string"}
        schema = self.settled(resolved(schema, self.root), name, depth)
        if "const" in schema:
            return self.take_room(self.member({**schema, "enum": [schema["const"]]}))
        if "enum" in schema:
            return self.take_room(self.member(schema))
        return self.of_kind(self.kind(schema, depth), schema, name, depth)

    def of_kind(self, kind: str, schema: Mapping[str, Any], name: str, depth: int) -> Any:
        match kind:
            case "object":
                return self.object(schema, depth)
            case "array":
                return self.array(schema, name, depth)
            case "string":
                return self.take_room(string_for(schema, name, self.clues, self.dice))
            case "integer" | "number":
                whole = {**schema, "type": kind}
                return number_for(whole, name, self.clues, self.dice, lambda value: self.fits(value, whole))
            case "boolean":
                said = field_values.truth_said(name, self.clues)
                return self.dice.below(2) == 1 if said is None else said
            case "null":
                return None
        raise Unmakeable(f"unknown type {kind}")

    def kind(self, schema: Mapping[str, Any], depth: int) -> str:
        """The type to make: the one that is named, else the one the keywords are about."""
        kinds = types_of(schema)
        if "null" in kinds and len(kinds) > 1:
            if depth > DEEP:
                return "null"
            kinds = [kind for kind in kinds if kind != "null"]
        if kinds:
            return self.fitting_kind(kinds)
        for kind, keywords in KEYWORDS.items():
            if any(keyword in schema for keyword in keywords):
                return kind
        return "string"

    def fitting_kind(self, kinds: list[str]) -> str:
        """Of several types the one the user's words speak for."""
        if len(kinds) > 1 and self.clues.numbers and not self.clues.quoted:
            return next((kind for kind in kinds if kind in ("integer", "number")), kinds[0])
        return kinds[0]

    def member(self, schema: Mapping[str, Any]) -> Any:
        rest = {key: value for key, value in schema.items() if key != "enum"}
        members = [one for one in schema["enum"] if self.fits(one, rest) and has_format(one, schema.get("format"))]
        if not members:
            raise Unmakeable("no member of the enum conforms")
        said = field_values.mentioned(members, self.clues.text)
        return self.dice.pick(members) if said is None else said

    def settled(self, schema: Mapping[str, Any], name: str, depth: int) -> Mapping[str, Any]:
        """The schema with its combinations decided: every allOf merged in, one option of each anyOf and oneOf taken."""
        self.patience.spend(20)
        for part in schema.get("allOf", ()):
            inner = self.settled(resolved(part, self.root), name, depth + 1) if not isinstance(part, bool) else {}
            schema = merged({key: value for key, value in schema.items() if key != "allOf"}, inner)
        for keyword in ("anyOf", "oneOf"):
            if options := schema.get(keyword):
                rest = {key: value for key, value in schema.items() if key not in (keyword, "allOf")}
                option = self.option(list(options), depth)
                schema = merged(rest, self.settled(resolved(option, self.root), name, depth + 1) if option else {})
        if "if" in schema and depth <= TOO_DEEP:
            schema = self.decided(schema, name, depth)
        return schema

    def option(self, options: list[Any], depth: int) -> Mapping[str, Any]:
        """One option: not null if there is another, shallow ones when it gets deep, else by chance, the first most."""
        usable = [option for option in options if isinstance(option, dict)]
        if not usable:
            return {}
        solid = [one for one in usable if types_of(one) != ["null"]] or usable
        if depth > DEEP:
            flat = [one for one in usable if types_of(one) not in (["object"], ["array"]) and "$ref" not in one]
            return self.dice.pick(flat or usable)
        spoken_for = [one for one in solid if self.speaks_of(one)]
        if spoken_for:
            return dict(spoken_for[0])
        return dict(solid[0] if self.dice.below(3) else self.dice.pick(solid))

    def speaks_of(self, option: Mapping[str, Any]) -> bool:
        """Whether the user named this option: its constants, or for a number that there is one."""
        target = resolved(option, self.root)
        constants = [
            value
            for sub in (target, *target.get("properties", {}).values())
            if isinstance(sub, dict)
            for value in ([sub["const"]] if "const" in sub else sub.get("enum", ()))
        ]
        if field_values.mentioned(constants, self.clues.text) is not None:
            return True
        return types_of(target) in (["integer"], ["number"]) and bool(self.clues.numbers) and not self.clues.quoted

    def decided(self, schema: Mapping[str, Any], name: str, depth: int) -> Mapping[str, Any]:
        """if/then/else: made once without it, to see which branch holds."""
        rest = {key: value for key, value in schema.items() if key not in ("if", "then", "else")}
        trial = self.make(rest, name, depth + 1)
        branch = schema.get("then", {}) if self.fits(trial, schema["if"]) else schema.get("else", {})
        return merged(rest, resolved(branch, self.root) if isinstance(branch, dict) else {})

    def object(self, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        required = [name for name in schema.get("required", ()) if isinstance(name, str)]
        properties = schema.get("properties", {})
        made: dict[str, Any] = {}
        for name in ordered(properties, required, schema.get("propertyOrdering", ())):
            sub = properties.get(name, self.unnamed(name, schema))
            if name in required or self.wanted(name, sub, depth):
                known_as = f"{schema.get('title', '')} name" if name == "name" else name
                made[name] = self.make(self.with_patterns(sub, name, schema), known_as, depth + 1)
        for name, needed in schema.get("dependentRequired", {}).items():
            for other in needed if name in made else ():
                if other not in made:
                    made[other] = self.make(properties.get(other, True), other, depth + 1)
        return self.filled_up(made, schema, depth)

    def wanted(self, name: str, sub: Schema, depth: int) -> bool:
        """Whether a field that may be left out is made: when all are, or when the user spoke of it."""
        if sub is False:
            return False
        if self.optional:
            return depth <= DEEP
        return isinstance(sub, dict) and self.spoken_of(name, resolved(sub, self.root))

    def spoken_of(self, name: str, sub: Mapping[str, Any]) -> bool:
        if "enum" in sub:
            return field_values.mentioned(sub["enum"], self.clues.text) is not None
        match types_of(sub)[:1]:
            case ["string"]:
                return field_values.text_said(name, "", self.clues, surely=True) is not None
            case ["integer"] | ["number"]:
                return field_values.number_said(name, self.clues, surely=True) is not None
        return False

    def with_patterns(self, sub: Schema, name: str, schema: Mapping[str, Any]) -> Schema:
        for pattern, extra in schema.get("patternProperties", {}).items():
            if matches(pattern, name) and isinstance(sub, dict) and isinstance(extra, dict) and extra is not sub:
                sub = merged(sub, extra)
        return sub

    def unnamed(self, name: str, schema: Mapping[str, Any]) -> Schema:
        """The schema of a property that only patterns or additionalProperties speak of."""
        for pattern, sub in schema.get("patternProperties", {}).items():
            if matches(pattern, name):
                return sub if isinstance(sub, (bool, dict)) else True
        rest = schema.get("additionalProperties", True)
        return rest if isinstance(rest, (bool, dict)) else True

    def filled_up(self, made: dict[str, Any], schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        """Entries for a map: as many as are needed, and one or two where the schema is there for them."""
        rest, patterns = schema.get("additionalProperties"), schema.get("patternProperties", {})
        is_map = not schema.get("properties") and (isinstance(rest, dict) or bool(patterns)) and self.optional
        least = max(int(schema.get("minProperties", 0)), 2 if is_map and depth <= DEEP else 0)
        least = min(least, int(schema.get("maxProperties", least)))
        names = iter(self.new_names(schema, patterns, least + len(made) + 8))
        while len(made) < least:
            name = next(names, None)
            if name is None:
                raise Unmakeable("no more names for properties")
            if name not in made:
                made[name] = self.make(self.unnamed(name, schema), name, depth + 1)
        return made

    def new_names(self, schema: Mapping[str, Any], patterns: Mapping[str, Any], count: int) -> list[str]:
        if patterns:
            return [of_pattern(self.dice.pick(list(patterns)), self.dice) for _ in range(min(count, 200))]
        named = schema.get("propertyNames")
        if isinstance(named, dict):
            return [str(self.make({"type": "string", **named}, "", DEEP)) for _ in range(min(count, 200))]
        labels = [label.replace(" ", "_") for label in self.clues.labels]
        return [*labels, *[f"key_{number}" for number in range(1, min(count, 2000) + 1)]]

    def array(self, schema: Mapping[str, Any], name: str, depth: int) -> list[Any]:
        for literal in self.clues.literals:
            if isinstance(literal, list) and self.fits(literal, schema):
                return literal
        first = prefix_of(schema)
        items = schema.get("items", True) if not isinstance(schema.get("items"), list) else True
        made = [self.make(sub, singular(name), depth + 1) for sub in first]
        if "contains" in schema:
            made += [
                self.make(schema["contains"], singular(name), depth + 1) for _ in range(int(schema.get("minContains", 1)))
            ]
        length = self.length(schema, items, name, depth)
        if not made and (said := self.list_said(schema, items, name, length)):
            return said
        tries = 0
        while len(made) < length:
            item = self.make(items, singular(name), depth + 1)
            if not (schema.get("uniqueItems") and any(same(item, other) for other in made)):
                made.append(item)
            elif (tries := tries + 1) > 50:
                if len(made) >= int(schema.get("minItems", 0)):
                    break
                raise Unmakeable("not enough different items")
        return made

    def length(self, schema: Mapping[str, Any], items: Schema, name: str, depth: int) -> int:
        least, most = int(schema.get("minItems", 0)), int(schema.get("maxItems", 1000))
        if least > MANY:
            raise Unmakeable("too many items")
        if depth > DEEP or items is False:
            return least
        if len(self.clues.people) > 1 and self.are_people(items, name):
            return max(least, min(len(self.clues.people), most))
        asked = self.clues.numbers[0] if self.clues.numbers and isinstance(self.clues.numbers[0], int) else 0
        usual = int(asked) if 1 < asked <= 20 and not is_numeric(items) else self.dice.between(2, 3)
        return max(least, min(usual, most))

    def are_people(self, items: Schema, name: str) -> bool:
        title = str(resolved(items, self.root).get("title", "")) if isinstance(items, dict) else ""
        return bool(field_values.PEOPLE.search(field_values.spoken(f"{title} {name}")))

    def list_said(self, schema: Mapping[str, Any], items: Schema, name: str, length: int) -> list[Any]:
        """All the people, places or numbers that were named, where a list of such is asked for."""
        if not isinstance(items, dict) or not name:
            return []
        words = field_values.spoken(name)
        said: list[Any] = list(self.clues.numbers) if is_numeric(items) else []
        if types_of(items) == ["string"] and "enum" not in items and "format" not in items:
            said = list(field_values.list_said(words, self.clues))
        return said if said and self.fits(said, schema) else []


def ordered(properties: Mapping[str, Any], required: list[str], ordering: Any) -> list[str]:
    """Names in the order they are said: propertyOrdering first, then as the schema lists them."""
    first = [name for name in ordering if name in properties] if isinstance(ordering, list) else []
    return list(dict.fromkeys([*first, *properties, *required]))


def is_numeric(items: Schema) -> bool:
    return isinstance(items, dict) and types_of(items)[:1] in (["integer"], ["number"])


def singular(name: str) -> str:
    if name.endswith("ies"):
        return name[:-3] + "y"
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


KEYWORDS = {
    "object": (
        "properties",
        "additionalProperties",
        "required",
        "patternProperties",
        "minProperties",
        "dependentRequired",
    ),
    "array": ("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "string": ("pattern", "format", "minLength", "maxLength"),
}
