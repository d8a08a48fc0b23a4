"""Laws: properties that hold for generated data."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.conftest import QUICK_EXAMPLES


def calm(examples: int) -> settings:
    """Return settings without a time limit. The quick tier of the tests tries few examples."""
    is_quick = settings.get_current_profile_name() == "quick"
    return settings(
        max_examples=min(examples, QUICK_EXAMPLES) if is_quick else examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
