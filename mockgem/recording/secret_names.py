"""Names of headers and parameters whose values are secret."""

from __future__ import annotations

import re

SECRET_NAME = re.compile(
    r"auth|token|secret|password|cookie|api[-_]?key|(?:\A|[-_])key\Z|upload_id|signature", re.I
)
"""Names of headers and query parameters whose values are secret."""
