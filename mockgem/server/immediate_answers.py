"""Answer requests where they arrived: the handler runs at once, and the answer becomes bytes."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence

from mockgem.core.errors import ApiError
from mockgem.core.http import ChunkedBody, Handler, WireRequest, WireResponse
from mockgem.core.path_counts import PathCounts
from mockgem.core.scheduling import run_interleaved, run_now
from mockgem.server.known_heads import Repeatable
from mockgem.server.raw_requests import RawAnswer, RawRequest
from mockgem.server.request_reader import parse_target, too_large_message
from mockgem.server.response_writer import ResponseWriter


class ImmediateAnswers:
    """Answers the requests of the fast path.

    Args:
        handler: never waits.
        max_body: Bytes that a body may have.
        path_counts: Counts the requests.
    """

    def __init__(
        self, handler: Handler, writer: ResponseWriter, path_counts: PathCounts, max_body: int
    ) -> None:
        self.handler = handler
        self.writer = writer
        self.path_counts = path_counts
        self.max_body = max_body

    def answer_now(self, requests: Sequence[RawRequest]) -> list[RawAnswer]:
        """Return the answers to requests that arrived whole and in the same round of the event
        loop."""
        self.path_counts.fast += len(requests)
        responses = run_interleaved(
            [self.handler(self.build_request(request)) for request in requests]
        )
        return [
            self.encode_response(response, request.head.method)
            for response, request in zip(responses, requests, strict=True)
        ]

    def answer_again(self, repeatable: Repeatable) -> bytes | Exception | None:
        """Return an answer that is given again, or the exception of a mistake in mockgem.

        None if it cannot be counted or kept: then the request takes the usual way, whose error has
        the form of its surface.
        """
        try:
            response = run_now(repeatable.answer())
            data = self.writer.encode_whole(response, coded=True, keep=True, without_body=False)
        except (ApiError, OSError):
            return None
        except Exception as mistake:  # the connection logs it and answers 500, as for any request
            return mistake
        self.path_counts.fast += 1
        return data

    def build_request(self, request: RawRequest) -> WireRequest:
        head, body, is_secure, known = request
        path, query = parse_target(head.path)
        error = ""
        if len(body) > self.max_body:
            body, error = b"", too_large_message(f"{self.max_body} bytes")
        wire = WireRequest(head.method, path, query, head.headers, body, error, target=head.path)
        if is_secure:
            wire.is_secure = True
        wire.known_head = known
        return wire

    def encode_response(self, response: WireResponse | Exception, method: str) -> RawAnswer:
        """Return a response's bytes, or the response itself if its body is frames. An exception
        stays with its own request and does not harm the others."""
        if isinstance(response, Exception):
            return response
        body = response.body
        if not isinstance(body, (bytes, ChunkedBody)) and isinstance(body, AsyncGenerator):
            return response  # the second check alone would take longer for all other bodies
        try:
            return self.writer.encode_whole(
                response, coded=True, keep=True, without_body=method == "HEAD"
            )
        except Exception as error:
            return error
