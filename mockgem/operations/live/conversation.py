"""A Live session as a state machine: a client's message in, the server's messages out.

It keeps no time and never waits: audio is counted in samples, and who drives it says what time it
is. Its words are those of `generateContent` for the same history.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from mockgem.core.content import Blob, Part, Text, ToolCall, Turn
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.sockets import Pause, SocketClose, cut_reason
from mockgem.operations.draft import Draft
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.live.answer import LiveAnswer, Output
from mockgem.operations.live.ids import SessionIds
from mockgem.operations.live.limits import SessionLimits, TurnHistory, compress
from mockgem.operations.live.messages import (
    ActivityEnd,
    ActivityStart,
    AudioInput,
    AudioStreamEnd,
    ClientContent,
    ClientMessage,
    GoAway,
    Interrupted,
    LiveConfig,
    ResumptionUpdate,
    ServerMessage,
    SetupComplete,
    SpokenWords,
    StepEvent,
    TextInput,
    ToolCallCancellation,
    ToolCalls,
    ToolResponse,
    ToolResponses,
    TurnComplete,
    VideoInput,
    VoiceActivity,
)
from mockgem.operations.live.models import LiveFamily
from mockgem.operations.live.transcript import transcribe, write_fragments
from mockgem.operations.live.voice_activity import (
    MAX_SPEECH_BYTES,
    SpeechEnd,
    SpeechStart,
    VoiceDetector,
)


@frozen
class ReplyRequest:
    """The session needs the reply to this request."""

    request: GenerateRequest


Step = ServerMessage | StepEvent | ReplyRequest | Pause | SocketClose
SILENT_PROMPT = Turn("user", (Text(" "),))
"""The prompt of a turn without a word: the model speaks all the same (observed)."""


class Conversation:
    """The state of a session after its setup.

    Args:
        id_seed: What the ids of calls and handles are derived from.
        history: The turns of the session that this one resumes.
        opened_at: The world's time.
        plays_in_real_time: Whether the end of a turn waits for its audio.
        answer_type: What writes the answers.
    """

    def __init__(
        self,
        config: LiveConfig,
        family: LiveFamily,
        *,
        seed: int,
        id_seed: bytes,
        opened_at: float,
        history: tuple[Turn, ...] = (),
        limits: SessionLimits | None = None,
        plays_in_real_time: bool = False,
        answer_type: type[LiveAnswer] = LiveAnswer,
    ) -> None:
        self.config = config
        self.family = family
        self.seed = seed
        self.ids = SessionIds(id_seed)
        self.opened_at = opened_at
        self.limits = limits or SessionLimits()
        self.plays_in_real_time, self.answer_type = plays_in_real_time, answer_type
        self.history = TurnHistory(history)
        self.outbox: deque[ServerMessage | StepEvent | SocketClose] = deque([SetupComplete()])
        self.answer: LiveAnswer | None = None
        self.speech: Iterator[Output] | None = None
        self.is_asking = False
        self.is_due = False
        self.open_calls: dict[str, ToolCall] = {}
        self.background_calls: dict[str, ToolCall] = {}
        self.results: list[Part] = []
        self.late_results: list[tuple[ToolCall, ToolResponse]] = []
        self.detector = VoiceDetector(config.detection)
        self.recording: bytearray | None = None
        self.recording_rate = 16_000
        self.image: Blob | None = None
        self.has_announced_handle = False
        self.has_warned = False

    def receive(self, message: ClientMessage) -> None:
        """Take a message of the client. Raises ApiError for one that ends the session."""
        if self.config.deferred_failure:
            raise invalid(self.config.deferred_failure)
        self.announce_handle_early()
        match message:
            case ClientContent():
                self.add_content(message)
            case TextInput(text):
                self.interrupt()
                self.ask((Text(text),))
            case AudioInput():
                self.hear(message)
            case VideoInput(image):
                self.image = image
            case ActivityStart():
                self.start_activity()
            case ActivityEnd():
                self.end_activity()
            case AudioStreamEnd():
                if self.detector.is_speaking:
                    self.end_speech(self.detector.end())
            case ToolResponses(responses):
                for response in responses:
                    self.take_tool_response(response)
        self.history.check_size()

    def announce_handle_early(self) -> None:
        """Announce a handle after the client's first message, as Gemini 3.8 does (recorded).

        Evidence: native-live-3.8-image.
        """
        if self.family.announces_handles and not self.has_announced_handle:
            self.announce_handle()

    def announce_handle(self) -> None:
        self.has_announced_handle = True
        self.outbox.append(ResumptionUpdate(self.ids.make_uuid()))

    def add_content(self, content: ClientContent) -> None:
        """Add turns to the history. They end an answer that is still being spoken."""
        self.interrupt()
        self.history.add(*content.turns)
        self.is_due = self.is_due or content.is_complete

    def ask(self, parts: tuple[Part, ...]) -> None:
        """Add a turn of the user, with the latest picture of the camera, and ask for an answer."""
        if self.image is not None:
            parts, self.image = (self.image, *parts), None
        self.history.add(Turn("user", parts))
        self.is_due = True

    def hear(self, audio: AudioInput) -> None:
        """Listen. Speech interrupts an answer, and its end asks for the next one."""
        if not self.config.detection.is_automatic:
            if self.recording is not None:
                self.recording += audio.data[: MAX_SPEECH_BYTES - len(self.recording)]
                self.recording_rate = audio.rate
            return
        for event in self.detector.feed(audio):
            match event:
                case SpeechStart(offset):
                    self.report_activity(offset, is_start=True)
                    if self.config.detection.interrupts:
                        self.interrupt()
                case SpeechEnd(offset):
                    self.report_activity(offset, is_start=False)
                    self.end_speech(event)

    def report_activity(self, offset: float, *, is_start: bool) -> None:
        if self.config.detection.reports_activity:
            self.outbox.append(VoiceActivity(is_start, offset))

    def start_activity(self) -> None:
        self.check_manual()
        if self.config.detection.interrupts:
            self.interrupt()
        self.recording = bytearray()

    def end_activity(self) -> None:
        self.check_manual()
        recorded, self.recording = bytes(self.recording or b""), None
        self.end_speech(SpeechEnd(0.0, recorded, self.recording_rate))

    def check_manual(self) -> None:
        if self.config.detection.is_automatic:
            raise invalid(
                "Explicit activity control is not supported when automatic activity detection is "
                "enabled."
            )

    def end_speech(self, speech: SpeechEnd) -> None:
        """Take what the user said as text: so it is part of the history."""
        if not speech.data:
            return
        text = transcribe(speech.data, speech.rate, self.seed)
        if self.config.transcribes_input:
            self.outbox += [SpokenWords(one, is_input=True) for one in write_fragments(text)]
        self.ask((Text(text),))

    def take_tool_response(self, response: ToolResponse) -> None:
        """Take the result of a call. Results of unknown calls change nothing."""
        name = response.result.id
        if name in self.open_calls:
            del self.open_calls[name]
            self.results += [response.result, *response.media]
            if not self.open_calls:
                self.history.add(Turn("user", tuple(self.results)))
                self.results, self.is_due = [], True
        elif (call := self.background_calls.pop(name, None)) is not None:
            self.late_results.append((call, response))
            if response.scheduling == "interrupt":
                self.interrupt()

    @property
    def is_answering(self) -> bool:
        return self.speech is not None

    def next_step(self) -> Step | None:
        """Return the next step; None waits for the client."""
        if self.outbox:
            return self.outbox.popleft()
        if self.speech is not None:
            return self.speak(self.speech)
        if self.is_asking or self.open_calls:
            return None
        self.add_late_results()
        if not self.is_due:
            return None
        self.is_due, self.is_asking = False, True
        self.history[:] = compress(self.history, self.config.compression)
        turns = tuple(self.history) or (SILENT_PROMPT,)
        if turns[-1].role == "model":
            turns = (*turns, SILENT_PROMPT)
        return ReplyRequest(replace(self.config.question, turns=turns))

    def speak(self, speech: Iterator[Output]) -> Step:
        """Return the next step of the answer, and end it with its last one.

        So the client's next message finds it complete, however soon it comes.
        """
        step = next(speech)
        assert self.answer is not None
        is_blocked = isinstance(step, ToolCalls) and self.answer.is_blocking
        if isinstance(step, TurnComplete) or is_blocked:
            self.outbox += [one for one in speech if not isinstance(one, Pause)]
            self.end_answer()
        return step

    def add_late_results(self) -> None:
        """Give the results of background tools to the model: after its answer, or silently."""
        if not self.late_results:
            return
        late, self.late_results = self.late_results, []
        self.history.add(
            Turn("model", tuple([call for call, _ in late])),
            Turn("user", tuple([response.result for _, response in late])),
        )
        self.is_due = self.is_due or any(one.scheduling != "silent" for _, one in late)

    def take_draft(self, draft: Draft) -> None:
        """Take the reply to a question, unless the user spoke meanwhile."""
        if not self.is_asking:
            return
        self.is_asking = False
        self.answer = self.answer_type(
            draft,
            self.config,
            self.family,
            self.seed,
            tuple([self.ids.make_call_id(self.family) for _ in range(draft.tool_call_count)]),
            self.plays_in_real_time,
        )
        for call in self.answer.calls:
            is_background = call.name in self.config.background_tools
            (self.background_calls if is_background else self.open_calls)[call.id] = call
        self.speech = self.answer.iter_messages()

    def end_answer(self) -> None:
        """Add a complete answer to the history."""
        answer, self.answer, self.speech = self.answer, None, None
        assert answer is not None
        self.history.add(*answer.to_turns(self.open_calls))
        if self.config.resumes and not any(call.id in self.open_calls for call in answer.calls):
            self.announce_handle()

    def interrupt(self) -> None:
        """Stop an answer: the user speaks. Its words until then stay in the history.

        Evidence: native-live-barge-in.
        """
        self.is_asking = False
        if self.open_calls:
            self.cancel_calls()
        answer = self.answer
        if answer is None or self.speech is None:
            return
        self.answer = self.speech = None
        if said := "".join(answer.said):
            self.history.add(Turn("model", (Text(said),)))
        self.outbox += [Interrupted(), TurnComplete(answer.usage)]

    def cancel_calls(self) -> None:
        """Take back calls whose results have not come, with the turn that has them."""
        self.outbox.append(ToolCallCancellation(tuple(self.open_calls)))
        self.open_calls.clear()
        self.results.clear()
        if self.history and any(isinstance(part, ToolCall) for part in self.history[-1].parts):
            self.history.pop()

    def fail(self, close: SocketClose) -> None:
        """End the session."""
        self.answer = self.speech = None
        self.outbox.clear()
        self.outbox.append(close)

    @property
    def deadline(self) -> float:
        """When the server warns of the end, and then the end."""
        limit = self.limits
        seconds = limit.connection if self.has_warned else limit.connection - limit.warning
        return self.opened_at + seconds

    def tick(self, now: float) -> None:
        """Warn of the end, or end, if it is time.

        Evidence: doc-live-session, report-live-deadline.
        """
        end = self.opened_at + self.limits.connection
        if now >= end:
            reason = "Deadline expired before operation could complete."
            self.fail(SocketClose(1011, cut_reason(reason)))
        elif now >= self.deadline and not self.has_warned:
            self.has_warned = True
            self.outbox.append(GoAway(end - now))
