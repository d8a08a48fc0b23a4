"""Make the plan for the values of a schema: by its type, its members or its combinations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.operations.generators.array_values import ArrayPlan
from mockgem.operations.generators.generation_attempt import (
    MAX_OPTIONAL_DEPTH,
    GenerationAttempt,
)
from mockgem.operations.generators.hints import Hints
from mockgem.operations.generators.member_values import (
    BooleanPlan,
    ImpossiblePlan,
    MemberPlan,
    NullPlan,
)
from mockgem.operations.generators.number_values import NumberPlan
from mockgem.operations.generators.object_values import plan_object
from mockgem.operations.generators.schema_combinations import (
    COMBINATIONS,
    STEPS_PER_COMBINATION,
    STEPS_PER_OPTION,
    choose_option,
    find_only_options,
    resolve_combinations,
)
from mockgem.operations.generators.schema_merge import merge_schemas
from mockgem.operations.generators.schema_validation import (
    Schema,
    UnresolvedReference,
    resolve_reference,
    types_of,
)
from mockgem.operations.generators.string_values import StringPlan
from mockgem.operations.generators.value_plan import SchemaPlans, ValuePlan

MEMBER_KEYWORDS = frozenset(("const", "enum"))
TYPE_KEYWORDS = {
    "object": (
        "properties",
        "additionalProperties",
        "unevaluatedProperties",
        "required",
        "patternProperties",
        "minProperties",
        "dependentRequired",
        "dependentSchemas",
    ),
    "array": ("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "string": ("pattern", "format", "minLength", "maxLength"),
}
"""Keywords that imply a type in a schema without "type"."""


def make_plan(schema: Schema, name: str, plans: SchemaPlans) -> ValuePlan:
    """Return the plan for a schema and the name of a field.

    Raises:
        UnresolvedReference: A reference points to nothing or to itself.
    """
    if schema is False:
        return ImpossiblePlan("false allows nothing")
    if schema is True:
        plan: ValuePlan = StringPlan({"type": "string"}, name)
        plan.steps = STEPS_PER_COMBINATION
        return plan
    steps = len(schema)
    target = resolve_reference(schema, plans.root)
    if COMBINATIONS.isdisjoint(target):
        plan = plan_resolved(target, name, plans)
        plan.steps = steps + STEPS_PER_COMBINATION
    else:
        plan = plan_combination(target, name, plans)
        plan.steps = steps
    return plan


def plan_combination(schema: Mapping[str, Any], name: str, plans: SchemaPlans) -> ValuePlan:
    found = find_only_options(schema)
    if found is None or not all(is_simple(option, plans.root) for option in found[1]):
        return CombinationPlan(schema, name, plans)
    keyword, options = found
    rest = {key: value for key, value in schema.items() if key != keyword}
    return OptionPlan(rest, options, name, plans)


def is_simple(option: Any, root: Schema) -> bool:
    """Return whether an option has no combinations; a value never chooses what is no object."""
    try:
        return not isinstance(option, dict) or COMBINATIONS.isdisjoint(
            resolve_reference(option, root)
        )
    except UnresolvedReference:  # that counts when a value chooses the option
        return False


class CombinationPlan(ValuePlan):
    """Generates values of a schema with parts and options, which each value chooses again."""

    def __init__(self, schema: Mapping[str, Any], name: str, plans: SchemaPlans) -> None:
        self.schema = schema
        self.name = name
        self.plans = plans

    def create(self, attempt: GenerationAttempt, depth: int) -> Any:
        schema = resolve_combinations(attempt, self.schema, self.name, depth)
        return plan_resolved(schema, self.name, self.plans.branch()).create(attempt, depth)


class OptionPlan(ValuePlan):
    """Generates values of one of several options, which have no combinations themselves.

    Args:
        rest: What holds for all options.
    """

    def __init__(
        self, rest: Mapping[str, Any], options: list[Any], name: str, plans: SchemaPlans
    ) -> None:
        self.rest = rest
        self.options = options
        self.name = name
        self.plans = plans
        self.by_option: dict[int, ValuePlan] = {}

    def create(self, attempt: GenerationAttempt, depth: int) -> Any:
        attempt.budget.spend(STEPS_PER_COMBINATION + STEPS_PER_OPTION * len(self.options))
        option = choose_option(attempt, self.options, depth)
        if option:
            attempt.budget.spend(STEPS_PER_COMBINATION)
        plan = self.by_option.get(id(option)) or self.plan_option(option)
        return plan.create(attempt, depth)

    def plan_option(self, option: Mapping[str, Any]) -> ValuePlan:
        inner = resolve_reference(option, self.plans.root)
        plan = plan_resolved(merge_schemas(self.rest, inner), self.name, self.plans)
        if option and self.plans.have_room:
            self.by_option[id(option)] = plan
        return plan


def plan_resolved(schema: Mapping[str, Any], name: str, plans: SchemaPlans) -> ValuePlan:
    """Return the plan for a schema without references and combinations."""
    if not MEMBER_KEYWORDS.isdisjoint(schema):
        return MemberPlan(schema, plans.root)
    types = types_of(schema)
    if len(types) > 1:
        return UnionPlan(schema, types, name, plans)
    return plan_type(types[0] if types else infer_type(schema), schema, name, plans)


def plan_type(kind: str, schema: Mapping[str, Any], name: str, plans: SchemaPlans) -> ValuePlan:
    match kind:
        case "object":
            return plan_object(schema, plans)
        case "array":
            return ArrayPlan(schema, name, plans)
        case "string":
            return StringPlan(schema, name)
        case "integer" | "number":
            return NumberPlan(schema, name, whole=kind == "integer")
        case "boolean":
            return BooleanPlan(name)
        case "null":
            return NullPlan()
    return ImpossiblePlan(f"unknown type {kind}")


def infer_type(schema: Mapping[str, Any]) -> str:
    """Return the type that the keywords of a schema imply."""
    for kind, keywords in TYPE_KEYWORDS.items():
        if any(keyword in schema for keyword in keywords):
            return kind
    return "string"


class UnionPlan(ValuePlan):
    """Generates values of one of several types. Null is only for values deep in others."""

    def __init__(
        self, schema: Mapping[str, Any], types: list[str], name: str, plans: SchemaPlans
    ) -> None:
        self.schema = schema
        self.name = name
        self.plans = plans
        self.allows_null = "null" in types
        self.types = [kind for kind in types if kind != "null"]
        self.by_type: dict[str, ValuePlan] = {}

    def create(self, attempt: GenerationAttempt, depth: int) -> Any:
        kind = self.choose_type(attempt.hints, depth)
        plan = self.by_type.get(kind)
        if plan is None:
            plan = self.by_type[kind] = plan_type(kind, self.schema, self.name, self.plans)
        return plan.create(attempt, depth)

    def choose_type(self, hints: Hints, depth: int) -> str:
        """Return a number type if the user wrote numbers and quoted nothing, else the first."""
        if self.allows_null and depth > MAX_OPTIONAL_DEPTH:
            return "null"
        if not self.types:
            return infer_type(self.schema)
        if len(self.types) > 1 and hints.numbers and not hints.quoted:
            numeric = (kind for kind in self.types if kind in ("integer", "number"))
            return next(numeric, self.types[0])
        return self.types[0]
