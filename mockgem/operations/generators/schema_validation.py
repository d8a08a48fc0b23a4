"""Check values against JSON Schema, and against Gemini's OpenAPI form.

The OpenAPI form has types in capitals and `nullable`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, NoReturn

from mockgem.operations.generators.number_limits import is_number, is_within, limits_of
from mockgem.operations.generators.pattern_search import count_search_steps, matches_pattern

Schema = Mapping[str, Any] | bool

TYPE_CHECKS: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": lambda value: is_number(value),
    "integer": lambda value: is_number(value) and value == int(value),
}


ANNOTATIONS = frozenset(("title", "description", "default", "examples", "$defs"))
"""Keywords that describe; beside a reference they replace those of its target."""
TOGETHER = tuple(
    frozenset(words.split())
    for words in (
        "contains minContains maxContains",
        "if then else",
        "properties patternProperties additionalProperties",
        "prefixItems items additionalItems",
    )
)
"""Keywords that have another meaning if the others of their group are in the same schema."""


VALUE_KEYWORDS = frozenset(("const", "enum", "allOf", "anyOf", "oneOf", "not", "if"))
"""Keywords that compare a value with others or with other schemas."""


class UnresolvedReference(Exception):
    """A $ref that points to nothing, or out of the schema."""


class NoConformingValue(Exception):
    """The generators found no value that conforms; the schema may have none."""


class ValueTooLong(NoConformingValue):
    """The value is too long. Another attempt would be as long."""


class ComparisonBudget:
    """The number of comparisons that remain; it bounds the work for one schema."""

    def __init__(self, left: int = 200_000) -> None:
        self.remaining = left

    def spend(self, steps: int = 1) -> None:
        self.remaining -= steps
        if self.remaining < 0:
            self.refuse()

    def refuse(self) -> NoReturn:
        raise UnresolvedReference("too much to compare")


def conforms(
    value: Any, schema: Schema, root: Schema, depth: int = 0, budget: ComparisonBudget | None = None
) -> bool:
    """Return whether a value conforms to a schema.

    Args:
        root: The schema that references are resolved in.

    Raises:
        UnresolvedReference: A reference points to nothing or to itself, or the budget is used up.
    """
    budget = budget or ComparisonBudget()
    budget.spend()
    if isinstance(schema, bool):
        return schema
    if depth > 64:
        return True
    schema = resolve_reference(schema, root)
    if value is None and schema.get("nullable") is True:
        return True
    if not has_valid_type(value, schema):
        return False
    if not VALUE_KEYWORDS.isdisjoint(schema) and not (
        ("const" not in schema or is_json_equal(value, schema["const"]))
        and ("enum" not in schema or any(is_json_equal(value, member) for member in schema["enum"]))
        and is_valid_combination(value, schema, root, depth, budget)
    ):
        return False
    return VALIDATORS.get(type(value), is_always_valid)(value, schema, root, depth, budget)


def is_always_valid(
    value: Any, schema: Mapping[str, Any], root: Schema, depth: int, budget: ComparisonBudget
) -> bool:
    return True


def has_valid_type(value: Any, schema: Mapping[str, Any]) -> bool:
    types = types_of(schema)
    if len(types) == 1:
        return TYPE_CHECKS.get(types[0], TYPE_CHECKS["object"])(value)
    return not types or any(TYPE_CHECKS.get(kind, TYPE_CHECKS["object"])(value) for kind in types)


def types_of(schema: Mapping[str, Any]) -> list[str]:
    """Return the types that a schema names, in lower case."""
    kind = schema.get("type")
    if type(kind) is str and kind in TYPE_CHECKS and schema.get("nullable") is not True:
        return [kind]
    kinds = kind if isinstance(kind, list) else [kind] if kind else []
    types = [str(name).lower() for name in kinds if str(name).lower() != "type_unspecified"]
    return (
        [*types, "null"]
        if types and schema.get("nullable") is True and "null" not in types
        else types
    )


def resolve_reference(schema: Mapping[str, Any], root: Schema) -> Mapping[str, Any]:
    """Follow a schema's $ref. The keywords beside it apply, too.

    Where both have the same keyword, or keywords that only have a meaning together, the target
    becomes a part in `allOf`.
    """
    for _ in range(32):
        if "$ref" not in schema:
            return schema
        target = resolve_pointer(str(schema["$ref"]), root)
        if len(schema) == 1:
            schema = target
            continue
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        both = {key for key in beside.keys() & target.keys() if beside[key] != target[key]}
        if (both <= ANNOTATIONS and not share_meaning(beside, target)) or "$ref" in target:
            schema = {**target, **beside}
        else:
            schema = {**beside, "allOf": [*beside.get("allOf", ()), target]}
    raise UnresolvedReference("a reference that goes round in circles")


def share_meaning(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Return whether keywords of one schema would change what those of the other one say."""
    return any(first.keys() & group and second.keys() & group for group in TOGETHER)


def resolve_pointer(reference: str, root: Schema) -> Mapping[str, Any]:
    if not reference.startswith("#"):
        raise UnresolvedReference(reference)
    place: Any = root
    for step in reference.lstrip("#").strip("/").split("/"):
        step = step.replace("~1", "/").replace("~0", "~").replace("%25", "%")
        if not step:
            continue
        if isinstance(place, list) and step.isdigit() and int(step) < len(place):
            place = place[int(step)]
        elif isinstance(place, Mapping) and step in place:
            place = place[step]
        else:
            raise UnresolvedReference(reference)
    if place is True:
        return {}
    if not isinstance(place, Mapping):
        raise UnresolvedReference(reference)
    return place


def is_valid_combination(
    value: Any, schema: Mapping[str, Any], root: Schema, depth: int, budget: ComparisonBudget
) -> bool:
    def is_valid(option: Schema) -> bool:
        return conforms(value, option, root, depth + 1, budget)

    if not all(is_valid(option) for option in schema.get("allOf", ())):
        return False
    if "anyOf" in schema and not any(is_valid(option) for option in schema["anyOf"]):
        return False
    if "oneOf" in schema and not is_valid_once(is_valid, schema["oneOf"]):
        return False
    if "not" in schema and is_valid(schema["not"]):
        return False
    if "if" in schema:
        return is_valid(
            schema.get("then", True) if is_valid(schema["if"]) else schema.get("else", True)
        )
    return True


def is_valid_once(is_valid: Callable[[Schema], bool], options: Iterable[Schema]) -> bool:
    """Return whether exactly one option is valid. The second valid one ends the search."""
    matches = (option for option in options if is_valid(option))
    return next(matches, None) is not None and next(matches, None) is None


def is_valid_object(
    value: dict[str, Any],
    schema: Mapping[str, Any],
    root: Schema,
    depth: int,
    budget: ComparisonBudget,
) -> bool:
    properties = schema.get("properties", {})
    patterns = schema.get("patternProperties", {})
    rest = schema.get("additionalProperties", True)
    if any(name not in value for name in schema.get("required", ())):
        return False
    if (
        not int(schema.get("minProperties", 0))
        <= len(value)
        <= int(schema.get("maxProperties", len(value)))
    ):
        return False
    for name, needed in schema.get("dependentRequired", {}).items():
        if name in value and any(other not in value for other in needed):
            return False
    for name, sub in schema.get("dependentSchemas", {}).items():
        if name in value and not conforms(value, sub, root, depth + 1, budget):
            return False
    names = schema.get("propertyNames", True)
    budget.spend(len(value) * len(patterns))
    is_open = rest is True and names is True and not patterns
    if is_open:
        for name in list_constrained_names(value, properties):
            budget.spend()  # for its name, which any schema of names would look at
            if not conforms(value[name], properties[name], root, depth + 1, budget):
                return False
        return True
    for name in value:
        item = value[name]
        fitting = [sub for pattern, sub in patterns.items() if matches_pattern(pattern, name)]
        own = [properties[name]] if name in properties else fitting
        subs = [*own, *fitting] if own else [rest]
        if not all(conforms(item, sub, root, depth + 1, budget) for sub in subs) or not conforms(
            name, names, root, depth + 1, budget
        ):
            return False
    return True


def list_constrained_names(
    value: Mapping[str, Any], properties: Mapping[str, Any]
) -> Iterable[str]:
    """Return the names of an object that have a schema. An allOf may have many small parts."""
    if len(properties) > len(value):
        return [name for name in value if name in properties]
    return [name for name in properties if name in value]


def is_valid_array(
    value: list[Any],
    schema: Mapping[str, Any],
    root: Schema,
    depth: int,
    budget: ComparisonBudget,
) -> bool:
    if not int(schema.get("minItems", 0)) <= len(value) <= int(schema.get("maxItems", len(value))):
        return False
    if schema.get("uniqueItems") and len(set(map(equality_key, value))) < len(value):
        return False
    first = prefix_of(schema)
    rest = (
        schema.get("additionalItems", True)
        if isinstance(schema.get("items"), list)
        else schema.get("items", True)
    )
    subs = [*first[: len(value)], *([rest] * (len(value) - len(first)))]
    if not all(
        conforms(item, sub, root, depth + 1, budget) for item, sub in zip(value, subs, strict=True)
    ):
        return False
    if "contains" not in schema:
        return True
    hits = sum(conforms(item, schema["contains"], root, depth + 1, budget) for item in value)
    return int(schema.get("minContains", 1)) <= hits <= int(schema.get("maxContains", hits))


def prefix_of(schema: Mapping[str, Any]) -> list[Schema]:
    items = schema.get("items")
    return list(schema.get("prefixItems", items if isinstance(items, list) else ()))


def is_valid_string(
    value: str, schema: Mapping[str, Any], root: Schema, depth: int, budget: ComparisonBudget
) -> bool:
    if "minLength" in schema and len(value) < int(schema["minLength"]):
        return False
    if "maxLength" in schema and len(value) > int(schema["maxLength"]):
        return False
    if "pattern" not in schema:
        return True
    budget.spend(count_search_steps(schema["pattern"], value))
    return matches_pattern(schema["pattern"], value)


def is_valid_number(
    value: float, schema: Mapping[str, Any], root: Schema, depth: int, budget: ComparisonBudget
) -> bool:
    return is_within(value, limits_of(schema), schema.get("multipleOf"))


VALIDATORS: dict[type, Callable[[Any, Mapping[str, Any], Schema, int, ComparisonBudget], bool]] = {
    dict: is_valid_object,
    list: is_valid_array,
    str: is_valid_string,
    int: is_valid_number,
    float: is_valid_number,
}


def is_json_equal(a: Any, b: Any) -> bool:
    """Return whether values are equal as JSON: 1 equals 1.0, but not true, at any depth."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(is_json_equal(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(is_json_equal(a[key], b[key]) for key in a)
    return bool(a == b)


def equality_key(value: Any) -> Hashable:
    """Return a key that is equal for values that are equal as JSON, and only for them."""
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, list):
        return ("list", *map(equality_key, value))
    if isinstance(value, dict):
        return ("dict", frozenset((name, equality_key(item)) for name, item in value.items()))
    key: Hashable = value
    return key
