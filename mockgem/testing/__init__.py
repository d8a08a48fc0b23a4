"""Worlds for tests: what the pytest fixtures, `mockgem.serve` and `mockgem.aserve` give."""

from mockgem.testing.async_world import AsyncMockgem
from mockgem.testing.world import Clock, Exchange, Mockgem

__all__ = ["AsyncMockgem", "Clock", "Exchange", "Mockgem"]
