"""`mockgem serve`."""

from __future__ import annotations

import asyncio
import errno
import gc
import os
import secrets
import signal
import sys
from collections.abc import Coroutine, Mapping
from dataclasses import replace
from typing import Any

import click

from mockgem.app.factory import create_server
from mockgem.app.surfaces import build_surfaces
from mockgem.cli.options import with_options
from mockgem.config.settings import Settings
from mockgem.server.access_log import RequestLog
from mockgem.server.event_loop import get_loop_factory
from mockgem.server.host_check import is_loopback


class StartupError(click.ClickException):
    """The server can't start as it is asked to."""

    exit_code = 2


@click.command("serve")
@with_options
@click.pass_context
def command(context: click.Context, /, **options: Any) -> None:
    """Serve the API. Works without options; Ctrl-C stops it."""
    run_server(build_settings(context, options))


def build_settings(context: click.Context, options: Mapping[str, Any]) -> Settings:
    """The options, and what only a settings file can say."""
    extra = context.default_map or {}
    own = {"models": tuple(extra.get("models", ())), "aliases": extra.get("aliases", {})}
    settings = Settings(**options, **own, lifecycles=extra.get("lifecycles", {}))
    if not settings.admin_token and not is_loopback(settings.host):
        settings = replace(settings, admin_token=secrets.token_urlsafe(18))
    return settings


def run_server(settings: Settings) -> None:
    """Until it is stopped. Raises Unusable where it can't be as it was asked for."""
    try:
        with asyncio.Runner(loop_factory=get_loop_factory()) as runner:
            runner.run(serve(settings))
    except OSError as error:
        raise StartupError(explain_bind_error(settings, error)) from None
    except ValueError as error:
        raise StartupError(str(error)) from None


def explain_bind_error(settings: Settings, error: OSError) -> str:
    place = f"{settings.host}:{settings.port}"
    if error.errno == errno.EADDRINUSE:
        return f"{place} is taken by another program. Stop it, or choose another port: mockgem serve --port 0"
    return f"can't listen on {place}: {error.strerror or error}"


async def serve(settings: Settings) -> None:
    log = None if settings.quiet else RequestLog(sys.stdout, settings.log_format)
    server = create_server(settings, log)
    stop = create_stop_event()
    limit_garbage_collection()
    port = await server.start(settings.host, settings.port)
    print_greeting(settings, port)
    await stop.wait()
    stop.clear()
    if server.open_requests and not settings.quiet:
        click.echo(
            f"Stopping; open answers ({server.open_requests}) may go on for {settings.drain:g} s. Ctrl-C again hangs up."
        )
    await wait_for_first(server.stop(settings.drain), stop.wait())
    if log is not None and not log.close():
        os._exit(0)  # a pipe that nobody reads is full; the ordinary end would wait for it


def limit_garbage_collection() -> None:
    """What is there now stays: the collector need not look at it again, nor look as often as it does by default."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def create_stop_event() -> asyncio.Event:
    """Set by Ctrl-C and SIGTERM."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    return stop


async def wait_for_first(*waits: Coroutine[Any, Any, Any]) -> None:
    """Until one of them is done; the others are ended."""
    tasks = [asyncio.ensure_future(one) for one in waits]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()


def print_greeting(settings: Settings, port: int) -> None:
    if settings.admin_token and not is_loopback(settings.host):
        click.echo(f"Admin token: {settings.admin_token}")
    if settings.quiet:
        click.echo(f"mockgem listens on http://{settings.host}:{port}")
        sys.stdout.flush()
        return
    click.echo(
        format_greeting(
            f"http://{format_host(settings.host)}:{port}",
            "ONE-OF-YOUR-KEYS" if settings.api_key else "any-key",
        )
    )
    if settings.scenario or settings.latency:
        told = [("scenario", settings.scenario), ("latency", settings.latency)]
        click.echo("Playing " + ", ".join(f"{name} {word}" for name, word in told if word) + "\n")
    sys.stdout.flush()


def format_host(host: str) -> str:
    """A host as it stands in a URL; "all addresses" is reached as localhost."""
    if host in ("0.0.0.0", "::", ""):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def format_greeting(url: str, key: str) -> str:
    rows = [(surface.title, url + surface.base) for surface in build_surfaces() if surface.base]
    width = max(len(title) for title, _ in rows)
    lines = [f"mockgem listens on {url}", "", "Base URLs:"]
    lines += [f"  {title:<{width}}  {base}" for title, base in rows]
    body = '{"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "Explain to me how AI works"}]}'
    lines += [
        "",
        "Try it:",
        f"  curl {url}/v1beta/openai/chat/completions -H 'Content-Type: application/json' \\",
        f"    -H 'Authorization: Bearer {key}' -d '{body}'",
        "",
    ]
    return "\n".join(lines)
