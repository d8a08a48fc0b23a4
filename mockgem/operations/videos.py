"""Videos: a film that shows the prompt's words, made some time after the request."""

from __future__ import annotations

from dataclasses import field, replace
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.models import Model
from mockgem.core.world import World
from mockgem.operations import files, generated_media, quota
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.long_running import LongRunning, OperationKind, Work
from mockgem.operations.validation import model_not_found_error
from mockgem.operations.webhooks import announce, watch

ID_LENGTH = 12
DEFAULT_SECONDS = 8
MAX_SECONDS = 60
PORTRAIT_SHAPES = ("9:16", "720x1280", "1080x1920", "1024x1792")


@frozen
class Video(LongRunning):
    """A video as the state stores it: the fields have the names of the stored record.

    `told` is what to render (`seconds`, `upright`, `shape`, `as_file`, `remixed_from`), or the
    `problem` with which it fails. `medium` names the rendered video.
    """

    model: str = ""
    prompt: str = ""
    told: dict[str, Any] = field(default_factory=dict)
    medium: str = ""


async def announce_end(video: Video, context: OperationContext) -> None:
    """Tell webhooks that a video is there (documented). Evidence: doc-webhooks."""
    if not video.medium:
        return
    data = {"id": f"models/{video.model}/operations/{video.id}"}
    if video.told.get("as_file"):
        data["output_file_uri"] = files.FILE_URL + video.medium
        data["file_name"] = f"files/{video.medium}"
    await announce(context.world, "video.generated", data)


VIDEOS = OperationKind(
    "videos",
    Video,
    lifecycle="video",
    id_length=ID_LENGTH,
    working_state="processing",
    final_states=("completed", "failed"),
    announce_end=announce_end,
)


@frozen
class MakeVideoRequest:
    """What to render: a prompt, a length, and an aspect ratio or a size.

    `as_file`: keep the video as a file that clients can list and download. `problem`: why the video
    will fail, for a service that notices only while it works. `remixed_from`: the id of the video
    from which this one is made.
    """

    model: str
    prompt: str
    seconds: int = DEFAULT_SECONDS
    shape: str = ""
    as_file: bool = False
    problem: str = ""
    remixed_from: str = ""


async def create(request: MakeVideoRequest, context: OperationContext) -> Video:
    """Start a video. Raises ApiError if the model makes no videos or the prompt is empty."""
    world = context.world
    model = find_video_model(request.model, world)
    if not request.prompt.strip():
        raise invalid("Request contains an invalid argument.", "prompt")
    settings: dict[str, Any] = {
        "seconds": max(1, min(request.seconds, MAX_SECONDS)),
        "upright": request.shape in PORTRAIT_SHAPES,
        "as_file": request.as_file,
        "shape": request.shape[:20],
        "remixed_from": request.remixed_from,
    }
    if request.problem:
        settings["problem"] = request.problem
    new = Video(model=model.id, prompt=request.prompt, told=settings)
    video = await VIDEOS.create(new, context)

    async def look() -> bool:
        return (await poll(video.id, context)).has_ended

    await watch(world, "video", video.id, look)
    return video


def find_video_model(name: str, world: World) -> Model:
    """Return a model that makes videos. Raises ApiError (404) if it is not one."""
    model = world.catalogue.find(name, world.clock(), "predictLongRunning")
    if model is None or "video" not in model.outputs:
        raise model_not_found_error(name, "predictLongRunning", world)
    return model


def state_of(video: Video, context: OperationContext) -> str:
    """Return processing, completed or failed."""
    return VIDEOS.state_of(video, context)


async def find(name: str, world: World) -> Video:
    """Return a video without polling it. Raises ApiError (404) if it does not exist."""
    return await VIDEOS.find(name, world)


async def poll(name: str, context: OperationContext) -> Video:
    """Return a video after one more poll, which renders it if its time has come."""
    return await VIDEOS.poll(name, context, build_work(context))


def build_work(context: OperationContext) -> Work[Video]:
    async def work(video: Video, state: str) -> Video:
        if state != "completed":
            return video
        if problem := video.told.get("problem"):
            failed = replace(video, problems=[{"message": problem}])
            return await VIDEOS.save(failed, context.world)
        return replace(video, medium=(await render(video, context)).name)

    return work


async def list_all(context: OperationContext) -> list[Video]:
    """Return all videos, oldest first. Age may end them, but a list is not a poll."""
    found = await VIDEOS.records(context.world).list_all()
    ordered = sorted(found, key=lambda video: (video.created, video.id))
    return [await VIDEOS.catch_up(video, context, build_work(context)) for video in ordered]


async def delete(name: str, world: World) -> None:
    """Delete a video; its bytes stay until they expire. Raises ApiError (404)."""
    if not await VIDEOS.records(world).delete(name):
        raise VIDEOS.not_found_error(name)


async def remix(video: Video, prompt: str, context: OperationContext) -> Video:
    """Start a video of the same model, length and shape. Raises ApiError (400)."""
    seconds, shape = video.told["seconds"], str(video.told.get("shape", ""))
    request = MakeVideoRequest(video.model, prompt, seconds, shape, remixed_from=video.id)
    return await create(request, context)


STILLS = {"thumbnail": (320, 180), "spritesheet": (1280, 720)}
"""The stills of a video, with their width and height in pixels."""


async def draw_still(video: Video, kind: str, world: World) -> files.File:
    """Draw a picture of a video and keep it. Raises ApiError (429) if the storage is full."""
    from mockgem.operations.generators.picture import render_picture

    width, height = STILLS[kind]
    if video.told["upright"]:
        width, height = height, width
    random = SeededRandom(world.seed, video.model, video.prompt, kind)
    data = render_picture(random, width, height, video.prompt, video.model, "jpeg")
    return await generated_media.save(data, "image/jpeg", world)


async def render(video: Video, context: OperationContext) -> files.File:
    """Render a video and keep it. Raises ApiError (429) if the storage is full."""
    from mockgem.operations.generators.video import render_video

    world = context.world
    random = SeededRandom(world.seed, video.model, video.prompt)
    seconds, upright = video.told["seconds"], video.told["upright"]
    data = render_video(random, video.prompt, video.model, seconds, upright=upright)
    if not video.told.get("as_file"):
        return await generated_media.save(data, "video/mp4", world)
    blob = f"video-{video.id}"
    await quota.append_blob(world, blob, 0, data)
    return await files.create_generated_file(video.id, "", "video/mp4", blob, context)
