"""Live sessions over a socket: setup, turns by text and voice, tools, interruption, the end."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode
from typing import Any

import aiohttp
import pytest

import mockgem
from tests.live_client import (
    AUDIO,
    CASCADED,
    LIVE_3,
    NATIVE,
    PATH,
    SERVICE,
    WAIT,
    LiveClient,
    connecting,
    count_audio,
    join_texts,
    list_keys,
    make_setup,
    make_silence,
    make_tone,
)

Json = dict[str, Any]
WEATHER = {
    "name": "get_weather",
    "description": "Get the weather of a city",
    "parameters": {
        "type": "OBJECT",
        "properties": {"city": {"type": "STRING"}},
        "required": ["city"],
    },
}
TOOLS = [{"functionDeclarations": [WEATHER]}]
BACKGROUND_TOOLS = [{"functionDeclarations": [{**WEATHER, "behavior": "NON_BLOCKING"}]}]


def outline(messages: list[Json]) -> list[str]:
    """Return the kinds of messages without repetitions."""
    found: list[str] = []
    for message in messages:
        keys = [key for key in list_keys(message) if key in KINDS]
        kind = "+".join(keys) or ("noise" if not message else "empty")
        if not found or found[-1] != kind:
            found.append(kind)
    return found


KINDS = (
    "setupComplete", "thought", "inlineData", "outputTranscription", "inputTranscription",
    "generationComplete", "interrupted", "turnComplete", "usageMetadata", "toolCall",
    "toolCallCancellation", "sessionResumptionUpdate", "goAway", "executableCode",
    "interactionStatus", "voiceActivity",
)  # fmt: skip


async def ask_rest(url: str, model: str, contents: list[Json], **fields: Any) -> str:
    """Return the text that generateContent answers."""
    async with aiohttp.ClientSession() as http:
        target = f"{url}/v1beta/models/{model}:generateContent?key=k"
        async with http.post(target, json={"contents": contents, **fields}) as response:
            body = await response.json()
            return "".join([part["text"] for part in body["candidates"][0]["content"]["parts"]])


def user(text: str) -> Json:
    return {"role": "user", "parts": [{"text": text}]}


def model(text: str) -> Json:
    return {"role": "model", "parts": [{"text": text}]}


@pytest.mark.parametrize("version", ["v1", "v1beta", "v1alpha"])
async def test_each_version_has_sessions(version: str) -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url, make_setup(), SERVICE.format(version)) as client:
            await client.say("Hello")
            assert (await client.receive_turn())[-1]["serverContent"] == {"turnComplete": True}


async def test_vertex_has_sessions_at_its_own_path() -> None:
    path = "/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent"
    name = "projects/p/locations/global/publishers/google/models/" + NATIVE.partition("/")[2]
    async with mockgem.aserve() as server:
        headers = {"Authorization": "Bearer token"}
        async with connecting(server.url, make_setup(name), path, headers) as client:
            await client.say("Hello")
            assert await client.receive_turn()


@pytest.mark.parametrize(
    ("model_name", "writer"),
    [(NATIVE, "gemini-2.5-flash"), (LIVE_3, "gemini-3.8-flash"), (CASCADED, "gemini-2.5-flash")],
)
async def test_the_words_are_those_of_generate_content_for_the_same_history(
    model_name: str, writer: str
) -> None:
    system = {"parts": [{"text": "You sell bicycles."}]}
    setup = make_setup(model_name, systemInstruction=system, outputAudioTranscription={})
    name = "text" if model_name == CASCADED else "outputTranscription"
    async with mockgem.aserve() as server:
        async with connecting(server.url, setup) as client:
            await client.say("Which bicycle is good for rain?")
            first = join_texts(await client.receive_turn(), name)
            await client.say("And what does it cost?")
            second = join_texts(await client.receive_turn(), name)
        contents = [user("Which bicycle is good for rain?")]
        assert first == await ask_rest(server.url, writer, contents, systemInstruction=system)
        contents += [model(first), user("And what does it cost?")]
        assert second == await ask_rest(server.url, writer, contents, systemInstruction=system)


async def test_a_native_audio_turn_has_the_recorded_order() -> None:
    setup = make_setup(outputAudioTranscription={})
    async with mockgem.aserve() as server:
        server.say("Your name is Alice, and your favorite color is teal.")
        async with connecting(server.url, setup) as client:
            history = [user("My name is Alice."), model("Nice to meet you!")]
            await client.send({"client_content": {"turns": history, "turnComplete": False}})
            await client.say("What is my name?")
            messages = await client.receive_turn()
    kinds = outline(messages)
    assert kinds[0] == "thought" or kinds[0] == "outputTranscription"
    assert set(kinds[1:-2]) <= {"outputTranscription", "inlineData"}
    assert kinds[-2:] == ["generationComplete", "turnComplete+usageMetadata"]
    assert list(messages[-1]) == ["serverContent", "usageMetadata"]
    audio = next(one for one in messages if "inlineData" in list_keys(one))
    turn = audio["serverContent"]["modelTurn"]
    assert list(turn) == ["parts"]
    assert turn["parts"][0]["inlineData"]["mimeType"] == "audio/pcm;rate=24000"
    fragments = [one["serverContent"]["outputTranscription"]["text"]
                 for one in messages if "outputTranscription" in list_keys(one)]  # fmt: skip
    assert fragments[0][0] != " "
    assert all(fragment[0] == " " for fragment in fragments[1:])
    assert "".join(fragments) == "Your name is Alice, and your favorite color is teal."


async def test_gemini_3_8_joins_words_and_audio_between_empty_messages() -> None:
    setup = make_setup(LIVE_3, outputAudioTranscription={})
    async with mockgem.aserve() as server:
        async with connecting(server.url, setup) as client:
            await client.say("Hello")
            messages = await client.receive_turn()
    assert list(messages[0]) == ["sessionResumptionUpdate"]
    assert messages[1:5] == [{}, {}, {}, {"serverContent": {}}]
    first = messages[5]["serverContent"]
    assert list(first) == ["modelTurn", "outputTranscription"]
    assert list(first["modelTurn"]) == ["parts", "role"]
    assert messages[6] == {}
    assert outline(messages)[-2:] == ["generationComplete", "turnComplete+usageMetadata"]


async def test_a_text_model_sends_its_text_in_pieces_without_a_role() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url, make_setup(CASCADED)) as client:
            await client.send({"realtimeInput": {"text": "Are you there?"}})
            messages = await client.receive_turn()
    turns = [one["serverContent"]["modelTurn"] for one in messages[:-2]]
    assert all(list(turn) == ["parts"] and list(turn["parts"][0]) == ["text"] for turn in turns)
    usage = messages[-1]["usageMetadata"]
    assert usage["responseTokensDetails"] == [
        {"modality": "TEXT", "tokenCount": usage["responseTokenCount"]}
    ]


async def test_messages_are_binary_frames_with_indented_json() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url) as client:
            await client.send({"setup": make_setup()})
            frame = await client.socket.receive()
    assert frame.type is aiohttp.WSMsgType.BINARY
    assert frame.data == b'{\n  "setupComplete": {}\n}\n'


async def test_the_usage_counts_audio_by_its_length_and_thoughts_apart() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url, make_setup()) as client:
            await client.say("Say a short greeting.")
            messages = await client.receive_turn()
    usage = messages[-1]["usageMetadata"]
    size = sum(len(b64decode(one["serverContent"]["modelTurn"]["parts"][0]["inlineData"]["data"]))
               for one in messages if "inlineData" in list_keys(one))  # fmt: skip
    assert usage["responseTokenCount"] == -(-size * 25 // 48_000)
    assert usage["totalTokenCount"] == usage["promptTokenCount"] + usage["responseTokenCount"]
    assert list(usage)[-1] == "thoughtsTokenCount"


async def test_the_same_session_is_the_same_bytes() -> None:
    sessions = []
    for _ in range(2):
        async with mockgem.aserve() as server:
            async with connecting(server.url, make_setup(LIVE_3, tools=TOOLS)) as client:
                await client.say("What is the weather in Rome?")
                await client.receive_until("toolCall", "turnComplete")
                sessions.append(client.messages)
    assert sessions[0] == sessions[1]


async def test_both_spellings_of_names_are_read() -> None:
    setup = {"model": CASCADED, "generation_config": {"response_modalities": ["TEXT"]},
             "system_instruction": {"parts": [{"text": "Be brief."}]}}  # fmt: skip
    async with mockgem.aserve() as server:
        async with connecting(server.url, setup) as client:
            turn = {"turns": [{"parts": [{"text": "Hi"}]}], "turn_complete": True}
            await client.send({"client_content": turn})
            assert join_texts(await client.receive_turn(), "text")


async def test_an_empty_turn_makes_the_model_speak() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url, make_setup()) as client:
            await client.send({"clientContent": {"turnComplete": True}})
            assert count_audio(await client.receive_turn())


# The end of a socket


REFUSALS: dict[str, tuple[Json, int, str]] = {
    "unknown field": (
        {"setup": {**make_setup(), "x": 1}}, 1007,
        "Invalid JSON payload received. Unknown name \"x\" at 'setup': Cannot find field.",
    ),
    "unknown model": (
        {"setup": {"model": "models/gemini-live-9"}}, 1008,
        "models/gemini-live-9 is not found for API version v1beta, or is not supported for "
        "bidiGenerateContent. Call ModelService.Li",
    ),
    "a model without sessions": (
        {"setup": {"model": "models/gemini-2.5-flash"}}, 1008,
        "models/gemini-2.5-flash is not found for API version v1beta, or is not supported for "
        "bidiGenerateContent. Call ModelService",
    ),
    "text of a model that speaks": (
        {"setup": {**make_setup(), "generationConfig": {"responseModalities": ["TEXT"]}}}, 1007,
        "The requested combination of response modalities (TEXT) is not supported by the model. "
        "models/gemini-2.5-flash-native-aud",
    ),
    "unknown handle": (
        {"setup": {**make_setup(), "sessionResumption": {"handle": "nothing"}}}, 1008,
        "Requested entity was not found.",
    ),
    "no setup": (
        {"clientContent": {"turnComplete": True}}, 1007,
        "setup must be the first message and only the first",
    ),
    "bad scheduling": (
        {"toolResponse": {"functionResponses": [{"name": "f", "scheduling": "SOON"}]}}, 1007,
        "Invalid value at 'tool_response.function_responses[0].scheduling' "
        "(type.googleapis.com/google.ai.generativelanguage.v1be",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSALS)
async def test_a_refusal_closes_the_socket_with_its_reason(name: str) -> None:
    message, code, reason = REFUSALS[name]
    async with mockgem.aserve() as server:
        async with connecting(server.url) as client:
            await client.send(message)
            closed = await client.receive_close()
    assert (closed.code, closed.reason[:120]) == (code, reason[:120])
    assert len(closed.reason.encode()) <= 123


CONTENT_REFUSALS: dict[str, tuple[str, Json, str]] = {
    "unknown contents": (
        NATIVE, {"clientContent": {"contents": []}},
        "Invalid JSON payload received. Unknown name \"contents\" at 'client_content': Cannot "
        "find field.",
    ),
    "a turn without a role": (
        LIVE_3, {"clientContent": {"turns": [{"parts": [{"text": "Hi"}]}]}},
        "Request contains an invalid argument.",
    ),
    "a second setup": (
        NATIVE, {"setup": make_setup()}, "setup must be the first message and only the first",
    ),
    "manual activity beside the automatic one": (
        NATIVE, {"realtimeInput": {"activityStart": {}}},
        "Explicit activity control is not supported when automatic activity detection is enabled.",
    ),
    "audio with too many samples": (
        NATIVE, {"realtimeInput": {"audio": {"mimeType": "audio/pcm;rate=9999999", "data": ""}}},
        "Request contains an invalid argument.",
    ),
    "audio with too few samples": (
        NATIVE, {"realtimeInput": {"audio": {"mimeType": "audio/pcm;rate=10", "data": ""}}},
        "Request contains an invalid argument.",
    ),
    "not JSON": (NATIVE, {}, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CONTENT_REFUSALS)
async def test_wrong_content_closes_the_socket_after_the_setup(name: str) -> None:
    model_name, message, reason = CONTENT_REFUSALS[name]
    async with mockgem.aserve() as server:
        async with connecting(server.url, make_setup(model_name)) as client:
            await client.socket.send_str("{" if name == "not JSON" else json.dumps(message))
            closed = await client.receive_close()
    assert closed.code == 1007
    assert closed.reason.startswith(reason)


async def test_affective_dialog_on_3_8_fails_at_the_first_content() -> None:
    config = {**AUDIO, "enableAffectiveDialog": True}
    async with mockgem.aserve() as server:
        async with connecting(server.url, {"model": LIVE_3, "generationConfig": config}) as client:
            await client.say("Hello")
            assert (await client.receive_close()).code == 1007


@pytest.mark.parametrize(
    ("headers", "code", "reason"),
    [({}, 1008, "Method doesn't allow unregistered callers"),
     ({"x-goog-api-key": "wrong"}, 1007, "API key not valid. Please pass a valid API key.")],
)  # fmt: skip
async def test_a_missing_or_wrong_key_closes_the_socket(
    headers: dict[str, str], code: int, reason: str
) -> None:
    async with mockgem.aserve(api_key=["right"]) as server:
        async with connecting(server.url, headers=headers) as client:
            await client.send({"setup": make_setup()})
            closed = await client.receive_close()
    assert (closed.code, closed.reason[: len(reason)]) == (code, reason)


async def test_a_request_without_an_upgrade_is_told_what_the_address_is_for() -> None:
    async with mockgem.aserve() as server, aiohttp.ClientSession() as http:
        async with http.get(server.url + PATH, headers={"x-goog-api-key": "k"}) as response:
            assert response.status == 426
            assert "wss://" in (await response.json())["error"]["message"]


# Voice


@pytest.mark.parametrize("rate", [16_000, 24_000])
async def test_speech_that_ends_gets_an_answer(rate: int) -> None:
    setup = make_setup(inputAudioTranscription={}, outputAudioTranscription={})
    async with mockgem.aserve() as server:
        async with connecting(server.url, setup) as client:
            await client.send_audio(make_tone(1.0, rate) + make_silence(1.0, rate), rate)
            messages = await client.receive_turn()
        heard = join_texts(messages, "inputTranscription")
        assert heard.startswith(" ")
        kinds = outline(messages)
        assert kinds[0] == "inputTranscription"
        assert "inputTranscription" not in kinds[1:]
        said = join_texts(messages)
        assert said == await ask_rest(server.url, "gemini-2.5-flash", [user(heard.strip())])


async def test_silence_alone_gets_no_answer() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url, make_setup()) as client:
            await client.send_audio(make_silence(3.0))
            await client.say("Hello")
            await client.receive_turn()
    assert sum("turnComplete" in list_keys(one) for one in client.messages) == 1


async def test_the_end_of_the_audio_stream_ends_speech_at_once() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url, make_setup()) as client:
            await client.send_audio(make_tone(0.5))
            await client.send({"realtimeInput": {"audioStreamEnd": True}})
            assert count_audio(await client.receive_turn())


async def test_the_client_can_mark_speech_itself() -> None:
    detection = {"automaticActivityDetection": {"disabled": True}}
    setup = make_setup(CASCADED, realtimeInputConfig=detection)
    async with mockgem.aserve() as server:
        async with connecting(server.url, setup) as client:
            await client.send({"realtimeInput": {"activityStart": {}}})
            await client.send_audio(make_silence(0.5))
            await client.send({"realtimeInput": {"activityEnd": {}}})
            assert join_texts(await client.receive_turn(), "text")


async def test_a_picture_of_the_camera_is_part_of_the_next_turn() -> None:
    pixel = ("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJ"
             "RU5ErkJggg==")  # fmt: skip
    async with mockgem.aserve() as server:
        async with connecting(server.url, make_setup(outputAudioTranscription={})) as client:
            await client.send(
                {"realtimeInput": {"video": {"mimeType": "image/png", "data": pixel}}}
            )
            await client.send({"realtimeInput": {"text": "What do you see?"}})
            messages = await client.receive_turn()
    assert "1 x 1" in join_texts(messages) or "image" in join_texts(messages)
    modalities = [one["modality"] for one in messages[-1]["usageMetadata"]["promptTokensDetails"]]
    assert modalities == ["TEXT", "IMAGE"]


async def test_speech_interrupts_an_answer_that_is_still_playing() -> None:
    setup = make_setup(inputAudioTranscription={})
    async with mockgem.aserve(live_pace="real") as server:
        server.say("A long story. " * 20, times=1)
        async with connecting(server.url, setup) as client:
            await client.say("Tell me a story")
            await client.receive_until("generationComplete")
            await client.send_audio(make_tone(0.5) + make_silence(1.0))
            messages = await client.receive_until("inputTranscription")
            await client.receive_until("generationComplete")
    assert outline(messages) == ["interrupted", "turnComplete+usageMetadata", "inputTranscription"]


async def test_speech_does_not_interrupt_where_the_setup_says_so() -> None:
    config = {"activityHandling": "NO_INTERRUPTION"}
    async with mockgem.aserve(live_pace="real") as server:
        server.say("Short.", "Second.")
        async with connecting(server.url, make_setup(realtimeInputConfig=config)) as client:
            await client.say("Hello")
            await client.receive_until("inlineData")
            await client.send_audio(make_tone(0.5) + make_silence(1.0))
            messages = await client.receive_turn()
            messages += await client.receive_turn()
    assert "interrupted" not in list_keys(messages)


async def test_the_service_reports_voice_activity_if_asked() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url, make_setup(LIVE_3, explicitVadSignal=True)) as client:
            await client.send_audio(make_silence(0.2) + make_tone(0.5) + make_silence(1.0))
            messages = await client.receive_turn()
    reports = [one["voiceActivity"] for one in messages if "voiceActivity" in one]
    assert reports == [
        {"type": "ACTIVITY_START", "audioOffset": "0.200s"},
        {"type": "ACTIVITY_END", "audioOffset": "0.700s"},
    ]


# Tools


async def answer_call(client: LiveClient, call: Json, **more: Any) -> None:
    response = {"id": call["id"], "name": call["name"], "response": {"output": "Sunny"}, **more}
    await client.send({"toolResponse": {"functionResponses": [response]}})


async def test_a_blocking_tool_stops_the_turn_until_its_result() -> None:
    setup = make_setup(tools=TOOLS, outputAudioTranscription={})
    async with mockgem.aserve() as server:
        server.say(tool_calls=[{"name": "get_weather", "args": {"city": "Rome"}}])
        async with connecting(server.url, setup) as client:
            await client.say("How is the weather in Rome?")
            messages = await client.receive_until("toolCall")
            (call,) = messages[-1]["toolCall"]["functionCalls"]
            assert list(call) == ["name", "args", "id"]
            assert call["args"] == {"city": "Rome"}
            assert call["id"].startswith("function-call-")
            await answer_call(client, call)
            messages = await client.receive_turn()
    assert "Sunny" in join_texts(messages)
    assert "toolCall" not in list_keys(messages)


async def test_older_models_show_the_program_of_a_call() -> None:
    async with mockgem.aserve() as server:
        server.say(tool_calls=[{"name": "get_weather", "args": {"city": "Rome"}}])
        async with connecting(server.url, make_setup(CASCADED, tools=TOOLS)) as client:
            await client.say("How is the weather in Rome?")
            code, call = await client.receive_until("toolCall")
    program = code["serverContent"]["modelTurn"]["parts"][0]["executableCode"]
    assert program == {"language": "PYTHON", "code": "print(default_api.get_weather(city='Rome'))"}
    assert "toolCall" in call


async def test_a_background_tool_lets_the_model_go_on() -> None:
    setup = make_setup(tools=BACKGROUND_TOOLS, outputAudioTranscription={})
    async with mockgem.aserve() as server:
        server.say(tool_calls=[{"name": "get_weather", "args": {"city": "Rome"}}])
        async with connecting(server.url, setup) as client:
            await client.say("How is the weather in Rome?")
            messages = await client.receive_turn()
            (call,) = messages[0]["toolCall"]["functionCalls"]
            await answer_call(client, call, scheduling="WHEN_IDLE")
            assert "Sunny" in join_texts(await client.receive_turn())


async def test_a_silent_result_makes_the_model_say_nothing() -> None:
    async with mockgem.aserve() as server:
        server.say(tool_calls=[{"name": "get_weather", "args": {"city": "Rome"}}])
        async with connecting(server.url, make_setup(tools=BACKGROUND_TOOLS)) as client:
            await client.say("How is the weather in Rome?")
            (call,) = (await client.receive_turn())[0]["toolCall"]["functionCalls"]
            await answer_call(client, call, scheduling="SILENT")
            await client.say("Thank you")
            await client.receive_turn()
    assert sum("turnComplete" in list_keys(one) for one in client.messages) == 2


async def test_new_content_cancels_calls_that_are_open() -> None:
    async with mockgem.aserve() as server:
        server.say(tool_calls=[{"name": "get_weather", "args": {"city": "Rome"}}])
        async with connecting(server.url, make_setup(tools=TOOLS)) as client:
            await client.say("How is the weather in Rome?")
            (call,) = (await client.receive_until("toolCall"))[-1]["toolCall"]["functionCalls"]
            await client.say("Never mind. Say hello.")
            (message, *_) = await client.receive_turn()
            await answer_call(client, call)
            await client.say("Are you there?")
            assert await client.receive_turn()
    assert message == {"toolCallCancellation": {"ids": [call["id"]]}}


# Time and resumption


async def test_a_session_goes_on_with_a_handle_on_another_socket() -> None:
    setup = make_setup(sessionResumption={}, outputAudioTranscription={})
    async with mockgem.aserve() as server:
        async with connecting(server.url, setup) as client:
            await client.say("My name is Alice.")
            await client.receive_turn()
            update = (await client.receive())["sessionResumptionUpdate"]
            said = join_texts(client.messages)
        assert update["resumable"] is True
        resumed = {**setup, "sessionResumption": {"handle": update["newHandle"]}}
        async with connecting(server.url, resumed) as client:
            await client.say("What is my name?")
            answer = join_texts(await client.receive_turn())
        contents = [user("My name is Alice."), model(said), user("What is my name?")]
        assert answer == await ask_rest(server.url, "gemini-2.5-flash", contents)


async def test_a_handle_expires_after_two_hours() -> None:
    setup = make_setup(sessionResumption={})
    async with mockgem.aserve() as server:
        async with connecting(server.url, setup) as client:
            await client.say("Hello")
            await client.receive_turn()
            handle = (await client.receive())["sessionResumptionUpdate"]["newHandle"]
        server.clock.advance("3h")
        async with connecting(server.url) as client:
            await client.send({"setup": {**setup, "sessionResumption": {"handle": handle}}})
            assert (await client.receive_close()).code == 1008


async def test_the_server_says_goodbye_by_the_worlds_clock() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url, make_setup()) as client:
            server.clock.advance("9m 10s")
            assert await client.receive() == {"goAway": {"timeLeft": "50s"}}
            server.clock.advance("1m")
            closed = await client.receive_close()
    assert (closed.code, closed.reason) == (
        1011, "Deadline expired before operation could complete.",
    )  # fmt: skip


async def test_a_compressed_history_loses_its_oldest_turns() -> None:
    window = {"triggerTokens": "60", "slidingWindow": {"targetTokens": "30"}}
    setup = make_setup(CASCADED, contextWindowCompression=window)
    prompts = []
    async with mockgem.aserve() as server:
        async with connecting(server.url, setup) as client:
            for _ in range(6):
                await client.say("Tell me something about the sea, please.")
                messages = await client.receive_turn()
                prompts.append(messages[-1]["usageMetadata"]["promptTokenCount"])
    assert max(prompts) <= 60


# Worlds, scenarios and the journal


async def test_a_world_has_its_own_sessions() -> None:
    async with mockgem.aserve() as server:
        world = server.url + "/w/alice"
        async with connecting(world, make_setup(), "/" + PATH) as client:
            await client.say("Hello")
            await client.receive_turn()
        assert not await asyncio.to_thread(server.journal)


async def test_rules_act_on_the_turns_of_a_session() -> None:
    async with mockgem.aserve() as server:
        server.say("It is sunny.", text="*weather*", times=None)
        async with connecting(server.url, make_setup(CASCADED)) as client:
            await client.say("How is the weather?")
            assert join_texts(await client.receive_turn(), "text") == "It is sunny."
            await client.say("Thanks")
            assert join_texts(await client.receive_turn(), "text") != "It is sunny."


async def test_a_failure_of_a_turn_closes_the_socket() -> None:
    async with mockgem.aserve() as server:
        server.say("First.")
        server.fail(500, endpoint="generate")
        async with connecting(server.url, make_setup(CASCADED)) as client:
            await client.say("Hello")
            await client.receive_turn()
            await client.say("Hello again")
            closed = await client.receive_close()
    assert closed.code == 1011
    assert closed.reason


async def test_a_rule_can_refuse_the_upgrade() -> None:
    async with mockgem.aserve() as server:
        server.scenario({"rules": [{"when": {"endpoint": "live"}, "fail": 429}]})
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            async with connecting(server.url):
                pass
    assert refused.value.status == 429


async def test_the_journal_has_one_entry_with_the_messages_of_both_sides() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url, make_setup(CASCADED)) as client:
            await client.say("Hello")
            await client.receive_turn()
        for _ in range(3_000):
            (entry,) = server.journal()
            if entry["outcome"] != "open":
                break
            await asyncio.sleep(0.05)
    assert (entry["status"], entry["outcome"]) == (101, "whole")
    assert entry["model"] == CASCADED.partition("/")[2]
    messages = entry["messages"]
    sides = [one["from"] for one in messages]
    assert sides[:3] == ["client", "server", "client"]
    assert json.loads(messages[0]["text"])["setup"]["model"] == CASCADED
    assert messages[-1]["from"] == "client"
    assert messages[-1]["close"]["code"] == 1000


async def test_a_client_that_does_not_read_does_not_fill_the_memory() -> None:
    async with mockgem.aserve() as server:
        server.say("A very long story. " * 3_000)
        async with connecting(server.url, make_setup()) as client:
            await client.say("Tell me a story")
            await asyncio.sleep(0.5)
            await client.receive()
            async with asyncio.timeout(WAIT):
                await client.receive_turn()
    assert count_audio(client.messages) > 1_000


async def test_latency_and_stalls_slow_the_messages_of_a_turn_down() -> None:
    rule = {"when": {"endpoint": "generate"}, "latency": {"first": "300ms"}}
    async with mockgem.aserve() as server:
        server.scenario({"rules": [rule]})
        async with connecting(server.url, make_setup(CASCADED)) as client:
            began = asyncio.get_running_loop().time()
            await client.say("Hello")
            await client.receive()
            assert asyncio.get_running_loop().time() - began >= 0.29
            assert await client.receive_turn()


FAULTS: dict[str, tuple[Json, int, str]] = {
    "a close with code and reason": (
        {"fault": "close_socket", "code": 1007, "text": "API key expired."}, 1007,
        "API key expired.",
    ),
    "a close at a message": ({"fault": "close_socket", "at": 2}, 1011, "Internal error"),
    "a dropped connection": ({"fault": "close", "at": 2}, 1006, ""),
    "a reset": ({"fault": "reset"}, 1006, ""),
    "silence": ({"fault": "hang", "for": "100ms"}, 1006, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
async def test_faults_end_a_turn(name: str) -> None:
    fault, code, reason = FAULTS[name]
    async with mockgem.aserve() as server:
        server.scenario({"rules": [{"when": {"endpoint": "generate"}, "faults": [fault]}]})
        async with connecting(server.url, make_setup(CASCADED)) as client:
            await client.say("Tell me a story about the sea.")
            closed = await client.receive_close()
    assert closed.code == code
    assert closed.reason.startswith(reason)


async def play_fault(fault: Json | str) -> LiveClient:
    async with mockgem.aserve() as server:
        server.say("One two three four five six seven eight nine ten eleven.", faults=[fault])
        async with connecting(server.url, make_setup(CASCADED)) as client:
            await client.say("Hello")
            while not any("turnComplete" in list_keys(one) for one in client.messages):
                frame = await asyncio.wait_for(client.socket.receive(), WAIT)
                text = frame.data if isinstance(frame.data, str) else frame.data.decode()
                try:
                    client.messages.append(json.loads(text))
                except ValueError:
                    client.messages.append({"text": text, "type": frame.type})
            return client


async def test_faults_add_messages_that_a_client_does_not_expect() -> None:
    assert (await play_fault("go_away")).messages[1] == {"goAway": {"timeLeft": "10s"}}
    noisy = (await play_fault({"fault": "empty_messages", "times": 2})).messages
    assert noisy[1:3] == [{}, {}]
    garbage = (await play_fault("garbage_message")).messages
    assert "not JSON" in garbage[1]["text"]
    twice = (await play_fault({"fault": "duplicate", "at": 1})).messages
    assert twice[1] == twice[2]
    assert (await play_fault("text_messages")).messages[-1]["serverContent"]


async def test_a_quota_counts_the_turns_of_sessions() -> None:
    async with mockgem.aserve() as server:
        server.scenario({"rules": [{"quota": {"rpm": 2}}]})
        async with connecting(server.url, make_setup(CASCADED)) as client:
            for _ in range(2):
                await client.say("Hello")
                await client.receive_turn()
            await client.say("Hello")
            closed = await client.receive_close()
    assert closed.code == 1011
    assert "quota" in closed.reason


# Verdicts


async def converse(url: str, *, answers: bool, resumes: bool) -> None:
    """Be a client that answers tools, or resumes its session, or not."""
    setup = make_setup(tools=TOOLS, sessionResumption={})
    async with connecting(url, setup) as client:
        await client.say("Hello")
        await client.receive_turn()
        handle = (await client.receive())["sessionResumptionUpdate"]["newHandle"]
        await client.say("How is the weather in Rome?")
        (call,) = (await client.receive_until("toolCall"))[-1]["toolCall"]["functionCalls"]
        if answers:
            await answer_call(client, call)
            await client.receive_close()
    if resumes:
        setup["sessionResumption"] = {"handle": handle}
        async with connecting(url, setup) as client:
            await client.say("Are you there?")
            await client.receive_turn()


@pytest.mark.parametrize("is_good", [True, False])
async def test_a_verdict_judges_what_a_client_does_in_sessions(is_good: bool) -> None:
    call = {"tool_calls": [{"name": "get_weather", "args": {"city": "Rome"}}]}
    rules = [
        {"when": {"endpoint": "generate", "calls": 2}, "say": call},
        {"when": {"endpoint": "generate", "calls": 3}, "faults": ["close_socket"]},
    ]
    expect = {"tools_answered": True, "resumed": True}
    async with mockgem.aserve() as server:
        server.scenario({"rules": rules, "expect": expect})
        await converse(server.url, answers=is_good, resumes=is_good)
        for _ in range(3_000):
            verdict = server.verdict()
            if not verdict["open"]:
                break
            await asyncio.sleep(0.02)
    assert verdict["pass"] is is_good
    if is_good:
        assert [check["found"] for check in verdict["checks"]] == ["1 of 1", "1 of 1"]


async def test_a_session_goes_on_after_a_restart_of_the_server(tmp_path: Any) -> None:
    setup = make_setup(CASCADED, sessionResumption={})
    state = str(tmp_path / "state")
    async with mockgem.aserve(state=state) as server:
        async with connecting(server.url, setup) as client:
            await client.say("My name is Alice.")
            said = join_texts(await client.receive_turn(), "text")
            handle = (await client.receive())["sessionResumptionUpdate"]["newHandle"]
    async with mockgem.aserve(state=state) as server:
        resumed = {**setup, "sessionResumption": {"handle": handle}}
        async with connecting(server.url, resumed) as client:
            await client.say("What is my name?")
            answer = join_texts(await client.receive_turn(), "text")
        contents = [user("My name is Alice."), model(said), user("What is my name?")]
        assert answer == await ask_rest(server.url, "gemini-2.5-flash", contents)


async def test_a_session_needs_no_socket_of_the_system() -> None:
    async with mockgem.aserve(listen=False) as server:
        async with aiohttp.ClientSession(connector=server.connector()) as http:
            url = "ws://generativelanguage.googleapis.com" + PATH + "?key=k"
            async with http.ws_connect(url, max_msg_size=0) as socket:
                client = LiveClient(socket)
                await client.send({"setup": make_setup(CASCADED)})
                assert await client.receive() == {"setupComplete": {}}
                await client.say("Hello")
                assert await client.receive_turn()
