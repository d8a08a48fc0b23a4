"""Lists of items in pages, as OpenAI's SDKs page through them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.openai.errors import GATEWAY_HEADERS

DEFAULT_LIMIT, MAX_LIMIT = 20, 100


@frozen
class ListItems:
    """A request for a page of items of a response or a conversation; newest first by default."""

    holder: str
    after: str = ""
    limit: int = DEFAULT_LIMIT
    is_ascending: bool = False


def decode_list_query(
    wire: WireRequest,
    params: Mapping[str, str],
    default: int = DEFAULT_LIMIT,
    most: int = MAX_LIMIT,
) -> ListItems:
    """Return the page that a query asks for. Raises ApiError (400)."""
    limit, order = wire.query.get("limit", str(default)), wire.query.get("order", "desc")
    if not re.fullmatch("[0-9]{1,5}", limit) or not 1 <= int(limit) <= most:
        message = f"Invalid value for limit: {limit[:100]!r}, expected 1 to {most}."
        raise invalid(message, "limit")
    if order not in ("asc", "desc"):
        raise invalid(f"Invalid value for order: {order[:100]!r}, expected asc or desc.", "order")
    return ListItems(params["id"], wire.query.get("after", ""), int(limit), order == "asc")


def write_list(request: ListItems, items: list[dict[str, Any]]) -> WireResponse:
    """Return a page of items, which are in the order in which they were added."""
    ordered = items if request.is_ascending else items[::-1]
    start = find_start(ordered, request.after)
    page = ordered[start : start + request.limit]
    body = {
        "object": "list",
        "data": page,
        "first_id": page[0]["id"] if page else None,
        "last_id": page[-1]["id"] if page else None,
        "has_more": start + request.limit < len(ordered),
    }
    return WireResponse(200, GATEWAY_HEADERS, dump_compact(body))


def find_start(items: list[dict[str, Any]], after: str) -> int:
    """Return the index after an item; an id that is not there begins at the end."""
    if not after:
        return 0
    ids = [item["id"] for item in items]
    return ids.index(after) + 1 if after in ids else len(ids)
