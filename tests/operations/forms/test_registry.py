"""The rows of the table of forms: each answers its examples."""

from __future__ import annotations

import pytest

from mockgem.config.model_catalog import load_packaged_models
from mockgem.core.content import Text, Turn
from mockgem.operations.asking import PROSE, ask
from mockgem.operations.forms import registry
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import (
    FORMS,
    USE_RESULTS,
    Form,
    find_form,
    list_forms,
)
from mockgem.operations.generators.seeded_random import SeededRandom
from tests.asking import Asker, chat
from tests.operations.forms.prompt_files import Prompt, read_ordinary_prompts, read_prompts

MODEL = load_packaged_models()["gemini-2.5-flash"]
EXAMPLES = [(row.name, example) for row in list_forms() for example in row.examples]
IN_CONVERSATIONS = {
    "table of the last list": (
        ["Give me 2 gift ideas", "1. A tackle box\n2. A fishing trip"],
        "Put those in a table with an estimated price column.",
    ),
    "what to buy for a chosen thing": (
        ["Party ideas?", "1. Picnic: green lemonade and sandwiches\n2. A walk"],
        "I like the first one. What would I need to buy?",
    ),
    "changed day of a plan": (
        ["A 2 day trip to Lisbon?", "Day 1: Alfama. Day 2: Sintra."],
        "Can you make day 2 more kid friendly?",
    ),
    "answer to a question of the assistant": (
        ["I feel stressed about my exams.", "I'm sorry to hear that. Which subject worries you?"],
        "Mostly chemistry. I forget the formulas.",
    ),
    "text in the first person": (
        ["Write a bio. I'm Nadia, an illustrator.", "Nadia is an illustrator."],
        "Put it in first person and mention that I have two cats.",
    ),
    "examples of the last subject": (
        ["Explain what a prime number is.", "A number that only 1 and itself divide."],
        "Give me three examples.",
    ),
    "question about what was named": (
        ["What's the capital of Canada?", "The capital of Canada is Ottawa."],
        "How many people live there?",
    ),
    "next step after an answer": (
        ("I want to spend a weekend at the sea", "Nice! Where do you start?"),
        "From Berlin, about 300 euros",
    ),
    "last request with a change": (
        [
            'Translate to German: "The meeting has been moved to Monday."',
            "Das Treffen ist am Montag.",
        ],
        "Now in Spanish please.",
    ),
    "changed message": (
        ["Ask for Friday off", "I would like Friday off. Please let me know."],
        "add that Jonas will cover my tickets",
    ),
    "explained again": (["What is 3/4 of 20?", "3/4 of 20 is 15."], "I don't get it. Why?"),
    "other number": (["Rice for 2 people?", "For 2 people 160 g."], "What about for 4 people?"),
    "earlier replies": (["love it", "positive", "hate it", "negative"], "Awful service"),
    "what the user said": (["My dog is called Rex."], "What is my dog called?"),
    "more items": (["List 2 capitals", "1. Paris\n2. Rome"], "two more please"),
    "changed JSON": (["Tom as JSON", '{"name": "Tom"}'], "now add an email field"),
    "earlier message": (["Is it late?", "No."], "What did I just ask?"),
    "recap": (["I want a red bike.", "Sure."], "Can you summarize my request?"),
    "about the user": (["I'm Ann and I live in Oslo.", "Hi Ann!"], "What do you know about me?"),
    "further sum": (["What is 5 + 7?", "12"], "Multiply that by 2"),
    "more about it": (["Tell me about tea.", "Tea is a drink."], "Tell me more"),
    "follow-up": (["Is Paris big?", "Paris is big."], "And Rome?"),
    "last reply in another form": (["List 2 capitals", "- Paris\n- Rome"], "Now as JSON, please"),
    "names from the last reply": (["Two tools?", "- Saw: cuts\n- File: smooths"], "just the names"),
    "last reply with more": (["Write a note", "The lift is broken."], "Add a closing line"),
    "last reply with less": (["A list", "1. Tea\n2. Milk\n3. Rice"], "Remove the second one"),
    "same wish again": (["Write two sentences about tea", "Tea. Fine."], "The same for coffee"),
    "corrected reply": (["Pizza for 50?", "For 50 people: 19."], "I meant 15, not 50"),
    "choice from the last reply": (["Games?", "Go, Catan and Azul."], "Which one is best?"),
    "number of messages": (["Is it late?", "No."], "How many questions have I asked so far?"),
    "order from a list": (["Flights?", "1. BA 12 at 8\n2. LH 7 at 9"], "ok book the second one"),
    "next input": (
        ['classify as urgent or not urgent: "printer is out of toner"', "not urgent"],
        '"smoke is coming out of the server rack"',
    ),
    "further amount": (["Split 90 euros by 3", "30 euros each."], "and with 10% tip?"),
    "other diet": (
        ["shopping list for tacos", "- tortillas\n- minced beef\n- lime"],
        "im vegetarian, change that",
    ),
    "other columns": (
        ["Table of two cities", "| City | Country |\n|---|---|\n| Rome | Italy |"],
        "add a column for the population",
    ),
    "casual reply": (
        ["Invite Mia to my party", "Dear Mia, I would like to invite you to my party."],
        "too formal, make it sound like a normal text message",
    ),
    "reply in paragraphs": (
        ["Tell me about bees", "Bees live in a hive. They make honey. They fly from spring on."],
        "Now split it into three paragraphs",
    ),
    "sum of earlier numbers": (["I sold 4 and 5 books.", "Nice."], "How many in total?"),
}


WITH_SYSTEM = {
    "missing details": (
        "You take bookings. You need date, time, and party size. Ask only for missing information.",
        "Table for four on Friday please",
    ),
    "support answer": (
        "You are a support agent for Nimbus Mail.",
        "How can I add a signature to my e-mails?",
    ),
    "support reply": (
        "You are the support assistant of an online shop.",
        "My order was supposed to arrive on Monday and it's still not here!",
    ),
    "question about other things": (
        "Only answer questions about subscriptions and playback. If the user asks anything else,"
        " politely say that you can't help.",
        "What's a good recipe for lasagna?",
    ),
    "reply to each review": (
        "You write public replies to reviews of a restaurant.",
        "Review (2 stars): We waited an hour for our food.",
    ),
    "next question of an order": (
        "You take orders. Collect the order: pizza, size, delivery or pickup. Ask one question at a"
        " time.",
        "Hi, I'd like to order",
    ),
    "question of an interviewer": (
        "You are an interviewer for a junior accountant position. Ask one question at a time.",
        "Hello, I'm ready.",
    ),
    "everyday answer": (
        "You are a virtual concierge at a hotel.",
        "Good evening! Is there somewhere nearby for a nice seafood dinner? Which restaurant is"
        " good?",
    ),
    "commanded e-mail": (
        "You are an assistant that drafts business e-mails.",
        "Invite our suppliers to the summer party on 12 July.",
    ),
    "standing reply": ("Whatever the user says, respond with ACK.", "Is it late?"),
    "refusal of another subject": (
        'You help customers of a bank. If a question is not about banking, say "Only banks."',
        "Which football team won?",
    ),
    "dictated answer to a subject": (
        'If users ask about competitors, reply with: "I can\'t talk about that."',
        "Who are your competitors?",
    ),
    "greeting of a persona": ("Your name is Luna. You are the assistant of a hotel.", "Hello!"),
    "value from each message": (
        "Extract the order number from the message. Return only the number.",
        "Where is my order #48213?",
    ),
    "refusal of a subject": (
        "If the user asks for medical advice, refuse politely.",
        "What dose of ibuprofen is safe?",
    ),
    "offer of a business": ("You are the assistant of a flower shop.", "Do you sell tulips?"),
    "stated value": (
        "You help a user of a gym. Plan: Premium, next payment: 3 June, visits: 12.",
        "When is my next payment?",
    ),
    "task for each text": (
        "You summarize e-mails in one sentence.",
        "The lift will be repaired on Friday. Please use the stairs until 3 pm. Thank you.",
    ),
    "answer from a record": (
        "You help travellers. Booking record:\ndeparture: 2025-09-03\nbaggage: 1 bag of 23"
        " kg\nseat: 14A",
        "Can I take a suitcase?",
    ),
    "spreadsheet formula": (
        "You turn requests into Excel formulas. Reply with the formula only.",
        "sum of column B",
    ),
    "guiding question": (
        "You are a tutor. Never give the answer away; ask one guiding question.",
        "How do I solve 2x + 6 = 10?",
    ),
    "sections of a text": (
        "Summarize the text. Format:\n## Summary\n(1 sentence)\n## Action items\n- [owner] task",
        "Dana: The draft is ready. Ben: I will send it to the client on Monday.",
    ),
    "persona": ("Your name is Luna. You are the assistant of a hotel.", "Who are you?"),
}


@pytest.mark.parametrize("name", WITH_SYSTEM)
def test_a_recogniser_follows_the_system_instruction(name: str) -> None:
    system, prompt = WITH_SYSTEM[name]
    assert ask(prompt, MODEL, system=system).form == name


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_a_recogniser_answers_its_examples(name: str, example: str) -> None:
    assert ask(example, MODEL).form == name


def test_every_recogniser_has_an_example_or_needs_a_conversation() -> None:
    without = {row.name for row in list_forms() if not row.examples}
    assert without == {*IN_CONVERSATIONS, *WITH_SYSTEM, "tool results in another language"}
    assert {row.name for row in list_forms()} >= USE_RESULTS


def test_a_reply_does_not_depend_on_the_way_it_is_asked() -> None:
    for name, example in EXAMPLES[::5]:
        assert chat(example).message["content"] == ask(example, MODEL).text, name


@pytest.mark.parametrize(
    "prompt",
    [
        *read_ordinary_prompts(),
        "Explain to me how AI works",
        "Why is the sky blue?",
        "What is JSON?",
        "Hello!",
        "Should I drink tea or coffee in the morning?",
        "Tell me about the history of tables in furniture design.",
        "What's the difference between XML and JSON?",
    ],
)
def test_other_prompts_get_prose(prompt: str) -> None:
    assert ask(prompt, MODEL).form == PROSE


def test_plain_answers_are_prose_as_before() -> None:
    plain = Asker(answers="plain")
    prompt = "¿Cómo puedo cancelar mi suscripción?"
    text = plain.chat(prompt).message["content"]
    assert text == ask(prompt, MODEL, plain=True).text
    assert text != chat(prompt).message["content"]
    described = plain.chat("Give me JSON with a `b` key", response_format={"type": "json_object"})
    assert '"b"' in described.message["content"]


def test_a_seed_gives_the_same_reply_again() -> None:
    prompt = "Give me 5 tips for sleep as bullet points"
    assert ask(prompt, MODEL).text == ask(prompt, MODEL).text
    texts = {ask(prompt, MODEL, seed=seed).text for seed in range(8)}
    assert len(texts) > 1


@pytest.mark.parametrize("name", IN_CONVERSATIONS)
def test_a_conversation_is_remembered(name: str) -> None:
    before, prompt = IN_CONVERSATIONS[name]
    roles = ("user", "assistant")
    messages = [
        {"role": roles[at % 2], "content": text} for at, text in enumerate([*before, prompt])
    ]
    reply = chat(messages).message["content"]
    expected = {
        "table of the last list": "| A fishing trip |",
        "what to buy for a chosen thing": "- Green lemonade",
        "changed day of a plan": "Day 2 in Lisbon",
        "answer to a question of the assistant": "Let's begin with chemistry",
        "text in the first person": "I have two cats.",
        "examples of the last subject": "3. 5",
        "question about what was named": "live in Ottawa",
        "earlier replies": "negative",
        "next step after an answer": "from Berlin and about 300 euros",
        "last request with a change": "lunes",
        "next input": "urgent",
        "explained again": "20 ÷ 4 = 5",
        "changed message": "Jonas will cover my tickets.",
        "further amount": "33 euros each",
        "other diet": "- lentils",
        "other columns": "| Population |",
        "casual reply": "Hey Mia!",
        "other number": "320 g",
        "what the user said": "Rex",
        "more items": "\n4. ",
        "changed JSON": '"name": "Tom",\n  "email": ',
        "follow-up": "Rome",
        "earlier message": "Is it late?",
        "recap": "you want a red bike",
        "about the user": "You are Ann and you live in Oslo.",
        "further sum": "24",
        "more about it": "tea",
        "last reply in another form": '"Paris"',
        "names from the last reply": "Saw\nFile",
        "last reply with more": "The lift is broken.\n\n",
        "last reply with less": "1. Tea\n2. Rice",
        "same wish again": "tea",
        "corrected reply": "For 15 people",
        "choice from the last reply": "I would pick **",
        "number of messages": "asked 1 before",
        "order from a list": "LH 7 at 9",
        "reply in paragraphs": "\n\nThey make honey.\n\n",
        "sum of earlier numbers": "**9**",
    }
    assert expected[name] in reply


def test_results_of_tools_are_told_in_the_language_of_the_prompt() -> None:
    call = {"id": "c1", "type": "function", "function": {"name": "clima", "arguments": "{}"}}
    messages = [
        {"role": "user", "content": "¿Qué tiempo hace hoy en Madrid?"},
        {"role": "assistant", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c1", "content": '{"temperatura": 31}'},
    ]
    reply = chat(messages).message["content"]
    assert reply.startswith("Según clima")
    assert "31" in reply


def test_an_empty_text_is_no_reply(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message without text would have no content, which no real reply lacks."""
    rows = [Form("empty", "", (), lambda _: ""), Form("full", "", (), lambda _: "text")]
    monkeypatch.setattr(registry, "ORDERED_FORMS", rows)
    monkeypatch.setattr(registry, "INDEXES", {})
    registry.index_forms(rows)
    found = find_form(Question("Describe a tree.", SeededRandom(0)))
    assert found is not None
    assert found.form == "full"


def ask_directly(row: Form, prompt: Prompt) -> str | None:
    """Return what a recogniser says to a prompt for which it is skipped."""
    turns = [
        Turn("user" if at % 2 == 0 else "model", (Text(text),))
        for at, text in enumerate((*prompt.history, prompt.text))
    ]
    question = Question(
        prompt.text,
        SeededRandom(1),
        "" if "system" in row.needs else prompt.system,
        () if "earlier" in row.needs else turns,
    )
    return row.recognise(question) if is_skipped(row, question) else None


def is_skipped(row: Form, question: Question) -> bool:
    is_english = question.language == question.written_language == "en"
    lacking = {
        "earlier": not question.earlier,
        "system": not question.stated_system,
        "foreign": is_english,
        "script": question.is_latin,
    }
    if any(lacking[need] for need in row.needs):
        return True
    text = f"{question.prompt}\0{question.stated_system}"
    return bool(row.signs) and not any(sign in text for sign in row.signs)


SKIPPED = [row.name for row in list_forms() if row.needs or row.signs]


@pytest.mark.parametrize("name", SKIPPED)
def test_a_recogniser_is_silent_without_what_it_needs(name: str) -> None:
    """Requests without it skip the recogniser, so no reply may be lost by that."""
    prompts = read_prompts("prompts")[::7]
    assert not [str(one) for one in prompts if ask_directly(FORMS[name], one)]
