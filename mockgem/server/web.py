"""The parts of aiohttp's server that mockgem uses.

`aiohttp.web` also imports applications, routes and files, which take longer than these.
"""

from aiohttp.web_protocol import RequestPayloadError
from aiohttp.web_request import BaseRequest
from aiohttp.web_response import StreamResponse
from aiohttp.web_server import Server

__all__ = ["BaseRequest", "RequestPayloadError", "Server", "StreamResponse"]
