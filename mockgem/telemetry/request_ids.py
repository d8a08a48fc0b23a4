"""X-Request-Id: the client's own, or one that mockgem makes.

Google's services do not send this header. So mockgem sends it only where an option asks for it. A
gateway like one-api then also sends its own header, with the id that its errors have in their text.

Evidence: source-one-api, source-one-api-request-id.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import replace
from itertools import count

from mockgem.core.call import Call
from mockgem.core.http import WireResponse
from mockgem.core.world import World
from mockgem.dialects.openai.errors import build_request_id

REQUEST_ID = "X-Request-Id"
GATEWAY_REQUEST_ID = "X-Oneapi-Request-Id"
VALID_ID = re.compile(r"[A-Za-z0-9._:/=+-]{1,128}\Z")
"""Ids that are sent back. Others could break logs, so they are replaced."""


class RequestIds:
    """Gives each answer an X-Request-Id.

    The ids that mockgem makes depend on the seed, the world, and the number of the request. Where
    other processes share the state, a random part keeps their ids apart.
    """

    def __init__(self, seed: int, *, is_shared: bool = False) -> None:
        self.seed = seed
        self.process = secrets.token_hex(8) if is_shared else ""
        self.counter = count(1)

    def add_headers(self, call: Call, response: WireResponse) -> WireResponse:
        """Return a response with the id, unless it has one (a recording may)."""
        if any(name.lower() == "x-request-id" for name, _ in response.headers):
            return response
        given = call.wire.headers.get("x-request-id", "")
        chosen = given if VALID_ID.match(given) else self.make(call.world)
        added = [(REQUEST_ID, chosen)]
        if call.surface.family == "gateway":
            added.append((GATEWAY_REQUEST_ID, build_request_id(call.wire.body)))
        return replace(response, headers=(*response.headers, *added))

    def make(self, world: World) -> str:
        number = next(self.counter) if self.process else world.journal.count + 1
        words = f"{self.seed} {self.process} {world.name} {number}"
        return "req_" + hashlib.blake2b(words.encode(), digest_size=16).hexdigest()
