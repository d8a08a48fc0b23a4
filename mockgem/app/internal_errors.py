"""Errors in mockgem itself: a line with the traceback in the log, without keys."""

from __future__ import annotations

import logging
import traceback

from mockgem.core.errors import Code, Failure
from mockgem.core.http import WireRequest

INTERNAL_ERROR = Failure(Code.INTERNAL, "Internal error encountered.")
"""What the real service says about its own errors."""
log = logging.getLogger("mockgem")


def log_internal_error(wire: WireRequest, error: BaseException) -> None:
    lines = traceback.format_exception(error)
    mistake = redact_keys("\n".join([wire.path, "".join(lines)]))
    log.error("an error in mockgem at %s %s", wire.method, mistake)


def redact_keys(text: str) -> str:
    from mockgem.redaction.finder import hide_secrets

    return hide_secrets(text)
