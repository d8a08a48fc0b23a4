"""What recognising a form costs: bounded for hostile texts, about the same for long ones."""

from __future__ import annotations

import importlib
from functools import partial
from itertools import pairwise

import pytest

from mockgem.config.model_catalog import load_packaged_models
from mockgem.operations.asking import ask
from mockgem.operations.forms.explained_corrections import MOST_WORDS, list_changes
from mockgem.operations.forms.given_data import parse_items
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import Form, list_forms
from mockgem.operations.generators.seeded_random import SeededRandom
from tests.processor_time import measure, takes_at_most

MODEL = load_packaged_models()["gemini-2.5-flash"]
PADDING = "The quick brown fox jumps over the lazy dog, again and again. " * 3_300
"""About 200 kB of a text that asks for nothing."""
MOST_COMPILED = 2
"""A number field has one pattern for its name."""
WITH_EXAMPLES = [row for row in list_forms() if row.examples]


def reply_to(prompt: str) -> str:
    return ask(prompt, MODEL).text


def recognise(row: Form, prompt: str) -> None:
    row.recognise(Question(prompt, SeededRandom(0, "x")))


def measure_least(row: Form, prompt: str) -> float:
    """Return the processor time of one recogniser in seconds, the least of three."""
    return min(measure(lambda: recognise(row, prompt)) for _ in range(3))


@pytest.mark.parametrize("row", WITH_EXAMPLES, ids=lambda row: row.name)
def test_a_recogniser_reads_only_the_edges_of_a_long_prompt(row: Form) -> None:
    """The bound leaves room for a busy machine; all 200 kB cost a hundred times more."""
    example = row.examples[0]
    short = measure_least(row, f"{example}\n\n{PADDING[:12_000]}\n\n{example}")
    long = measure_least(row, f"{example}\n\n{PADDING}\n\n{example}")
    assert long < 4 * short + 0.05


def list_pieces(example: str) -> list[str]:
    """Return parts of an example: its lines alone and in pairs, its first and last words."""
    lines = [f"{line}\n" for line in example.splitlines() if line.strip()]
    words = example.split()
    pairs = [first + second for first, second in pairwise(lines)]
    edges = [" ".join(part) + " " for n in (2, 4, 8) for part in (words[:n], words[-n:])]
    return [*lines, *pairs, *edges, f"{example}\n", f"{example[:-2]} "]


@pytest.mark.parametrize("row", WITH_EXAMPLES, ids=lambda row: row.name)
def test_a_recogniser_takes_little_time_for_repeated_parts_of_its_examples(row: Form) -> None:
    """A pattern that searches on from each of its beginnings took six seconds for such a text."""
    for piece in dict.fromkeys(part for one in row.examples for part in list_pieces(one)):
        assert takes_at_most(1, partial(recognise, row), (piece * 12_000)[:12_000]), piece


@pytest.mark.parametrize(
    "text",
    [
        "a, b " * 1500,
        "current summary:\na\nnew lines:\n" * 200,
        "existing answer: a\n\n-----\n" * 220,
        "question: a\nsql result: x\n" * 220,
        "{" * 6000,
        '"' * 6000,
        "[[ ## a ## ]] " * 400,
        "a/" * 3000,
        "<a" * 3000,
        "1 to " * 1500,
        "keys: " + "a, " * 2000,
        "one of: " + "word " * 1200,
        "- x\n" * 1500,
        " " * 6000,
        "(" * 6000,
        "**" * 3000,
        "`" * 6000,
        "only the " * 800,
        "table " * 1000,
        "a\n\n" * 2000,
        ":" * 6000,
        "and or " * 1000,
        "。" * 6000,
        "用" * 6000,
        "_" * 6000,
        "(a) " * 1500,
        "aa aa: bb bb, " * 400,
        "json: a, " * 700,
        "return 'x' if " * 400,
        "output x if a " * 400,
        "AB_" * 2000,
        "🙂 " * 3000,
        "---\n" * 1500,
        "<labels>" * 700,
        "a (1) or " * 700,
        "t(a," * 1500,
        "per a by " * 700,
        "fields:\n" + " a - b\n" * 700,
        "to my a, " * 650,
        "SELECT " * 850,
        "Input: a\nOutput: b\n\n" * 300,
        "| a | b |\n" * 600,
        "a: b, c: d\n" * 600,
        "1 = a\n" * 1000,
        "CREATE TABLE a (b INT);\n" * 250,
        "if I say a you say b, " * 270,
        "map each a to b " * 400,
        "5% of 10, " * 600,
        "User: a\nAI: b\n" * 430,
        "f(a) and g(b, c), " * 330,
        '"[[A]]" or ' * 540,
        "# a\nb\n" * 1000,
        "[1] A b c d. " * 460,
        "class A:\n    b: int\n" * 280,
        "Anna Berg and Ben Cole in Rome, " * 190,
        "a_b, " * 1200,
        "3 apples, buys 5 more, " * 260,
        "Ann Lee and Bo Kim, " * 300,
        "say say " * 750,
        "always answer with " * 300,
        "1, 2, " * 1000,
        "one hundred and " * 370,
        "extract the a and the b, " * 240,
        "what is the a of b " * 310,
        "x + 3 = " * 750,
        "1) a\n2) b\n" * 600,
        '{"a": ' * 1000,
        "int )" * 1200,
        "a subclass " + "A" * 4000,
        "types " + "A" * 4000,
        "error: a\n" * 600,
        "x(" * 400 + ".then(a => " * 400,
        "Which label?\nLabels: " + "ab / " * 40 + "!\n",
        "a (" + "id serial primary key, " * 40 + "total numeric(10,2))",
    ],
)
def test_hostile_texts_cost_bounded_time(text: str) -> None:
    """The bound is a hundred times what the slowest of them takes on an idle machine."""
    assert takes_at_most(20, reply_to, f"Return only JSON, one word, a table, code: {text}")


def test_a_list_that_breaks_off_is_not_searched_again_and_again() -> None:
    """Each comma once had two ways to match, so this took longer than any test may."""
    assert parse_items("JSON: " + "name and quantity, " * 60 + "x" * 70 + "!") is None


def test_only_the_beginning_of_a_long_text_is_compared_word_by_word() -> None:
    same = "word " * MOST_WORDS
    assert list_changes(f"{same} their", f"{same} there", "en") == []
    assert list_changes(f"their {same}", f"there {same}", "en") != []


def ask_for_fields(first: str, second: str, third: str) -> str:
    return (
        f"Extract as JSON with the keys {first}, {second}_count and {third} (one of: red, blue)."
        f"\n\nText: The {first} of Oslo has 4 {second}s and a red {third}."
    )


def test_names_of_fields_compile_hardly_any_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern for each name of a field takes longer than all searches of a prompt."""
    for names in (("harbour", "lantern", "meadow"), ("copper", "violin", "glacier")):
        reply_to(ask_for_fields(*names))
    compiler = importlib.import_module("re._compiler")
    compile_pattern = compiler.compile
    compiled: list[object] = []

    def count(pattern: object, flags: int = 0) -> object:
        compiled.append(pattern)
        return compile_pattern(pattern, flags)

    monkeypatch.setattr(compiler, "compile", count)
    assert '"saddle_count": 4' in reply_to(ask_for_fields("pepper", "saddle", "walnut"))
    assert len(compiled) <= MOST_COMPILED
