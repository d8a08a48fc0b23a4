"""All surfaces of a server: those of the APIs (`dialects/surfaces.py`) and the admin API."""

from __future__ import annotations

from mockgem.core.call import Dialect, Surface
from mockgem.dialects.admin import ADMIN
from mockgem.dialects.admin.console_endpoint import START_DIALECT, accepts_html
from mockgem.dialects.common.credentials import find_bearer_token
from mockgem.dialects.surfaces import build_api_surfaces


def build_surfaces() -> tuple[Surface, ...]:
    """Return all surfaces of a server, with an admin API that only lists its endpoints."""
    return (*build_api_surfaces(), *build_own_surfaces(ADMIN))


def build_own_surfaces(admin: Dialect) -> tuple[Surface, ...]:
    """Return the surfaces of mockgem itself."""
    return (
        Surface(
            "admin",
            "The admin API of mockgem",
            ("/_mockgem",),
            admin,
            find_bearer_token,
            base="/_mockgem",
            keyless=lambda wire: True,
            is_admin=True,
        ),
        START_SURFACE,
    )


START_SURFACE = Surface(
    "start",
    "The page that leads browsers to the console",
    ("/",),
    START_DIALECT,
    find_bearer_token,
    claims=accepts_html,
    keyless=lambda wire: True,
    is_admin=True,
)
