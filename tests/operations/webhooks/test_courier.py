"""The courier: retries on the world's clock, limits, and hosts it does not deliver to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from hashlib import blake2b
from typing import Any

import pytest

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError
from mockgem.core.world import World
from mockgem.operations.webhooks import announce, watch
from mockgem.operations.webhooks.courier import MAX_PENDING, courier_of, sign
from mockgem.operations.webhooks.records import (
    MAX_WEBHOOKS,
    Webhook,
    WebhookChange,
    create,
    delete,
    find,
    find_secrets,
    rotate_secret,
    update,
)
from tests.asking import Asker

URI = "http://127.0.0.1:9/hook"
BOUND = 2_000
"""Turns of the event loop to wait for something: much more than it takes."""


class Post:
    """Keeps what a world sends, and answers with the statuses it is told, then with 200."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.sent: list[tuple[str, dict[str, str], bytes]] = []

    async def __call__(self, uri: str, headers: Mapping[str, str], body: bytes) -> int:
        self.sent.append((uri, dict(headers), body))
        return self.statuses.pop(0) if self.statuses else 200


def make_world(post: Post) -> World:
    world = Asker().world
    world.send_webhook = post
    return world


async def subscribe(world: World, *events: str, uri: str = URI) -> Webhook:
    change = WebhookChange("hook", uri, events or ("batch.succeeded",))
    return await create(
        change, OperationContext(world, blake2b(uri.encode(), digest_size=16).digest())
    )


async def settle(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    for _ in range(BOUND):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came true")


def run(test: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(test(), 120))  # type: ignore[arg-type]


def test_an_event_goes_to_those_who_want_it() -> None:
    async def test() -> None:
        post = Post()
        world = make_world(post)
        await subscribe(world, uri=URI)
        await subscribe(world, "video.generated", uri=URI + "2")
        disabled = await subscribe(world, uri=URI + "3")
        await update(disabled.id, WebhookChange(state="disabled"), world)
        await announce(world, "batch.succeeded", {"id": "batches/1"})
        await settle(lambda: courier_of(world).deliveries == [] and bool(post.sent))
        assert [uri for uri, _, _ in post.sent] == [URI]

    run(test)


def test_a_failed_delivery_is_tried_again_when_its_time_has_come() -> None:
    async def test() -> None:
        post = Post(500, 302, 0)
        world = make_world(post)
        await subscribe(world)
        await announce(world, "batch.succeeded", {"id": "batches/1"})
        for attempt, wait in enumerate((5, 10, 20), 1):
            await settle(lambda: len(post.sent) == attempt)  # noqa: B023 - it runs at once
            await asyncio.sleep(0.1)
            assert len(post.sent) == attempt
            world.clock.advance(wait)
        await settle(lambda: len(post.sent) == 4)
        await settle(lambda: courier_of(world).deliveries == [])
        ids = {headers["webhook-id"] for _, headers, _ in post.sent}
        assert (len(ids), len({body for _, _, body in post.sent})) == (1, 1)

    run(test)


def test_a_webhook_is_disabled_after_a_day_of_failures() -> None:
    async def test() -> None:
        post = Post(*[500] * 100)
        world = make_world(post)
        webhook = await subscribe(world)
        await announce(world, "batch.succeeded", {"id": "batches/1"})
        attempts = 0
        while courier_of(world).deliveries or not post.sent:
            await settle(lambda: len(post.sent) > attempts)  # noqa: B023 - it runs at once
            attempts = len(post.sent)
            await asyncio.sleep(0.02)
            world.clock.advance(5 * 2 ** (attempts - 1))
        assert attempts == 15
        shown = await find(webhook.id, world)
        assert shown.state == "disabled_due_to_failed_deliveries"

    run(test)


def test_a_receiver_that_is_gone_gets_no_more() -> None:
    async def test() -> None:
        world = make_world(Post(410))
        webhook = await subscribe(world)
        await announce(world, "batch.succeeded", {"id": "batches/1"})
        await settle(lambda: courier_of(world).deliveries == [])
        await settle(lambda: courier_of(world).task is not None)
        states = []
        for _ in range(BOUND):
            states.append((await find(webhook.id, world)).state)
            if states[-1] != "enabled":
                break
            await asyncio.sleep(0.01)
        assert states[-1] == "disabled_due_to_failed_deliveries"

    run(test)


def test_a_deleted_webhook_gets_nothing() -> None:
    async def test() -> None:
        post = Post(500)
        world = make_world(post)
        webhook = await subscribe(world)
        await announce(world, "batch.succeeded", {"id": "batches/1"})
        await settle(lambda: len(post.sent) == 1)
        await delete(webhook.id, world)
        world.clock.advance(5)
        await settle(lambda: courier_of(world).deliveries == [])
        assert len(post.sent) == 1

    run(test)


def test_a_thousand_events_wait_at_most() -> None:
    async def test() -> None:
        world = make_world(Post(*[500] * 3 * MAX_PENDING))
        await subscribe(world)
        for number in range(MAX_PENDING + 50):
            await announce(world, "batch.succeeded", {"id": f"batches/{number}"})
        assert len(courier_of(world).deliveries) <= MAX_PENDING

    run(test)


def test_an_operation_is_watched_until_it_has_ended() -> None:
    async def test() -> None:
        world = make_world(Post())
        looks = []

        async def look() -> bool:
            looks.append(1)
            return len(looks) == 3

        await watch(world, "batch", "1", look)
        assert world.courier is None, "nobody wants to know"
        await subscribe(world, "batch.failed")
        await watch(world, "video", "1", look)
        assert world.courier is None
        await watch(world, "batch", "1", look)
        await settle(lambda: not courier_of(world).watched)
        assert len(looks) == 3

    run(test)


def test_the_task_ends_when_there_is_nothing_to_do_or_the_world_is_gone() -> None:
    async def test() -> None:
        world = make_world(Post(*[500] * 9))
        await subscribe(world)
        await announce(world, "batch.succeeded", {"id": "batches/1"})
        task = courier_of(world).task
        assert task is not None
        world.dispatch = None
        await settle(task.done)

    run(test)


@pytest.mark.parametrize(
    "uri",
    [
        "http://example.org/hook",
        "https://10.0.0.1/hook",
        "http://169.254.169.254/latest",
        "http://localhost.example.org/",
        "http://127.0.0.1.example.org/",
        "http://127.0.0.1@example.org/",
        "http://0.0.0.0:80/",
        "http://[::]/",
        "http://2130706433/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "http://",
        "127.0.0.1/hook",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1/\r\nx: y",
        "http://127.0.0.1/" + "x" * 3000,
    ],
)
def test_other_hosts_are_refused(uri: str) -> None:
    async def test() -> None:
        with pytest.raises(ApiError) as refused:
            await subscribe(make_world(Post()), uri=uri)
        assert refused.value.failure.status == 400

    run(test)


@pytest.mark.parametrize(
    "uri",
    ["http://localhost:1/", "https://127.8.9.1/x?y=z", "http://[::1]:8080/", "HTTP://LOCALHOST/"],
)
def test_this_machine_is_accepted(uri: str) -> None:
    run(lambda: check_accepted(make_world(Post()), uri))


@pytest.mark.parametrize("allowed", ["example.org", "*"])
def test_a_host_can_be_allowed(allowed: str) -> None:
    world = Asker(webhook_host=(allowed,)).world
    run(lambda: check_accepted(world, "https://example.org/hook"))


async def check_accepted(world: World, uri: str) -> None:
    assert (await subscribe(world, uri=uri)).uri == uri


def test_a_stored_webhook_of_another_host_gets_nothing() -> None:
    async def test() -> None:
        post = Post()
        world = make_world(post)
        world.webhook_hosts = ("example.org",)
        await subscribe(world, uri="http://example.org/hook")
        world.webhook_hosts = ()
        await announce(world, "batch.succeeded", {"id": "1"})
        await settle(lambda: any(one.attempts for one in courier_of(world).deliveries))
        assert post.sent == []

    run(test)


def test_a_world_has_a_hundred_webhooks_at_most() -> None:
    async def test() -> None:
        world = make_world(Post())
        for number in range(MAX_WEBHOOKS):
            await subscribe(world, uri=f"{URI}{number}")
        with pytest.raises(ApiError, match="at most 100"):
            await subscribe(world)

    run(test)


def test_earlier_secrets_sign_for_a_day() -> None:
    async def test() -> None:
        world = make_world(Post())
        webhook = await subscribe(world)
        [(first, _)] = find_secrets(webhook, world)
        webhook = await rotate_secret(webhook.id, world, immediately=False)
        (earlier, until), (second, forever) = find_secrets(webhook, world)
        assert (earlier, until, forever) == (first, world.clock() + 86_400, 0)
        assert second != first
        assert len(sign([first, second], "msg_1", "1", b"{}").split(" ")) == 2
        world.clock.advance(86_400)
        assert [secret for secret, _ in find_secrets(webhook, world)] == [second]
        webhook = await rotate_secret(webhook.id, world, immediately=True)
        assert len(find_secrets(webhook, world)) == 1

    run(test)


def test_a_signature_is_that_of_the_standard() -> None:
    """The vector is the one of the Standard Webhooks specification's libraries."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    signature = sign(
        [secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}'
    )
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_secrets_differ_between_webhooks_and_repeat_in_a_fresh_world() -> None:
    async def collect() -> list[Any]:
        world = make_world(Post())
        webhooks = [await subscribe(world, uri=f"{URI}{n}") for n in range(2)]
        return [webhook.secrets for webhook in webhooks]

    first, second = asyncio.run(collect()), asyncio.run(collect())
    assert first == second
    assert first[0] != first[1]
