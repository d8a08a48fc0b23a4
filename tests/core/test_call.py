"""A dialect that is imported when something needs more of it than its name."""

from __future__ import annotations

import pytest

from mockgem.core.call import Dialect, LazyDialect
from mockgem.core.errors import Code, Failure, RouteNotFound
from mockgem.core.http import WireResponse


def refuse(which: str) -> Failure:
    return Failure(Code.UNAUTHENTICATED, which)


def encode_not_found(unrouted: RouteNotFound) -> WireResponse:
    return WireResponse(404, (), b"")


LOADED = Dialect("openai", (), refuse, encode_not_found, error_framing="raw")


class Loader:
    """Counts how often the dialect is loaded. The first `failures` times it fails."""

    def __init__(self, failures: int = 0) -> None:
        self.count = 0
        self.failures = failures

    def __call__(self) -> Dialect:
        self.count += 1
        if self.count <= self.failures:
            raise ImportError("a mistake in a module")
        return LOADED


def test_its_name_loads_nothing_and_a_field_loads_all() -> None:
    loader = Loader()
    dialect = LazyDialect("openai", loader)
    assert (dialect.name, loader.count) == ("openai", 0)
    assert dialect.error_framing == "raw"
    assert (dialect.endpoints, dialect.refuse_query, loader.count) == ((), None, 1)
    assert dialect.refuse_credential is refuse
    assert loader.count == 1


def test_a_name_that_dialects_do_not_have_loads_nothing() -> None:
    loader = Loader()
    with pytest.raises(AttributeError, match="endpoint"):
        _ = LazyDialect("openai", loader).endpoint
    assert loader.count == 0


def test_a_failed_import_is_repeated_by_the_next_use() -> None:
    dialect = LazyDialect("openai", Loader(failures=1))
    with pytest.raises(ImportError, match="a mistake"):
        _ = dialect.endpoints
    assert dialect.endpoints == ()
