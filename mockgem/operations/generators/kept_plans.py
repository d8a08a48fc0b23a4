"""Keep the plans for schemas: most requests repeat the schema of others, as a new value."""

from __future__ import annotations

from mockgem.core.cache import BoundedCache, make_value_key
from mockgem.operations.generators.schema_plans import make_plan
from mockgem.operations.generators.schema_validation import Schema
from mockgem.operations.generators.value_plan import SchemaPlans

BYTES_PER_PLAN = 16
"""A schema has more bytes for each of its plans; other plans are for names from the user's text."""
FEW_PLANS = 32
WEIGHT_OF_BYTE = 24
"""The bytes that a schema and its plans take for each byte of its key; 20 to 22 were measured."""
KEPT: BoundedCache[bytes, SchemaPlans] = BoundedCache(count=1024, weight=16 * 2**20)


def find_plans(schema: Schema) -> SchemaPlans:
    """Return the plans for a schema, those of an equal one if it has been used before."""
    key = make_value_key(schema)
    if not key:
        return SchemaPlans(schema, make_plan)
    plans = KEPT.get(key)
    if plans is None:
        plans = SchemaPlans(schema, make_plan, FEW_PLANS + len(key) // BYTES_PER_PLAN)
        KEPT.put(key, plans, WEIGHT_OF_BYTE * len(key))
    return plans
