"""Decide whether a recorded answer can be compared with the answer of another server.

A recording says nothing about mockgem if it depends on earlier requests, on the account or on the
moment, if a part of it is missing, or if another API answered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from mockgem.recording.index import strip_path_prefix
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import request_of
from mockgem.recording.socket_messages import RecordedMessage, find_setup, parse_message

STATE_PATTERN = re.compile(
    r"\b(?:files|cachedContents|batches|fileSearchStores|operations|tunedModels|corpora)/[\w.-]+|"
    r"/interactions/v1_|upload_id=|previous_(?:interaction|response)_id|"
    r"\b(?:(?:conv|resp|batch|video|upload)_|file-)[\w-]{6,}"
)
"""Names of resources that earlier requests created on the recorded server."""
COLLECTION = re.compile(
    r"/(?:files|cachedContents|batches|fileSearchStores|tunedModels|corpora|documents|operations)$"
)
"""The end of the path of a list of such resources."""
NEEDS_BODY = re.compile(
    r"(?:[cC]ontent|[cC]ontents|countTokens|computeTokens|predict|predictLongRunning|"
    r"/completions|/responses|/embeddings|/generations|/moderations|/speech)$"
)
"""The end of the path of a POST request that always has a body."""
SIZE_PLACEHOLDER = re.compile(rb"<\d+ bytes>")
REDACTION = re.compile(
    r"REDACTED|FILTERED|\{\{\w+\}\}|<[A-Z][A-Z0-9_]{2,}>|%3C[A-Z][A-Z0-9_]{2,}%3E"
)
"""What recorders write instead of a secret."""
MEDIA = re.compile(
    r'"(?:data|image_?[bB]ytes|bytesBase64Encoded|thought_?[sS]ignature)"\s*:\s*"([^"]*)"|'
    r'"data:[\w/+.-]+;base64,([^"]*)"'
)
"""Fields of a request whose value is base64."""
BASE64 = re.compile(r"(?:[\w+/-]|\\/){2,}={0,2}")
ACCOUNT_PATTERN = re.compile(
    rb"location is not supported|billing|API key expired|has not been used in project|"
    rb"SERVICE_DISABLED|FAILED_PRECONDITION"
)
"""Words of errors whose cause is the account."""
GOOGLE_HOSTS = ("generativelanguage.googleapis.com", "aiplatform.googleapis.com")
GEMINI_PATHS = ("/v1beta/", "/v1beta1/", "/v1alpha/", "/upload/", "/download/", "/ws/google.")
OTHER_GATEWAYS = ("openrouter.ai",)
"""Hosts of gateways whose answers have another form, also for Gemini's models."""
GEMINI_MODEL = re.compile(rb'"model"\s*:\s*"[^"]*(?:gemini|gemma-|imagen-|veo-)')
END_OF_STREAM = re.compile(
    rb'finish_?[rR]eason"\s*:\s*["\d]|blockReason|"error"\s*:\s*[^n\s]|\[DONE\]|"(?:totalTokens|embedding)|'
    rb'"response\.(?:completed|incomplete|failed)"'
)
"""What is in a complete stream."""


def find_obstacle(one: Interaction, own_status: int) -> str:
    """Return why a recorded answer can't be compared with one that has a status.

    Returns an empty text if it can.
    """
    if reason := find_missing_part(one):
        return reason
    return "" if own_status == one.status else explain_status(one, own_status)


def find_missing_part(one: Interaction) -> str:
    """Return what a recording lacks, or that it is not about Gemini; an empty text if neither."""
    path = strip_path_prefix(request_of(one)).path
    if is_other_api(one, path):
        return f"{urlsplit(one.uri).hostname} and its path are not an API that mockgem plays"
    if SIZE_PLACEHOLDER.fullmatch(one.request_body):
        return "its request body was too large for the recording"
    if one.method == "POST" and not one.request_body and NEEDS_BODY.search(path):
        return "the recording has no request body"
    if one.method == "GET" and COLLECTION.search(path) and one.body.strip() not in (b"", b"{}"):
        return "it lists resources that earlier requests created"
    if not one.body and "event-stream" in one.get_header("content-type"):
        return "the recording has no response body"
    if is_cut_json(one):
        return "its recorded response is incomplete"
    return ""


def find_socket_obstacle(messages: Sequence[RecordedMessage]) -> str:
    """Return why a recorded client can't speak to another server; an empty text if it can."""
    if not (setup := find_setup(messages)):
        return "the recorded client sent nothing"
    if has_handle(first := parse_message(setup)) or connects_again(first):
        return "it resumes a session of the recorded server"
    for message in messages:
        if message.side == "client" and not message.close:
            text = message.data.decode("utf-8", "replace")
            if isinstance(parse_message(message.data), str):
                return "a message of its client is incomplete"
            if REDACTION.search(text):
                return "a part of a message was removed from the recording"
            if any(is_shortened(one or other) for one, other in MEDIA.findall(text)):
                return "the recording shortened media in a message"
    return ""


def has_handle(message: Any) -> bool:
    setup = message.get("setup") if isinstance(message, dict) else None
    resumption = setup.get("sessionResumption") if isinstance(setup, dict) else None
    return isinstance(resumption, dict) and bool(resumption.get("handle"))


def connects_again(message: Any) -> bool:
    """Whether a message continues an interaction that an earlier request created."""
    events = message.get("events", [message]) if isinstance(message, dict) else []
    first = events[0] if isinstance(events, list) and events else None
    if not isinstance(first, dict):
        return False
    return first.get("eventType") == "interaction.connect" or "previousInteractionId" in first


def explain_status(one: Interaction, own_status: int) -> str:
    """Return why another status says nothing about mockgem; an empty text if it does."""
    request = one.uri + one.request_body.decode("utf-8", "replace")
    is_refused = own_status in (400, 403, 404)
    if is_refused and STATE_PATTERN.search(request):
        return "it names a resource that an earlier request created"
    if is_refused and REDACTION.search(request):
        return "a part of its request was removed from the recording"
    if is_refused and any(is_shortened(one or other) for one, other in MEDIA.findall(request)):
        return "the recording shortened media or a signature in its request"
    if is_refused and "\ufffd" in request:
        return "the recorder damaged the bytes of its request body"
    if own_status < 400 and (one.status == 429 or one.status >= 500):
        return "the service was overloaded, or a quota was used up"
    if own_status < 400 and (one.status in (401, 403) or ACCOUNT_PATTERN.search(one.body)):
        return "the service refused the credential or the account"
    return ""


def is_shortened(text: str) -> bool:
    """Whether a text is not valid base64, as after a recorder replaced a part of it."""
    bare = text.replace("\\n", "").replace("\\/", "/")
    return bool(bare) and (not BASE64.fullmatch(bare) or len(bare.rstrip("=")) % 4 == 1)


def is_other_api(one: Interaction, path: str) -> bool:
    """Whether a request is not for Gemini, on Google's hosts or on another one."""
    host = (urlsplit(one.uri).hostname or "").lower()
    if host.endswith(GOOGLE_HOSTS):
        return bool(re.search(r"/publishers/(?!google/)", path))
    if host.endswith(("googleapis.com", "google.com", *OTHER_GATEWAYS)):
        return True
    is_native = path.startswith(GEMINI_PATHS) or "gemini" in path.lower()
    is_chat = path.startswith("/v1/") and GEMINI_MODEL.search(one.request_body[:65536])
    return not is_native and not is_chat


def is_cut_json(one: Interaction) -> bool:
    """Whether a recorded body is the beginning of JSON."""
    body = one.body.strip()
    if "json" not in one.get_header("content-type") or body[:1] not in (b"{", b"["):
        return False
    try:
        json.loads(body)
    except ValueError:
        return True
    except RecursionError:
        return False
    return False


def is_cut_stream(one: Interaction) -> bool:
    """Whether a recorded stream of events breaks off."""
    rows = [row for row in one.body.splitlines() if row.startswith(b"data:")]
    if not rows:
        return False
    last = rows[-1][5:].strip()
    is_half = last != b"[DONE]" and not last.endswith((b"}", b"]"))
    return bool(one.broken) or is_half or not END_OF_STREAM.search(one.body)
