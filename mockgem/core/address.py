"""What mockgem itself reads from a request's path: the world in front of it."""

from __future__ import annotations

import re

WORLD_PATH = re.compile(r"(/w/([A-Za-z0-9][A-Za-z0-9._-]{0,63}))(?:\1)*(?=/)")
"""A world's name before a path. It may stand there twice: Google's SDK for Java puts a base URL's path before an upload's
address, which begins with it already."""


def strip_world(path: str) -> str:
    """A path without the world it is in."""
    match = WORLD_PATH.match(path)
    return path[match.end() :] if match else path
