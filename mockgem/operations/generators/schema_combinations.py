"""Resolve allOf, anyOf, oneOf and if/then/else to one schema to generate a value for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockgem.operations.generators import field_values
from mockgem.operations.generators.generation_attempt import (
    MAX_DEPTH,
    MAX_OPTIONAL_DEPTH,
    GenerationAttempt,
)
from mockgem.operations.generators.mentions import find_mentioned
from mockgem.operations.generators.schema_merge import SchemaMerger, merge_schemas
from mockgem.operations.generators.schema_validation import resolve_reference, types_of
from mockgem.operations.generators.word_stems import extract_stems

COMBINATIONS = frozenset(("allOf", "anyOf", "oneOf", "if"))
"""Keywords with other schemas, which a value and the user's text choose from."""
STEPS_PER_COMBINATION = 20
"""What it takes to look for combinations in a schema, in comparisons of values."""
STEPS_PER_OPTION = 4
"""What it takes to look at an option, in comparisons of values."""
FIRST_OPTION_WEIGHT = 3
"""One draw in this number picks an option at random; the others take the first."""


def resolve_combinations(
    attempt: GenerationAttempt, schema: Mapping[str, Any], name: str, depth: int
) -> Mapping[str, Any]:
    """Return a schema with every allOf merged, and one option of each anyOf and oneOf chosen."""
    attempt.budget.spend(STEPS_PER_COMBINATION)
    if "allOf" in schema:
        schema = merge_parts(attempt, schema, name, depth)
    for keyword in ("anyOf", "oneOf"):
        if options := schema.get(keyword):
            rest = {key: value for key, value in schema.items() if key not in (keyword, "allOf")}
            attempt.budget.spend(STEPS_PER_OPTION * len(options))
            option = choose_option(attempt, list(options), depth)
            inner = resolve_inner(attempt, dict(option), name, depth) if option else {}
            schema = merge_schemas(rest, inner)
    if "if" in schema and depth <= MAX_DEPTH:
        schema = resolve_condition(attempt, schema, name, depth)
    return schema


def find_only_options(schema: Mapping[str, Any]) -> tuple[str, list[Any]] | None:
    """Return the keyword and the options of a schema that has no other combinations."""
    found = [keyword for keyword in COMBINATIONS if keyword in schema]
    if len(found) != 1 or found[0] not in ("anyOf", "oneOf"):
        return None
    options = schema[found[0]]
    return (found[0], options) if isinstance(options, list) and options else None


def merge_parts(
    attempt: GenerationAttempt, schema: Mapping[str, Any], name: str, depth: int
) -> Mapping[str, Any]:
    """Return a schema with the parts of its allOf merged into it."""
    merger = SchemaMerger(schema)
    for part in schema["allOf"]:
        inner = resolve_inner(attempt, part, name, depth) if not isinstance(part, bool) else {}
        merger.schema.pop("allOf", None)
        merger.add(inner)
    return merger.schema


def resolve_inner(
    attempt: GenerationAttempt, schema: Mapping[str, Any], name: str, depth: int
) -> Mapping[str, Any]:
    """Resolve a schema inside a combination."""
    return resolve_combinations(attempt, resolve_reference(schema, attempt.root), name, depth + 1)


def choose_option(attempt: GenerationAttempt, options: list[Any], depth: int) -> Mapping[str, Any]:
    """Choose an option of anyOf or oneOf.

    Deep in a value it is a flat one. Otherwise null comes last, an option that the user mentioned
    or whose fields the text names
    comes first, and of the others the first is the most frequent.
    """
    usable: list[dict[str, Any]] = [option for option in options if isinstance(option, dict)]
    if not usable:
        return {}
    if depth > MAX_OPTIONAL_DEPTH:
        flat = [
            option
            for option in usable
            if types_of(option) not in (["object"], ["array"]) and "$ref" not in option
        ]
        return attempt.random.pick(flat or usable)
    preferred = [option for option in usable if types_of(option) != ["null"]] or usable
    if mentioned := [option for option in preferred if is_option_mentioned(attempt, option)]:
        return mentioned[0]
    if named := find_named_option(attempt, preferred):
        return named
    is_first = attempt.random.draw_below(FIRST_OPTION_WEIGHT) > 0
    return preferred[0] if is_first else attempt.random.pick(preferred)


def find_named_option(
    attempt: GenerationAttempt, options: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """Return the option whose title and fields have the most words in the user's text.

    "Which language is spoken in Mexico?" chooses an object with the field `language`. None if no
    option, or more than one, has the most.
    """
    if len(options) < 2 or not attempt.hints.text:
        return None
    scores = [score_option(attempt, option) for option in options]
    best = max(scores)
    return options[scores.index(best)] if best > 0 and scores.count(best) == 1 else None


def score_option(attempt: GenerationAttempt, option: Mapping[str, Any]) -> int:
    """Return how many words of an option the user's text has; the items of a list share it."""
    known = attempt.option_scores.get(id(option))
    if known is not None and known[0] is option and known[1] is attempt.hints:
        return known[2]
    words = extract_stems(attempt.hints.text)
    score = len(extract_stems(" ".join(list_option_words(attempt, option, 0))) & words)
    attempt.option_scores[id(option)] = (option, attempt.hints, score)
    return score


def list_option_words(attempt: GenerationAttempt, option: Any, depth: int) -> list[str]:
    """Return the title, constants and fields of a schema and of the schemas in it, as words."""
    if not isinstance(option, dict):
        return []
    target = resolve_reference(option, attempt.root)
    names = [str(target.get("title", "")), str(target.get("const", ""))]
    for name, sub in list(target.get("properties", {}).items())[:20]:
        names.append(name)
        names += list_option_words(attempt, sub, depth + 1) if depth < 2 else []
    return [field_values.split_field_name(name) for name in names]


def is_option_mentioned(attempt: GenerationAttempt, option: Mapping[str, Any]) -> bool:
    """Return whether the user's text mentions a constant of an option, or a number for one."""
    target = resolve_reference(option, attempt.root)
    constants = [
        value
        for schema in (target, *target.get("properties", {}).values())
        if isinstance(schema, dict)
        for value in ([schema["const"]] if "const" in schema else schema.get("enum", ()))
    ]
    if find_mentioned(constants, attempt.hints.text) is not None:
        return True
    return (
        types_of(target) in (["integer"], ["number"])
        and bool(attempt.hints.numbers)
        and not attempt.hints.quoted
    )


def resolve_condition(
    attempt: GenerationAttempt, schema: Mapping[str, Any], name: str, depth: int
) -> Mapping[str, Any]:
    """Replace if/then/else by the branch that a value generated without them takes."""
    rest = {key: value for key, value in schema.items() if key not in ("if", "then", "else")}
    trial = attempt.generate(rest, name, depth + 1)
    branch = schema.get("then" if attempt.is_valid(trial, schema["if"]) else "else", {})
    return merge_schemas(
        rest, resolve_reference(branch, attempt.root) if isinstance(branch, dict) else {}
    )
