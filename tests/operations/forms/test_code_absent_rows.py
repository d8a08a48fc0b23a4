"""Queries for rows without others."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.code_absent_rows import write_absent_rows


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "users without a login since 2024-01-01",
            ("FROM users", "logins.user_id", "'2024-01-01'"),
        ),
        (
            "alle Kunden aus der Tabelle kunden, die seit 2022 keine Bestellung haben",
            ("FROM kunden", "bestellungen.kunde_id", "'2022-01-01'"),
        ),
        ("customers with no invoices in the last 90 days", ("invoices", "INTERVAL '90 DAY'")),
        ("clienti senza ordini", ("FROM clienti", "ordini.cliente_id")),
    ],
)
def test_a_query_joins_what_is_missing(text: str, parts: tuple[str, ...]) -> None:
    query = write_absent_rows(text)
    assert query.endswith(".id IS NULL;")
    assert all(part in query for part in parts)


@pytest.mark.parametrize("text", ["delete users without a login", "users with a login", "users"])
def test_other_wishes_get_no_such_query(text: str) -> None:
    assert write_absent_rows(text) == ""
