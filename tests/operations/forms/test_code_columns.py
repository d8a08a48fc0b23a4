"""Columns of SQL tables from what a prompt states about them."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.code_columns import read_columns, write_indexes

TEXT = "Create a {} table t with id auto increment primary key, name varchar(80) not null"


@pytest.mark.parametrize(
    ("database", "key"),
    [
        ("MySQL", "id INT AUTO_INCREMENT PRIMARY KEY"),
        ("MariaDB", "id INT AUTO_INCREMENT PRIMARY KEY"),
        ("SQLite", "id INTEGER PRIMARY KEY AUTOINCREMENT"),
        ("SQL Server", "id INT IDENTITY PRIMARY KEY"),
        ("PostgreSQL", "id SERIAL PRIMARY KEY"),
    ],
)
def test_a_counted_key_is_written_in_the_dialect_of_the_database(database: str, key: str) -> None:
    assert read_columns(TEXT.format(database)) == [key, "name VARCHAR(80) NOT NULL"]


def test_a_column_without_a_type_leaves_the_table_to_others() -> None:
    assert read_columns("Create a table t with id int primary key, a name") == []


def test_an_index_is_a_statement_and_no_column() -> None:
    text = f"{TEXT.format('PostgreSQL')}, and an index on name"
    assert read_columns(text) == ["id SERIAL PRIMARY KEY", "name VARCHAR(80) NOT NULL"]
    assert write_indexes(text, "t") == "\n\nCREATE INDEX idx_t_name\nON t (name);"
