"""Database schemas without the word SQL: "a database schema for a shop with customers and
orders"."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_schemas import write_schema
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

ASKS = make_regex(
    r"\b(?:write|create|design|give|generate|make|draft|propose|suggest|need|show)\b[^.\n]{0,40}"
    r"\b(?:database|db|relational|postgres(?:ql)?|mysql|sqlite)\b[^.\n]{0,20}\b(?:schema|tables)\b",
    re.I,
)
OTHER_WISH = make_regex(
    r"\b(?:prisma|mongo\w*|mermaid|diagram|json|orm|sqlalchemy|django|explain|describe|er)\b", re.I
)


@form(
    "database schema",
    "Create a database schema for an online shop with customers, products, orders and order items",
    words="schema tables",
    about="a statement for each table that the prompt names, with its references",
)
def write_database(question: Question) -> str | None:
    wish = question.instruction
    if not ASKS.search(wish) or OTHER_WISH.search(wish) or wants("json", question):
        return None
    statements = write_schema(wish)
    return f"```sql\n{statements}\n```" if statements else None
