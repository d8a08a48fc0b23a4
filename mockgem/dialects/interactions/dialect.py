"""The dialect of the Interactions API."""

from __future__ import annotations

from mockgem.core.call import Dialect
from mockgem.dialects.common.unsupported import encode_not_found
from mockgem.dialects.interactions.endpoints import build_endpoints
from mockgem.dialects.interactions.errors import refuse_credential


def build_interactions_dialect() -> Dialect:
    return Dialect(
        "interactions",
        build_endpoints(),
        refuse_credential,
        encode_not_found,
        error_framing="named",
    )
