"""LlamaIndex's output parsers and programs judge replies that nobody scripted."""

from __future__ import annotations

from llama_index.core.output_parsers import PydanticOutputParser, SelectionOutputParser
from llama_index.core.program import LLMTextCompletionProgram
from llama_index.core.selectors import LLMMultiSelector, LLMSingleSelector
from llama_index.llms.openai_like import OpenAILike
from pydantic import BaseModel


class Song(BaseModel):
    title: str
    length_seconds: int


class Album(BaseModel):
    name: str
    artist: str
    songs: list[Song]


CHOICES = ["Useful for questions about cooking", "Useful for questions about the weather"]


def connect(base_url: str) -> OpenAILike:
    return OpenAILike(
        model="gemini-2.5-flash", api_base=base_url, api_key="any-key", is_chat_model=True
    )


def test_a_text_program_returns_a_model(base_url: str) -> None:
    program = LLMTextCompletionProgram.from_defaults(
        output_parser=PydanticOutputParser(output_cls=Album),
        prompt_template_str="Generate an example album inspired by {movie}.",
        llm=connect(base_url),
    )
    album = program(movie="The Shining")
    assert isinstance(album, Album)
    assert album.songs


def test_a_selector_chooses_one_of_the_choices(base_url: str) -> None:
    selector = LLMSingleSelector.from_defaults(llm=connect(base_url))
    result = selector.select(CHOICES, query="Will it rain in Oslo?")
    assert 0 <= result.ind < len(CHOICES)


def test_a_selector_chooses_several_choices(base_url: str) -> None:
    selector = LLMMultiSelector.from_defaults(llm=connect(base_url))
    result = selector.select(CHOICES, query="Will it rain in Oslo?")
    assert result.selections
    assert SelectionOutputParser is not None
