"""The catalogue of models, and its comparison with the types of SDKs."""

from __future__ import annotations

from pathlib import Path

import pytest

from mockgem.config.model_catalog import load_packaged_models
from tests.tools import sdk_models


def test_every_model_has_what_its_kind_needs() -> None:
    for model in load_packaged_models().values():
        assert model.name, model.id
        assert model.methods, model.id
        assert model.input_limit > 0, model.id
        assert not model.released or not model.retired or model.released < model.retired, model.id
        if model.thinking is not None:
            ways = ("dynamic", "off") if model.thinking.budget else model.thinking.levels
            assert model.thinking.default in ways, model.id


def test_models_of_sdks_are_found_in_their_types_only(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(
        'Model = Union[Literal["gemini-9-xenon", "other"], str]\n'
        'def ask(model: typing.Literal["veo-9"]):\n    """Use gemini-8-old."""\n'
        'ask("gemini-7-example")\n'
    )
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_it.py").write_text('x: Literal["gemini-6-test"]')
    assert set(sdk_models.find_python_models(tmp_path)) == {"gemini-9-xenon", "veo-9"}


def test_models_of_typescript_are_found_in_unions(tmp_path: Path) -> None:
    (tmp_path / "index.d.ts").write_text(
        "type Model = 'gemini-9-xenon' | 'lyria-9' | (string & {});\n"
        'type Other = string | "veo-9"\n'
        "/** @example model: 'gemini-8-old' */\n"
    )
    assert set(sdk_models.find_typescript_models(tmp_path)) == {
        "gemini-9-xenon",
        "lyria-9",
        "veo-9",
    }


def test_a_model_that_the_catalogue_lacks_is_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "model.py").write_text('M = Literal["gemini-9-xenon", "gemini-4-neon"]')
    assert sdk_models.main([str(tmp_path)]) == 1
    assert capsys.readouterr().out.splitlines()[1:] == [
        "missing in mockgem/data/models.json: gemini-9-xenon",
        "2 models in SDKs, 1 missing in the catalogue",
    ]


def test_sources_without_any_model_are_an_error(tmp_path: Path) -> None:
    assert sdk_models.main([str(tmp_path)]) == 1
