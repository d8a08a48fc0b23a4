"""Try the tasks of docs/comparison.md with the official SDKs on a running server.

    python benchmarks/comparison/tasks.py http://127.0.0.1:8090 [TASK …]

A line for each task says whether the answer is one that a program for Gemini can use, and what came
back. The names of the tasks are the names of the functions below.
"""

from __future__ import annotations

import asyncio
import io
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import openai
from google import genai
from google.genai import errors, types
from websockets.sync.client import connect

from clients import (
    BATCH_LINE,
    EMBEDDER,
    HEADERS,
    LIVE_MODEL,
    LIVE_PATH,
    MODEL,
    PROJECT,
    Clients,
    Recipe,
    Weather,
    ask,
    post,
)


def chat(clients: Clients) -> str:
    """Get a text from the OpenAI SDK."""
    reply = clients.openai.chat.completions.create(model=MODEL, messages=ask("Name a colour."))
    assert reply.choices[0].message.content, "empty"
    return (
        f"{reply.choices[0].message.content!r}, {reply.usage and reply.usage.total_tokens} tokens"
    )


def stream(clients: Clients) -> str:
    """Get the same text in pieces."""
    chunks = list(
        clients.openai.chat.completions.create(
            model=MODEL, messages=ask("Name a colour."), stream=True
        )
    )
    texts = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices]
    assert "".join(text or "" for text in texts), "empty"
    return f"{len(chunks)} chunks"


def call_tool(clients: Clients) -> str:
    """Get a tool call whose arguments fit, send its result, and get a text."""
    tool: Any = {"name": "get_weather", "parameters": Weather.model_json_schema()}
    tools: Any = [{"type": "function", "function": tool}]
    history = ask("How is the weather in Lima, in celsius?")
    first = clients.openai.chat.completions.create(model=MODEL, messages=history, tools=tools)
    message = first.choices[0].message
    assert message.tool_calls, f"no call, but {message.content!r}"
    call: Any = message.tool_calls[0]
    arguments = Weather.model_validate_json(call.function.arguments)
    result = {"role": "tool", "tool_call_id": call.id, "content": '{"celsius": 21}'}
    history += [message.to_dict(), result]
    second = clients.openai.chat.completions.create(model=MODEL, messages=history, tools=tools)
    assert second.choices[0].message.content, "no text after the result"
    return f"{arguments!r}, then {second.choices[0].message.content!r}"


def schema(clients: Clients) -> str:
    """Get JSON that fits a schema."""
    reply = clients.openai.chat.completions.create(
        model=MODEL,
        messages=ask("A recipe for pancakes."),
        response_format={
            "type": "json_schema",
            "json_schema": {"name": "recipe", "schema": Recipe.model_json_schema()},
        },
    )
    return repr(Recipe.model_validate_json(reply.choices[0].message.content or ""))


def embed(clients: Clients, text: str, **options: Any) -> list[float]:
    reply = clients.openai.embeddings.create(model=EMBEDDER, input=text, **options)
    return reply.data[0].embedding


def multiply(first: list[float], second: list[float]) -> float:
    return float(sum(one * other for one, other in zip(first, second, strict=True)))


def embeddings(clients: Clients) -> str:
    """Get vectors of 3,072 (length 1) and 768 numbers (Google does not normalise these)."""
    large, small = embed(clients, "A cat sleeps."), embed(clients, "A cat sleeps.", dimensions=768)
    lengths = [round(multiply(vector, vector) ** 0.5, 3) for vector in (large, small)]
    found = f"{len(large)} and {len(small)} numbers, lengths {lengths[0]} and {lengths[1]}"
    assert (len(large), len(small)) == (3072, 768), found
    assert lengths[0] == 1, found
    return found


def similar(clients: Clients) -> str:
    """Get nearer vectors for similar texts than for others."""
    texts = ("A cat sleeps on the sofa.", "The cat is sleeping on a sofa.", "Interest rates rose.")
    cat, same, other = (embed(clients, text) for text in texts)
    scale = multiply(cat, cat) ** 0.5
    near, far = (
        multiply(cat, vector) / scale / multiply(vector, vector) ** 0.5 for vector in (same, other)
    )
    found = f"cosine {near:.2f} for a similar text, {far:.2f} for another"
    assert near > far + 0.1, found
    return found


def models(clients: Clients) -> str:
    """List the models, and find the one that the program uses."""
    names = [model.id for model in clients.openai.models.list()]
    assert any(name.endswith(MODEL) for name in names), f"{len(names)} models without {MODEL}"
    return f"{len(names)} models"


def native(clients: Clients) -> str:
    """Get a text and a stream from Google's SDK, on the paths that it has by default: /v1/."""
    return generate(clients.genai)


def native_beta(clients: Clients) -> str:
    """Get the same on the paths of earlier versions of the SDK: /v1beta/."""
    return generate(clients.connect_genai("v1beta"))


def generate(client: genai.Client) -> str:
    reply = client.models.generate_content(model=MODEL, contents="Name a colour.")
    chunks = list(client.models.generate_content_stream(model=MODEL, contents="Name a colour."))
    assert reply.text, "empty"
    assert "".join(chunk.text or "" for chunk in chunks), "empty stream"
    return f"{reply.text!r}, {len(chunks)} chunks"


def count(clients: Clients) -> str:
    """Count the tokens of a prompt, and find the same number in the usage of the reply."""
    models = clients.genai.models
    counted = models.count_tokens(model=MODEL, contents="Name a colour.").total_tokens
    usage = models.generate_content(model=MODEL, contents="Name a colour.").usage_metadata
    used = usage and usage.prompt_token_count
    assert used == counted, f"{counted} counted, {used} used"
    return f"{counted} tokens"


def refusals(clients: Clients) -> str:
    """Get a 400 for an unknown field and, from both SDKs, for a temperature of 9."""
    statuses = []
    for field in ({"no_such_field": 1}, {"temperature": 9}):
        try:
            clients.openai.chat.completions.create(
                model=MODEL, messages=ask("Name a colour."), extra_body=field
            )
            statuses.append("200")
        except openai.APIStatusError as error:
            statuses.append(f"{error.status_code} {error.response.text.strip()[:300]}")
    try:
        config = types.GenerateContentConfig(temperature=9)
        clients.genai.models.generate_content(model=MODEL, contents="Hi", config=config)
        statuses.append("200")
    except errors.APIError as error:
        statuses.append(f"{error.code} {error.message}")
    assert all(status.startswith("400") for status in statuses), " | ".join(statuses)
    return " | ".join(statuses)


def retry(clients: Clients) -> str:
    """Get a text, a text, a 429 that says when to try again, and a text."""
    seen = []
    for _ in range(4):
        try:
            clients.openai.chat.completions.create(
                model=MODEL, messages=ask("Fail on the third call.")
            )
            seen.append("text")
        except openai.APIStatusError as error:
            has_delay = (
                "retryDelay" in error.response.text or "retry-after" in error.response.headers
            )
            seen.append(f"{error.status_code} {'with' if has_delay else 'without'} a delay")
    assert seen == ["text", "text", "429 with a delay", "text"], seen
    return ", ".join(seen)


def cut(clients: Clients) -> str:
    """Get a stream that breaks, or ends without a finish reason, after its first chunks."""
    chunks = []
    try:
        for chunk in clients.openai.chat.completions.create(
            model=MODEL, messages=ask("Break the stream."), stream=True
        ):
            chunks.append(chunk)
        ending = "ended"
    except Exception as error:  # some versions of the SDK pass errors of their HTTP client on
        ending = type(error).__name__
    assert chunks, f"{ending} before the first chunk"
    is_whole = any(choice.finish_reason for chunk in chunks for choice in chunk.choices)
    assert not is_whole, f"a whole stream of {len(chunks)} chunks"
    return f"{ending} after {len(chunks)} chunks"


def batch(clients: Clients) -> str:
    """Upload a file with Google's SDK, run a batch on it with OpenAI's, and download the result."""
    content = io.BytesIO(json.dumps(BATCH_LINE).encode())
    config = types.UploadFileConfig(mime_type="text/plain")
    uploaded = clients.genai.files.upload(file=content, config=config)
    job = wait_for(clients.openai, str(uploaded.name))
    result = clients.genai.files.download(file=str(job.output_file_id))
    assert json.loads(result)["response"], result
    return f"{job.status}, {len(result)} bytes of results"


def batch_openai(clients: Clients) -> str:
    """Do the same on OpenAI's own paths, with its own files."""
    client = clients.connect_openai("/v1")
    content = json.dumps(BATCH_LINE).encode()
    uploaded = client.files.create(file=("in.jsonl", content), purpose="batch")
    job = wait_for(client, uploaded.id)
    result = client.files.content(str(job.output_file_id)).content
    assert json.loads(result)["response"], result
    return f"{job.status}, {len(result)} bytes of results"


def wait_for(client: openai.OpenAI, file: str) -> Any:
    job = client.batches.create(
        input_file_id=file, endpoint="/v1/chat/completions", completion_window="24h"
    )
    for _ in range(20):
        if job.status in ("completed", "failed"):
            break
        time.sleep(1)
        job = client.batches.retrieve(job.id)
    return job


def talk(clients: Clients) -> str:
    """Hold a Live session on a socket without TLS: a text in, messages out."""
    url = clients.root.replace("http:", "ws:") + LIVE_PATH
    with connect(url, additional_headers=HEADERS) as socket:
        socket.send(json.dumps({"setup": {"model": f"models/{LIVE_MODEL}"}}))
        assert "setupComplete" in json.loads(socket.recv(15))
        turn = {"role": "user", "parts": [{"text": "Name a colour."}]}
        socket.send(json.dumps({"clientContent": {"turns": [turn], "turnComplete": True}}))
        kinds = []
        while "turnComplete" not in kinds:
            kinds += json.loads(socket.recv(15)).get("serverContent", {"other": 1})
    return f"{len(kinds)} messages: {', '.join(sorted(set(kinds)))}"


def talk_sdk(clients: Clients) -> str:
    """Hold the same session with Google's SDK, which wants TLS (SSL_CERT_FILE says whom to trust)."""
    return asyncio.run(_hold_session(clients.genai))


async def _hold_session(client: genai.Client) -> str:
    config = types.LiveConnectConfig(response_modalities=[types.Modality.AUDIO])
    async with (
        asyncio.timeout(15),
        client.aio.live.connect(model=LIVE_MODEL, config=config) as session,
    ):
        turn = types.Content(role="user", parts=[types.Part(text="Name a colour.")])
        await session.send_client_content(turns=turn)
        heard = [len(message.data or b"") async for message in session.receive()]
    return f"{len(heard)} messages, {sum(heard)} bytes of audio"


def vertex(clients: Clients) -> str:
    """Get a text and a stream on Vertex AI's paths that the SDK has by default: /v1beta1/."""
    return generate(clients.connect_vertex())


def vertex_v1(clients: Clients) -> str:
    """Get the same on /v1/."""
    return generate(clients.connect_vertex("v1"))


def vertex_openai(clients: Clients) -> str:
    """Get a text from the OpenAI SDK on Vertex AI's OpenAI-compatible path."""
    client = clients.connect_openai(f"/v1/{PROJECT}/endpoints/openapi")
    reply = client.chat.completions.create(model=f"google/{MODEL}", messages=ask("Name a colour."))
    assert reply.choices[0].message.content, "empty"
    return repr(reply.choices[0].message.content)


def interactions(clients: Clients) -> str:
    """Get a text from the Interactions API."""
    body = {"model": MODEL, "input": "Name a colour."}
    reply = post(clients.root + "/v1beta/interactions", body, x_goog_api_key="any-key")
    assert reply["status"] == "completed", reply
    return f"interaction {reply['id']}"


def responses(clients: Clients) -> str:
    """Get a text from OpenAI's Responses API."""
    reply = clients.connect_openai("/v1").responses.create(model="gpt-5", input="Name a colour.")
    assert reply.output_text, "empty"
    return repr(reply.output_text)


def claude(clients: Clients) -> str:
    """Get a text from Anthropic's Messages API."""
    body = {"model": "claude-sonnet-5", "max_tokens": 9, "messages": ask("Name a colour.")}
    reply = post(clients.root + "/v1/messages", body, x_api_key="any-key")
    assert reply["content"], reply
    return f"{reply['content']}"


Task = Callable[[Clients], str]
TASKS: tuple[Task, ...] = (
    chat, stream, call_tool, schema, embeddings, similar, models, native, native_beta, count, refusals, retry, cut,
    batch, batch_openai, talk, talk_sdk, vertex, vertex_v1, vertex_openai, interactions, responses, claude,
)  # fmt: skip


def try_task(task: Task, clients: Clients) -> str:
    try:
        return f"yes  {task(clients)}"
    except Exception as error:  # what other servers send can break an SDK anywhere
        return f"no   {type(error).__name__}: {error}"


def main() -> None:
    root, *chosen = sys.argv[1:]
    clients = Clients(root)
    for task in TASKS:
        if not chosen or task.__name__ in chosen:
            result = " ".join(try_task(task, clients).split())
            print(f"{task.__name__:<11} {result[:400]}", flush=True)


if __name__ == "__main__":
    main()
