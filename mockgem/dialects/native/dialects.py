"""The native dialect as three places speak it: the API, its upload server and its download server."""

from __future__ import annotations

from typing import Any

from mockgem.core.call import Dialect, Endpoint
from mockgem.dialects.frontend import front_end_page
from mockgem.dialects.native import batches, caches, embed, files, generate, uploads
from mockgem.dialects.native.errors import native_credential


def native() -> Dialect:
    return native_of(
        generate.endpoint(),
        *embed.endpoints(),
        *batches.endpoints(),
        *caches.endpoints(),
        *files.endpoints(),
        uploads.metadata_only(),
    )


def upload_server() -> Dialect:
    return native_of(*uploads.endpoints())


def download_server() -> Dialect:
    return native_of(*files.downloads())


def native_of(*endpoints: Endpoint[Any, Any]) -> Dialect:
    return Dialect("native", endpoints, native_credential, front_end_page)
