"""The catalogue of models: the package's, with the user's additions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from mockgem.config.settings import Settings
from mockgem.core.models import Catalogue, Model, parse_models

DEFAULT_MODEL = "gemini-2.5-flash"


def load_catalogue(settings: Settings) -> Catalogue:
    """Return the models of the package and of the user.

    Raises ValueError for a model or an alias that refers to an unknown model.
    """
    models = load_packaged_models()
    for entry in settings.models:
        models[entry["id"]] = build_user_model(entry, models)
    for alias, target in settings.aliases.items():
        if target not in models:
            raise ValueError(
                f"alias {alias!r} refers to {target!r}, which is not a model: "
                "`mockgem models` lists the models"
            )
    unknown = DEFAULT_MODEL if settings.lenient else ""
    return Catalogue(models, dict(settings.aliases), unknown, settings.enforce_retirements)


def load_packaged_models() -> dict[str, Model]:
    text = (Path(__file__).parent.parent / "data" / "models.json").read_text(encoding="utf-8")
    return parse_models(json.loads(text)["models"])


def build_user_model(entry: Mapping[str, Any], models: Mapping[str, Model]) -> Model:
    """Return a copy of a known model with the user's changes. Raises ValueError."""
    like = models.get(entry.get("like", DEFAULT_MODEL))
    if like is None:
        raise ValueError(
            f"model {entry['id']!r} should be like {entry['like']!r}, which is not a model: "
            "`mockgem models` lists the models"
        )
    changes = {
        key: value for key, value in entry.items() if key != "like" and value not in (None, "")
    }
    return replace(like, **{"name": entry["id"], "listed": True, "retired": "", **changes})
