"""Videos, images and audio of a gateway, in OpenAI's form."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.asking import Answer, Asker
from tests.dialects.openai.responses.talking import post

VEO = "veo-3.1-generate-preview"
SPEECH = b"sound" * 20_000
BEARER = {"authorization": "Bearer k"}


def make_video(asker: Asker, **body: Any) -> Any:
    return post(asker, "/videos", **({"model": VEO, "prompt": "A fox"} | body)).json


def complete_video(asker: Asker, name: str) -> Any:
    video = get(asker, f"/videos/{name}").json
    for _ in range(5):
        if video["status"] == "completed":
            return video
        video = get(asker, f"/videos/{name}").json
    raise AssertionError(video)


def get(asker: Asker, path: str, method: str = "GET", **query: str) -> Answer:
    return asker.send(method, "/v1" + path, query=query)


def send_form(path: str, files: list[tuple[str, bytes]], **fields: Any) -> Answer:
    """Send a form in which a field with a list of values comes once for each."""
    listed = [
        (name, one)
        for name, value in fields.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    parts = [f'"{name}"\r\n\r\n{value}'.encode() for name, value in listed]
    parts += [b'"%b"; filename="a.wav"\r\n\r\n%b' % (name.encode(), data) for name, data in files]
    rows = [b"--b\r\nContent-Disposition: form-data; name=" + part for part in parts]
    head = BEARER | {"content-type": "multipart/form-data; boundary=b"}
    return Asker().send("POST", "/v1" + path, b"\r\n".join([*rows, b"--b--\r\n"]), head)


def test_a_video_goes_from_queued_to_completed() -> None:
    asker = Asker()
    made = make_video(asker, seconds="4", size="720x1280")
    assert (made["status"], made["progress"]) == ("queued", 0)
    assert (made["seconds"], made["size"], made["prompt"]) == ("4", "720x1280", "A fox")
    assert get(asker, f"/videos/{made['id']}").json["status"] == "in_progress"
    done = complete_video(asker, made["id"])
    assert done["progress"] == 100
    assert done["expires_at"] > done["completed_at"]
    assert {**done, "status": "", "progress": 0} == {
        **made,
        "status": "",
        "completed_at": done["completed_at"],
        "expires_at": done["expires_at"],
    }


def test_a_video_has_a_film_and_two_stills() -> None:
    asker = Asker()
    name = make_video(asker)["id"]
    early = get(asker, f"/videos/{name}/content")
    assert early.status == 400
    assert early.error["message"].startswith(f"Video with id '{name}' is not completed. (")
    complete_video(asker, name)
    film = get(asker, f"/videos/{name}/content")
    assert b"ftyp" in film.body[:16]
    stills = [
        get(asker, f"/videos/{name}/content", variant=v) for v in ("thumbnail", "spritesheet")
    ]
    assert [still.header("content-type") for still in stills] == [["image/jpeg"]] * 2
    assert len({film.body, *[still.body for still in stills]}) == 3
    assert get(asker, f"/videos/{name}/content", variant="gif").status == 400


def test_videos_are_listed_in_pages_newest_first() -> None:
    asker = Asker()
    names = []
    for prompt in ("one", "two", "three"):
        names.append(make_video(asker, prompt=prompt)["id"])
        asker.world.clock.advance(1)
    page = get(asker, "/videos", limit="2").json
    assert [video["id"] for video in page["data"]] == names[:0:-1]
    assert page["has_more"] is True
    rest = get(asker, "/videos", limit="2", after=page["last_id"]).json
    assert [video["id"] for video in rest["data"]] == names[:1]
    assert get(asker, "/videos", order="asc").json["data"][0]["id"] == names[0]
    assert get(asker, "/videos", limit="x").status == 400


def test_a_remix_is_made_from_a_completed_video() -> None:
    asker = Asker()
    name = make_video(asker, seconds="4", size="720x1280")["id"]
    assert post(asker, f"/videos/{name}/remix", prompt="At night").status == 400
    complete_video(asker, name)
    remix = post(asker, f"/videos/{name}/remix", prompt="At night").json
    assert remix["remixed_from_video_id"] == name
    assert (remix["prompt"], remix["seconds"], remix["size"]) == ("At night", "4", "720x1280")
    assert complete_video(asker, remix["id"])["model"] == VEO
    assert post(asker, f"/videos/{name}/remix", prompt="").status == 400


def test_a_deleted_video_is_gone() -> None:
    asker = Asker()
    name = make_video(asker)["id"]
    deleted = get(asker, f"/videos/{name}", "DELETE").json
    assert deleted == {"id": name, "object": "video.deleted", "deleted": True}
    for method, path in [("GET", ""), ("DELETE", ""), ("GET", "/content"), ("POST", "/remix")]:
        gone = asker.send(method, f"/v1/videos/{name}{path}", b'{"prompt": "a"}')
        assert gone.status == 404
        assert f"'{name}' not found" in gone.error["message"]
    assert get(asker, "/videos").json["data"] == []


def test_a_video_of_another_world_is_not_found() -> None:
    name = make_video(Asker())["id"]
    assert get(Asker(), f"/videos/{name}").status == 404


@pytest.mark.parametrize("body", [{"seconds": "long"}, {"prompt": ""}, {"seconds": [4]}])
def test_a_wrong_video_is_refused(body: dict[str, Any]) -> None:
    made = post(Asker(), "/videos", **({"model": VEO, "prompt": "A fox"} | body))
    assert made.status == 400
    assert made.error["code"] == 400


def test_gemini_s_own_surface_keeps_its_form_of_a_video() -> None:
    asker = Asker()
    body = json.dumps({"model": VEO, "prompt": "A fox"}).encode()
    made = asker.send("POST", "/v1beta/openai/videos", body).json
    assert made["status"] == "processing"
    assert "progress" not in made
    assert asker.send("GET", "/v1beta/openai/videos").status == 404


def test_an_image_is_streamed_as_one_event() -> None:
    asked = {"model": "gemini-2.5-flash-image", "prompt": "A fox"}
    whole = post(Asker(), "/images/generations", **asked, response_format="b64_json").json
    streamed = post(Asker(), "/images/generations", **asked, stream=True)
    (event,) = [json.loads(row[6:]) for row in streamed.text.split("\n\n")[:-1]]
    assert event["type"] == "image_generation.completed"
    assert event["b64_json"] == whole["data"][0]["b64_json"]
    assert base64.b64decode(event["b64_json"])[1:4] == b"PNG"
    assert {**event, "b64_json": ""} == {
        "type": "image_generation.completed",
        "b64_json": "",
        "created_at": whole["created"],
        "background": "opaque",
        "output_format": "png",
        "quality": "auto",
        "size": "auto",
        "usage": {
            "input_tokens": 2,
            "input_tokens_details": {"image_tokens": 0, "text_tokens": 2},
            "output_tokens": 1290,
            "total_tokens": 1292,
        },
    }
    shaped = post(Asker(), "/images/generations", **asked, stream=True, size="1024x1024")
    assert '"size":"1024x1024"' in shaped.text
    edited = send_form(
        "/images/edits", [("image[]", b"a"), ("image[]", b"b")], **asked, stream="true"
    )
    assert '"type":"image_edit.completed"' in edited.text


def test_a_variation_depends_on_the_image() -> None:
    asked = {"model": "gemini-2.5-flash-image", "response_format": "b64_json"}

    def vary(*images: bytes, **more: Any) -> Any:
        files = [("image", image) for image in images]
        return send_form("/images/variations", files, **asked | more)

    first = vary(b"a").json["data"]
    assert base64.b64decode(first[0]["b64_json"])[1:4] == b"PNG"
    assert vary(b"a").json["data"] == first
    assert vary(b"b").json["data"] != first
    linked = vary(b"a", response_format="url").json["data"][0]["url"]
    assert "/_mockgem/media/" in linked
    assert '"type":"image_generation.completed"' in vary(b"a", stream="true").text
    for form, count in (("gif", "1"), ("b64_json", "0"), ("b64_json", "x"), ("b64_json", "1000")):
        assert vary(b"a", response_format=form, n=count).status == 400
    refused = vary(b"a", response_format="gif").error["message"]
    assert refused.startswith(
        "Invalid value for response_format: 'gif', expected b64_json or url. ("
    )
    nothing = vary(b"").error["message"]
    assert nothing.startswith("Missing required parameter: 'image', a multipart upload. (")


def test_a_transcript_in_detail_has_the_words_of_the_short_one() -> None:
    short = send_form("/audio/transcriptions", [("file", SPEECH)]).json
    assert short["usage"]["type"] == "tokens"
    details = {"response_format": "verbose_json", "timestamp_granularities[]": ["word", "segment"]}
    whole = send_form("/audio/transcriptions", [("file", SPEECH)], **details).json
    assert (whole["task"], whole["text"]) == ("transcribe", short["text"])
    assert " ".join([one["text"] for one in whole["segments"]]) == short["text"]
    assert [one["word"] for one in whole["words"]] == short["text"].split()
    for units in (whole["segments"], whole["words"]):
        times = [time for unit in units for time in (unit["start"], unit["end"])]
        assert times == sorted(times)
        assert (times[0], times[-1]) == (0, whole["duration"])
    assert whole["usage"] == {"type": "duration", "seconds": whole["duration"]}


def test_a_transcript_has_only_the_details_that_were_asked() -> None:
    words = {"response_format": "verbose_json", "timestamp_granularities[]": ["word"]}
    assert "segments" not in send_form("/audio/transcriptions", [("file", SPEECH)], **words).json
    plain = send_form("/audio/transcriptions", [("file", SPEECH)], response_format="verbose_json")
    assert "words" not in plain.json
    odd = {"response_format": "verbose_json", "timestamp_granularities[]": ["letter"]}
    refused = send_form("/audio/transcriptions", [("file", SPEECH)], **odd)
    assert "expected word or segment" in refused.error["message"]


def test_a_transcript_refuses_unknown_words() -> None:
    def refuse(**fields: Any) -> str:
        answer = send_form("/audio/transcriptions", [("file", SPEECH)], **fields)
        assert answer.status == 400
        return str(answer.error["message"]).partition(" (request")[0]

    long = "x" * 300
    assert refuse(response_format=long) == (
        f"Invalid value for response_format: '{long[:100]}', expected one of json, text, "
        "verbose_json, srt, vtt, diarized_json."
    )
    assert refuse(**{"timestamp_granularities[]": ["word", long]}) == (
        f"Invalid value for timestamp_granularities: '{long[:100]}', expected word or segment."
    )
    missing = send_form("/audio/transcriptions", [("other", SPEECH)]).error["message"]
    assert missing.startswith("Missing required parameter: 'file', a multipart upload. (")


def test_a_transcript_with_speakers_names_one() -> None:
    spoken = send_form(
        "/audio/transcriptions", [("file", SPEECH)], response_format="diarized_json"
    ).json
    assert {one["speaker"] for one in spoken["segments"]} == {"A"}
    assert " ".join([one["text"] for one in spoken["segments"]]) == spoken["text"]


def test_a_translation_says_so() -> None:
    whole = send_form("/audio/translations", [("file", SPEECH)], response_format="verbose_json")
    assert whole.json["task"] == "translate"
    short = send_form("/audio/translations", [("file", SPEECH)])
    assert short.json == {"text": whole.json["text"]}


def test_the_end_of_a_streamed_transcript_has_the_usage() -> None:
    short = send_form("/audio/transcriptions", [("file", SPEECH)]).json
    streamed = send_form("/audio/transcriptions", [("file", SPEECH)], stream="true")
    *deltas, done = [json.loads(row[6:]) for row in streamed.text.split("\n\n")[:-1]]
    assert "".join([event["delta"] for event in deltas]) == short["text"]
    assert done == {"type": "transcript.text.done", **short}


def test_deleting_a_model_is_not_implemented_as_in_one_api() -> None:
    refused = get(Asker(), "/models/gemini-2.5-flash", "DELETE")
    assert (refused.status, refused.error["code"]) == (501, "api_not_implemented")
