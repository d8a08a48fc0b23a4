"""Models that do not exist, and prompts that are too long for them."""

from __future__ import annotations

import pytest

from mockgem.core.errors import ApiError, Code
from mockgem.operations.validation.models import find_model
from mockgem.operations.validation.turns import prompt_too_long_error
from tests.operations.validation.test_whole_messages import FLASH, PREFIX, WORLD, get_model

EMBEDDING = "gemini-embedding-001"


def test_a_model_is_found_or_refused() -> None:
    assert find_model(FLASH, "generateContent", WORLD) is get_model(FLASH)
    assert find_model(EMBEDDING, "embedContent", WORLD).id == EMBEDDING
    with pytest.raises(ApiError) as refused:
        find_model("", "generateContent", WORLD)
    failure = refused.value.failure
    assert failure.message == f"{PREFIX}model: unexpected model name format\n"
    assert (failure.code, failure.reason) == (Code.INVALID_ARGUMENT, "model_missing")
    for name, method in (("models/google/none", "generateContent"), (FLASH, "embedContent")):
        with pytest.raises(ApiError) as refused:
            find_model(name, method, WORLD)
        failure = refused.value.failure
        plain = name.rpartition("/")[2]
        assert failure.message == (
            f"models/{plain} is not found for API version v1main, or is not supported for "
            f"{method}. Call ModelService.ListModels to see the list of available models and "
            "their supported methods."
        )
        assert (failure.code, failure.reason) == (Code.NOT_FOUND, "model_not_found")
        assert failure.context == {"model": plain}


def test_a_prompt_that_is_too_long() -> None:
    failure = prompt_too_long_error(1_048_577, get_model(FLASH)).failure
    assert failure.message == (
        "The input token count (1048577) exceeds the maximum number of tokens allowed (1048576)."
    )
    assert failure.reason == "too_long"
