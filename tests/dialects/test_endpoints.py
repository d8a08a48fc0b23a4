"""Each endpoint of each surface, with the words of rules and with what the server knows about it.

`endpoints.txt` is the list. A change of an endpoint changes it, too:
`python -m tests.dialects.test_endpoints`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mockgem.core.call import Dialect, Surface
from mockgem.dialects.admin.dialect import build_admin_dialect
from mockgem.dialects.admin.scenario_handlers import NoScenarioControl
from mockgem.dialects.admin.world_handlers import NoWorldControl
from mockgem.dialects.surfaces import build_api_surfaces

FILE = Path(__file__).with_name("endpoints.txt")
FLAGS = ("uses_quota", "pure", "may_wait", "streams_body")


def list_endpoints() -> list[str]:
    lines = []
    for lenient in (False, True):
        for surface in build_api_surfaces(lenient=lenient):
            name = f"{surface.name}{', lenient' if lenient else ''}"
            lines += [*list_surface(name, surface), *list_dialect(surface.dialect)]
    admin = build_admin_dialect(NoWorldControl(), NoScenarioControl())
    return [*lines, "admin", *list_dialect(admin)]


def list_surface(name: str, surface: Surface) -> Iterator[str]:
    yield f"{name}: {surface.title}"
    yield f"  base {surface.base}, prefixes {' '.join(surface.prefixes)}"
    yield f"  upstream {surface.upstream or '-'}, key in {surface.key_header}"
    yield f"  claims requests: {surface.claims.__name__.removeprefix('claim_')}"
    style = surface.error_style
    errors = [surface.family, style.quota_exceeded, style.expired_token]
    yield f"  errors {' '.join([*filter(None, errors), *style.replacements.values()]) or '-'}"


def list_dialect(dialect: Dialect) -> Iterator[str]:
    yield f"  rules call it {dialect.name}; errors in streams are {dialect.error_framing}"
    if dialect.refuse_query is not None:
        yield "  checks the query"
    for one in dialect.endpoints:
        words = [one.scenario or "-", one.wire_name or "-", "chosen" if one.scenario_of else ""]
        flags = [flag for flag in FLAGS if getattr(one, flag)]
        named = " ".join(["   ", one.method, one.path, *filter(None, [*words, *flags])])
        yield f"{named}: {one.summary}"


def test_the_endpoints_are_those_of_the_list() -> None:
    assert list_endpoints() == FILE.read_text("utf-8").splitlines()


if __name__ == "__main__":
    FILE.write_text("\n".join(list_endpoints()) + "\n", encoding="utf-8")
