"""`mockgem models`."""

from __future__ import annotations

import click

from mockgem.config.model_catalog import load_packaged_models


@click.command("models")
def command() -> None:
    """List the models of the catalogue, with their kind and, where it is known, the day they were shut down.

    Models of the kind "chat" and "image" answer chats; the others are listed and refused, as on the real service.
    """
    for model in load_packaged_models().values():
        note = f"retired {model.retired}" if model.retired else ""
        click.echo(f"{model.id:<46} {model.kind:<14} {note}".rstrip())
