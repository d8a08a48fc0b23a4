"""Count requests and tokens for quotas: in sliding or fixed minutes, and in days."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mockgem.core.frozen import frozen

MINUTE = 60.0
MeterKey = tuple[int, str, str]
"""The index of a rule, the project or key it counts, and the model ("" for all models)."""


@frozen
class QuotaLimits:
    """The limits of one model: requests and input tokens per minute, requests per day, and open
    requests. None means no limit."""

    rpm: int | None = None
    tpm: int | None = None
    rpd: int | None = None
    concurrent: int | None = None


@dataclass(slots=True)
class Meter:
    """What one project (or key) has used of one model. Times are seconds of the world's clock.

    `recent_requests` holds the time and the tokens of each request of the last minute.
    """

    recent_requests: deque[tuple[float, int]] = field(default_factory=deque)
    day: str = ""
    requests_today: int = 0
    open_requests: int = 0

    def expire_old(self, now: float, *, fixed: bool) -> None:
        """Drop the requests of past minutes and days. A fixed window drops all earlier minutes."""
        begin = now - now % MINUTE if fixed else now - MINUTE
        while self.recent_requests and (
            self.recent_requests[0][0] < begin if fixed else self.recent_requests[0][0] <= begin
        ):
            self.recent_requests.popleft()
        if (day := pacific_day_of(now)) != self.day:
            self.day, self.requests_today = day, 0

    def record_request(self, now: float, tokens: int) -> None:
        self.recent_requests.append((now, tokens))
        self.requests_today += 1

    def start_request(self) -> None:
        self.open_requests += 1

    def finish_request(self) -> None:
        self.open_requests = max(self.open_requests - 1, 0)

    def find_exceeded(self, limits: QuotaLimits, now: float, tokens: int) -> dict[str, float]:
        """Return the limits that a request would exceed, with the seconds until it would pass."""
        waits: dict[str, float] = {}
        count = len(self.recent_requests)
        if limits.rpm is not None and count >= limits.rpm:
            waits["rpm"] = (
                self.compute_request_wait(count - limits.rpm, now) if limits.rpm else MINUTE
            )
        if limits.tpm is not None and self.count_recent_tokens() + tokens > limits.tpm:
            waits["tpm"] = self.compute_token_wait(tokens, limits.tpm, now)
        if limits.rpd is not None and self.requests_today >= limits.rpd:
            waits["rpd"] = seconds_until_midnight(now)
        return waits

    def count_recent_tokens(self) -> int:
        return sum(cost for _, cost in self.recent_requests)

    def compute_request_wait(self, index: int, now: float) -> float:
        """Return the seconds until the request at this index is a minute old."""
        return self.recent_requests[index][0] + MINUTE - now

    def compute_token_wait(self, tokens: int, limit: int, now: float) -> float:
        """Return the seconds until enough old requests expire for these tokens to fit."""
        excess = self.count_recent_tokens() + tokens - limit
        for at, cost in self.recent_requests:
            if (excess := excess - cost) <= 0:
                return at + MINUTE - now
        return MINUTE


@cache
def load_pacific_zone() -> ZoneInfo | None:
    """Load California's time zone. None on a machine without time zone data."""
    try:
        return ZoneInfo("America/Los_Angeles")
    except ZoneInfoNotFoundError:
        return None


def to_pacific_time(now: float) -> datetime:
    """Convert to California's time; without time zone data, to its standard time all year."""
    zone = load_pacific_zone()
    return datetime.fromtimestamp(now, zone) if zone else datetime.utcfromtimestamp(now - 8 * 3600)


def pacific_day_of(now: float) -> str:
    return to_pacific_time(now).date().isoformat()


def seconds_until_midnight(now: float) -> float:
    """Return the seconds until midnight in California.

    On the two days a year when the clocks change, the result is off by an hour.
    """
    here = to_pacific_time(now)
    midnight = (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight.timestamp() - now if here.tzinfo else (midnight - here).total_seconds()
