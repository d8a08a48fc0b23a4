"""Put documents into stores: from an upload to a store, or from a file that was uploaded before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.store import read_blob
from mockgem.core.world import World
from mockgem.operations import files, uploads
from mockgem.operations.file_search import documents, stores
from mockgem.operations.file_search.chunking import Chunking
from mockgem.operations.file_search.documents import Document, NewDocument
from mockgem.operations.file_search.extraction import guess_mime_type
from mockgem.operations.quota import file_too_large_error
from mockgem.operations.uploads import StartUploadRequest, UploadSession, uploads_in

MAX_DOCUMENT_BYTES = 100 * 2**20
"""The largest document (documented). Evidence: doc-file-search."""


async def describe_upload(new: NewDocument, world: World) -> StartUploadRequest:
    """Return how an upload to a store starts. Raises ApiError (403) if there is no such store."""
    await stores.find(new.store, world)
    purpose = {
        "store": new.store,
        "metadata": list(new.metadata),
        "chunking": [new.chunking.max_tokens, new.chunking.overlap],
    }
    return StartUploadRequest(
        "", new.display_name, new.mime_type, purpose=purpose, limit=MAX_DOCUMENT_BYTES
    )


async def finish_upload(upload: UploadSession, context: OperationContext) -> Document:
    """Make an upload a document.

    Raises ApiError if it has not the announced size (400), or if the store was deleted (403).
    """
    world = context.world
    uploads.check_announced_size(upload)
    data = await read_blob(world.blobs, uploads.blob_name_of(upload))
    purpose: dict[str, Any] = upload.purpose
    new = NewDocument(
        purpose["store"],
        upload.display_name,
        choose_mime_type(upload.mime_type, upload.display_name),
        tuple(purpose["metadata"]),
        Chunking(*purpose["chunking"]),
    )
    await uploads.check_attempt(upload, world)
    document = await add_document(new, data, context)
    await world.blobs.delete(uploads.blob_name_of(upload))
    await uploads_in(world).put(upload.id, replace(upload, done=document.id))
    return document


async def import_file(new: NewDocument, file_name: str, context: OperationContext) -> Document:
    """Make a file a document of a store.

    Raises ApiError if the store or the file does not exist (403), or if the file is not active or
    is too large (400).
    """
    world = context.world
    await stores.find(new.store, world)
    file = await files.find(file_name, world)
    if files.state_of(file, context) != "ACTIVE":
        message = f"The File {file.name} is not in an ACTIVE state and usage is not allowed."
        raise ApiError(Failure(Code.FAILED_PRECONDITION, message, reason="file_not_active"))
    if file.size > MAX_DOCUMENT_BYTES:
        raise file_too_large_error(MAX_DOCUMENT_BYTES)
    data = await read_blob(world.blobs, file.blob)
    named = replace(
        new,
        display_name=new.display_name or file.display_name,
        mime_type=choose_mime_type(file.mime_type, file.display_name),
        operation="import",
    )
    return await add_document(named, data, context)


async def add_document(new: NewDocument, data: bytes, context: OperationContext) -> Document:
    """Add a document to a store. Raises ApiError (403) if the store was deleted meanwhile."""
    world = context.world
    document = await documents.create(new, data, context)
    try:
        await stores.find(new.store, world)
    except ApiError:
        await documents.remove(document, world)
        raise
    await stores.touch(new.store, world)
    return document


def choose_mime_type(given: str, name: str) -> str:
    """Return a document's MIME type: the given one, or the one that its name suggests."""
    if given in ("", "application/octet-stream"):
        return guess_mime_type(name)
    return given.partition(";")[0].strip().lower()
