"""A reply in the form that a prompt asks for."""

from __future__ import annotations

from mockgem.core.frozen import frozen


@frozen
class FormedReply:
    """A reply, and the name of the form that it has."""

    form: str
    text: str
