"""Webhooks: who wants to know about events, and signed deliveries to them.

`announce` is what batches, videos and Interactions call when something has happened.
"""

from mockgem.operations.webhooks.courier import watch
from mockgem.operations.webhooks.events import announce

__all__ = ["announce", "watch"]
