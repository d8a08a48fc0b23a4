"""A live interaction on its socket: between events and the conversation.

Its first event creates an interaction or connects to one. The conversation is that of the Live API,
with answers that are steps.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from mockgem.core.call import Answer, Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.sockets import (
    NEVER,
    Ask,
    ConnectedSession,
    Perform,
    SocketClose,
    SocketMessage,
    Step,
    close_for,
)
from mockgem.dialects.interactions.interaction_writer import write_usage
from mockgem.dialects.interactions.live.client_events import (
    ClientEvent,
    ConnectEvent,
    ControlEvent,
    CreateEvent,
    InputEvent,
    decode_events,
)
from mockgem.dialects.interactions.live.replay import iter_recorded_events
from mockgem.dialects.interactions.live.server_events import (
    encode_end,
    encode_error,
    encode_event,
)
from mockgem.dialects.interactions.live.setup import LiveSetup, decode_setup
from mockgem.dialects.interactions.live.talk import LiveTalk, TurnEnd
from mockgem.dialects.interactions.live.work import InteractionTurn, Job, Recorded
from mockgem.operations.draft import Reply
from mockgem.operations.interaction_tokens import InteractionToken, expired_token_error
from mockgem.operations.interactions import CreateInteraction, KeptInteraction
from mockgem.operations.live.conversation import ReplyRequest
from mockgem.operations.live.turn import compute_key
from mockgem.operations.live_interactions import (
    LiveConnection,
    connect,
    create_live,
    save,
    show_interaction,
)

Events = Sequence[ClientEvent]
FINISHED = SocketClose(1000)


class InteractionSession(ConnectedSession):
    """One socket, from its first event on."""

    def __init__(
        self,
        version: str,
        context: OperationContext,
        turn_endpoint: Endpoint[Any, Any],
        token: InteractionToken | None = None,
    ) -> None:
        self.version = version
        self.context = context
        self.world = context.world
        self.turn_endpoint = turn_endpoint
        self.token = token
        self.queue: deque[SocketMessage | SocketClose | Job | Recorded] = deque()
        self.then: Callable[[Any], None] | None = None
        self.has_begun = False
        self.early: list[ClientEvent | Failure] = []
        self.kept: KeptInteraction | None = None
        self.setup: LiveSetup | None = None
        self.talk: LiveTalk | None = None
        self.is_completing = False
        self.is_over = False

    def start(self, wake: Callable[[], None]) -> None: ...

    def decode(self, message: SocketMessage) -> Events:
        return decode_events(message.data)

    # What the client sends

    def receive(self, content: Events | ApiError) -> None:
        """Take a message. One that is not valid gets an error; the first one also the end."""
        if isinstance(content, ApiError):
            self.refuse(content.failure)
            return
        for event in content:
            try:
                self.take(event)
            except ApiError as error:
                self.refuse(error.failure)

    def refuse(self, failure: Failure) -> None:
        if self.is_over:
            return
        if not self.has_begun:
            self.fail(failure)
        elif self.talk is None:
            self.early.append(failure)
        else:
            self.queue.append(encode_error(failure, self.version))

    def take(self, event: ClientEvent) -> None:
        """Take an event. Those after the first one wait until the interaction is there."""
        if self.is_over:
            return
        if self.token is not None and self.world.clock() >= self.token.expires:
            self.fail(expired_token_error().failure)
        elif not self.has_begun:
            self.begin(event)
        elif self.talk is None:
            self.early.append(event)
        else:
            self.handle(event, self.talk)

    def begin(self, event: ClientEvent) -> None:
        """Create an interaction, or connect to one."""
        match event:
            case CreateEvent(body):
                self.check_token("")
                self.queue.append(Job(lambda: self.create(body), self.show_created))
            case ConnectEvent(name):
                self.check_token(name)
                self.queue.append(Job(lambda: connect(name, self.context), self.show_connected))
            case _:
                message = "The first event must be 'interaction.create' or 'interaction.connect'."
                raise invalid(message, "interaction_first_event")
        self.has_begun = True

    def check_token(self, name: str) -> None:
        """Raise ApiError (403) for an interaction that is not the token's."""
        if self.token is not None and self.token.interaction != name:
            message = "The auth token is for another interaction."
            failure = Failure(Code.PERMISSION_DENIED, message, reason="interaction_token_other")
            raise ApiError(failure)

    def handle(self, event: ClientEvent, talk: LiveTalk) -> None:
        match event:
            case InputEvent():
                if self.is_completing:
                    message = "No input may follow 'interaction.complete'."
                    failure = Failure(
                        Code.FAILED_PRECONDITION, message, reason="interaction_completing"
                    )
                    raise ApiError(failure)
                talk.hear(event)
            case ControlEvent("interaction.complete"):
                self.is_completing = True
                talk.end_audio()
            case ControlEvent("interaction.cancel"):
                self.queue.clear()
                self.end("cancelled", talk)
            case ControlEvent("interaction.disconnect"):
                self.is_over = True
                self.queue.append(FINISHED)
            case ControlEvent(kind):
                message = f"The model '{talk.model}' does not support the event '{kind}'."
                raise invalid(message, "interaction_event")
            case _:
                message = "This connection has an interaction already."
                raise invalid(message, "interaction_connected")

    # The interaction

    async def create(self, body: dict[str, Any]) -> LiveConnection:
        setup = decode_setup(body, self.world)
        request = CreateInteraction(
            replace(setup.config.question, model=body["model"]),
            previous_id=body.get("previous_interaction_id", ""),
            is_kept=body.get("store", True),
        )
        speech = setup.describe_speech(self.world.seed)
        kept = await create_live(request, body, speech, self.context)
        return await connect(kept.id, self.context)

    def show_created(self, connection: LiveConnection) -> None:
        kept = connection.kept
        self.queue.append(encode_event("interaction.created", interaction_id=kept.id))
        self.open(connection)

    def show_connected(self, connection: LiveConnection) -> None:
        kept = connection.kept
        self.queue.append(encode_event("interaction.connected", interaction_id=kept.id))
        if kept.ended:
            self.queue.append(Recorded(iter_recorded_events(connection, self.world)))
            self.finish_with(kept)
        else:
            self.open(connection)

    def open(self, connection: LiveConnection) -> None:
        """Continue the conversation, and take the events that came meanwhile."""
        self.kept = connection.kept
        self.setup = decode_setup(connection.kept.setup, self.world)
        self.talk = LiveTalk(connection, self.setup, self.context)
        early, self.early = self.early, []
        for one in early:
            self.receive(ApiError(one) if isinstance(one, Failure) else (one,))

    def end(self, outcome: str, talk: LiveTalk) -> None:
        """End the interaction."""
        kept, progress = self.kept, talk.take_progress()
        assert kept is not None
        self.talk = None
        self.is_over = True
        work = Job(lambda: save(kept, progress, self.world, outcome=outcome), self.finish_with)
        self.queue.append(work)

    def finish_with(self, kept: KeptInteraction) -> None:
        """Say how the interaction has ended, and close the socket."""
        self.is_over = True
        self.talk = None
        self.queue += [encode_end(show_interaction(kept)), FINISHED]

    def fail(self, failure: Failure) -> None:
        """End the socket with an error and its reason. The interaction stays open."""
        self.is_over = True
        self.queue.clear()
        message = failure.message.replace("v1main", self.version)
        close = close_for(replace(failure, message=message))
        self.queue += [encode_error(failure, self.version), close]

    # What the server does

    def next_step(self) -> Step | None:
        while self.queue:
            match step := self.queue.popleft():
                case Job(work, then):
                    self.then = then
                    return Perform(work)
                case Recorded():
                    if (message := next(step.messages, None)) is not None:
                        self.queue.appendleft(step)
                        return message
                case _:
                    return step
        if self.talk is None or self.is_over:
            return None
        return self.continue_talk(self.talk)

    def continue_talk(self, talk: LiveTalk) -> Step | None:
        match said := talk.next_step():
            case ReplyRequest():
                return self.ask(said, talk)
            case TurnEnd():
                self.end_turn(said, talk)
                return self.next_step()
            case None if self.is_completing:
                self.end("completed", talk)
                return self.next_step()
        return said

    def ask(self, said: ReplyRequest, talk: LiveTalk) -> Ask:
        assert self.setup is not None
        turn = InteractionTurn(said.request, talk.model, servers=self.setup.servers)
        return Ask(self.turn_endpoint, turn, talk.model, compute_key(said.request))

    def end_turn(self, end: TurnEnd, talk: LiveTalk) -> None:
        """Store the turn before the client gets its end."""
        kept, progress = self.kept, talk.take_progress()
        assert kept is not None

        def show_saved(saved: KeptInteraction) -> None:
            if saved.ended:
                self.queue.clear()
                self.finish_with(saved)
            else:
                self.queue += end.write(write_usage(show_interaction(saved)), self.version)

        self.queue.append(Job(lambda: save(kept, progress, self.world), show_saved))

    def take_answer(self, answer: Answer) -> None:
        """Take the reply to a turn. After a failure the client may try again."""
        if self.talk is None:
            return
        match answer.content:
            case Reply() as reply:
                self.talk.take_reply(reply)
            case Failure() as failure:
                self.talk.give_up()
                self.queue.append(encode_error(failure, self.version))
            case _:
                self.talk.give_up()
                failure = Failure(Code.INTERNAL, "Internal error encountered.")
                self.queue.append(encode_error(failure, self.version))

    def take_result(self, result: Any) -> None:
        """Take the result of a job; a failure ends the socket."""
        then, self.then = self.then, None
        try:
            if isinstance(result, ApiError):
                raise result
            assert then is not None
            then(result)
        except ApiError as error:
            self.kept = self.talk = None
            self.fail(error.failure)

    async def finish(self, close: SocketClose | None) -> None:
        """Store how far the conversation is: another socket may continue it.

        A client that ends the interaction may close the socket before the server has done so.
        """
        if self.kept is None:
            return
        with suppress(ApiError):
            for step in self.queue:
                if isinstance(step, Job):
                    await step.work()
            if self.talk is not None:
                is_done = self.is_completing and self.talk.finish_answer()
                outcome = "completed" if is_done else ""
                await save(self.kept, self.talk.take_progress(), self.world, outcome=outcome)

    def tick(self, now: float) -> None:
        if self.talk is not None:
            self.talk.tick(now)

    @property
    def deadline(self) -> float:
        return NEVER if self.talk is None else self.talk.deadline

    @property
    def is_answering(self) -> bool:
        if self.talk is None or self.is_over:
            return False
        return self.talk.is_answering or bool(self.queue)
