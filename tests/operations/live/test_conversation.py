"""The state machine of a Live session, without sockets: messages in, steps out."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.content import Blob, Candidate, Text, ToolCall, ToolResult, Turn, Usage
from mockgem.core.errors import ApiError
from mockgem.core.sockets import Pause, SocketClose
from mockgem.operations.draft import Draft
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.live.conversation import Conversation, ReplyRequest
from mockgem.operations.live.limits import MAX_HISTORY_BYTES, TURN_OVERHEAD, compress
from mockgem.operations.live.messages import (
    ActivityStart,
    AudioInput,
    ClientContent,
    Compression,
    GenerationComplete,
    GoAway,
    Interrupted,
    LiveConfig,
    ModelAudio,
    ModelText,
    SetupComplete,
    TextInput,
    ToolCallCancellation,
    ToolCalls,
    ToolResponse,
    ToolResponses,
    TurnComplete,
    VoiceDetection,
)
from mockgem.operations.live.models import CASCADED, LIVE_3, NATIVE_AUDIO
from mockgem.operations.live.voice_activity import MAX_SPEECH_BYTES
from tests.live_client import make_silence, make_tone

MODEL: Any = None


def start(speaks: bool = False, **more: Any) -> Conversation:
    config = LiveConfig("live", GenerateRequest("gemini-2.5-flash", ()), speaks=speaks,
                        background_tools=frozenset(more.pop("background", ())),
                        compression=more.pop("compression", None),
                        detection=more.pop("detection", VoiceDetection()))  # fmt: skip
    conversation = Conversation(
        config, more.pop("family", CASCADED), seed=0, id_seed=b"seed", opened_at=0.0, **more
    )
    assert conversation.next_step() == SetupComplete()
    return conversation


def draft(*parts: Any) -> Draft:
    return Draft(MODEL, (Candidate(parts),), Usage(3, 5))


def run(conversation: Conversation) -> list[Any]:
    """Return all steps until the session waits."""
    steps: list[Any] = []
    while (step := conversation.next_step()) is not None:
        steps.append(step)
    return steps


def say(text: str) -> ClientContent:
    return ClientContent((Turn("user", (Text(text),)),), True)


def answer(conversation: Conversation, *parts: Any) -> list[Any]:
    """Ask something and return the messages of the answer."""
    conversation.receive(say("Hello"))
    assert isinstance(conversation.next_step(), ReplyRequest)
    conversation.take_draft(draft(*parts))
    return run(conversation)


def test_nothing_happens_without_the_client() -> None:
    assert run(start()) == []


def test_a_question_has_all_turns_so_far() -> None:
    conversation = start()
    answer(conversation, Text("Good day."))
    conversation.receive(TextInput("And now?"))
    (question,) = run(conversation)
    assert question.request.turns == (
        Turn("user", (Text("Hello"),)),
        Turn("model", (Text("Good day."),)),
        Turn("user", (Text("And now?"),)),
    )


def test_incomplete_content_waits_for_the_rest() -> None:
    conversation = start()
    conversation.receive(ClientContent((Turn("user", (Text("My name is"),)),), False))
    assert run(conversation) == []
    conversation.receive(say("Alice"))
    (question,) = run(conversation)
    assert len(question.request.turns) == 2


def test_an_interrupted_answer_leaves_what_was_said() -> None:
    conversation = start()
    conversation.receive(say("Hello"))
    conversation.next_step()
    conversation.take_draft(draft(Text("one two three four five six seven eight nine ten")))
    said = conversation.next_step()
    assert isinstance(said, ModelText)
    conversation.receive(say("Stop"))
    steps = run(conversation)
    assert [type(one) for one in steps] == [Interrupted, TurnComplete, ReplyRequest]
    assert steps[-1].request.turns[1] == Turn("model", (Text(said.text),))


def test_a_reply_that_comes_after_the_user_spoke_is_dropped() -> None:
    conversation = start()
    conversation.receive(say("Hello"))
    conversation.next_step()
    conversation.receive(say("Wait"))
    conversation.take_draft(draft(Text("Too late")))
    (question,) = run(conversation)
    assert [turn.role for turn in question.request.turns] == ["user", "user"]


def test_audio_in_any_pieces_is_the_same_question() -> None:
    pcm = make_silence(0.1) + make_tone(0.6) + make_silence(1.0)
    questions = []
    for size in (320, 641, 3_200, len(pcm)):
        conversation = start()
        for at in range(0, len(pcm), size):
            conversation.receive(AudioInput(pcm[at : at + size], 16_000))
        questions.append(run(conversation))
    assert questions[0]
    assert all(one == questions[0] for one in questions)


def test_the_end_of_a_turn_waits_for_its_audio_in_real_time() -> None:
    steps = answer(start(speaks=True, family=NATIVE_AUDIO, plays_in_real_time=True), Text("Hi."))
    size = sum([len(one.data) for one in steps if isinstance(one, ModelAudio)])
    assert steps[-3:-1] == [GenerationComplete(), Pause(size / 48_000)]


def test_calls_of_one_turn_are_answered_together() -> None:
    conversation = start()
    calls = [ToolCall("a", {}), ToolCall("b", {"x": 1})]
    _, asked = answer(conversation, *calls)
    assert isinstance(asked, ToolCalls)
    first, second = asked.calls
    assert first.id != second.id
    conversation.receive(ToolResponses((ToolResponse(ToolResult("b", "2", second.id)),)))
    assert run(conversation) == []
    conversation.receive(ToolResponses((ToolResponse(ToolResult("a", "1", first.id)),)))
    (question,) = run(conversation)
    assert [type(part) for part in question.request.turns[-1].parts] == [ToolResult, ToolResult]
    assert [type(part) for part in question.request.turns[-2].parts] == [ToolCall, ToolCall]


def test_an_unknown_result_changes_nothing() -> None:
    conversation = start()
    conversation.receive(ToolResponses((ToolResponse(ToolResult("a", "1", "nothing")),)))
    assert run(conversation) == []


def test_new_content_takes_open_calls_back() -> None:
    conversation = start()
    asked = answer(conversation, ToolCall("a", {}))[-1]
    conversation.receive(say("Never mind"))
    cancelled, question = run(conversation)
    assert cancelled == ToolCallCancellation((asked.calls[0].id,))
    assert all(ToolCall not in map(type, turn.parts) for turn in question.request.turns)


def test_a_late_result_interrupts_if_it_says_so() -> None:
    conversation = start(speaks=True, background=("a",), plays_in_real_time=True)
    conversation.receive(say("Hello"))
    conversation.next_step()
    conversation.take_draft(draft(ToolCall("a", {}), Text("I will look.")))
    steps: list[Any] = []
    while not isinstance(step := conversation.next_step(), Pause):
        steps.append(step)
    call = next(one for one in steps if isinstance(one, ToolCalls)).calls[0]
    result = ToolResponse(ToolResult("a", "1", call.id), "interrupt")
    conversation.receive(ToolResponses((result,)))
    assert [type(one) for one in run(conversation)] == [Interrupted, TurnComplete, ReplyRequest]


def test_the_clock_warns_and_then_ends_the_session() -> None:
    conversation = start()
    conversation.tick(conversation.deadline - 1)
    assert run(conversation) == []
    conversation.tick(conversation.deadline)
    assert run(conversation) == [GoAway(60.0)]
    conversation.tick(conversation.deadline)
    (close,) = run(conversation)[:1]
    assert isinstance(close, SocketClose)
    assert close.code == 1011


def test_a_handle_is_announced_once_by_models_that_do_so_unasked() -> None:
    conversation = start(family=LIVE_3)
    conversation.receive(say("Hello"))
    update, question = run(conversation)
    conversation.take_draft(draft(Text("Hi.")))
    assert update not in run(conversation)
    assert isinstance(question, ReplyRequest)


def test_a_history_has_a_limit() -> None:
    conversation = start()
    picture = Blob("image/png", bytes(MAX_HISTORY_BYTES // 2 + 1))
    conversation.receive(ClientContent((Turn("user", (picture,)),), False))
    with pytest.raises(ApiError):
        conversation.receive(ClientContent((Turn("user", (picture,)),), False))


def test_small_turns_count_too() -> None:
    conversation = start()
    content = ClientContent(tuple([Turn("user", (Text("x" * 1_000),))] * 10_000), False)
    for _ in range(MAX_HISTORY_BYTES // (10_000 * (1_000 + 2 * TURN_OVERHEAD))):
        conversation.receive(content)
    with pytest.raises(ApiError):
        conversation.receive(content)


def test_a_compressed_history_frees_its_room() -> None:
    """What was added is counted again before it is refused."""
    conversation = start(compression=Compression(1_000, 10))
    picture = Blob("image/png", bytes(MAX_HISTORY_BYTES // 3 + 1))
    for _ in range(4):
        conversation.receive(
            ClientContent((Turn("user", (picture, Text("Hello " * 4_000))),), True)
        )
        assert run(conversation)
        conversation.take_draft(draft(Text("Hi.")))
        run(conversation)


def test_a_recording_of_speech_has_a_limit() -> None:
    conversation = start(detection=VoiceDetection(is_automatic=False))
    conversation.receive(ActivityStart())
    for _ in range(3):
        conversation.receive(AudioInput(bytes(MAX_SPEECH_BYTES // 2), 16_000))
    assert conversation.recording is not None
    assert len(conversation.recording) == MAX_SPEECH_BYTES


@pytest.mark.parametrize(("trigger", "kept"), [(0, 6), (1_000, 6), (20, 2), (1, 2)])
def test_a_compressed_history_begins_with_the_user(trigger: int, kept: int) -> None:
    turns = [
        Turn("user" if number % 2 == 0 else "model", (Text("five words are in here"),))
        for number in range(6)
    ]
    found = compress(turns, Compression(trigger, 12))
    assert found == turns[-kept:]
    assert found[0].role == "user"


def test_a_message_right_after_the_end_of_a_turn_interrupts_nothing() -> None:
    conversation = start()
    conversation.receive(say("Hello"))
    conversation.next_step()
    conversation.take_draft(draft(Text("Hi.")))
    while not isinstance(conversation.next_step(), TurnComplete):
        pass
    conversation.receive(say("And now?"))
    (question,) = run(conversation)
    assert [turn.role for turn in question.request.turns] == ["user", "model", "user"]


def test_a_result_right_after_its_call_comes_after_it_in_the_history() -> None:
    conversation = start(family=NATIVE_AUDIO)
    conversation.receive(say("Hello"))
    conversation.next_step()
    conversation.take_draft(draft(ToolCall("a", {})))
    asked: Any = conversation.next_step()
    result = ToolResponse(ToolResult("a", "1", asked.calls[0].id))
    conversation.receive(ToolResponses((result,)))
    (question,) = run(conversation)
    kinds = [type(turn.parts[0]) for turn in question.request.turns]
    assert kinds == [Text, ToolCall, ToolResult]
