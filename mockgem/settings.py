"""How a server is to be: read once, from options, environment and a settings file, into one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from mockgem.core.values import value

MEBIBYTE = 2**20


@value
class Settings:
    """Sizes are in bytes, times in seconds. `models` and `aliases` come from a settings file only."""

    host: str = "127.0.0.1"
    port: int = 8090
    seed: int = 0
    clock: str = "fixed"
    api_key: tuple[str, ...] = ()
    lenient: bool = False
    max_body: int = 100 * MEBIBYTE
    enforce_retirements: bool = False
    fetch_media: bool = False
    chunk_delay: float = 0.0
    drain: float = 5.0
    quiet: bool = False
    log_format: str = "text"
    models: tuple[Mapping[str, Any], ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
