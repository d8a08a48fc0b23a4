"""Budgets: what calls would cost, added up in the state of a run, and the 429 once it is spent."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mockgem.core.call import Answer, Call, ErrorStyle, VerbatimResponse
from mockgem.core.errors import ApiError
from mockgem.core.frozen import frozen
from mockgem.core.http import ChunkedBody, Frames
from mockgem.operations.costs.consumption import (
    consumption_of_body,
    find_consumption,
    is_charged,
)
from mockgem.operations.costs.prices import (
    BATCH_SHARE,
    PICODOLLARS,
    Consumption,
    find_price,
)
from mockgem.scenarios.errors import ErrorResponse, render_error
from mockgem.scenarios.meters import MeterKey
from mockgem.scenarios.quotas import resolve_subject
from mockgem.scenarios.schema import Budget, Fail, Rule

if TYPE_CHECKING:
    from mockgem.scenarios.conditions import CallFacts
    from mockgem.scenarios.run import ScenarioRun
    from mockgem.scenarios.state import RunState

SPENDING_CAP = "spending-cap-exceeded"
"""The error of the catalogue that a project with a spending cap gets.

Evidence: openai-err-429-spend-cap.
"""
MAX_ACCOUNTS = 10_000
TAIL_BYTES = 64 * 1024
"""Bytes at the end of a recorded stream in which its token counts are."""


@dataclass(slots=True)
class Account:
    """What the calls of one world, project or key have cost, of one model or of all.

    `picodollars` is the sum of `charged` calls, `unknown` counts calls without a known price, and
    `refused` those that the budget did not allow any more.
    """

    picodollars: int = 0
    charged: int = 0
    unknown: int = 0
    refused: int = 0

    def add(self, picodollars: int | None) -> None:
        self.charged += picodollars is not None
        self.unknown += picodollars is None
        self.picodollars += picodollars or 0


@frozen
class Overdraft:
    """A budget that a call may not use any more, and what was spent of it in picodollars."""

    budget: Budget
    spent: int

    def describe(self) -> dict[str, Any]:
        """Return what the journal and the verdict say about a refused call, in US dollars."""
        return {"usd": self.budget.usd, "spent": self.spent / PICODOLLARS}


def find_account_key(rule: int, budget: Budget, facts: CallFacts, now: float) -> MeterKey | None:
    """Return the account that a call spends from. None for calls that cost nothing."""
    if facts.model == "" or not is_charged(facts.call):
        return None
    name = ""
    if budget.by_model:
        model = facts.call.world.catalogue.find(facts.model, now)
        name = facts.model if model is None else model.routed_to or model.resolves_to or model.id
    return rule, resolve_subject(budget, facts), name


def open_account(accounts: dict[MeterKey, Account], key: MeterKey) -> Account:
    """Return the account of a key. The oldest one makes room for a new one."""
    if key not in accounts and len(accounts) >= MAX_ACCOUNTS:
        accounts.pop(next(iter(accounts)))
    return accounts.setdefault(key, Account())


def is_spent(account: Account, budget: Budget) -> bool:
    return account.picodollars >= round(budget.usd * PICODOLLARS)


def render_spending_cap(style: ErrorStyle, model: str) -> ErrorResponse:
    """Return the error with the service's message. Vertex AI has no spending cap: it says what it
    says of an exhausted quota."""
    return render_error(Fail(error=style.quota_exceeded or SPENDING_CAP), style, model)


# Charge calls


async def charge_answer(
    run: ScenarioRun, accounts: Sequence[MeterKey], call: Call, answer: Answer, now: float
) -> Answer:
    """Add what an answer costs to the accounts of its call, before it is sent.

    A recorded stream counts its tokens at its end, so it is charged then. Raises ApiError if the
    state can't be written.
    """
    used = find_consumption(call, answer.content)
    if used is not None:
        cost = estimate_cost(call, used, now)
        await run.charge(accounts, cost)
        dollars = None if cost is None else cost / PICODOLLARS
        return replace(answer, details={**(answer.details or {}), "cost_usd": dollars})
    if not is_recorded_stream(call, answer):
        return answer

    async def charge_at_end(frames: Frames) -> Frames:
        tail = b""
        try:
            async for frame in frames:
                tail = (tail + frame.data)[-TAIL_BYTES:]
                yield frame
        finally:
            if (late := consumption_of_body(tail)) is not None:
                with suppress(ApiError):  # the answer is sent
                    await run.charge(accounts, estimate_cost(call, late, now))

    return replace(answer, faults=(charge_at_end, *answer.faults))


async def charge_line(
    run: ScenarioRun, facts: CallFacts, answer: Answer | None, now: float
) -> Answer | None:
    """Charge the line of a batch to the budgets of all rules that match it, at half the price.

    Budgets refuse no lines: a batch that has begun ends.
    """
    used = None if answer is None else find_consumption(facts.call, answer.content)
    if used is None:
        return answer
    state = await run.state.read()
    index = run.index_rules(state.rules)
    budgets = [
        (place, budget)
        for place in state.list_indexes()
        if place not in state.disabled
        and (budget := state.rules[place].budget) is not None
        and index.is_match(place, facts)
    ]
    keys = [find_account_key(place, budget, facts, now) for place, budget in budgets]
    if accounts := [key for key in keys if key is not None]:
        await run.charge(accounts, estimate_cost(facts.call, used, now, BATCH_SHARE))
    return answer


def is_recorded_stream(call: Call, answer: Answer) -> bool:
    content = answer.content
    if not isinstance(content, VerbatimResponse) or not is_charged(call):
        return False
    return content.response.status < 400 and not isinstance(
        content.response.body, (bytes, ChunkedBody)
    )


def estimate_cost(call: Call, used: Consumption, now: float, share: float = 1.0) -> int | None:
    """Return what a call costs in picodollars; None if that is not known."""
    model = call.world.catalogue.find(call.model, now)
    price = None if model is None else find_price(model, now)
    return None if price is None else price.compute_charge(used, share)


# Show accounts


def list_accounts(state: RunState) -> list[dict[str, Any]]:
    """Return the accounts of a run as JSON values, with amounts in US dollars."""
    kept = set(state.list_indexes())
    return [
        describe_account(state, state.rules[key[0]], key, account)
        for key, account in state.accounts.items()
        if key[0] in kept and state.rules[key[0]].budget is not None
    ]


def describe_account(
    state: RunState, rule: Rule, key: MeterKey, account: Account
) -> dict[str, Any]:
    """Return one account. A key that clients use is a secret, so it is shown as a digest."""
    index, subject, model = key
    assert rule.budget is not None
    limit = rule.budget.usd
    spent = account.picodollars / PICODOLLARS
    digest = hashlib.blake2b(subject.encode(), digest_size=4).hexdigest() if subject else ""
    row = {
        "rule": state.rule_name(index),
        "per": rule.budget.per,
        "of": digest,
        "model": model,
        "usd": limit,
        "spent": spent,
        "left": max(limit - spent, 0.0),
        "charged": account.charged,
        "unpriced": account.unknown,
        "refused": account.refused,
    }
    return {name: value for name, value in row.items() if value != "" or name == "rule"}


def format_account(row: dict[str, Any]) -> str:
    """Return an account as a line of text for a terminal."""
    whose = " ".join([part for part in (row.get("of", ""), row.get("model", "")) if part])
    counts = f"{row['charged']} charged, {row['refused']} refused"
    if row["unpriced"]:
        counts += f", {row['unpriced']} without a known price"
    title = f"budget {row['rule']}" + (f" of {whose}" if whose else "")
    return f"{title}: {row['spent']:.6f} of {row['usd']:g} US dollars ({counts})"
