"""generateContent and streamGenerateContent: requests, replies and errors, whole and streamed."""

from __future__ import annotations

import base64
import io
import json
from contextlib import redirect_stdout
from typing import Any

import pytest

from mockgem.operations.generators.code_execution import solve_with_code
from mockgem.operations.generators.media_info import read_image_size
from mockgem.operations.generators.picture import render_picture
from mockgem.operations.generators.seeded_random import SeededRandom
from tests.asking import GEMINI, Answer, Asker

KEY = {"x-goog-api-key": "k", "host": "127.0.0.1:8090"}
TWO, THREE = "gemini-2.5-flash", "gemini-3.6-flash"
WEATHER = {
    "functionDeclarations": [
        {
            "name": "get_weather",
            "description": "The weather in a city",
            "parameters": {
                "type": "OBJECT",
                "properties": {"city": {"type": "STRING"}},
                "required": ["city"],
            },
        }
    ]
}
PNG = base64.b64encode(render_picture(SeededRandom(1), 64, 64)).decode()


def question(text: str, **more: Any) -> dict[str, Any]:
    return {"contents": [{"role": "user", "parts": [{"text": text}]}], **more}


STRING = {"type": "STRING"}


def voice(name: str) -> Any:
    return {"voiceConfig": {"prebuiltVoiceConfig": {"voiceName": name}}}


def speakers(*names: str) -> Any:
    return {
        "multiSpeakerVoiceConfig": {
            "speakerVoiceConfigs": [{"speaker": name, **voice(name)} for name in names]
        }
    }


def ask(
    body: Any,
    model: str = TWO,
    method: str = "generateContent",
    asker: Asker | None = None,
    **query: str,
) -> Answer:
    path = f"/v1beta/models/{model}:{method}"
    return (asker or Asker()).send("POST", path, json.dumps(body).encode(), KEY, query)


def events(answer: Answer) -> list[Any]:
    return [json.loads(event[6:]) for event in answer.text.split("\r\n\r\n") if event]


def parts(answer: Answer) -> list[Any]:
    rendered: list[Any] = answer.json["candidates"][0]["content"]["parts"]
    return rendered


def text(answer: Answer) -> str:
    return "".join(part.get("text", "") for part in parts(answer) if not part.get("thought"))


@pytest.mark.parametrize("version", ["v1", "v1beta", "v1alpha"])
def test_all_versions_send_the_same_reply(version: str) -> None:
    answers = [
        Asker()
        .send(
            "POST",
            f"/{name}/models/{TWO}:generateContent",
            json.dumps(question("hi")).encode(),
            KEY,
        )
        .text
        for name in (version, "v1")
    ]
    assert json.loads(answers[0])["candidates"] == json.loads(answers[1])["candidates"]


def test_v1_does_not_know_latest_names() -> None:
    path = "/v1/models/gemini-flash-latest:generateContent"
    answer = Asker().send("POST", path, json.dumps(question("hi")).encode(), KEY)
    assert answer.status == 404
    assert "API version v1," in answer.error["message"]
    assert ask(question("hi"), "gemini-flash-latest").json["modelVersion"] == "gemini-3.6-flash"


@pytest.mark.parametrize("model", [TWO, THREE, "gemini-2.0-flash", "gemini-3.1-pro-preview"])
@pytest.mark.parametrize(
    "body",
    [
        question("Explain to me how AI works"),
        question("What's the weather in Paris and London?", tools=[WEATHER]),
        question("Name a fruit", generationConfig={"responseMimeType": "application/json"}),
        question("Sum the first 9 primes", tools=[{"codeExecution": {}}]),
        question("Who won?", tools=[{"googleSearch": {}}]),
        question("Write a lot", generationConfig={"maxOutputTokens": 200}),
        question("mockgem:block=OTHER"),
        question("mockgem:finish=RECITATION"),
    ],
)
def test_a_joined_stream_equals_the_whole_reply(body: Any, model: str) -> None:
    whole = ask(body, model).json
    for chunks in (
        events(ask(body, model, "streamGenerateContent", alt="sse")),
        ask(body, model, "streamGenerateContent").json,
    ):
        assert chunks[-1]["usageMetadata"] == whole["usageMetadata"]
        assert {chunk["responseId"] for chunk in chunks} == {chunks[0]["responseId"]}
        if "candidates" not in whole:
            assert len(chunks) == 1
            assert chunks[0]["promptFeedback"] == whole["promptFeedback"]
            continue
        streamed = [
            part for chunk in chunks for part in chunk["candidates"][0]["content"].get("parts", ())
        ]
        found = whole["candidates"][0]["content"].get("parts", ())
        for name in ("functionCall", "executableCode", "codeExecutionResult"):
            assert [
                {key: item for key, item in part[name].items() if key != "id"}
                for part in streamed
                if name in part
            ] == [
                {key: item for key, item in part[name].items() if key != "id"}
                for part in found
                if name in part
            ]
        assert "".join(p.get("text", "") for p in streamed) == "".join(
            p.get("text", "") for p in found
        )
        assert chunks[-1]["candidates"][0]["finishReason"] == whole["candidates"][0]["finishReason"]
        assert all("finishReason" not in chunk["candidates"][0] for chunk in chunks[:-1])
        assert chunks[-1]["candidates"][0].get("groundingMetadata") == whole["candidates"][0].get(
            "groundingMetadata"
        )


def test_usage_grows_and_adds_up() -> None:
    chunks = events(ask(question("Tell me a long story"), TWO, "streamGenerateContent", alt="sse"))
    counts = [chunk["usageMetadata"]["candidatesTokenCount"] for chunk in chunks]
    assert counts == sorted(counts)
    for chunk in chunks:
        usage = chunk["usageMetadata"]
        known = (
            usage["promptTokenCount"] + usage["candidatesTokenCount"] + usage["thoughtsTokenCount"]
        )
        assert usage["totalTokenCount"] == known


def test_thoughts_come_first_and_are_not_counted_yet() -> None:
    body = question("Why?", generationConfig={"thinkingConfig": {"includeThoughts": True}})
    chunks = events(ask(body, THREE, "streamGenerateContent", alt="sse"))
    thought = [
        chunk for chunk in chunks if chunk["candidates"][0]["content"]["parts"][0].get("thought")
    ]
    assert thought == chunks[: len(thought)]
    assert thought
    assert all(
        chunk["usageMetadata"].keys().isdisjoint({"candidatesTokenCount", "thoughtsTokenCount"})
        for chunk in thought
    )
    assert "thoughtSignature" in chunks[-1]["candidates"][0]["content"]["parts"][0]


def test_gemini_3_names_and_signs_its_calls_and_requires_the_signature() -> None:
    asker = Asker()
    first = ask(question("weather in Paris and London?", tools=[WEATHER]), THREE, asker=asker)
    calls = parts(first)
    assert len({call["functionCall"]["id"] for call in calls}) == 2
    assert ["thoughtSignature" in call for call in calls] == [True, False]
    results = [
        {"functionResponse": {"name": "get_weather", "response": {"output": "sunny"}}}
        for _ in calls
    ]
    turns = [
        *question("weather in Paris and London?")["contents"],
        {"role": "model", "parts": calls},
    ]
    done = ask(
        {"contents": [*turns, {"role": "user", "parts": results}], "tools": [WEATHER]},
        THREE,
        asker=asker,
    )
    assert "sunny" in text(done)
    bare = [{"functionCall": call["functionCall"]} for call in calls]
    turns[-1] = {"role": "model", "parts": bare}
    refused = ask(
        {"contents": [*turns, {"role": "user", "parts": results}], "tools": [WEATHER]},
        THREE,
        asker=asker,
    )
    assert refused.status == 400
    assert "missing a thought_signature" in refused.error["message"]
    assert (
        ask(
            {"contents": [*turns, {"role": "user", "parts": results}], "tools": [WEATHER]},
            asker=asker,
        ).status
        == 200
    )


def test_names_have_two_spellings_at_every_depth() -> None:
    body = {
        "system_instruction": {"parts": [{"text": "Be brief."}]},
        "contents": [
            {
                "parts": [
                    {"text": "What is this?"},
                    {"inlineData": {"mime_type": "image/png", "data": PNG}},
                ],
                "role": "user",
            }
        ],
        "generationConfig": {
            "max_output_tokens": "500",
            "thinkingConfig": {"include_thoughts": True, "thinking_budget": 900},
            "stopSequences": ["zzz"],
        },
        "safety_settings": [{"category": "HARM_CATEGORY_HARASSMENT", "threshold": "BLOCK_NONE"}],
    }
    answer = ask(body)
    assert "PNG image of 64 x 64" in text(answer)
    assert [one["modality"] for one in answer.json["usageMetadata"]["promptTokensDetails"]] == [
        "TEXT",
        "IMAGE",
    ]
    url_safe = PNG.replace("+", "-").replace("/", "_").rstrip("=")
    body["contents"][0]["parts"][1] = {"inline_data": {"mimeType": "image/png", "data": url_safe}}  # type: ignore[index]
    assert ask(body).json["candidates"] == answer.json["candidates"]


def test_an_enum_reply_is_one_of_its_words() -> None:
    config = {
        "responseMimeType": "text/x.enum",
        "responseSchema": {"type": "STRING", "enum": ["Brass", "Strings"]},
    }
    assert text(ask(question("What is a trumpet?", generationConfig=config))) in (
        "Brass",
        "Strings",
    )


@pytest.mark.parametrize(
    "name", ["responseSchema", "responseJsonSchema", "responseJsonSchemaOrdered"]
)
def test_both_forms_of_a_schema_give_json(name: str) -> None:
    schema: Any = {
        "type": "object",
        "properties": {"names": {"type": "array", "items": {"type": "string"}}},
    }
    if name == "responseSchema":
        schema = {
            "type": "OBJECT",
            "properties": {"names": {"type": "ARRAY", "items": {"type": "STRING"}}},
            "required": ["names"],
        }
    config = {"responseMimeType": "application/json", name: schema | {"required": ["names"]}}
    assert isinstance(
        json.loads(text(ask(question("Two names", generationConfig=config))))["names"][0], str
    )


def test_image_models_send_images() -> None:
    answer = ask(
        question(
            "a fox",
            generationConfig={
                "responseModalities": ["IMAGE"],
                "imageConfig": {"aspectRatio": "9:16"},
            },
        ),
        "gemini-2.5-flash-image",
    )
    (part,) = parts(answer)
    data = base64.b64decode(part["inlineData"]["data"])
    assert part["inlineData"]["mimeType"] == "image/png"
    assert (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) == (768, 1344)
    assert answer.json["usageMetadata"]["candidatesTokensDetails"] == [
        {"modality": "IMAGE", "tokenCount": 1290}
    ]
    assert "inlineData" not in str(
        ask(
            question("a fox", generationConfig={"responseModalities": ["TEXT"]}),
            "gemini-2.5-flash-image",
        ).json
    )
    both = parts(ask(question("a fox"), "gemini-3-pro-image"))
    assert [sorted(part) for part in both] == [["text"], ["inlineData", "thoughtSignature"]]


@pytest.mark.parametrize(
    "options",
    [{"imageOutputOptions": {"mimeType": "image/jpeg"}}, {"outputMimeType": "image/jpeg"}],
)
def test_an_image_has_the_requested_type(options: dict[str, Any]) -> None:
    config = {"responseModalities": ["IMAGE"], "imageConfig": options}
    (part,) = parts(ask(question("a fox", generationConfig=config), "gemini-2.5-flash-image"))
    assert part["inlineData"]["mimeType"] == "image/jpeg"
    assert base64.b64decode(part["inlineData"]["data"])[:3] == b"\xff\xd8\xff"


def test_an_image_model_describes_in_json_what_it_drew() -> None:
    form = {
        "responseMimeType": "application/json",
        "responseJsonSchema": {"type": "object", "properties": {"species": {"type": "string"}}},
    }
    body = question("Draw an axolotl and return its details.", generationConfig=form)
    (image,) = parts(ask(body, "gemini-3-pro-image-preview"))
    assert image["inlineData"]["mimeType"] == "image/jpeg"
    after = [{"role": "model", "parts": [image]}, {"role": "user", "parts": [{"text": "As text."}]}]
    answer = ask(body | {"contents": body["contents"] + after}, "gemini-3-pro-image-preview")
    assert list(json.loads(text(answer))) == ["species"]
    words = body | {"generationConfig": form | {"responseModalities": ["TEXT"]}}
    assert list(json.loads(text(ask(words, "gemini-3-pro-image-preview")))) == ["species"]
    refused = ask(body, "gemini-2.5-flash-image")
    assert "JSON mode is not enabled" in refused.error["message"]


def test_speech_is_as_long_as_its_text() -> None:
    config: dict[str, Any] = {"responseModalities": ["AUDIO"]}
    lengths = []
    for words in ("Hello.", "Ruby is a programming language designed for developer happiness."):
        answer = ask(
            question(f"Say cheerfully: {words}", generationConfig=config),
            "gemini-2.5-flash-preview-tts",
        )
        (part,) = parts(answer)
        assert part["inlineData"]["mimeType"] == "audio/L16;codec=pcm;rate=24000"
        seconds = len(base64.b64decode(part["inlineData"]["data"])) / 48_000
        (details,) = answer.json["usageMetadata"]["candidatesTokensDetails"]
        assert details["modality"] == "AUDIO"
        assert abs(details["tokenCount"] - 25 * seconds) < 1
        lengths.append(seconds)
    assert 0.2 < lengths[0] < 1.5
    assert 3 < lengths[1] < 6
    speakers = [
        {"speaker": name, "voiceConfig": {"prebuiltVoiceConfig": {"voiceName": voice}}}
        for name, voice in (("Joe", "Kore"), ("Jane", "Puck"))
    ]
    config["speechConfig"] = {"multiSpeakerVoiceConfig": {"speakerVoiceConfigs": speakers}}
    two = ask(
        question("Joe: How are you?\nJane: Fine.", generationConfig=config),
        "gemini-2.5-flash-preview-tts",
    )
    assert len(parts(two)[0]["inlineData"]["data"]) > 1000


def test_a_search_grounds_the_text() -> None:
    answer = ask(question("Who won the final in 2024?", tools=[{"google_search": {}}]))
    metadata = answer.json["candidates"][0]["groundingMetadata"]
    spoken = text(answer).encode()
    for support in metadata["groundingSupports"]:
        segment = support["segment"]
        assert (
            spoken[segment.get("startIndex", 0) : segment["endIndex"]].decode() == segment["text"]
        )
        assert max(support["groundingChunkIndices"]) < len(metadata["groundingChunks"])
    assert metadata["webSearchQueries"][0] in metadata["searchEntryPoint"]["renderedContent"]
    assert "\\u003cstyle\\u003e" in answer.text
    usage = answer.json["usageMetadata"]
    assert usage["totalTokenCount"] == sum(
        usage.get(name, 0)
        for name in (
            "promptTokenCount",
            "candidatesTokenCount",
            "thoughtsTokenCount",
            "toolUsePromptTokenCount",
        )
    )


def test_other_tools_of_the_service() -> None:
    pages = ask(
        question(
            "Compare https://example.com/a, and https://example.com/b.", tools=[{"urlContext": {}}]
        )
    )
    rows = pages.json["candidates"][0]["urlContextMetadata"]["urlMetadata"]
    assert [row["retrievedUrl"] for row in rows] == [
        "https://example.com/a",
        "https://example.com/b",
    ]
    maps = ask(
        question("Where is good coffee?", tools=[{"googleMaps": {"enableWidget": True}}])
    ).json["candidates"][0]["groundingMetadata"]
    assert maps["groundingChunks"][0]["maps"]["placeId"].startswith("places/")
    assert maps["googleMapsWidgetContextToken"]
    shown = ask(
        question(
            "News?",
            tools=[{"googleSearch": {}}],
            toolConfig={"includeServerSideToolInvocations": True},
        ),
        THREE,
    )
    call, result, *_ = parts(shown)
    assert call["toolCall"]["toolType"] == "GOOGLE_SEARCH_WEB"
    assert call["toolCall"]["id"] == result["toolResponse"]["id"]


@pytest.mark.parametrize(
    "question",
    [
        "What is 123456789 * 987654321?",
        "Compute (3 + 4) * 2.5 - 1",
        "What is the sum of the first 50 prime numbers?",
        "Sum the numbers from 1 to 100",
        "Here are prices: 12.5, 8 and 30",
        "Plot something for me's sake",
        "What is 2**4000000?",
    ],
)
def test_generated_code_prints_its_result(question: str) -> None:
    worked = solve_with_code(question)
    out = io.StringIO()
    with redirect_stdout(out):
        exec(worked.source, {})  # the test's own question
    assert out.getvalue() == worked.output


def test_generated_code_that_divides_by_zero_fails() -> None:
    worked = solve_with_code("5 / 0?")
    with pytest.raises(ZeroDivisionError, match="division by zero"):
        exec(worked.source, {})
    assert worked.output.endswith("ZeroDivisionError: division by zero\n")
    _, result, _ = parts(ask(question("What is 7/0?", tools=[{"codeExecution": {}}])))
    assert result["codeExecutionResult"]["outcome"] == "OUTCOME_FAILED"


@pytest.mark.parametrize("question", ["(-8)**0.5+1", "0x10+5", "+".join(["1"] * 60)])
def test_part_of_an_expression_is_not_evaluated(question: str) -> None:
    assert "result = " not in solve_with_code(question).source


def test_a_long_sum_is_evaluated() -> None:
    assert solve_with_code("+".join(["1"] * 20)).output == "result=20\n"


def test_code_runs_only_if_the_request_allows_it() -> None:
    answer = ask(
        question("What is the sum of the first 50 prime numbers?", tools=[{"codeExecution": {}}])
    )
    code, result, words = parts(answer)
    assert code["executableCode"]["language"] == "PYTHON"
    assert result["codeExecutionResult"]["outcome"] == "OUTCOME_OK"
    assert "5117" in words["text"]


def test_log_probabilities_belong_to_the_text() -> None:
    body = question("Name a fruit", generationConfig={"responseLogprobs": True, "logprobs": 3})
    candidate = ask(body, "gemini-2.0-flash").json["candidates"][0]
    result = candidate["logprobsResult"]
    chosen = result["chosenCandidates"]
    assert "".join(row["token"] for row in chosen) == candidate["content"]["parts"][0]["text"]
    assert [row["candidates"][0] for row in result["topCandidates"]] == chosen
    assert {len(row["candidates"]) for row in result["topCandidates"]} == {3}
    refused = ask(body)
    assert refused.error["message"] == "Logprobs is not enabled for models/gemini-2.5-flash"


@pytest.mark.parametrize("reason", ["SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT"])
def test_a_question_can_be_blocked(reason: str) -> None:
    found = ask(question(f"mockgem:block={reason}")).json
    assert found["promptFeedback"] == {"blockReason": reason}
    assert "candidates" not in found
    body = {"model": TWO, "messages": [{"role": "user", "content": f"mockgem:block={reason}"}]}
    (choice,) = (
        Asker()
        .send("POST", GEMINI + "/chat/completions", json.dumps(body).encode())
        .json["choices"]
    )
    assert choice == {"finish_reason": f"content_filter: {reason}", "index": 0}


CALLING = {"role": "model", "parts": [{"functionCall": {"name": "f", "args": {}}}]}
RESULT = {"role": "user", "parts": [{"functionResponse": {"name": "f", "response": {"a": 1}}}]}
USER = {"role": "user", "parts": [{"text": "hi"}]}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "* GenerateContentRequest.contents: contents is not specified"),
        (
            {"contents": "hi"},
            "Invalid value at 'contents' "
            '(type.googleapis.com/google.ai.generativelanguage.v1beta.Content), "hi"',
        ),
        (
            question("x", systemInstruction="be nice"),
            "Invalid value at 'system_instruction' "
            "(type.googleapis.com/google.ai.generativelanguage.v1beta.Content)",
        ),
        (
            {"contents": [{"role": "assistant", "parts": [{"text": "x"}]}]},
            "Please use a valid role: user, model.",
        ),
        (
            {"contents": [{"role": "user"}]},
            "* GenerateContentRequest.contents[0].parts: contents.parts must not be empty.",
        ),
        (
            {"contents": [{"parts": [{"text": ""}]}]},
            "contents[0].parts[0].data: required oneof field 'data' must have one initialized "
            "field",
        ),
        (
            {"contents": [{"parts": [{"text": "a", "inlineData": {}}]}]},
            "Invalid value at 'contents[0].parts[0]' (oneof), oneof field 'data' is already "
            "set. Cannot set 'inlineData'",
        ),
        (
            {"contents": [{"parts": [{"inlineData": {"data": "a b!"}}]}]},
            "Invalid value at 'contents[0].parts[0].inline_data.data' (TYPE_BYTES), Base64 "
            "decoding failed for",
        ),
        (
            question("x", colour=1),
            'Invalid JSON payload received. Unknown name "colour": Cannot find field.',
        ),
        (
            question("x", generationConfig={"topP": "much"}),
            "Invalid value at 'generation_config.top_p' (TYPE_DOUBLE), \"much\"",
        ),
        (
            question("x", generationConfig={"candidateCount": 9}),
            "Invalid value of n: should be between 1 and 8, got 9",
        ),
        (
            question("x", generationConfig={"responseMimeType": "text/html"}),
            "response_mime_type: allowed mimetypes are `text/plain`",
        ),
        (
            question("x", generationConfig={"responseSchema": {"type": "STRING"}}),
            "response_schema: only allowed when response_mime_type is application/json.",
        ),
        (
            question("x", generationConfig={"presencePenalty": 0.5}),
            "Penalty is not enabled for models/gemini-2.5-flash",
        ),
        (
            question("x", generationConfig={"thinkingConfig": {"thinkingLevel": "low"}}),
            "Thinking level is not supported for this model.",
        ),
        (
            question(
                "x",
                safetySettings=[{"category": "HARM_CATEGORY_HARASSMENT", "threshold": "SOMETIMES"}],
            ),
            'google.ai.generativelanguage.v1beta.SafetySetting.HarmBlockThreshold), "SOMETIMES"',
        ),
        (
            question("x", tools=[{"functionDeclarations": [{"name": "1st"}]}]),
            "Invalid function name.",
        ),
        (
            question(
                "x",
                tools=[
                    {
                        "functionDeclarations": [
                            {
                                "name": "a",
                                "parameters": {
                                    "type": "OBJECT",
                                    "properties": {"b": {"type": "ARRAY"}},
                                },
                            }
                        ]
                    }
                ],
            ),
            "* GenerateContentRequest.tools[0].function_declarations[0].parameters."
            "properties[b].items: missing field.",
        ),
        (
            question(
                "x", tools=[{"functionDeclarations": [{"name": "a", "parameters": {"const": 1}}]}]
            ),
            "Unknown name \"const\" at 'tools[0].function_declarations[0].parameters': Cannot "
            "find field.",
        ),
        (
            question("x", tools=[WEATHER, {"googleSearch": {}}]),
            "Tool use with function calling is unsupported by the model.",
        ),
        (
            question(
                "x",
                tools=[WEATHER],
                toolConfig={
                    "functionCallingConfig": {"mode": "ANY", "allowedFunctionNames": ["other"]}
                },
            ),
            "allowed_function_names contains a name that is not declared: other",
        ),
        (
            {"contents": [USER, CALLING]},
            "Please ensure that the number of function response parts is equal to the number "
            "of function call parts",
        ),
        (
            {"contents": [USER, RESULT]},
            "Please ensure that function response turn comes immediately after a function call "
            "turn.",
        ),
        (
            {"contents": [CALLING, RESULT]},
            "Please ensure that function call turn comes immediately after a user turn or "
            "after a function response turn.",
        ),
        (
            question("x", cachedContent="cachedContents/none"),
            "CachedContent not found (or permission denied)",
        ),
        (
            question("x", generationConfig={"responseModalities": ["IMAGE"]}),
            "This model only supports text output.",
        ),
    ],
)
def test_invalid_requests_get_the_services_message(body: Any, words: str) -> None:
    for method in ("generateContent", "streamGenerateContent"):
        answer = ask(body, method=method)
        assert answer.status in (400, 403)
        assert words in answer.error["message"]
        assert isinstance(answer.json, list) == (method == "streamGenerateContent")


def test_gemini_3_refuses_some_requests() -> None:
    refused = ask(question("x", tools=[WEATHER, {"googleSearch": {}}]), THREE)
    assert refused.error["message"].startswith(
        "Please enable tool_config.include_server_side_tool_invocations"
    )
    shown = {"includeServerSideToolInvocations": True}
    assert (
        ask(question("x", tools=[WEATHER, {"googleSearch": {}}], toolConfig=shown), THREE).status
        == 200
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            question("hi"),
            "The requested combination of response modalities (TEXT) is not supported by the "
            "model.",
        ),
        (
            question(
                "hi",
                generationConfig={"responseModalities": ["AUDIO"]},
                systemInstruction={"parts": [{"text": "x"}]},
            ),
            "Developer instruction is not enabled for this model",
        ),
        (
            {
                "contents": [USER, {"role": "model", "parts": [{"text": "a"}]}, USER],
                "generationConfig": {"responseModalities": ["AUDIO"]},
            },
            "Multiturn chat is not enabled for this model",
        ),
    ],
)
def test_speech_models_refuse_some_requests(body: Any, words: str) -> None:
    assert words in ask(body, "gemini-3.1-flash-tts-preview").error["message"]


def test_details_name_every_field() -> None:
    answer = ask(question("x", generationConfig={"foo": 1}, tools=[{"bar": 2}], top=1))
    assert [row.get("field") for row in answer.error["details"][0]["fieldViolations"]] == [
        "generation_config",
        "tools[0]",
        None,
    ]


@pytest.mark.parametrize(
    ("headers", "query", "status", "words"),
    [
        ({}, {}, 403, "Method doesn't allow unregistered callers"),
        ({"x-goog-api-key": "good"}, {}, 200, ""),
        ({}, {"key": "good"}, 200, ""),
        ({"authorization": "Bearer good"}, {}, 200, ""),
        ({"x-goog-api-key": "bad"}, {}, 400, "API key not valid. Please pass a valid API key."),
        (
            {"x-goog-api-key": "good", "authorization": "Bearer good"},
            {},
            400,
            "Multiple authentication credentials received.",
        ),
        (
            {"x-goog-api-key": "good"},
            {"key": "good"},
            400,
            "Multiple authentication credentials received.",
        ),
    ],
)
def test_wrong_credentials_are_refused(
    headers: dict[str, str], query: dict[str, str], status: int, words: str
) -> None:
    body = json.dumps(question("hi")).encode()
    answer = Asker(api_key=("good",)).send(
        "POST", f"/v1beta/models/{TWO}:generateContent", body, headers, query
    )
    assert answer.status == status
    assert words in answer.text


def test_two_credentials_are_refused_on_the_openai_surface_too() -> None:
    body = json.dumps({"model": TWO, "messages": [{"role": "user", "content": "hi"}]}).encode()
    headers = {"authorization": "Bearer k", "x-goog-api-key": "k"}
    answer = Asker().send("POST", GEMINI + "/chat/completions", body, headers)
    assert (
        answer.error["message"]
        == "Multiple authentication credentials received. Please pass only one."
    )


CALL = {
    "functionCall": {"name": "get_weather", "args": {"city": "Oslo"}},
    "thoughtSignature": "EjQKMgG+c2lnbmVk",
}
RESULT = {"functionResponse": {"name": "get_weather", "response": {"result": "7C in Oslo"}}}


@pytest.mark.parametrize("role", ["user", "function", "tool"])
@pytest.mark.parametrize("model", [TWO, THREE])
def test_a_stream_that_comes_back_chunk_by_chunk_is_one_turn(model: str, role: str) -> None:
    body = {
        "contents": [
            {"role": "user", "parts": [{"text": "The weather in Oslo?"}]},
            {"role": "model", "parts": [{"text": "I have to look.", "thought": True}]},
            {"role": "model", "parts": [{"text": "I will look.", "thought": True}]},
            {"role": "model", "parts": [CALL]},
            {"role": "model", "parts": [{"text": ""}]},
            {"role": role, "parts": [RESULT]},
        ],
        "tools": [WEATHER],
    }
    assert "7C in Oslo" in text(ask(body, model))


def test_results_that_come_one_by_one_are_one_turn() -> None:
    rome = {"name": "get_weather", "response": {"result": "21C in Rome"}}
    body: dict[str, Any] = {
        "contents": [
            {"role": "user", "parts": [{"text": "The weather in Oslo and in Rome?"}]},
            {
                "role": "model",
                "parts": [
                    CALL,
                    {"functionCall": {"name": "get_weather", "args": {"city": "Rome"}}},
                ],
            },
            {"role": "user", "parts": [RESULT]},
            {"role": "user", "parts": [{"functionResponse": rome}]},
        ],
        "tools": [WEATHER],
    }
    reply = text(ask(body))
    assert "7C in Oslo" in reply
    assert "21C in Rome" in reply
    body["contents"].pop()
    assert ask(body).error["message"] == (
        "Please ensure that the number of function response parts is equal to the number of "
        "function call parts of the function call turn."
    )


def test_contents_of_one_side_without_tools_stay_apart() -> None:
    more = [{"role": "model", "parts": [{"text": "a"}]}, USER]
    apart = ask({"contents": [USER, USER, *more]})
    joined = ask({"contents": [{**USER, "parts": USER["parts"] * 2}, *more]})
    assert (apart.status, joined.status) == (200, 200)
    assert apart.json["usageMetadata"]["promptTokenCount"] == 4
    assert apart.json["usageMetadata"] != joined.json["usageMetadata"]


@pytest.mark.parametrize("uri", ["https://www.youtube.com/watch?v=9hE5", "https://youtu.be/9hE5"])
def test_a_youtube_video_needs_no_type(uri: str) -> None:
    answer = ask(
        {"contents": [{"parts": [{"text": "What happens?"}, {"fileData": {"fileUri": uri}}]}]}
    )
    assert answer.status == 200
    kinds = {row["modality"] for row in answer.json["usageMetadata"]["promptTokensDetails"]}
    assert "VIDEO" in kinds


@pytest.mark.parametrize(
    ("body", "model", "words"),
    [
        (
            question(
                "x",
                generationConfig={"thinkingConfig": {"thinkingLevel": "LOW", "thinkingBudget": 5}},
            ),
            THREE,
            "You can only set only one of thinking budget and thinking level.",
        ),
        (
            question(
                "x",
                tools=[{"googleSearch": {}}],
                generationConfig={"responseMimeType": "application/json"},
            ),
            TWO,
            "Tool use with a response mime type: 'application/json' is unsupported",
        ),
        (
            question(
                "x",
                safetySettings=[{"category": "HARM_CATEGORY_MEDICAL", "threshold": "BLOCK_NONE"}],
            ),
            TWO,
            "safety_settings[0]: element predicate failed: $.category in "
            "(HarmCategory.HARM_CATEGORY_HATE_SPEECH",
        ),
        (
            question(
                "x",
                generationConfig={"responseModalities": ["AUDIO"], "speechConfig": voice("Bob")},
            ),
            "gemini-3.1-flash-tts-preview",
            "Voice name Bob is not supported. Allowed voice names are: achernar, achird",
        ),
        (
            question(
                "x",
                generationConfig={
                    "responseModalities": ["AUDIO"],
                    "speechConfig": speakers("Kore"),
                },
            ),
            "gemini-3.1-flash-tts-preview",
            "the number of enabled_voices must equal 2",
        ),
        (
            question("x", generationConfig={"imageConfig": {"imageSize": "9K"}}),
            "gemini-3-pro-image",
            "invalid argument",
        ),
        (
            question("x", generationConfig={"imageConfig": {"outputMimeType": "image/bmp"}}),
            "gemini-2.5-flash-image",
            "Invalid mime type 'image/bmp'",
        ),
        (
            question("x", generationConfig={"imageConfig": {"imageSize": "2K"}}),
            "gemini-2.5-flash-image",
            "invalid argument",
        ),
    ],
)
def test_contradictions_get_the_reported_message(body: Any, model: str, words: str) -> None:
    answer = ask(body, model)
    assert answer.error["status"] == "INVALID_ARGUMENT"
    assert words in answer.error["message"]


def test_the_newest_models_search_and_follow_a_schema() -> None:
    form = {
        "responseMimeType": "application/json",
        "responseSchema": {"type": "OBJECT", "properties": {"city": STRING}},
    }
    answer = ask(
        question("The capital of Peru?", tools=[{"googleSearch": {}}], generationConfig=form), THREE
    )
    assert set(json.loads(text(answer))) == {"city"}
    assert answer.json["candidates"][0]["groundingMetadata"]["webSearchQueries"]


@pytest.mark.parametrize(("size", "times"), [("1K", 1), ("2K", 2), ("4K", 4)])
def test_images_have_the_requested_size(size: str, times: int) -> None:
    config = {
        "responseModalities": ["IMAGE"],
        "imageConfig": {"aspectRatio": "1:1", "imageSize": size},
    }
    answer = ask(question("A cat", generationConfig=config), "gemini-3-pro-image")
    (image,) = [part["inlineData"] for part in parts(answer) if "inlineData" in part]
    assert read_image_size(base64.b64decode(image["data"])) == (1024 * times, 1024 * times)


def test_only_vertex_knows_maps_and_references() -> None:
    schema = {
        "type": "OBJECT",
        "properties": {
            "counts": {
                "type": "OBJECT",
                "additionalProperties": {"type": "INTEGER"},
                "minProperties": 1,
            },
            "home": {"ref": "#/defs/place"},
        },
        "required": ["counts", "home"],
        "defs": {"place": {"type": "OBJECT", "properties": {"city": STRING}, "required": ["city"]}},
    }
    body = question(
        "Count", generationConfig={"responseMimeType": "application/json", "responseSchema": schema}
    )
    place = f"/v1/projects/p/locations/global/publishers/google/models/{TWO}:generateContent"
    answer = Asker().send("POST", place, json.dumps(body).encode(), {"authorization": "Bearer t"})
    found = json.loads(text(answer))
    assert isinstance(found["home"]["city"], str)
    assert found["counts"]
    assert all(isinstance(one, int) for one in found["counts"].values())
    assert 'Unknown name "additionalProperties"' in ask(body).error["message"]


def test_vertex_requires_roles() -> None:
    body = json.dumps({"contents": [{"parts": [{"text": "hi"}]}]}).encode()
    place = f"/v1/projects/p/locations/global/publishers/google/models/{TWO}:generateContent"
    answer = Asker().send("POST", place, body, {"authorization": "Bearer t"})
    assert answer.error["message"] == "Please use a valid role: user, model."
    assert ask({"contents": [{"parts": [{"text": "hi"}]}]}).status == 200


def test_usage_grows_and_candidates_have_numbers() -> None:
    body = question("Write a story about a dog")
    rows = events(ask(body, "gemini-2.0-flash", "streamGenerateContent", alt="sse"))
    texts: dict[int, str] = {}
    counts = []
    for row in rows:
        (candidate,) = row["candidates"]
        place = candidate.get("index", 0)
        texts[place] = texts.get(place, "") + "".join(
            part["text"] for part in candidate["content"].get("parts", ())
        )
        counts.append(row["usageMetadata"].get("candidatesTokenCount", 0))
    several = question("Write a story about a dog", generationConfig={"candidateCount": 3})
    whole = ask(several, "gemini-2.0-flash").json["candidates"]
    assert [one.get("index", 0) for one in whole] == [0, 1, 2]
    assert texts[0] == whole[0]["content"]["parts"][0]["text"]
    assert counts == sorted(counts)


@pytest.mark.parametrize("config", [{"stopSequences": ["result of"]}, {"maxOutputTokens": 60}])
def test_text_before_max_tokens_stays_the_same(config: dict[str, Any]) -> None:
    body = question(
        "what is 12*3", tools=[{"codeExecution": {}}], generationConfig=config | THOUGHTLESS
    )
    first, second, *_ = parts(ask(body))
    assert "executableCode" in first
    assert "codeExecutionResult" in second


THOUGHTLESS = {"thinkingConfig": {"thinkingBudget": 0}}


def test_a_truncated_reply_keeps_its_grounding() -> None:
    body = question(
        "The newest Python?",
        tools=[{"googleSearch": {}}],
        generationConfig={"stopSequences": ["."]},
    )
    (candidate,) = ask(body).json["candidates"]
    metadata = candidate["groundingMetadata"]
    assert metadata["groundingChunks"]
    size = len(candidate["content"]["parts"][0]["text"].encode())
    assert all(one["segment"]["endIndex"] <= size for one in metadata.get("groundingSupports", ()))


def test_no_reply_is_longer_than_the_models_limit() -> None:
    answer = ask(question("write 9999 sentences about cats"), "gemini-2.0-flash")
    assert answer.json["candidates"][0]["finishReason"] == "MAX_TOKENS"
    assert answer.json["usageMetadata"]["candidatesTokenCount"] <= 8192


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        (
            {"type": "STRING", "format": "uri"},
            "only 'enum' and 'date-time' are supported for STRING type",
        ),
        (
            {"type": "STRING", "format": "enum"},
            "should be non-empty for STRING type with enum format",
        ),
        (
            {"type": "STRING", "properties": {"a": STRING}},
            "properties: only allowed for OBJECT type",
        ),
        ({"type": "OBJECT", "properties": {}}, "properties: should be non-empty for OBJECT type"),
    ],
)
def test_schemas_with_contradictions_or_gaps_are_refused(schema: Any, words: str) -> None:
    form = {"responseMimeType": "application/json", "responseSchema": schema}
    assert words in ask(question("x", generationConfig=form)).error["message"]


@pytest.mark.parametrize("settings", [5, "x", [1], True])
@pytest.mark.parametrize("tool", ["fileSearch", "googleSearch", "codeExecution"])
def test_settings_of_tools_are_objects(tool: str, settings: Any) -> None:
    assert ask(question("x", tools=[{tool: settings}])).error["status"] == "INVALID_ARGUMENT"


@pytest.mark.parametrize("properties", [[1], 5, True, "abc"])
def test_properties_are_an_object(properties: Any) -> None:
    declaration = {
        "name": "f",
        "parametersJsonSchema": {"type": "object", "properties": properties},
    }
    assert ask(question("x", tools=[{"functionDeclarations": [declaration]}])).status == 400


def test_unpaired_surrogates_in_long_bodies_are_replaced() -> None:
    config = {"responseModalities": ["AUDIO"], "speechConfig": voice("\ud800")}
    body = question("x", generationConfig=config, labels={"pad": "x" * 300_000})
    path = "/v1beta/models/gemini-2.5-flash-preview-tts:generateContent"
    assert Asker(lenient=True).send("POST", path, json.dumps(body).encode(), KEY).status == 200


@pytest.mark.parametrize(
    "prefix", ["/v1beta/", "/v1/projects/p/locations/global/publishers/google/"]
)
def test_a_repeated_reply_differs_in_its_id_alone(prefix: str) -> None:
    asker = Asker()
    headers = {"x-goog-api-key": "k", "authorization": "Bearer t"}
    headers.pop("authorization" if prefix == "/v1beta/" else "x-goog-api-key")
    body = json.dumps({"contents": [{"role": "user", "parts": [{"text": "Hello"}]}]}).encode()
    path = f"{prefix}models/gemini-2.5-flash:"
    whole = [asker.send("POST", path + "generateContent", body, headers) for _ in range(4)]
    assert len({answer.json["responseId"] for answer in whole}) == 4
    plain = [{**answer.json, "responseId": "", "createTime": ""} for answer in whole]
    assert plain == [plain[0]] * 4
    assert len({len(answer.text) for answer in whole}) == 1
    for _ in range(3):
        array = asker.send("POST", path + "streamGenerateContent", body, headers)
        assert isinstance(array.json, list)
        events = asker.send("POST", path + "streamGenerateContent", body, headers, {"alt": "sse"})
        assert events.text.startswith("data: ")
