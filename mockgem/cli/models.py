"""The command `mockgem models`."""

from __future__ import annotations

import click

from mockgem.config.model_catalog import load_packaged_models


@click.command("models")
def command() -> None:
    """List the models of the catalogue.

    Each line has the id, the kind and, if known, the dates on which Google released the model
    and shut it down.
    Models of the kinds "chat" and "image" answer chats; mockgem lists the other ones and refuses
    their chats, as the real service does.
    """
    for model in load_packaged_models().values():
        dates = ("released", model.released), ("retired", model.retired)
        note = ", ".join(f"{word} {day}" for word, day in dates if day)
        click.echo(f"{model.id:<46} {model.kind:<14} {note}".rstrip())
