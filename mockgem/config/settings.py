"""How a server is to be: read once, from options, environment and a settings file, into one frozen value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

from mockgem.core.frozen import frozen

MEBIBYTE = 2**20


@frozen
class Settings:
    """Sizes are in bytes, times in seconds. `answers` is a Python file, or in a program the function itself. `models`,
    `aliases` and `lifecycles` come from a settings file only."""

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
    state: str = ""
    worlds: int = 256
    world_idle: float = 3600.0
    max_file: int = 2048 * MEBIBYTE
    max_state: int = 8192 * MEBIBYTE
    step_seconds: float = 0.5
    cassette: str = ""
    record_mode: str = "none"
    on_miss: str = "engine"
    upstream: str = ""
    upstream_key_env: str = ""
    match_on: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    allow_playback_repeats: bool = False
    replay_timing: str = "off"
    redact: tuple[str, ...] = ()
    scenario: str = ""
    scenarios: tuple[str, ...] = ()
    watch: bool = False
    latency: str = ""
    answers: str | Callable[[Any], Any] = ""
    time_scale: float = 1.0
    inline_scenarios: bool = True
    mockgem_headers: bool = True
    allowed_host: tuple[str, ...] = ()
    admin_token: str = ""
    models: tuple[Mapping[str, Any], ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    lifecycles: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
