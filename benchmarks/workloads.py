"""The requests of the table in docs/performance.md, and the ratio that each should reach.

A new question is one that the server has not answered before: the number in it changes. The ratio
is the processor time of a bare aiohttp server divided by mockgem's, so more is better.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

CHAT = "/v1beta/openai/chat/completions"
EMBEDDINGS = "/v1beta/openai/embeddings"
IMAGES = "/v1beta/openai/images/generations"
INTERACTIONS = "/v1beta/interactions"
NATIVE = "/v1beta/models/gemini-2.5-flash:generateContent"
NATIVE_STREAM = "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse"
FILLER = "Please take your time and think about every part of this before you answer. " * 5
MODEL = "gemini-2.5-flash"

Body = dict[str, Any]


@dataclass(frozen=True)
class Workload:
    """One row of the table.

    Attributes:
        title: What the row says.
        path: Where the requests go.
        make: Returns the body of the request with a number. New questions use the number.
        target: The least ratio to the bare server, or 0 for none.
        most_us: The most microseconds per request, or 0 for no such target.
        is_new: Whether each request asks something new.
        options: Options of `mockgem serve`.
        connections: How many connections send requests at the same time.
        belongs_to_mix: Whether it is a part of the mix of new questions.
    """

    title: str
    path: str
    make: Callable[[int], Body]
    target: float = 0.0
    most_us: float = 0.0
    is_new: bool = True
    options: tuple[str, ...] = ()
    connections: int = 32
    belongs_to_mix: bool = False


def make_chat(text: str, **more: Any) -> Body:
    return {"model": MODEL, "messages": [{"role": "user", "content": text}], **more}


def ask_chat(number: int) -> Body:
    return make_chat(f"Explain to me how AI works, part {number}. {FILLER}")


def ask_for_long_stream(number: int) -> Body:
    return make_chat(f"Write 400 words about the sea, part {number}.", stream=True)


def ask_native(number: int) -> Body:
    text = f"Explain to me how AI works, part {number}. {FILLER}"
    return {"contents": [{"role": "user", "parts": [{"text": text}]}]}


def ask_for_native_stream(number: int) -> Body:
    text = f"Write 400 words about the sea, part {number}."
    return {"contents": [{"role": "user", "parts": [{"text": text}]}]}


def ask_for_tool(number: int) -> Body:
    return make_chat(
        f"What will the weather be like in Paris on day {number}, in degrees Celsius?",
        tools=[
            {
                "type": "function",
                "function": {
                    "name": "get_weather",
                    "description": "Get the weather of a city",
                    "parameters": {
                        "type": "object",
                        "properties": {
                            "city": {"type": "string", "description": "The name of the city"},
                            "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
                            "day": {"type": "integer", "description": "The day of the forecast"},
                        },
                        "required": ["city"],
                    },
                },
            }
        ],
    )


PERSON = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "age": {"type": "integer", "minimum": 0, "maximum": 120},
        "email": {"type": "string", "format": "email"},
        "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 3},
        "address": {
            "type": "object",
            "properties": {"city": {"type": "string"}, "street": {"type": "string"}},
            "required": ["city"],
        },
    },
    "required": ["name", "age", "email", "tags", "address"],
}


def ask_for_person(number: int) -> Body:
    shape = {"type": "json_schema", "json_schema": {"name": "person", "schema": PERSON}}
    return make_chat(f"Invent a customer of our shop, number {number}.", response_format=shape)


def ask_for_vector(number: int) -> Body:
    return {
        "model": "gemini-embedding-001",
        "input": f"Explain to me how AI works in a few words, number {number}",
        "encoding_format": "base64",
    }


def ask_for_vectors(number: int) -> Body:
    texts = [f"A sentence about the sea, number {number}, part {part}" for part in range(100)]
    return {"model": "gemini-embedding-001", "input": texts, "encoding_format": "base64"}


def ask_for_image(number: int) -> Body:
    prompt = f"A lighthouse in a storm, number {number}"
    return {"model": "imagen-4.0-generate-001", "prompt": prompt, "response_format": "b64_json"}


def continue_conversation(number: int) -> Body:
    messages = [
        {"role": "assistant" if place % 2 else "user", "content": f"Message {place}: {FILLER[:80]}"}
        for place in range(99)
    ]
    last = {"role": "user", "content": f"And what follows from that, {number}?"}
    return {"model": MODEL, "messages": [*messages, last]}


LONG_TEXT = "The ship left the harbour before dawn, and nobody saw it again that year. " * 2_700


def ask_about_long_text(number: int) -> Body:
    return make_chat(f"{LONG_TEXT}\nWhat happened to the ship, {number}?")


REPORT = " ".join(
    f"On day {day} the harbour counted {day * 7 % 90} ships and {day * 3 % 40} lorries. "
    f"Captain Lind of the Aurora asked for berth {day % 12}, and paid {day * 11 % 700} euros."
    for day in range(1, 1_450)
)
"""A text of 200 kB whose sentences differ."""
FORM_QUESTIONS = (
    "Is this review positive, negative or neutral? Answer with one word. The soup was great, {}.",
    "Return JSON with the keys name, city and age: Anna Lind, {}, lives in Oslo.",
    "Give me 5 bullet points about planning trip {}.",
    "Make a table with the columns Country and Capital, with 4 rows, number {}.",
    "Write a Python function that adds {} to each number in a list.",
    "Wie pflege ich Zimmerpflanzen, Teil {}?",
    "東京のおすすめを3つ教えてください。{}",
    "Translate into Spanish: Good morning, where is the station? ({})",
    "Write an email to my landlord about broken window number {}.",
    "Text: The bridge opened in 1932 and is 503 metres long.\n\nWhen did bridge {} open?",
    "Summarize in one sentence: The council met on Monday. It agreed on {} new buses.",
    "Answer only yes or no: is {} an even number?",
)


def ask_for_form(number: int) -> Body:
    return make_chat(FORM_QUESTIONS[number % len(FORM_QUESTIONS)].format(number))


def ask_for_fields_of_long_text(number: int) -> Body:
    return make_chat(f"Return JSON with the keys captain, ship and paid, {number}.\n\n{REPORT}")


def build_png(size: int) -> str:
    """Return a PNG of one pixel in base64, with bytes behind its end up to a size."""
    pixel = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
        "gg=="
    )
    return base64.b64encode(pixel + bytes(size - len(pixel))).decode()


class ImageQuestion:
    """A question about a large image, which is built when it is needed."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.url = ""

    def __call__(self, number: int) -> Body:
        self.url = self.url or "data:image/png;base64," + build_png(self.size)
        image = {"type": "image_url", "image_url": {"url": self.url}}
        question = {"type": "text", "text": f"What is in this image, {number}?"}
        return {"model": MODEL, "messages": [{"role": "user", "content": [question, image]}]}


def ask_interaction(number: int) -> Body:
    return {"model": MODEL, "input": f"Explain to me how AI works, part {number}. {FILLER}"}


WORKLOADS: Sequence[Workload] = (
    Workload("chat, repeated", CHAT, ask_chat, 2.0, is_new=False),
    Workload("chat, new question", CHAT, ask_chat, 1.0, belongs_to_mix=True),
    Workload("stream of 51 events, repeated", CHAT, ask_for_long_stream, 1.8, is_new=False),
    Workload("stream of 51 events, new", CHAT, ask_for_long_stream, 0.5, belongs_to_mix=True),
    Workload("generateContent, repeated", NATIVE, ask_native, 1.8, is_new=False),
    Workload("generateContent, new", NATIVE, ask_native, 0.8, belongs_to_mix=True),
    Workload("streamGenerateContent of 51 events, new", NATIVE_STREAM, ask_for_native_stream),
    Workload("tool call from a schema, new", CHAT, ask_for_tool, 0.4, belongs_to_mix=True),
    Workload("structured output, new", CHAT, ask_for_person, 0.4, belongs_to_mix=True),
    Workload("prompts for twelve forms, new", CHAT, ask_for_form),
    Workload("interaction, repeated", INTERACTIONS, ask_interaction, is_new=False),
    Workload("interaction, new", INTERACTIONS, ask_interaction),
    Workload("embedding of 3,072 numbers, new", EMBEDDINGS, ask_for_vector, 0.5),
    Workload("100 embeddings in one request", EMBEDDINGS, ask_for_vectors, most_us=10_000),
    Workload("image, new", IMAGES, ask_for_image, most_us=1_000, connections=4),
    Workload("image, repeated prompt", IMAGES, ask_for_image, 0.4, is_new=False, connections=4),
    Workload("conversation of 100 messages, new", CHAT, continue_conversation, 0.4),
    Workload("prompt of 200 kB, new", CHAT, ask_about_long_text, 0.6, connections=4),
    Workload("the same, with JSON wanted", CHAT, ask_for_fields_of_long_text, connections=4),
    Workload("image of 10 MB as input, new", CHAT, ImageQuestion(10 << 20), 0.5, connections=1),
)
