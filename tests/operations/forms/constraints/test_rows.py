"""Each constraint is found in its example, and the reply keeps it."""

from __future__ import annotations

import re

import pytest

from mockgem.operations.forms.constraints.reading import CLAUSE, CONSTRAINTS, read_constraints
from mockgem.operations.forms.constraints.rows import Constraint
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.search_guards import has_any
from mockgem.operations.generators.seeded_random import SeededRandom
from tests.asking import Asker
from tests.operations.forms.prompt_files import read_prompts


def name_row(row: Constraint) -> str:
    return f"{row.name} {row.example[:20]}"


def list_found(prompt: str, system: str = "") -> list[str]:
    reading = read_constraints(Question(prompt, SeededRandom(0), system))
    return [one.row.name for one in reading.found]


@pytest.mark.parametrize("row", CONSTRAINTS, ids=name_row)
def test_the_example_has_the_constraint(row: Constraint) -> None:
    assert row.name in list_found(row.example)


KEPT = [
    ("call to action", r"Order yours today!\Z"),
    ("no commas", r"\A[^,]+\Z"),
    ("lower case", r"\A[^A-Z]+\Z"),
    ("capitals", r"\A[^a-z]+\Z"),
    ("words in capitals", r"(?s)(?:.*?\b[A-Z]{4,}\b){4}"),
    ("letters", r"(?is)(?:.*?q){3}"),
    ("title in brackets", r"\A<<[^<>\n]+>>\n\n\S"),
    ("postscript", r"\n\nP\.S\. \S[^\n]+\Z"),
    ("placeholders", r"(?s)(?:.*?\[[a-z -]+\]){3}"),
    ("highlights", r"(?s)(?:.*?\*[^*\n]+\*){3}"),
    ("quotation marks", r'(?s)\A"[^"]+"\Z'),
    ("no digits", r"\A\D+\Z"),
    ("no punctuation", r"\A[^.,;:!?]+\Z"),
    ("first letter of sentences", r"\AR[^.!?]+[.!?] R[^.!?]+[.!?] R[^.!?]+[.!?]\Z"),
    ("plain text", r"\A[^*#`]+\Z"),
    ("no lists", r"\A(?![-*\d])[^\n]+\.\Z"),
    ("words to avoid", r"(?is)\A(?!.*\b(?:snow|water))"),
    ("paragraphs with a divider", r"(?s)\A[^*]+\n\n\*\*\*\n\n[^*]+\n\n\*\*\*\n\n[^*]+\Z"),
    ("paragraphs with blank lines", r"\A[^\n]+(?:\n\n[^\n]+){3}\Z"),
    ("sections with labels", r"(?s)\ASECTION 1\n.+\n\nSECTION 2\n.+\n\nSECTION 3\n"),
    ("first word of a paragraph", r"\A[^\n]+\n\nUmbrella "),
    ("bullet points", r"(?s)\A(?!\* )[^*]+(?:^|\n)[*-] [^\n]+\n[*-] [^\n]+\s*\Z"),
    ("last words", r"Bon appetit!\Z"),
    ("signature", r"(?s)regards,\nLena from Flat 3\Z"),
    ("two replies", r"(?s)\S\n\n\*{6}\n\n\S"),
    ("the request first", r"\AWrite a joke about cows\.\n\n\S"),
    ("length", r"(?s)\A(?:\W*\w+){120}"),
    ("short length", r"\A(?:[^\w,]*\w+){3,40}[^\w,]*\Z"),
]
"""What the replies to the examples match."""


@pytest.mark.parametrize(("name", "shape"), KEPT, ids=[name for name, _ in KEPT])
def test_the_reply_keeps_the_constraint(name: str, shape: str) -> None:
    for row in CONSTRAINTS:
        if row.name == name:
            reply = Asker().chat(row.example).message["content"]
            assert re.search(shape, reply), reply


def test_every_constraint_has_a_test_of_its_reply() -> None:
    tested = {name for name, _ in KEPT}
    assert {row.name for row in CONSTRAINTS} - tested == {"words to include"}


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("Tell me about trains. The word station should appear at least 3 times.", {"station": 3}),
        (
            'Write a post about our bakery. Include the keywords "sourdough" and "oven".',
            {"sourdough": 1, "oven": 1},
        ),
        (
            "Write a song about the sea, mentioning the words gull, salt and rope.",
            {"gull": 1, "rope": 1},
        ),
        (
            "Explain how a bank works. Use the word loan at least 4 times, and the word rate at "
            "least twice.",
            {"loan": 4, "rate": 2},
        ),
    ],
)
def test_the_reply_has_the_words_to_include(prompt: str, words: dict[str, int]) -> None:
    reply = Asker().chat(prompt).message["content"].lower()
    assert all(reply.count(word) >= count for word, count in words.items()), reply


@pytest.mark.parametrize(
    ("prompt", "shape"),
    [
        (
            "Write a letter to the city about the park in all lowercase letters, without commas. "
            'End with the exact phrase "see you there".',
            r"(?s)\A[^A-Z,]+see you there\Z",
        ),
        (
            "Describe a train ride. Your whole answer should be in capital letters, have a title "
            "in "
            "double angular brackets and a postscript starting with P.S.",
            r"(?s)\A<<[^a-z]+>>\n\n[^a-z]+\n\nP\.S\. [^a-z]+\Z",
        ),
        (
            "Write a poem about owls with 2 stanzas. Wrap the entire reply in double quotation "
            "marks "
            "and do not use commas.",
            r'(?s)\A"[^",]+"\Z',
        ),
        (
            "Write a story of exactly 2 paragraphs about a lighthouse. Separate the paragraphs "
            "with "
            "***. The word lamp must appear at least 5 times.",
            r"(?is)\A(?=(?:.*?lamp){5})[^*]+\*\*\*[^*]+\Z",
        ),
    ],
)
def test_several_constraints_hold_together(prompt: str, shape: str) -> None:
    reply = Asker().chat(prompt).message["content"]
    assert re.search(shape, reply), reply


def test_the_system_instruction_constrains_every_reply() -> None:
    system = "You are a poet. Never use commas. Your replies must be in all lowercase letters."
    messages = [
        {"role": "system", "content": system},
        {"role": "user", "content": "Tell me about the harbour in the morning."},
    ]
    reply = Asker().chat(messages).message["content"]
    assert "," not in reply
    assert reply == reply.lower()


@pytest.mark.parametrize(
    "prompt",
    [
        "What do the numbers on a tyre mean? I do not understand the second one.",
        "Why do passwords need lowercase letters?",
        "Convert this to uppercase: hello there",
        "List five fruits, comma-separated, no spaces after commas.",
        "Is it a good idea to repeat the question in an interview?",
        "What is a postscript?",
        "Return JSON with the keys name and age, all lowercase: Anna, 34",
        'If the context does not contain the answer, say "I don\'t know".',
        "How many bullet points should a slide have?",
        "Write a function that removes commas from a string in Python.",
    ],
)
def test_other_mentions_are_no_constraints(prompt: str) -> None:
    assert list_found(prompt) == []


@pytest.mark.parametrize(
    ("system", "prompt", "shape"),
    [
        (
            "Do not use emojis or exclamation marks.",
            "Write a happy birthday message for my sister Ana.",
            r"\A[^!]+\Z",
        ),
        (
            "Do not mention competitors such as Fizzco. Mention our brand Bubbly at least once.",
            "Write a tweet about sparkling water.",
            r"(?s)\A(?!.*Fizzco).*Bubbly",
        ),
        ("Never use bullet points.", "Give me 5 tips for better sleep.", r"\A(?![-*])[^\n]+\Z"),
        ("", "I need a short text about winter that doesn't mention snow.", r"(?is)\A(?!.*snow)"),
        (
            "",
            "Describe autumn. Use plain text, no Markdown, and mention the word leaves at least "
            "twice.",
            r"(?is)leaves.*leaves",
        ),
        (
            "",
            "Write a letter to the city about the park in all lowercase letters.",
            r"about the park\.",
        ),
        ("", "Write a bio of a developer, mention python and aws.", r"(?is)(?=.*python).*aws"),
    ],
)
def test_usual_rules_of_products_hold(system: str, prompt: str, shape: str) -> None:
    messages = [{"role": "system", "content": system}] if system else []
    reply = Asker().chat([*messages, {"role": "user", "content": prompt}]).message["content"]
    assert re.search(shape, reply), reply


@pytest.mark.parametrize(
    ("prompt", "shape"),
    [
        ('Describe rain. Do not use the word "t" in your text.', r"(?i)\A[^t]+\Z"),
        ('Describe rain. The word "it" should appear less than 2 times.', r"\S"),
        ('Describe İstanbul. Do not use the word "i".', r"\A[^iI]+\Z"),
        (
            "雨について説明してください。Highlight at least 3 sections with markdown, like *this*.",
            r"\S",
        ),
        ("Describe rain. Do not include the letter e anywhere in your text.", r"(?i)\A[^e]+\Z"),
        ("Describe rain. The letter t should appear at most 4 times.", r"(?i)\A(?:[^t]*t?){5}\Z"),
        ("Describe rain without commas in at least 5000 words and fewer than 10 sentences.", r"\S"),
    ],
)
def test_a_constraint_that_no_text_fulfils_ends(prompt: str, shape: str) -> None:
    """A change that looked for a better text without end would stop the server."""
    assert re.search(shape, Asker().chat(prompt).message["content"])


@pytest.mark.parametrize("row", [row for row in CONSTRAINTS if row.signs], ids=name_row)
def test_sentences_with_a_constraint_have_its_signs(row: Constraint) -> None:
    """Sentences without them are not searched, so no constraint may be lost by that."""
    texts = [one.example for one in CONSTRAINTS]
    texts += [prompt.text for prompt in read_prompts("prompts")]
    texts += [f"Write {words} words about tea." for words in ("40-50", "40 to 50", "50+", "40–50")]
    texts += [f"Write 50 words or {more} about tea." for more in ("more", "less", "longer")]
    clauses = {clause for text in texts for clause in CLAUSE.findall(text[:2000])}
    assert not [
        clause
        for clause in clauses
        if not has_any(row.signs, clause.lower())
        and any(row.read(match) is not None for match in row.pattern.finditer(clause))
    ]
