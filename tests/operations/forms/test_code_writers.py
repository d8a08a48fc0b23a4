"""Programs, commands and explanations use the values that a prompt names."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.code_command_words import explain_command
from mockgem.operations.forms.code_commands import write_shell_command
from mockgem.operations.forms.code_curl import write_call
from mockgem.operations.forms.code_errors import explain_error
from mockgem.operations.forms.code_excel import write_excel
from mockgem.operations.forms.code_languages import LANGUAGES, find_ending, find_language
from mockgem.operations.forms.code_mongo import write_mongo
from mockgem.operations.forms.code_promises import unchain
from mockgem.operations.forms.code_rare import RARE
from mockgem.operations.forms.code_regex import explain_pattern, write_described_regex
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_schedules import explain_schedule
from mockgem.operations.forms.code_templates import write_program

NAMES = dict.fromkeys([name for name, _ in LANGUAGES] + list(RARE))


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("kind", ["function", "script", "class", "tests"])
def test_every_language_has_a_program(language: str, kind: str) -> None:
    request = CodeRequest(language, kind, "run", (), (), (), "a thing", f"a {kind} for a thing")
    assert write_program(request, [])


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("count the lines that contain ERROR in app.log", "grep -c 'ERROR' app.log"),
        ("replace foo with bar in notes.txt", "sed -i 's/foo/bar/g' notes.txt"),
        ("print the second column of data.csv", "awk -F',' '{print $2}' data.csv"),
        ("kill whatever uses port 3000", "lsof -ti :3000 | xargs kill -9"),
        ("delete all .DS_Store files", "find . -type f -name '.DS_Store' -delete"),
        ("undo the last git commit", ""),
    ],
)
def test_a_command_works_on_the_files_of_the_prompt(text: str, command: str) -> None:
    assert write_shell_command(text) == command


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ('sum column B where column A equals "Paid"', '=SUMIF(A:A, "Paid", B:B)'),
        ("count cells in A1:A9 that are greater than 5", '=COUNTIF(A1:A9, ">5")'),
        ("the average of column C", "=AVERAGE(C:C)"),
    ],
)
def test_a_formula_works_on_the_columns_of_the_prompt(text: str, formula: str) -> None:
    assert write_excel(text) == formula


def test_a_statement_of_sql_becomes_a_query_of_mongodb() -> None:
    text = "SELECT name FROM users WHERE age > 30 ORDER BY age DESC LIMIT 10;"
    found = "db.users.find({ age: { $gt: 30 } }, { name: 1 }).sort({ age: -1 }).limit(10);"
    assert write_mongo(text) == found


def test_a_request_of_curl_becomes_a_request_of_python() -> None:
    text = "curl -X POST https://a.example/users -H 'X-Key: 1' -d '{\"name\": \"Ann\"}'"
    source = write_call(text, "python")
    assert 'requests.post(\n    "https://a.example/users"' in source
    assert "json={'name': 'Ann'}" in source


def test_a_chain_of_promises_becomes_steps_that_wait() -> None:
    chain = "fetch(u).then(r => r.json()).catch(e => console.error(e));"
    steps = "try {\n  const r = await fetch(u);\n  r.json();\n} catch (e) {\n  console.error(e);\n}"
    assert unchain(chain) == steps


@pytest.mark.parametrize("source", ["const a = 1;", "a.then(", "a.then(b.c(d", ".then(x)"])
def test_other_programs_keep_their_chains(source: str) -> None:
    assert unchain(source)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("like ORD-1234", r"^ORD-\d{4}$"),
        ("in the format DD/MM/YYYY", r"^\d{2}/\d{2}/\d{4}$"),
        ("two uppercase letters and 3 digits", r"^[A-Z]{2}\d{3}$"),
        ("a thing", ""),
    ],
)
def test_a_pattern_follows_samples_and_parts(text: str, pattern: str) -> None:
    assert write_described_regex(text) == pattern


def test_explanations_name_what_they_explain() -> None:
    assert "a digit, 6 times" in explain_pattern(r"^\d{6}$")
    assert explain_schedule("0 9 * * 1-5").endswith("at 09:00 on Monday to Friday.")
    assert "no key `name`" in explain_error("KeyError: 'name'")
    assert "packs or unpacks" in explain_command("What does `tar -xzf a.tar.gz` do?")
    assert explain_command("What does the tar do?") == ""


@pytest.mark.parametrize(
    ("prompt", "language"),
    [("Question: how many?\nSQL:", "sql"), ("### Python code\n", ""), ("Bash command:", "bash")],
)
def test_the_last_label_names_a_language(prompt: str, language: str) -> None:
    assert find_ending(prompt) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("list the files in C:\\Users with PowerShell", "powershell"),
        ("a hook in React with TypeScript", "tsx"),
        ("simulate two dice in R", "r"),
        ("type TEXT, ts TIMESTAMP", ""),
    ],
)
def test_a_language_is_found_by_its_names(text: str, language: str) -> None:
    assert find_language(text) == language
