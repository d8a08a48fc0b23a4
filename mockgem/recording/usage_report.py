"""What cassettes have: how old they are, which models answered, and how many tokens they cost."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from mockgem.core.content import Usage
from mockgem.core.frozen import frozen
from mockgem.core.token_counts import read_usage
from mockgem.recording.ages import DAY, parse_time
from mockgem.recording.interaction import Interaction

MODEL_IN_PATH = re.compile(r"/models/([^/:?]+)")


@frozen
class CassetteReport:
    """What one cassette has. Ages are in days, of the recordings that have a time.

    `retired` has each model that Google has shut down, with the day. `undated` recordings have no
    time, because another tool made them.
    """

    path: Path
    interactions: int
    youngest: int | None
    oldest: int | None
    undated: int
    models: Mapping[str, int]
    retired: Mapping[str, str]
    input_tokens: int
    output_tokens: int


def build_report(
    path: Path, interactions: Sequence[Interaction], shutdowns: Mapping[str, str], now: datetime
) -> CassetteReport:
    """Return the report of a cassette. `shutdowns` are models, and the days in ISO's form."""
    times = [parse_time(one.recorded) for one in interactions if one.recorded]
    ages = [int((now - time).total_seconds() // DAY) for time in times]
    models = Counter(filter(None, [find_model(one) for one in interactions]))
    today = now.astimezone(UTC).date()
    retired = {name: shutdowns[name] for name in models if is_over(shutdowns.get(name), today)}
    tokens = [count_tokens(one) for one in interactions]
    return CassetteReport(
        path,
        len(interactions),
        min(ages, default=None),
        max(ages, default=None),
        len(interactions) - len(times),
        dict(models.most_common()),
        retired,
        sum(read for read, _ in tokens),
        sum(written for _, written in tokens),
    )


def is_over(day: str | None, today: date) -> bool:
    return bool(day) and str(day) <= today.isoformat()


def find_model(interaction: Interaction) -> str:
    """Return the model that a request names in its path or its body, or an empty text."""
    if found := MODEL_IN_PATH.search(interaction.uri):
        return found[1]
    try:
        body = json.loads(interaction.sent_data or b"null")
    except ValueError:
        return ""
    setup = body.get("setup", body) if isinstance(body, dict) else {}
    name = setup.get("model") if isinstance(setup, dict) else None
    return name.rpartition("/")[2] if isinstance(name, str) else ""


def count_tokens(interaction: Interaction) -> tuple[int, int]:
    """Return the tokens that a response reports: of the request, of the answer with thoughts."""
    usage = find_usage(interaction)
    if usage is None:
        return 0, 0
    return usage.prompt + usage.tool_use_prompt, usage.output + usage.thoughts


def find_usage(interaction: Interaction) -> Usage | None:
    """Return the token counts of a response; None if it has none.

    Each turn of a session has its own. A stream reports the sum so far in each event.
    """
    if not interaction.is_socket:
        return read_usage(interaction.body)
    found = [read_usage(one.data) for one in interaction.messages if one.side == "server"]
    turns = [usage for usage in found if usage is not None]
    if not turns:
        return None
    return Usage(
        sum(one.prompt for one in turns),
        sum(one.output for one in turns),
        sum(one.thoughts for one in turns),
        sum(one.cached for one in turns),
        sum(one.tool_use_prompt for one in turns),
        tuple([row for one in turns for row in one.prompt_modalities]),
        tuple([row for one in turns for row in one.output_modalities]),
        tuple([row for one in turns for row in one.cached_modalities]),
    )
