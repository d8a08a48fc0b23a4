"""The command `mockgem serve`."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import shlex
import signal
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from mockgem.app.factory import create_server
from mockgem.app.surfaces import build_surfaces
from mockgem.cli.console_link import build_console_url, open_browser_aside
from mockgem.cli.garbage import limit_garbage_collection
from mockgem.cli.options import ServerCommand, warn_about_misspelled_variables
from mockgem.cli.running import (
    RELOAD_DRAIN,
    RELOAD_GRACE,
    STOP_GRACE,
    StartupError,
    explain_bind_error,
    explain_file_error,
    report_open_answers,
    wait_for_first,
)
from mockgem.cli.settings_watch import SettingsWatch, follow_settings, watch_settings
from mockgem.config.options import list_options
from mockgem.config.settings import Settings, find_missing_cassette, suggest_file
from mockgem.server.access_log import AccessLog
from mockgem.server.certificates import Certificates, find_certificate_folder
from mockgem.server.event_loop import get_loop_factory
from mockgem.server.host_check import is_loopback
from mockgem.server.http import Server
from mockgem.server.listening import SharedPort, open_sockets
from mockgem.testing.proxy import build_proxy_env

logger = logging.getLogger("mockgem")


class GeneratedToken(str):
    """An admin token that mockgem made and prints. One that the user chose stays secret."""

    __slots__ = ()


@click.command("serve", cls=ServerCommand)
@click.option("--open", "opens_console", is_flag=True, help="Open the console in a browser.")
@click.pass_context
def command(context: click.Context, /, *, opens_console: bool, **options: Any) -> None:
    """Serve the API. Ctrl-C stops the server.

    All options have defaults. Each one is also an environment variable (--world-idle is
    MOCKGEM_WORLD_IDLE) and a key of a settings file (world_idle). The command line wins over the
    environment, the environment over the file.
    """
    settings = build_settings(context, options)
    read = watch_settings if settings.workers == 1 else follow_settings
    watch = read(context, settings, partial(build_settings, context))
    run_server(settings, opens_console=opens_console, watch=watch)


def build_settings(context: click.Context, options: Mapping[str, Any]) -> Settings:
    """Return the settings of a command line, with what only a settings file can set.

    Raises StartupError for a cassette that does not exist and that nothing records, and for a
    record mode without a cassette.
    """
    warn_about_misspelled_variables()
    in_file = context.default_map or {}
    tables = {
        name: in_file[name]
        for name, row in list_options().items()
        if not row.commands and name in in_file
    }
    settings = Settings(**options, **tables)
    if missing := find_missing_cassette(settings):
        raise build_missing_error(missing)
    if settings.record_mode != "none" and not settings.cassette:
        raise StartupError(
            f"The record mode {settings.record_mode} needs a cassette: add --cassette FILE."
        )
    if not settings.admin_token and not is_loopback(settings.host):
        settings = settings.replace(admin_token=GeneratedToken(secrets.token_urlsafe(18)))
    return settings


def build_missing_error(cassette: str) -> StartupError:
    """Return the error for a cassette that does not exist."""
    return StartupError(
        f"There is no cassette {cassette}.{suggest_file(cassette)} Check the path, or record one: "
        f"mockgem record --cassette {cassette}"
    )


def run_server(
    settings: Settings, *, opens_console: bool = False, watch: SettingsWatch | None = None
) -> None:
    """Serve until a signal stops the server. Raises StartupError.

    The exit code is 1 if recordings differ from what the service answers (mode verify).
    """
    try:
        if settings.workers > 1:
            run_workers(settings, opens_console=opens_console, watch=watch)
            return
        with asyncio.Runner(loop_factory=get_loop_factory()) as runner:
            problems = runner.run(serve(settings, opens_console=opens_console, watch=watch))
    except OSError as error:
        raise StartupError(explain_file_error(error)) from None
    except ValueError as error:
        raise StartupError(str(error)) from None
    if problems:
        report_differences(problems)
        sys.exit(1)


def run_workers(settings: Settings, *, opens_console: bool, watch: SettingsWatch | None) -> None:
    """Serve in several processes until a signal. Raises StartupError and WorkersFailed."""
    if not hasattr(os, "fork"):
        raise StartupError(
            f"--workers {settings.workers} needs a system with fork, like Linux or macOS. Use "
            "--workers 1."
        )
    from mockgem.cli.supervisor import Supervisor

    def greet(served: Settings) -> None:
        print_greeting(served, served.port)
        if opens_console:
            url = f"http://{format_host(served.host)}:{served.port}"
            open_browser_aside(build_console_url(url))

    Supervisor(settings, watch, greet).run()


def report_differences(problems: Sequence[str]) -> None:
    """Write to stderr what differs from the recordings."""
    for problem in problems:
        click.echo(problem, err=True)
    count = len(problems)
    click.echo(f"verify found {count} problem{'' if count == 1 else 's'}", err=True)


async def serve(
    settings: Settings, *, opens_console: bool = False, watch: SettingsWatch | None = None
) -> list[str]:
    """Serve until a signal stops the server; return the problems that the server found.

    Raises StartupError when it can't listen, OSError and ValueError for files and settings that
    can't be used.
    """
    log = None if settings.quiet else AccessLog(sys.stdout, settings.log_format)
    shared = None if watch is None else open_shared_port(settings)
    server = build_server(settings, log, shared)
    stop = create_stop_event()
    limit_garbage_collection()
    port = await listen(server, settings)
    print_greeting(settings, port)
    if opens_console:
        open_browser_aside(build_console_url(f"http://{format_host(settings.host)}:{port}"))
    server = await serve_until_signal(server, settings.replace(port=port), stop, log, watch)
    stop.clear()
    if settings.stop_delay:
        server.on_draining()
        await wait_for_first(asyncio.sleep(settings.stop_delay), stop.wait())
    report_open_answers(server, settings)
    await wait_for_first(server.stop(settings.drain, STOP_GRACE), stop.wait())
    if log is not None and not log.close():
        # stdout is a full pipe without a reader; a normal exit would wait for it
        os._exit(int(bool(server.list_problems())))
    return server.list_problems()


def open_shared_port(settings: Settings) -> SharedPort:
    """Return a port of which one server after another has the sockets. Raises StartupError."""
    try:
        (sockets,) = open_sockets(settings.host, settings.port, 1)
    except OSError as error:
        raise StartupError(explain_bind_error(settings, error)) from None
    return SharedPort(sockets, sockets)


def build_server(settings: Settings, log: AccessLog | None, port: SharedPort | None) -> Server:
    """Build a server of this process. Raises OSError and ValueError."""
    folder = find_certificate_folder()
    return create_server(settings, log, certificate_folder=folder, port=port)


async def listen(server: Server, settings: Settings) -> int:
    """Let a server listen; return its port. Raises StartupError."""
    try:
        return await server.start(settings.host, settings.port)
    except OSError as error:
        raise StartupError(explain_bind_error(settings, error)) from None


async def serve_until_signal(
    server: Server,
    settings: Settings,
    stop: asyncio.Event,
    log: AccessLog | None,
    watch: SettingsWatch | None,
) -> Server:
    """Wait for a signal; return the server that runs then.

    When the settings file changes, another server takes the place of the first one, with empty
    worlds unless they are in a state folder. New connections wait for it meanwhile. Settings that
    can't be used change nothing.
    """
    while watch is not None:
        change = asyncio.ensure_future(watch.wait(settings))
        await wait_for_first(change, stop.wait())
        if stop.is_set():
            return server
        changed = change.result()
        assert isinstance(server.port, SharedPort)
        try:
            fresh = build_server(changed, log, server.port.share())
        except (OSError, ValueError) as error:
            logger.warning("The server keeps the earlier settings: %s", error)
            continue
        server.port.is_handed_over = True
        await server.stop(RELOAD_DRAIN, RELOAD_GRACE)
        await listen(fresh, changed)
        server, settings = fresh, changed
        logger.warning("The server has restarted with the new settings.")
    await stop.wait()
    return server


def create_stop_event() -> asyncio.Event:
    """Return an event that Ctrl-C and SIGTERM set."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    return stop


def print_greeting(settings: Settings, port: int) -> None:
    if isinstance(settings.admin_token, GeneratedToken):
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
    if settings.proxy:
        click.echo(format_proxy_lines(f"http://{format_host(settings.host)}:{port}"))
    for name, text in (
        ("Scenario", settings.scenario),
        ("Latency", settings.latency),
        ("Cassette", describe_cassette(settings)),
    ):
        if text:
            click.echo(f"{name}: {text}")
    sys.stdout.flush()


def describe_cassette(settings: Settings) -> str:
    """Return what happens with the server's cassette, or nothing without one."""
    if not settings.cassette:
        return ""
    upstream = settings.upstream or "the real service"
    once = f"everything is recorded from {upstream}"
    if Path(settings.cassette).exists():
        once = "it exists, so it answers and nothing is recorded"
    doing = {
        "none": "it answers",
        "verify": f"the answers of {upstream} are compared with it",
        "once": once,
        "new_episodes": f"requests that it does not have are recorded from {upstream}",
        "all": f"every request is recorded from {upstream}",
        "rewrite": f"every request is recorded from {upstream}, and older recordings go",
    }
    return f"{settings.cassette}, mode {settings.record_mode}: {doing[settings.record_mode]}"


def format_proxy_lines(url: str) -> str:
    """Return what to type in a shell so that programs use the server as their proxy."""
    authority, bundle = Certificates(find_certificate_folder()).write_ca_files()
    values: dict[str, list[str]] = {}
    for name, text in build_proxy_env(url, str(authority), str(bundle)).items():
        values.setdefault(text, []).append(name)
    lines = [
        "  export " + " ".join([f"{name}={shlex.quote(text)}" for name in names])
        for text, names in values.items()
    ]
    return "\n".join(["Proxy, for programs in a shell with:", *lines, ""])


def format_host(host: str) -> str:
    """Return a host as part of a URL. A server on all addresses is reached at 127.0.0.1."""
    if host in ("0.0.0.0", "::", ""):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def format_greeting(url: str, key: str) -> str:
    rows = [
        (surface.title, url + surface.base)
        for surface in build_surfaces()
        if surface.base and not surface.is_admin
    ]
    width = max(len(title) for title, _ in rows)
    lines = [f"mockgem listens on {url}", "", "Base URLs:"]
    lines += [f"  {title:<{width}}  {base}" for title, base in rows]
    body = (
        '{"model": "gemini-2.5-flash", '
        '"messages": [{"role": "user", "content": "Explain to me how AI works"}]}'
    )
    lines += [
        "",
        f"Console: {build_console_url(url)}",
        "",
        "Try it:",
        f"  curl {url}/v1beta/openai/chat/completions -H 'Content-Type: application/json' \\",
        f"    -H 'Authorization: Bearer {key}' -d '{body}'",
        "",
    ]
    return "\n".join(lines)
