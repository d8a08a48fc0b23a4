"""The catalogue that comes with the package, and what the user's settings make of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from mockgem.config.settings import Settings
from mockgem.core.models import Catalogue, Model, parse_models


def load_catalogue(settings: Settings) -> Catalogue:
    """All models: the package's and the user's. Raises ValueError where one of the user's is like none there is."""
    models = load_packaged_models()
    for entry in settings.models:
        models[entry["id"]] = build_user_model(entry, models)
    for alias, target in settings.aliases.items():
        if target not in models:
            raise ValueError(
                f"alias {alias!r} leads to {target!r}, which is no model; `mockgem models` lists them"
            )
    unknown = "gemini-2.5-flash" if settings.lenient else ""
    return Catalogue(models, dict(settings.aliases), unknown, settings.enforce_retirements)


def load_packaged_models() -> dict[str, Model]:
    text = (Path(__file__).parent.parent / "data" / "models.json").read_text(encoding="utf-8")
    return parse_models(json.loads(text)["models"])


def build_user_model(entry: Mapping[str, Any], models: Mapping[str, Model]) -> Model:
    like = models.get(entry.get("like", "gemini-2.5-flash"))
    if like is None:
        raise ValueError(
            f"model {entry['id']!r} is to be like {entry['like']!r}, which is no model; `mockgem models` lists them"
        )
    changes = {
        key: value
        for key, value in entry.items()
        if key not in ("like",) and value not in (None, "")
    }
    return replace(like, **{"name": entry["id"], "listed": True, "retired": "", **changes})
