"""A Live session on its socket: between bytes and the conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mockgem.core.call import Answer, Endpoint, OperationContext
from mockgem.core.content import Turn
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.sockets import (
    NEVER,
    Ask,
    Pause,
    Perform,
    SocketClose,
    SocketMessage,
    Step,
    close_for,
)
from mockgem.core.store import Record
from mockgem.dialects.common.proto_fields import read_as
from mockgem.dialects.gemini.live.decode import decode_first, decode_message, read_message
from mockgem.dialects.gemini.live.encode import MessageEncoder
from mockgem.dialects.gemini.live.fields import SETUP
from mockgem.dialects.gemini.live.setup import decode_setup
from mockgem.operations.auth_tokens import constrain_setup, use_token
from mockgem.operations.draft import Reply
from mockgem.operations.generators.ids import derive_id_seed
from mockgem.operations.live.conversation import Conversation, ReplyRequest
from mockgem.operations.live.limits import SessionLimits
from mockgem.operations.live.messages import LiveConfig, ResumptionUpdate, StepEvent
from mockgem.operations.live.models import LiveFamily
from mockgem.operations.live.resumption import load_history, save_history
from mockgem.operations.live.turn import LiveTurn, compute_key

Fields = Mapping[str, Any]
KEPT_HANDLES = 3
"""Handles of one session that can be resumed."""


class LiveSession:
    """One session, from its first message on."""

    def __init__(
        self,
        version: str,
        context: OperationContext,
        turn_endpoint: Endpoint[Any, Any],
        token: str = "",
    ) -> None:
        self.version = version
        self.world = context.world
        self.id_seed = derive_id_seed(context.world.id_seed, context)
        self.turn_endpoint = turn_endpoint
        self.token = token
        self.asked: Fields | None = None
        self.conversation: Conversation | None = None
        self.setup: tuple[LiveConfig, LiveFamily] | None = None
        self.early: list[Fields] = []
        self.pending: Step | None = None
        self.handles: list[str] = []
        self.encoder: MessageEncoder

    def decode(self, message: SocketMessage) -> Fields:
        return read_message(message)

    def receive(self, content: Fields | ApiError) -> None:
        """Take a message; the first one is the setup."""
        try:
            if isinstance(content, ApiError):
                raise content
            if self.asked is None:
                self.begin(content)
            elif self.conversation is None:
                self.early.append(content)  # until the session that it resumes is loaded
            else:
                for one in decode_message(content, self.conversation.config):
                    self.conversation.receive(one)
        except ApiError as error:
            self.fail(error.failure)

    def begin(self, content: Fields) -> None:
        """Read the setup. A token is used first: it may say what the setup is."""
        fields = self.asked = decode_first(content)
        if self.token:
            resumes = bool(fields.get("session_resumption", {}).get("handle"))
            self.pending = Perform(lambda: use_token(self.token, self.world, resumes=resumes))
        else:
            self.set_up(fields)

    def set_up_with_token(self, asked: Fields, token: Record) -> None:
        own = None if token["setup"] is None else read_as(SETUP, token["setup"])
        try:
            self.set_up(constrain_setup(dict(asked), own, token["locked"]))
        except ApiError as error:
            self.fail(error.failure)

    def set_up(self, fields: Fields) -> None:
        config, family = self.setup = decode_setup(fields, self.world)
        self.encoder = MessageEncoder(family)
        if config.handle:
            self.pending = Perform(lambda: load_history(config.handle, self.world))
        else:
            self.open(())

    def open(self, history: tuple[Turn, ...]) -> None:
        assert self.setup is not None
        config, family = self.setup
        self.conversation = Conversation(
            config,
            family,
            seed=self.world.seed,
            id_seed=self.id_seed,
            opened_at=self.world.clock(),
            history=history,
            limits=SessionLimits(),
            plays_in_real_time=self.world.plays_in_real_time,
        )
        early, self.early = self.early, []
        for content in early:
            self.receive(content)

    def fail(self, failure: Failure) -> None:
        """End the session with the reason."""
        close = close_for(replace(failure, message=failure.message.replace("v1main", self.version)))
        self.early.clear()
        if self.conversation is None:
            self.pending = close
        else:
            self.pending = None
            self.conversation.fail(close)

    def next_step(self) -> Step | None:
        if self.pending is not None:
            step, self.pending = self.pending, None
            return step
        if self.conversation is None:
            return None
        match said := self.conversation.next_step():
            case ReplyRequest(request):
                turn = LiveTurn(request, self.conversation.config.model)
                return Ask(self.turn_endpoint, turn, turn.model, compute_key(request))
            case ResumptionUpdate(handle):
                self.pending = self.encoder.encode(said)
                return self.save(handle, tuple(self.conversation.history))
            case None:
                return None
            case SocketClose() | Pause():
                return said
            case StepEvent():
                raise AssertionError("a Live session has no steps")
        return self.encoder.encode(said)

    def save(self, handle: str, history: tuple[Turn, ...]) -> Step:
        """Keep the history under a handle. The latest ones stay: a client may resume by either."""
        self.handles.append(handle)
        old = self.handles.pop(0) if len(self.handles) > KEPT_HANDLES else ""
        return Perform(lambda: save_history(handle, history, old, self.world))

    def take_answer(self, answer: Answer) -> None:
        """Take the reply to a turn. A failure ends the session: no message says so."""
        assert self.conversation is not None
        match answer.content:
            case Reply(draft):
                self.conversation.take_draft(draft)
            case Failure() as failure:
                self.fail(failure)
            case _:
                self.fail(Failure(Code.INTERNAL, "Internal error encountered."))

    def take_result(self, result: Any) -> None:
        """Take a token or a history that was loaded; a failure ends the session."""
        if isinstance(result, ApiError):
            self.fail(result.failure)
        elif self.setup is None and self.asked is not None:
            self.set_up_with_token(self.asked, result)
        elif self.conversation is None:
            self.open(result)

    def tick(self, now: float) -> None:
        if self.conversation is not None:
            self.conversation.tick(now)

    @property
    def deadline(self) -> float:
        return NEVER if self.conversation is None else self.conversation.deadline

    @property
    def is_answering(self) -> bool:
        return self.conversation is not None and self.conversation.is_answering
