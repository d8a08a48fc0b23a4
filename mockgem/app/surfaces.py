"""All surfaces of a server: those of the APIs (`dialects/surfaces.py`) and the admin API."""

from __future__ import annotations

from collections.abc import Callable

from mockgem.core.call import Dialect, LazyDialect, Surface
from mockgem.dialects.common.credentials import accepts_html, find_bearer_token
from mockgem.dialects.surfaces import build_api_surfaces


def build_surfaces() -> tuple[Surface, ...]:
    """Return all surfaces of a server, with an admin API that only lists its endpoints."""
    return (*build_api_surfaces(), *build_own_surfaces(load_admin_list))


def build_own_surfaces(load_admin: Callable[[], Dialect]) -> tuple[Surface, ...]:
    """Return the surfaces of mockgem itself, whose modules are imported when they are needed."""
    return (
        Surface(
            "admin",
            "The admin API of mockgem",
            ("/_mockgem",),
            LazyDialect("admin", load_admin),
            find_bearer_token,
            base="/_mockgem",
            keyless=lambda wire: True,
            is_admin=True,
        ),
        Surface(
            "start",
            "The page that leads browsers to the console",
            ("/",),
            LazyDialect("start", load_start),
            find_bearer_token,
            claims=accepts_html,
            keyless=lambda wire: True,
            is_admin=True,
        ),
    )


def load_admin_list() -> Dialect:
    from mockgem.dialects.admin.dialect import ADMIN

    return ADMIN


def load_start() -> Dialect:
    from mockgem.dialects.admin.console_endpoint import build_start_dialect

    return build_start_dialect()
