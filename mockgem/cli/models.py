"""The command `mockgem models`."""

from __future__ import annotations

import click

from mockgem.config.model_catalog import load_packaged_models


@click.command("models")
def command() -> None:
    """List the models of the catalogue.

    Each line has the id, the kind and, if known, the date on which Google shut the model down.
    Models of the kinds "chat" and "image" answer chats; mockgem lists the other ones and refuses
    their chats, as the real service does.
    """
    for model in load_packaged_models().values():
        note = f"retired {model.retired}" if model.retired else ""
        click.echo(f"{model.id:<46} {model.kind:<14} {note}".rstrip())
