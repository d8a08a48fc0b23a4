"""Makes a value that conforms to a JSON Schema, out of what the user wrote and what the fields are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mockgem.core.errors import invalid
from mockgem.operations.generators import field_values
from mockgem.operations.generators.hints import Hints
from mockgem.operations.generators.scalars import (
    generate_from_pattern,
    generate_number,
    generate_string,
    has_format,
)
from mockgem.operations.generators.schema_merge import merge_schemas
from mockgem.operations.generators.schema_validation import (
    ComparisonBudget,
    NoConformingValue,
    Schema,
    UnresolvedReference,
    ValueTooLong,
    conforms,
    is_json_equal,
    matches_pattern,
    prefix_of,
    resolve_reference,
    types_of,
)
from mockgem.operations.generators.seeded_random import SeededRandom

MAX_ATTEMPTS = 12
MAX_OPTIONAL_DEPTH = 5
MAX_DEPTH = 24
MAX_CHARACTERS = 500_000
"""Characters that one made-up value may hold."""
MAX_VALUES = 2_000


def generate_or_refuse(
    schema: Schema, clues: Hints, dice: SeededRandom, *, optional: bool = True
) -> Any:
    """A conforming value; a schema nothing fits is refused as the real service does. Raises ApiError."""
    try:
        return generate_value(schema, clues, dice, optional=optional)
    except NoConformingValue as error:
        raise invalid("Request contains an invalid argument.", "schema", why=str(error)) from None


def generate_value(
    schema: Schema, clues: Hints, dice: SeededRandom, *, name: str = "", optional: bool = True
) -> Any:
    """A conforming value. `optional`: fill fields that are not required, too. Raises Unmakeable."""
    patience = ComparisonBudget()
    crowded = False
    for attempt in range(MAX_ATTEMPTS):
        bare = crowded or attempt > MAX_ATTEMPTS // 2
        maker = SchemaValueGenerator(schema, clues, dice, patience, optional=optional, minimal=bare)
        try:
            value = maker.generate(schema, name, 0)
            if maker.is_valid(value, schema):
                return value
        except ValueTooLong:
            if bare or not maker.has_too_many_values:
                raise
            crowded = True
        except (NoConformingValue, RecursionError):
            continue
        except (
            UnresolvedReference,
            TypeError,
            ValueError,
            AttributeError,
            re.error,
            OverflowError,
        ) as error:
            raise NoConformingValue(str(error)) from error
    raise NoConformingValue("no value conforms to this schema")


class SchemaValueGenerator:
    """One attempt. `bare`: leave out what is not required and take nothing from the user's words."""

    def __init__(
        self,
        root: Schema,
        clues: Hints,
        dice: SeededRandom,
        patience: ComparisonBudget,
        *,
        optional: bool,
        minimal: bool,
    ) -> None:
        self.budget = patience
        self.remaining_characters = MAX_CHARACTERS
        self.root = root
        self.clues = Hints() if minimal else clues
        self.dice = dice
        self.optional = optional and not minimal
        self.value_count = 0

    @property
    def has_too_many_values(self) -> bool:
        """Whether it was the number of values that was too much; without those that may be left out there are fewer."""
        return self.value_count > MAX_VALUES

    def is_valid(self, value: Any, schema: Schema) -> bool:
        return conforms(value, schema, self.root, budget=self.budget)

    def check_remaining(self, value: Any) -> Any:
        """The value, if there is still room for it in the answer."""
        self.remaining_characters -= len(value) if isinstance(value, str) else 8
        if self.remaining_characters < 0:
            raise ValueTooLong("too long an answer")
        return value

    def generate(self, schema: Schema, name: str, depth: int) -> Any:
        self.value_count += 1
        if self.value_count > MAX_VALUES:
            raise ValueTooLong("too many values")
        if depth > MAX_DEPTH:
            raise NoConformingValue("too deep")
        if isinstance(schema, bool):
            if not schema:
                raise NoConformingValue("false allows nothing")
            schema = {"type": "string"}
        schema = self.resolve_combinations(resolve_reference(schema, self.root), name, depth)
        if "const" in schema:
            return self.check_remaining(self.choose_member({**schema, "enum": [schema["const"]]}))
        if "enum" in schema:
            return self.check_remaining(self.choose_member(schema))
        return self.generate_type(self.choose_type(schema, depth), schema, name, depth)

    def generate_type(self, kind: str, schema: Mapping[str, Any], name: str, depth: int) -> Any:
        match kind:
            case "object":
                return self.generate_object(schema, depth)
            case "array":
                return self.generate_array(schema, name, depth)
            case "string":
                return self.check_remaining(generate_string(schema, name, self.clues, self.dice))
            case "integer" | "number":
                whole = {**schema, "type": kind}
                return generate_number(
                    whole, name, self.clues, self.dice, lambda value: self.is_valid(value, whole)
                )
            case "boolean":
                said = field_values.find_boolean(name, self.clues)
                return self.dice.draw_below(2) == 1 if said is None else said
            case "null":
                return None
        raise NoConformingValue(f"unknown type {kind}")

    def choose_type(self, schema: Mapping[str, Any], depth: int) -> str:
        """The type to make: the one that is named, else the one the keywords are about."""
        kinds = types_of(schema)
        if "null" in kinds and len(kinds) > 1:
            if depth > MAX_OPTIONAL_DEPTH:
                return "null"
            kinds = [kind for kind in kinds if kind != "null"]
        if kinds:
            return self.choose_mentioned_type(kinds)
        for kind, keywords in TYPE_KEYWORDS.items():
            if any(keyword in schema for keyword in keywords):
                return kind
        return "string"

    def choose_mentioned_type(self, kinds: list[str]) -> str:
        """Of several types the one the user's words speak for."""
        if len(kinds) > 1 and self.clues.numbers and not self.clues.quoted:
            return next((kind for kind in kinds if kind in ("integer", "number")), kinds[0])
        return kinds[0]

    def choose_member(self, schema: Mapping[str, Any]) -> Any:
        rest = {key: value for key, value in schema.items() if key != "enum"}
        members = [
            one
            for one in schema["enum"]
            if self.is_valid(one, rest) and has_format(one, schema.get("format"))
        ]
        if not members:
            raise NoConformingValue("no member of the enum conforms")
        said = field_values.find_mentioned(members, self.clues.text)
        return self.dice.pick(members) if said is None else said

    def resolve_combinations(
        self, schema: Mapping[str, Any], name: str, depth: int
    ) -> Mapping[str, Any]:
        """The schema with its combinations decided: every allOf merged in, one option of each anyOf and oneOf taken."""
        self.budget.spend(20)
        for part in schema.get("allOf", ()):
            inner = (
                self.resolve_combinations(resolve_reference(part, self.root), name, depth + 1)
                if not isinstance(part, bool)
                else {}
            )
            schema = merge_schemas(
                {key: value for key, value in schema.items() if key != "allOf"}, inner
            )
        for keyword in ("anyOf", "oneOf"):
            if options := schema.get(keyword):
                rest = {
                    key: value for key, value in schema.items() if key not in (keyword, "allOf")
                }
                option = self.choose_option(list(options), depth)
                schema = merge_schemas(
                    rest,
                    self.resolve_combinations(resolve_reference(option, self.root), name, depth + 1)
                    if option
                    else {},
                )
        if "if" in schema and depth <= MAX_DEPTH:
            schema = self.resolve_condition(schema, name, depth)
        return schema

    def choose_option(self, options: list[Any], depth: int) -> Mapping[str, Any]:
        """One option: not null if there is another, shallow ones when it gets deep, else by chance, the first most."""
        usable = [option for option in options if isinstance(option, dict)]
        if not usable:
            return {}
        solid = [one for one in usable if types_of(one) != ["null"]] or usable
        if depth > MAX_OPTIONAL_DEPTH:
            flat = [
                one
                for one in usable
                if types_of(one) not in (["object"], ["array"]) and "$ref" not in one
            ]
            return self.dice.pick(flat or usable)
        spoken_for = [one for one in solid if self.is_option_mentioned(one)]
        if spoken_for:
            return dict(spoken_for[0])
        return dict(solid[0] if self.dice.draw_below(3) else self.dice.pick(solid))

    def is_option_mentioned(self, option: Mapping[str, Any]) -> bool:
        """Whether the user named this option: its constants, or for a number that there is one."""
        target = resolve_reference(option, self.root)
        constants = [
            value
            for sub in (target, *target.get("properties", {}).values())
            if isinstance(sub, dict)
            for value in ([sub["const"]] if "const" in sub else sub.get("enum", ()))
        ]
        if field_values.find_mentioned(constants, self.clues.text) is not None:
            return True
        return (
            types_of(target) in (["integer"], ["number"])
            and bool(self.clues.numbers)
            and not self.clues.quoted
        )

    def resolve_condition(
        self, schema: Mapping[str, Any], name: str, depth: int
    ) -> Mapping[str, Any]:
        """if/then/else: made once without it, to see which branch holds."""
        rest = {key: value for key, value in schema.items() if key not in ("if", "then", "else")}
        trial = self.generate(rest, name, depth + 1)
        branch = (
            schema.get("then", {}) if self.is_valid(trial, schema["if"]) else schema.get("else", {})
        )
        return merge_schemas(
            rest, resolve_reference(branch, self.root) if isinstance(branch, dict) else {}
        )

    def generate_object(self, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        required = [name for name in schema.get("required", ()) if isinstance(name, str)]
        properties = schema.get("properties", {})
        made: dict[str, Any] = {}
        for name in list_field_names(properties, required, schema.get("propertyOrdering", ())):
            sub = properties.get(name, self.schema_for_name(name, schema))
            if name in required or self.should_generate(name, sub, depth):
                known_as = f"{schema.get('title', '')} name" if name == "name" else name
                made[name] = self.generate(
                    self.merge_pattern_schemas(sub, name, schema), known_as, depth + 1
                )
        for name, needed in schema.get("dependentRequired", {}).items():
            for other in needed if name in made else ():
                if other not in made:
                    made[other] = self.generate(properties.get(other, True), other, depth + 1)
        return self.fill_map(made, schema, depth)

    def should_generate(self, name: str, sub: Schema, depth: int) -> bool:
        """Whether a field that may be left out is made: when all are, or when the user spoke of it."""
        if sub is False:
            return False
        if self.optional:
            return depth <= MAX_OPTIONAL_DEPTH
        return isinstance(sub, dict) and self.is_field_mentioned(
            name, resolve_reference(sub, self.root)
        )

    def is_field_mentioned(self, name: str, sub: Mapping[str, Any]) -> bool:
        if "enum" in sub:
            return field_values.find_mentioned(sub["enum"], self.clues.text) is not None
        match types_of(sub)[:1]:
            case ["string"]:
                return field_values.find_text(name, "", self.clues, strict=True) is not None
            case ["integer"] | ["number"]:
                return field_values.find_number(name, self.clues, strict=True) is not None
        return False

    def merge_pattern_schemas(self, sub: Schema, name: str, schema: Mapping[str, Any]) -> Schema:
        for pattern, extra in schema.get("patternProperties", {}).items():
            if (
                matches_pattern(pattern, name)
                and isinstance(sub, dict)
                and isinstance(extra, dict)
                and extra is not sub
            ):
                sub = merge_schemas(sub, extra)
        return sub

    def schema_for_name(self, name: str, schema: Mapping[str, Any]) -> Schema:
        """The schema of a property that only patterns or additionalProperties speak of."""
        for pattern, sub in schema.get("patternProperties", {}).items():
            if matches_pattern(pattern, name):
                return sub if isinstance(sub, (bool, dict)) else True
        rest = schema.get("additionalProperties", True)
        return rest if isinstance(rest, (bool, dict)) else True

    def fill_map(
        self, made: dict[str, Any], schema: Mapping[str, Any], depth: int
    ) -> dict[str, Any]:
        """Entries for a map: as many as are needed, and one or two where the schema is there for them."""
        rest, patterns = schema.get("additionalProperties"), schema.get("patternProperties", {})
        is_map = (
            not schema.get("properties")
            and (isinstance(rest, dict) or bool(patterns))
            and self.optional
        )
        least = max(
            int(schema.get("minProperties", 0)), 2 if is_map and depth <= MAX_OPTIONAL_DEPTH else 0
        )
        least = min(least, int(schema.get("maxProperties", least)))
        names = iter(self.generate_names(schema, patterns, least + len(made) + 8))
        while len(made) < least:
            name = next(names, None)
            if name is None:
                raise NoConformingValue("no more names for properties")
            if name not in made:
                made[name] = self.generate(self.schema_for_name(name, schema), name, depth + 1)
        return made

    def generate_names(
        self, schema: Mapping[str, Any], patterns: Mapping[str, Any], count: int
    ) -> list[str]:
        if patterns:
            return [
                generate_from_pattern(self.dice.pick(list(patterns)), self.dice)
                for _ in range(min(count, 200))
            ]
        named = schema.get("propertyNames")
        if isinstance(named, dict):
            return [
                str(self.generate({"type": "string", **named}, "", MAX_OPTIONAL_DEPTH))
                for _ in range(min(count, 200))
            ]
        labels = [label.replace(" ", "_") for label in self.clues.labels]
        return [*labels, *[f"key_{number}" for number in range(1, min(count, 2000) + 1)]]

    def generate_array(self, schema: Mapping[str, Any], name: str, depth: int) -> list[Any]:
        for literal in self.clues.literals:
            if isinstance(literal, list) and self.is_valid(literal, schema):
                return literal
        first = prefix_of(schema)
        items = schema.get("items", True) if not isinstance(schema.get("items"), list) else True
        made = [self.generate(sub, to_singular(name), depth + 1) for sub in first]
        if "contains" in schema:
            made += [
                self.generate(schema["contains"], to_singular(name), depth + 1)
                for _ in range(int(schema.get("minContains", 1)))
            ]
        length = self.choose_length(schema, items, name, depth)
        if not made and (said := self.find_list(schema, items, name, length)):
            return said
        tries = 0
        while len(made) < length:
            item = self.generate(items, to_singular(name), depth + 1)
            if not (
                schema.get("uniqueItems") and any(is_json_equal(item, other) for other in made)
            ):
                made.append(item)
            elif (tries := tries + 1) > 50:
                if len(made) >= int(schema.get("minItems", 0)):
                    break
                raise NoConformingValue("not enough different items")
        return made

    def choose_length(self, schema: Mapping[str, Any], items: Schema, name: str, depth: int) -> int:
        least, most = int(schema.get("minItems", 0)), int(schema.get("maxItems", 1000))
        if least > MAX_VALUES:
            raise NoConformingValue("too many items")
        if depth > MAX_OPTIONAL_DEPTH or items is False:
            return least
        if len(self.clues.people) > 1 and self.is_about_people(items, name):
            return max(least, min(len(self.clues.people), most))
        asked = (
            self.clues.numbers[0]
            if self.clues.numbers and isinstance(self.clues.numbers[0], int)
            else 0
        )
        usual = (
            int(asked)
            if 1 < asked <= 20 and not is_numeric(items)
            else self.dice.draw_between(2, 3)
        )
        return max(least, min(usual, most))

    def is_about_people(self, items: Schema, name: str) -> bool:
        title = (
            str(resolve_reference(items, self.root).get("title", ""))
            if isinstance(items, dict)
            else ""
        )
        return bool(
            field_values.PERSON_FIELDS.search(field_values.split_field_name(f"{title} {name}"))
        )

    def find_list(
        self, schema: Mapping[str, Any], items: Schema, name: str, length: int
    ) -> list[Any]:
        """All the people, places or numbers that were named, where a list of such is asked for."""
        if not isinstance(items, dict) or not name:
            return []
        words = field_values.split_field_name(name)
        said: list[Any] = list(self.clues.numbers) if is_numeric(items) else []
        if types_of(items) == ["string"] and "enum" not in items and "format" not in items:
            said = list(field_values.find_list(words, self.clues))
        return said if said and self.is_valid(said, schema) else []


def list_field_names(
    properties: Mapping[str, Any], required: list[str], ordering: Any
) -> list[str]:
    """Names in the order they are said: propertyOrdering first, then as the schema lists them."""
    first = [name for name in ordering if name in properties] if isinstance(ordering, list) else []
    return list(dict.fromkeys([*first, *properties, *required]))


def is_numeric(items: Schema) -> bool:
    return isinstance(items, dict) and types_of(items)[:1] in (["integer"], ["number"])


def to_singular(name: str) -> str:
    if name.endswith("ies"):
        return name[:-3] + "y"
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


TYPE_KEYWORDS = {
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
