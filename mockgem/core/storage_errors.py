"""The errors of a storage: it is full, its files can't be used, or its server is away."""

from __future__ import annotations

import errno

from mockgem.core.errors import ApiError, Code, Failure

FULL_DISK_ERRORS = frozenset(
    {errno.ENOSPC, errno.EFBIG, *([errno.EDQUOT] if hasattr(errno, "EDQUOT") else [])}
)
INSUFFICIENT_STORAGE = 507
"""The HTTP status (RFC 4918) of a storage that can't be used. The real service never sends it, so
users do not take it for one of its errors, nor for a full quota."""


class BadStateFolder(ValueError):
    """A state folder that mockgem can't use. The message says why, and what to do."""


class BadStateServer(ValueError):
    """A Valkey or Redis server that mockgem can't use. The message says why, and what to do."""


def quota_exceeded_error(what: str) -> ApiError:
    """Return the 429 of a storage that is full."""
    message = f"You have exceeded your file storage quota ({what}). Please delete some files."
    return ApiError(Failure(Code.RESOURCE_EXHAUSTED, message, reason="no_room"))


def unusable_storage_error(place: str, problem: str) -> ApiError:
    """Return the 507 of a storage whose files can't be read or written."""
    message = (
        f"mockgem can't use its state in {place}: {problem}. "
        "Repair the folder, or start mockgem with another --state."
    )
    failure = Failure(Code.INTERNAL, message, reason="no_storage", http_status=INSUFFICIENT_STORAGE)
    return ApiError(failure)


def unavailable_storage_error(place: str, problem: str) -> ApiError:
    """Return the 503 of a storage on a server that does not do what a request needs now."""
    message = f"mockgem can't use its state on {place}: {problem}."
    return ApiError(Failure(Code.UNAVAILABLE, message, reason="no_storage"))


def convert_os_error(error: OSError, place: str) -> ApiError:
    """Return the failure that clients get for an error of the operating system: 429 or 507."""
    problem = error.strerror or str(error)
    if error.errno in FULL_DISK_ERRORS:
        return quota_exceeded_error(problem)
    return unusable_storage_error(place, problem)
