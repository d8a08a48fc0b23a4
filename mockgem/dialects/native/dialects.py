"""The native dialect as three places speak it: the API, its upload server and its download server."""

from __future__ import annotations

from mockgem.core.call import Dialect
from mockgem.dialects.frontend import front_end_page
from mockgem.dialects.native import batches, caches, embed, files, generate
from mockgem.dialects.native.errors import native_credential


def native() -> Dialect:
    return Dialect(
        "native",
        (generate.endpoint(), *embed.endpoints(), *batches.endpoints(), *caches.endpoints(), *files.endpoints()),
        native_credential,
        front_end_page,
    )


def uploads() -> Dialect:
    return Dialect("native", files.uploads(), native_credential, front_end_page)


def downloads() -> Dialect:
    return Dialect("native", files.downloads(), native_credential, front_end_page)
