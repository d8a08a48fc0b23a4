"""The conversation of a live interaction: its numbered steps, and how far it is."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.content import Candidate, Text, ToolCall
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.frozen import frozen
from mockgem.core.sockets import Pause, SocketClose, SocketMessage
from mockgem.dialects.interactions.interaction_writer import describe_failure
from mockgem.dialects.interactions.live.answer import InteractionAnswer
from mockgem.dialects.interactions.live.client_events import InputEvent
from mockgem.dialects.interactions.live.server_events import (
    StepNumbers,
    encode_event,
    write_transcription,
)
from mockgem.dialects.interactions.live.setup import LiveSetup
from mockgem.operations.conversation import name_results
from mockgem.operations.draft import Draft, Reply
from mockgem.operations.generators.ids import derive_id_seed
from mockgem.operations.interactions import find_outcome, number_reply
from mockgem.operations.live.conversation import Conversation, ReplyRequest
from mockgem.operations.live.messages import (
    AudioInput,
    AudioStreamEnd,
    ClientMessage,
    GoAway,
    Interrupted,
    SpokenWords,
    StepEvent,
    ToolCalls,
    ToolResponses,
    TurnComplete,
    VideoInput,
)
from mockgem.operations.live_interactions import (
    LiveConnection,
    LiveOutput,
    LiveProgress,
    PendingOutput,
)
from mockgem.operations.validation import find_model

Json = dict[str, Any]


@frozen
class TurnEnd:
    """The end of a turn, which stops the last step. `error` says why a reply failed."""

    numbers: StepNumbers
    error: Json | None = None

    def write(self, usage: Json, version: str) -> Iterator[SocketMessage]:
        yield from self.numbers.stop(usage)
        if self.error is not None:
            yield encode_event("error", error=self.error)


Said = SocketMessage | ReplyRequest | Pause | SocketClose | TurnEnd


class LiveTalk:
    """The conversation on one socket.

    `sent` counts the events of the answer in progress; the first `skipped` of them went out on an
    earlier socket.
    """

    def __init__(
        self, connection: LiveConnection, setup: LiveSetup, context: OperationContext
    ) -> None:
        world = context.world
        self.world = world
        self.model = connection.kept.model
        self.progress = connection.progress
        self.base = len(connection.history)
        self.numbers = StepNumbers(self.progress.next_index)
        self.answer: InteractionAnswer | None = None
        self.first_index = self.progress.next_index
        self.sent = self.skipped = 0
        self.transcript = ""
        self.has_heard = False
        self.outgoing: deque[SocketMessage] = deque()
        self.conversation = Conversation(
            setup.config,
            setup.family,
            seed=world.seed,
            id_seed=derive_id_seed(world.id_seed, context),
            opened_at=world.clock(),
            history=(*connection.history, *self.progress.turns),
            plays_in_real_time=world.plays_in_real_time,
            answer_type=InteractionAnswer,
        )
        self.conversation.outbox.clear()
        self.resume(setup)

    def resume(self, setup: LiveSetup) -> None:
        """Continue with an answer that was cut off, or with calls that wait for their results."""
        talk, pending = self.conversation, self.progress.pending
        if pending is not None:
            model = find_model(setup.config.question.model, "generateContent", self.world)
            self.transcript = pending.output.transcript
            self.begin_answer(Draft(model, (pending.output.candidate,), pending.output.usage))
            self.skipped = pending.sent
        elif self.progress.is_due:
            talk.is_due = True
        elif talk.history and talk.history[-1].role == "model":
            calls = [part for part in talk.history[-1].parts if isinstance(part, ToolCall)]
            talk.open_calls = {call.id: call for call in calls}

    # What the user says

    def hear(self, event: InputEvent) -> None:
        """Take an input. Raises ApiError for the result of a call that is not open."""
        if event.pictures and self.has_heard:  # frames of a camera beside the microphone
            for picture in event.pictures:
                self.conversation.receive(VideoInput(picture))
            return
        for message in event.messages:
            self.has_heard = self.has_heard or isinstance(message, AudioInput)
            self.check_calls(message)
            self.conversation.receive(message)

    def check_calls(self, message: ClientMessage) -> None:
        responses = message.responses if isinstance(message, ToolResponses) else ()
        for response in responses:
            if response.result.id not in self.conversation.open_calls:
                text = f"No function call with the id '{response.result.id[:100]}' is open."
                failure = Failure(Code.INVALID_ARGUMENT, text, reason="interaction_call")
                raise ApiError(failure)

    def end_audio(self) -> None:
        self.conversation.receive(AudioStreamEnd())

    # What the model says

    def take_reply(self, reply: Reply) -> None:
        """Take the reply to a turn, unless the user has said more meanwhile."""
        if not self.conversation.is_asking:
            return
        candidate = number_reply(reply)
        draft = reply.draft
        self.begin_answer(Draft(draft.model, (candidate,), draft.usage, draft.block_reason))

    def begin_answer(self, draft: Draft) -> None:
        self.first_index = self.numbers.next
        self.sent = self.skipped = 0
        self.conversation.is_asking = True
        self.conversation.take_draft(draft)
        answer = self.conversation.answer
        assert isinstance(answer, InteractionAnswer)
        self.answer = answer

    def give_up(self) -> None:
        """Wait for the client again after a failure."""
        self.conversation.is_asking = False
        self.transcript = ""

    def next_step(self) -> Said | None:
        """Return the next step; None waits for the client."""
        while not self.outgoing:
            said = self.conversation.next_step()
            match said:
                case SpokenWords(text):
                    self.write_transcript(text)
                case StepEvent():
                    message = self.numbers.encode(said)
                    self.sent += 1
                    if self.sent > self.skipped:
                        return message
                case Interrupted():
                    self.cut_answer()
                case TurnComplete() | ToolCalls():
                    return self.end_turn()
                case ReplyRequest(request):
                    turns = name_results(request.turns)
                    return ReplyRequest(replace(request, turns=turns))
                case GoAway():
                    return encode_event("reconnection_required")
                case Pause() | SocketClose() | None:
                    return said
                case _:
                    continue  # messages that only the Live API has
        return self.outgoing.popleft()

    def write_transcript(self, first: str) -> None:
        """Write what the user said as a step of its own."""
        texts, outbox = [first], self.conversation.outbox
        while outbox and isinstance(following := outbox[0], SpokenWords):
            outbox.popleft()
            texts.append(following.text)
        self.transcript = "".join(texts)
        self.outgoing += write_transcription(texts, self.numbers)

    def cut_answer(self) -> None:
        """Keep the part of an answer that the user heard before the interruption."""
        answer = self.answer
        if answer is not None:
            said = "".join(answer.said)
            cut = Candidate((Text(said),) if said else ())
            answer.draft = replace(answer.draft, candidates=(cut,))

    def end_turn(self) -> TurnEnd:
        """Add the answer to the conversation."""
        answer, self.answer = self.answer, None
        assert answer is not None
        output = LiveOutput(answer.candidate, answer.usage, self.transcript)
        self.transcript = ""
        self.progress = replace(self.progress, outputs=(*self.progress.outputs, output))
        _, reason = find_outcome(answer.draft, 0)
        return TurnEnd(self.numbers, describe_failure(reason) if reason else None)

    def finish_answer(self) -> bool:
        """Complete an answer without a client; return whether nothing is left to answer."""
        if self.answer is not None:
            self.conversation.history.add(*self.answer.to_turns(()))
            self.end_turn()
        return not (self.conversation.is_due or self.conversation.is_asking)

    # How far it is

    def take_progress(self) -> LiveProgress:
        """Return how far the conversation is now."""
        talk, answer = self.conversation, self.answer
        pending = None
        if answer is not None:
            output = LiveOutput(answer.candidate, answer.draft.usage, self.transcript)
            pending = PendingOutput(output, self.sent)
        return replace(
            self.progress,
            turns=tuple(talk.history[self.base :]),
            pending=pending,
            next_index=self.numbers.next if pending is None else self.first_index,
            is_due=talk.is_due or talk.is_asking,
        )

    def tick(self, now: float) -> None:
        self.conversation.tick(now)

    @property
    def deadline(self) -> float:
        return self.conversation.deadline

    @property
    def is_answering(self) -> bool:
        return self.conversation.is_answering
