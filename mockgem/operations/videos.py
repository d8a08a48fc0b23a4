"""Make videos: a still film of the prompt's words, after a while."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mockgem.core.call import Occasion
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import value
from mockgem.core.lifecycle import reached
from mockgem.core.store import Collection
from mockgem.core.world import World
from mockgem.operations import files, generated_media, quota
from mockgem.operations.generators.ids import kept_anew
from mockgem.operations.generators.seeded_random import Dice
from mockgem.operations.quota import check_room
from mockgem.operations.validation import unknown_model

ID_LENGTH = 12
SECONDS = 8


@value
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


@value
class MakeVideo:
    """What the video is to show, for how long, and in which shape (16:9 or 9:16). `as_file`: it is to be kept as files
    are, and listed with them."""

    model: str
    prompt: str
    seconds: int = SECONDS
    shape: str = ""
    as_file: bool = False


def videos_in(world: World) -> Collection[Video]:
    return Collection(world.store, "videos", Video)


def create(request: MakeVideo, occasion: Occasion) -> Video:
    """Raises ApiError where the model makes no videos."""
    world = occasion.world
    model = world.catalogue.find(request.model, world.clock())
    if model is None or "video" not in model.outputs:
        raise unknown_model(request.model, "predictLongRunning")
    if not request.prompt.strip():
        raise invalid("Request contains an invalid argument.", "prompt")
    check_room(0, world)
    length = max(1, min(request.seconds, 60))
    told = {"seconds": length, "upright": request.shape in UPRIGHT, "as_file": request.as_file}
    video = Video("", model.id, request.prompt, world.clock(), told)
    return kept_anew(video, "id", ID_LENGTH, videos_in(world), occasion)


UPRIGHT = ("9:16", "720x1280", "1080x1920", "1024x1792")


def find(name: str, world: World) -> Video:
    """Raises ApiError (404) if there is none."""
    video = videos_in(world).get(name)
    if video is None:
        raise ApiError(Failure(Code.NOT_FOUND, "Requested entity was not found.", reason="video_not_found"))
    return video


def state_of(video: Video, world: World) -> str:
    """processing, completed or failed."""
    life = world.lifecycles["video"]
    return life[reached(life, video.polls, world.clock() - video.created)].state


async def look(name: str, world: World) -> Video:
    """A video, a step on for having been looked at; it is made when it is first seen completed."""
    find(name, world)
    video = videos_in(world).change(name, lambda one: None if one.ended else replace(one, polls=one.polls + 1))
    assert video is not None, "it was there a moment ago"
    if video.ended or state_of(video, world) not in ("completed", "failed"):
        return video
    medium = (await made(video, world)).name if state_of(video, world) == "completed" else ""
    video = replace(video, ended=world.clock(), medium=medium)
    videos_in(world).put(name, video)
    return video


async def made(video: Video, world: World) -> files.File:
    from mockgem.operations.generators.video import film

    dice = Dice(world.seed, video.model, video.prompt)
    told = video.told
    data = film(dice, video.prompt, video.model, told["seconds"], upright=told["upright"])
    if not told.get("as_file"):
        return generated_media.keep(data, "video/mp4", world)
    blob = f"video-{video.id}"
    quota.keep(world, blob, 0, data)
    return await files.made(video.id, "", "video/mp4", blob, world)
