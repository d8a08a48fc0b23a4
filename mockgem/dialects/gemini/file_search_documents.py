"""Documents of file search stores: uploads to a store, and get, list and delete."""

from __future__ import annotations

from functools import partial
from typing import Any

from mockgem.core import clock
from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.frozen import frozen
from mockgem.core.http import WireResponse
from mockgem.core.store import Page
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.proto_fields import read_as
from mockgem.dialects.gemini import upload_protocol
from mockgem.dialects.gemini.file_search_fields import (
    UPLOAD,
    check_display_name,
    check_mime_type,
    read_chunking,
    read_metadata,
)
from mockgem.dialects.gemini.file_search_stores import (
    DEFAULT_PAGE,
    MAX_PAGE,
    StoreRequest,
    build_endpoint,
    encode_empty,
    name_operation,
    render_response,
    wants_force,
)
from mockgem.dialects.gemini.responses import Json, encode_json, encode_page, read_paging
from mockgem.dialects.gemini.upload_protocol import (
    UploadKind,
    encode_active,
    encode_final,
    encode_upload_failure,
)
from mockgem.operations.file_search import documents, imports, stores
from mockgem.operations.file_search.documents import Document, NewDocument
from mockgem.operations.uploads import StartUploadRequest, UploadSession

KIND = "UploadToFileSearchStoreRequest"


@frozen
class DocumentSnapshot:
    """A document and its state."""

    document: Document
    state: str


async def handle_upload(
    request: StoreRequest, context: OperationContext
) -> UploadSession | Document:
    """Handle one request of an upload to a store."""
    store = request.store
    kind = UploadKind(
        partial(read_start, store),
        imports.finish_upload,
        find_uploaded,
        lambda upload: upload.purpose.get("store") == store,
    )
    return await upload_protocol.handle_upload(kind, request.wire, context)


async def read_start(
    store: str, body: bytes, mime_type: str, context: OperationContext
) -> StartUploadRequest:
    """Return what a start says. Raises ApiError for invalid fields (400) or no store (403)."""
    fields = read_as(UPLOAD, parse_json(body))
    new = NewDocument(
        store,
        check_display_name(fields.get("display_name", ""), KIND),
        check_mime_type(fields.get("mime_type", "")) or mime_type,
        read_metadata(fields, KIND),
        read_chunking(fields, KIND),
    )
    return await imports.describe_upload(new, context.world)


async def find_uploaded(name: str, context: OperationContext) -> Document:
    store, _, own_id = name.partition("/")
    return await documents.find(store, own_id, context.world)


async def get(request: StoreRequest, context: OperationContext) -> DocumentSnapshot:
    await stores.find(request.store, context.world)
    document = await documents.poll(request.store, request.name, context)
    return DocumentSnapshot(document, documents.state_of(document, context))


async def list_documents(
    request: StoreRequest, context: OperationContext
) -> Page[DocumentSnapshot]:
    await stores.find(request.store, context.world)
    paging = read_paging(request.wire.query, DEFAULT_PAGE, MAX_PAGE)
    page = await documents.list_documents(*paging, request.store, context.world)
    return Page(
        [DocumentSnapshot(one, documents.state_of(one, context)) for one in page.items], page.token
    )


async def delete(request: StoreRequest, context: OperationContext) -> None:
    await stores.find(request.store, context.world)
    force = wants_force(request.wire)
    await documents.delete(request.store, request.name, context, force=force)
    await stores.touch(request.store, context.world)


def render_document(snapshot: DocumentSnapshot) -> Json:
    """Return a document as JSON, with its fields in the order of the API's reference."""
    document = snapshot.document
    time = clock.format_time(document.created)
    fields: Json = {
        "name": document.resource_name,
        "displayName": document.display_name,
        "customMetadata": document.metadata,
        "updateTime": time,
        "createTime": time,
        "state": snapshot.state,
        "sizeBytes": str(document.size) if document.size else "",
        "mimeType": document.mime_type,
    }
    return {name: value for name, value in fields.items() if value}


def encode_document(request: StoreRequest, snapshot: DocumentSnapshot) -> WireResponse:
    return encode_json(render_document(snapshot))


def encode_documents(request: StoreRequest, page: Page[DocumentSnapshot]) -> WireResponse:
    return encode_page("documents", [render_document(one) for one in page.items], page.token)


def encode_upload(request: StoreRequest, result: UploadSession | Document) -> WireResponse:
    """Encode the answer to one request of an upload; the last one has no `done` (recorded).

    Evidence: native-007-fileSearchStores-uploadToFileSearchStore-200.
    """
    if isinstance(result, UploadSession):
        return encode_active(request.wire, result)
    operation = {"name": name_operation(result), "response": render_response(result)}
    return encode_final(request.wire, result.own_id, operation)


def build_upload_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    """Return the endpoints below /upload."""
    return tuple(
        [
            build_endpoint(
                method,
                "/fileSearchStores/{store}:uploadToFileSearchStore",
                "Upload a document to a file search store: resumable, multipart or raw",
                handle_upload,
                encode_upload,
                encode_failure=encode_upload_failure,
                may_wait=True,
                streams_body=True,
                wire_name="uploadToFileSearchStore",
            )
            for method in ("POST", "PUT")
        ]
    )


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    all_of_them = "/fileSearchStores/{store}/documents"
    one = f"{all_of_them}/{{name}}"
    return (
        build_endpoint("GET", one, "Look at a document", get, encode_document),
        build_endpoint(
            "GET", all_of_them, "List the documents of a store", list_documents, encode_documents
        ),
        build_endpoint("DELETE", one, "Delete a document", delete, encode_empty),
    )
