"""The names of models that gateways have beside Google's own."""

from __future__ import annotations

GATEWAY_MODEL_ALIASES = {
    "gemini-2-5-flash-image": "gemini-2.5-flash-image",
    "gemini-2.5-flash-thinking": "gemini-2.5-flash",
}
"""A gateway's own names of models, from the gateway's page."""


def resolve_model(name: str) -> str:
    """Return the name of a model that Google knows. Evidence: report-gateway."""
    return GATEWAY_MODEL_ALIASES.get(name, name)
