"""The worlds that the pytest fixtures, `mockgem.serve` and `mockgem.aserve` give to tests."""

from mockgem.testing.async_world import AsyncMockgem
from mockgem.testing.clock import Clock
from mockgem.testing.exchange import Exchange
from mockgem.testing.world import Mockgem

__all__ = ["AsyncMockgem", "Clock", "Exchange", "Mockgem"]
