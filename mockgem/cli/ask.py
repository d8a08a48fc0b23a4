"""The command `mockgem ask`."""

from __future__ import annotations

import click

from mockgem.cli.completion import complete_model
from mockgem.config.model_catalog import DEFAULT_MODEL, load_packaged_models
from mockgem.config.options import PLAIN_ANSWERS
from mockgem.operations.asking import ask


@click.command("ask")
@click.argument("prompt")
@click.option("--system", default="", metavar="TEXT", help="The system instruction.")
@click.option(
    "--model",
    default=DEFAULT_MODEL,
    show_default=True,
    shell_complete=complete_model,
    help="The model to ask.",
)
@click.option("--seed", default=0, show_default=True, help="The seed of the server.")
@click.option("--answers", type=click.Choice((PLAIN_ANSWERS,)), help="Write prose in every reply.")
def command(prompt: str, system: str, model: str, seed: int, answers: str | None) -> None:
    """Print the reply to a prompt, and the recogniser that produced it.

    A server with this seed replies the same. docs/answers.md lists the recognisers.
    """
    models = load_packaged_models()
    if model not in models:
        raise click.BadParameter(
            f"{model!r} is not a model: `mockgem models` lists them.", param_hint="--model"
        )
    plain = answers == PLAIN_ANSWERS
    reply = ask(prompt, models[model], system=system, seed=seed, plain=plain)
    click.echo(reply.text)
    click.echo(f"\nrecogniser: {reply.form}")
