"""One answer of a Live session: its messages, in the order of the model's family."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from mockgem.core.content import Blob, Part, Text, ToolCall, Turn, Usage
from mockgem.core.sockets import Pause
from mockgem.operations.deltas import split_text
from mockgem.operations.draft import Draft
from mockgem.operations.live.messages import (
    EmptyMessage,
    GenerationComplete,
    InteractionStatus,
    LiveConfig,
    ModelAudio,
    ModelCode,
    ModelText,
    ServerMessage,
    SpokenWords,
    StepEvent,
    ToolCalls,
    TurnComplete,
)
from mockgem.operations.live.models import LiveFamily
from mockgem.operations.live.speech import BYTES_PER_SECOND, SpokenPiece, share_words, speak
from mockgem.operations.usage import AUDIO_TOKENS_PER_SECOND

FIRST_NOISE = 3
"""Empty messages before the first word of an answer.

Evidence: native-live-3.8-image.
"""
Output = ServerMessage | StepEvent | Pause


@dataclass
class LiveAnswer:
    """An answer in progress: its words so far, and what they cost.

    `plays_in_real_time`: the end of the turn waits until the client has played the audio.
    """

    draft: Draft
    config: LiveConfig
    family: LiveFamily
    seed: int
    call_ids: tuple[str, ...] = ()
    plays_in_real_time: bool = False
    said: list[str] = field(default_factory=list)
    audio_bytes: int = 0

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.draft.candidates[0].parts if self.draft.candidates else ()

    @property
    def calls(self) -> tuple[ToolCall, ...]:
        """The tool calls, with their ids."""
        calls = [part for part in self.parts if isinstance(part, ToolCall)]
        return tuple(
            [
                ToolCall(call.name, call.args, identifier, call.signature, call.raw_args)
                for call, identifier in zip(calls, self.call_ids, strict=True)
            ]
        )

    @property
    def text(self) -> str:
        texts = [part.text for part in self.parts if isinstance(part, Text) and not part.thought]
        return "".join(texts)

    @property
    def is_blocking(self) -> bool:
        """Whether the conversation waits for a tool."""
        return any(call.name not in self.config.background_tools for call in self.calls)

    def to_turns(self, open_calls: Container[str]) -> tuple[Turn, ...]:
        """Return the answer as the history has it: its words, and the calls that are open."""
        calls = tuple([call for call in self.calls if call.id in open_calls])
        texts = [part for part in self.parts if isinstance(part, Text) and not part.thought]
        return (Turn("model", (*texts, *calls)),) if texts or calls else ()

    def iter_messages(self) -> Iterator[Output]:
        """Yield the messages of the answer. A blocking call ends it without the end of the turn."""
        if self.family.is_noisy:
            yield from [EmptyMessage()] * FIRST_NOISE
            yield EmptyMessage(has_content=True)
        if self.family.works_aside:
            yield InteractionStatus(is_idle=False)
        yield from self.iter_thoughts()
        if self.calls:
            yield from self.iter_calls()
            if self.is_blocking:
                return
        yield from self.iter_speech() if self.config.speaks else self.iter_texts()
        yield GenerationComplete()
        if self.plays_in_real_time and self.audio_bytes:
            yield Pause(self.audio_bytes / BYTES_PER_SECOND)
        yield TurnComplete(self.usage)
        if self.family.works_aside:
            yield InteractionStatus(is_idle=True)

    def iter_thoughts(self) -> Iterator[Output]:
        for part in self.parts:
            if isinstance(part, Text) and part.thought:
                yield ModelText(part.text, is_thought=True)

    def iter_calls(self) -> Iterator[Output]:
        if self.family.writes_code:
            lines = [f"default_api.{format_call(call)}" for call in self.calls]
            yield ModelCode("\n".join([f"print({line})" for line in lines]))
        yield ToolCalls(self.calls)

    def iter_texts(self) -> Iterator[Output]:
        for part in self.parts:
            if isinstance(part, Text) and not part.thought:
                for piece in part.pieces or split_text(part.text):
                    self.said.append(piece)
                    yield ModelText(piece)

    def iter_speech(self) -> Iterator[Output]:
        for piece in self.iter_pieces():
            self.said.append(piece.text)
            self.audio_bytes += len(piece.data)
            yield from self.render_piece(piece)

    def iter_pieces(self) -> Iterator[SpokenPiece]:
        """Yield the audio that a scenario gives, or the words as speech."""
        given = [part.data for part in self.parts if isinstance(part, Blob)]
        if given:
            return share_words(b"".join(given), self.text)
        return speak(self.text, self.seed, self.config.voice)

    def render_piece(self, piece: SpokenPiece) -> Iterator[Output]:
        """Yield the messages of a fifth of a second.

        Gemini 2.5 sends transcripts before the audio, and 3.8 together with it; recorded.

        Evidence: native-149-ws-pydantic-test-message-history-seeding, native-live-3.8-image.
        """
        words = piece.text if self.config.transcribes_output else ""
        if words and not self.family.joins_transcripts:
            yield SpokenWords(words)
            words = ""
        yield ModelAudio(piece.data, words)
        if self.family.is_noisy:
            yield EmptyMessage()

    @property
    def usage(self) -> Usage:
        """What was spent until now. Audio costs 25 tokens a second (documented).

        Evidence: doc-live-tokens.
        """
        spent = self.draft.usage
        audio = -(-self.audio_bytes * AUDIO_TOKENS_PER_SECOND // BYTES_PER_SECOND)
        output = audio if self.config.speaks else spent.output
        modality = "AUDIO" if self.config.speaks else "TEXT"
        return Usage(
            spent.prompt,
            output,
            spent.thoughts,
            prompt_modalities=spent.prompt_modalities or (("TEXT", spent.prompt),),
            output_modalities=((modality, output),),
        )


def format_call(call: ToolCall) -> str:
    """Return a call as Python (recorded).

    Evidence: native-145-ws-dotnet-SendClientContentToolsGeminiTest.
    """
    return f"{call.name}({', '.join([f'{name}={value!r}' for name, value in call.args.items()])})"
