"""What a test reads of its world: the requests that arrived, and their responses."""

from __future__ import annotations

import urllib.parse
from typing import Any

from mockgem.testing.exchange import Exchange
from mockgem.testing.server_link import ServerLink

PAGE_SIZE = "1000"
"""Entries that one request for the journal returns at most."""


class RequestLog(ServerLink):
    """The journal of a test's world."""

    def journal(self, **filters: Any) -> list[Exchange]:
        """Return the requests and responses of this world, in order.

        Args:
            **filters: Filters of the admin API: `status="4xx"`, `model="*-pro"`,
                `path="*/embeddings"`, `text="weather"` …; `wait=5, count=2` waits up to 5 seconds
                for two entries.

        Raises:
            ValueError: For a filter that is not valid.

        Example:
            ```python
            assert [call.status for call in mockgem.journal()] == [503, 200]
            ```
        """
        __tracebackhide__ = True
        texts = {
            name: str(value).lower() if isinstance(value, bool) else value
            for name, value in filters.items()
        }
        return [Exchange(entry) for entry in self._read_journal({"limit": PAGE_SIZE, **texts})]

    def _read_journal(self, query: dict[str, Any]) -> list[Any]:
        """Return the entries of all pages, or up to the limit that a test gives."""
        __tracebackhide__ = True
        wanted, entries = query["limit"], []
        while True:
            page = self._call_admin("GET", f"/journal?{urllib.parse.urlencode(query)}")
            entries += page["entries"]
            if page["next"] is None or (wanted is not PAGE_SIZE and len(entries) >= int(wanted)):
                return entries
            left = wanted if wanted is PAGE_SIZE else int(wanted) - len(entries)
            query = {**query, "after": page["next"], "limit": left, "wait": 0}

    def requests(self, **filters: Any) -> list[Any]:
        """Return the JSON values of each request body, in order; None for a body that is not JSON.

        Args:
            **filters: The same as for `journal`.

        Example:
            ```python
            assert mockgem.requests()[0]["model"] == "gemini-2.5-flash"
            ```
        """
        return [entry.json for entry in self.journal(**filters)]

    @property
    def calls(self) -> list[Exchange]:
        """The requests and responses of this world, in order: `journal()` without filters."""
        return self.journal()

    history = calls

    @property
    def last_request(self) -> Exchange | None:
        """The last request and its response; None before the first one."""
        return next(reversed(self.journal()), None)
