"""What mockgem does not have is named in the envelope of its API, and other paths are a page."""

from __future__ import annotations

import pytest

from tests.asking import Asker

PROJECT = "/v1beta1/projects/p/locations/l"


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/v1beta/agents/a", "agents"),
        ("/v1beta/voices", "voices"),
        ("/v1beta/decisions", "decisions"),
        ("/v1beta/environments", "environments"),
        ("/v1beta/triggers", "triggers"),
        ("/v1beta/credentials", "credentials"),
    ],
)
def test_newer_features_have_errors_with_a_word(path: str, what: str) -> None:
    answer = Asker().send("GET", path, headers={"x-goog-api-key": "k"})
    assert answer.status == 404
    assert answer.header("content-type") == ["application/json"]
    assert answer.json == {
        "error": {
            "message": f"mockgem does not support {what} (GET {path}). `mockgem endpoints` lists "
            "what it supports.",
            "code": "not_found",
        }
    }


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/v1beta/corpora/c", "corpora"),
        (f"{PROJECT}/fileSearchStores", "file search stores on Vertex AI"),
        (f"{PROJECT}/webhooks", "webhooks on Vertex AI"),
        (f"{PROJECT}/batchPredictionJobs/1", "batch prediction jobs"),
        (f"{PROJECT}/tuningJobs", "tuning jobs"),
        (f"{PROJECT}/reasoningEngines", "agent engines"),
        (f"{PROJECT}/ragCorpora", "RAG corpora"),
        ("/upload/v1beta/tuningJobs", "tuning jobs"),
        ("/v1beta/files:register", "registering files of Cloud Storage"),
    ],
)
def test_other_features_have_errors_of_google_s_own_api(path: str, what: str) -> None:
    answer = Asker().send("POST", path, b"{}", {"authorization": "Bearer ya29.x"})
    assert answer.status == 404
    assert answer.json == {
        "error": {
            "code": 404,
            "message": f"mockgem does not support {what} (POST {path}). `mockgem endpoints` lists "
            "what it supports.",
            "status": "NOT_FOUND",
        }
    }


def test_a_long_path_is_cut_and_hides_keys() -> None:
    key = "AIzaSyA1234567890abcdefghijklmnopqrstuv"
    path = f"/v1beta/corpora/{key}/" + "x" * 300
    message = Asker().send("GET", path, headers={"x-goog-api-key": "k"}).error["message"]
    assert key not in message
    shown = message.partition("(GET ")[2].partition(").")[0]
    assert len(shown) == 200


@pytest.mark.parametrize("path", ["/nothing", "/v1beta/nothing", "/v2/corpora", "/x<b>&y"])
def test_other_paths_are_the_page_of_google_s_front_end(path: str) -> None:
    answer = Asker().send("GET", path, headers={"x-goog-api-key": "k"})
    assert answer.status == 404
    assert answer.header("content-type") == ["text/html; charset=UTF-8"]
    assert answer.header("referrer-policy") == ["no-referrer"]
    shown = path.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f"<p>The requested URL <code>{shown}</code> was not found on this server." in answer.text
    assert answer.text.startswith("<!DOCTYPE html>\n<html lang=en>\n  <meta charset=utf-8>\n")
