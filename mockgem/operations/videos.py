"""Make videos: a still film of the prompt's words, after a while."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.lifecycle import find_state_index
from mockgem.core.store import Collection
from mockgem.core.world import World
from mockgem.operations import files, generated_media, quota
from mockgem.operations.generators.ids import insert_with_new_id
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.quota import check_quota
from mockgem.operations.validation import model_not_found_error

ID_LENGTH = 12
DEFAULT_SECONDS = 8


@frozen
class Video:
    """A video on its way or made. `polls` counts how often it was looked at, `medium` names what was made."""

    id: str
    model: str
    prompt: str
    created: float
    told: dict[str, Any]
    polls: int = 0
    medium: str = ""
    ended: float = 0.0


@frozen
class MakeVideoRequest:
    """What the video is to show, for how long, and in which shape (16:9 or 9:16). `as_file`: it is to be kept as files
    are, and listed with them."""

    model: str
    prompt: str
    seconds: int = DEFAULT_SECONDS
    shape: str = ""
    as_file: bool = False


def videos_in(world: World) -> Collection[Video]:
    return Collection(world.store, "videos", Video)


def create(request: MakeVideoRequest, occasion: OperationContext) -> Video:
    """Raises ApiError where the model makes no videos."""
    world = occasion.world
    model = world.catalogue.find(request.model, world.clock())
    if model is None or "video" not in model.outputs:
        raise model_not_found_error(request.model, "predictLongRunning")
    if not request.prompt.strip():
        raise invalid("Request contains an invalid argument.", "prompt")
    check_quota(0, world)
    length = max(1, min(request.seconds, 60))
    told = {
        "seconds": length,
        "upright": request.shape in PORTRAIT_SHAPES,
        "as_file": request.as_file,
    }
    video = Video("", model.id, request.prompt, world.clock(), told)
    return insert_with_new_id(video, "id", ID_LENGTH, videos_in(world), occasion)


PORTRAIT_SHAPES = ("9:16", "720x1280", "1080x1920", "1024x1792")


def find(name: str, world: World) -> Video:
    """Raises ApiError (404) if there is none."""
    video = videos_in(world).get(name)
    if video is None:
        raise ApiError(
            Failure(Code.NOT_FOUND, "Requested entity was not found.", reason="video_not_found")
        )
    return video


def state_of(video: Video, world: World) -> str:
    """processing, completed or failed."""
    life = world.lifecycles["video"]
    return life[find_state_index(life, video.polls, world.clock() - video.created)].state


async def poll(name: str, world: World) -> Video:
    """A video, a step on for having been looked at; it is made when it is first seen completed."""
    find(name, world)
    video = videos_in(world).update(
        name, lambda one: None if one.ended else replace(one, polls=one.polls + 1)
    )
    assert video is not None, "it was there a moment ago"
    if video.ended or state_of(video, world) not in ("completed", "failed"):
        return video
    medium = (await make_file(video, world)).name if state_of(video, world) == "completed" else ""
    video = replace(video, ended=world.clock(), medium=medium)
    videos_in(world).put(name, video)
    return video


async def make_file(video: Video, world: World) -> files.File:
    from mockgem.operations.generators.video import render_video

    dice = SeededRandom(world.seed, video.model, video.prompt)
    told = video.told
    data = render_video(dice, video.prompt, video.model, told["seconds"], upright=told["upright"])
    if not told.get("as_file"):
        return generated_media.save(data, "video/mp4", world)
    blob = f"video-{video.id}"
    quota.append_blob(world, blob, 0, data)
    return await files.create_generated_file(video.id, "", "video/mp4", blob, world)
