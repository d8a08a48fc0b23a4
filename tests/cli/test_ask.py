"""`mockgem ask` prints a reply and the recogniser that produced it."""

from __future__ import annotations

from click.testing import CliRunner

from mockgem.cli import main
from tests.asking import chat


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["ask", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_reply_is_that_of_a_server() -> None:
    prompt = "Is this positive or negative? One word only: I love it"
    reply = chat(prompt).message["content"]
    assert run(prompt) == f"{reply}\n\nrecogniser: one of the options\n"


def test_prose_is_named_as_well() -> None:
    prompt = "¿Cómo puedo cancelar mi suscripción?"
    assert run(prompt).endswith("recogniser: another language\n")
    assert run(prompt, "--answers", "plain").endswith("recogniser: prose\n")


def test_a_system_instruction_and_a_seed_count() -> None:
    system = "Respond only with a number between 1 and 100."
    texts = {run("Rate the sea.", "--system", system, "--seed", str(seed)) for seed in range(9)}
    assert len(texts) > 3


def test_an_unknown_model_is_refused() -> None:
    result = CliRunner().invoke(main, ["ask", "Hello", "--model", "gpt-9"])
    assert result.exit_code == 2
    assert "`mockgem models` lists them" in result.output
