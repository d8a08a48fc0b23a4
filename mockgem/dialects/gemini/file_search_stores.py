"""File search stores: create, get, list and delete them, import files, and look at operations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.core import clock
from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.store import Page
from mockgem.dialects.gemini.errors import encode_gemini_error
from mockgem.dialects.gemini.file_search_fields import (
    IMPORT,
    STORE,
    check_display_name,
    check_id,
    read_chunking,
    read_metadata,
)
from mockgem.dialects.gemini.operations import render_operation
from mockgem.dialects.gemini.responses import (
    PACKAGE,
    Json,
    encode_json,
    encode_page,
    read_body,
    read_paging,
)
from mockgem.operations.file_search import documents, imports, stores
from mockgem.operations.file_search.documents import Document, NewDocument
from mockgem.operations.file_search.stores import StoreSummary

DEFAULT_PAGE, MAX_PAGE = 10, 20
"""Stores and documents on a page (documented). Evidence: sdk-google-genai."""


@frozen
class StoreRequest:
    """A request about one store or all, and the rest of its path."""

    wire: WireRequest
    store: str = ""
    name: str = ""


@frozen
class DocumentOperation:
    """The operation that made a document, and the state of the document."""

    document: Document
    state: str


async def create(request: StoreRequest, context: OperationContext) -> StoreSummary:
    body = read_body(request.wire, STORE)
    place = "CreateFileSearchStoreRequest.file_search_store"
    name = check_display_name(body.get("display_name", ""), place)
    model = body.get("embedding_model", "").removeprefix("models/")
    return StoreSummary(await stores.create(name, model, context))


async def get(request: StoreRequest, context: OperationContext) -> StoreSummary:
    return await stores.summarize(await stores.find(request.store, context.world), context)


async def list_stores(request: StoreRequest, context: OperationContext) -> Page[StoreSummary]:
    paging = read_paging(request.wire.query, DEFAULT_PAGE, MAX_PAGE)
    return await stores.list_stores(*paging, context)


async def delete(request: StoreRequest, context: OperationContext) -> None:
    await stores.delete(request.store, context.world, force=wants_force(request.wire))


def wants_force(wire: WireRequest) -> bool:
    """Return whether a deletion includes what is inside; Python writes True, others true."""
    return wire.query.get("force", "").lower() in ("true", "1")


async def import_file(request: StoreRequest, context: OperationContext) -> DocumentOperation:
    body = read_body(request.wire, IMPORT)
    new = NewDocument(
        request.store,
        metadata=read_metadata(body, "ImportFileRequest"),
        chunking=read_chunking(body, "ImportFileRequest"),
    )
    file_name = body.get("file_name", "").removeprefix("files/")
    document = await imports.import_file(new, file_name, context)
    return DocumentOperation(document, documents.state_of(document, context))


async def get_operation(request: StoreRequest, context: OperationContext) -> DocumentOperation:
    """Return an operation after one more poll. Raises ApiError (404) if it does not exist."""
    kind = "upload" if "/upload/operations/" in request.wire.path else "import"
    try:
        document = await documents.poll(request.store, request.name, context)
    except ApiError as error:
        if not error.is_absence:
            raise
        raise operation_not_found_error() from None
    if document.operation != kind:
        raise operation_not_found_error()
    return DocumentOperation(document, documents.state_of(document, context))


def operation_not_found_error() -> ApiError:
    message = "Requested entity was not found."
    return ApiError(Failure(Code.NOT_FOUND, message, reason="operation_not_found"))


async def get_media(request: StoreRequest, context: OperationContext) -> None:
    """Refuse a download: documents here consist of text, so no passage names a medium."""
    await stores.find(request.store, context.world)
    message = f"You do not have permission to access the Media {request.name} or it may not exist."
    raise ApiError(Failure(Code.PERMISSION_DENIED, message, reason="media_gone"))


def render_store(summary: StoreSummary) -> Json:
    """Return a store as JSON; counts are strings, and absent if they are 0 (recorded).

    Evidence: native-005-fileSearchStores-200.
    """
    store = summary.store
    counts = {
        "activeDocumentsCount": summary.active,
        "pendingDocumentsCount": summary.pending,
        "failedDocumentsCount": summary.failed,
        "sizeBytes": summary.size,
    }
    fields: Json = {
        "name": stores.PREFIX + store.name,
        "displayName": store.display_name,
        "createTime": clock.format_time(store.created),
        "updateTime": clock.format_time(store.updated),
        **{name: str(count) for name, count in counts.items() if count},
        "embeddingModel": f"models/{store.embedding_model}",
    }
    return {name: value for name, value in fields.items() if value}


def name_operation(document: Document) -> str:
    place = "upload/operations" if document.operation == "upload" else "operations"
    return f"{stores.PREFIX}{document.store}/{place}/{document.own_id}"


def render_response(document: Document) -> Json:
    """Return what an operation made (recorded for uploads).

    Evidence: native-007-fileSearchStores-uploadToFileSearchStore-200.
    """
    is_upload = document.operation == "upload"
    kind = "UploadToFileSearchStoreResponse" if is_upload else "ImportFileResponse"
    response = {
        "@type": f"type.googleapis.com/{PACKAGE}{kind}",
        "documentName": document.resource_name,
        "parent": stores.PREFIX + document.store,
    }
    if is_upload:
        response |= {"mimeType": document.mime_type, "sizeBytes": str(document.size)}
    return response


def render_document_operation(operation: DocumentOperation) -> Json:
    document = operation.document
    response = error = None
    if operation.state == "STATE_FAILED":
        reason = document.problem or "the document could not be processed"
        error = {"code": 3, "message": f"Failed to process the document: {reason}."}
    elif operation.state == "STATE_ACTIVE":
        response = render_response(document)
    return render_operation(name_operation(document), response=response, error=error)


def encode_store(request: StoreRequest, summary: StoreSummary) -> WireResponse:
    return encode_json(render_store(summary))


def encode_stores(request: StoreRequest, page: Page[StoreSummary]) -> WireResponse:
    return encode_page("fileSearchStores", [render_store(one) for one in page.items], page.token)


def encode_operation(request: StoreRequest, operation: DocumentOperation) -> WireResponse:
    return encode_json(render_document_operation(operation))


def encode_import(request: StoreRequest, operation: DocumentOperation) -> WireResponse:
    """Encode the answer to an import, which has only the operation's name (reported).

    Evidence: report-file-search-import.
    """
    return encode_json(render_operation(name_operation(operation.document)))


def encode_empty(request: StoreRequest, result: None) -> WireResponse:
    return encode_json({})


def decode(wire: WireRequest, params: Mapping[str, str]) -> StoreRequest:
    store = params.get("store", "")
    if store:
        kind = (
            "DeleteFileSearchStoreRequest" if wire.method == "DELETE" else "FileSearchStoreRequest"
        )
        check_id(store, kind, "FileSearchStore")
    return StoreRequest(wire, store, params.get("name", ""))


def build_endpoint(
    method: str, path: str, summary: str, perform: Any, encode: Any, **options: Any
) -> Endpoint[Any, Any]:
    """Return an endpoint of file search stores or their documents."""
    common: dict[str, Any] = {
        "encode_failure": encode_gemini_error,
        "pure": False,
        "scenario": "file_search",
        "wire_name": "fileSearchStores",
    }
    return Endpoint(method, path, summary, decode, perform, encode, **common | options)


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    one, all_of_them = "/fileSearchStores/{store}", "/fileSearchStores"
    look = (get_operation, encode_operation)
    return (
        build_endpoint("POST", all_of_them, "Create a file search store", create, encode_store),
        build_endpoint(
            "GET", all_of_them, "List the file search stores", list_stores, encode_stores
        ),
        build_endpoint("GET", one, "Look at a file search store", get, encode_store),
        build_endpoint("DELETE", one, "Delete a file search store", delete, encode_empty),
        build_endpoint(
            *("POST", f"{one}:importFile", "Import a file into a file search store"),
            *(import_file, encode_import),
            may_wait=True,
            wire_name="importFile",
        ),
        build_endpoint("GET", f"{one}/operations/{{name}}", "Look at an import", *look),
        build_endpoint(
            "GET", f"{one}/upload/operations/{{name}}", "Look at an upload to a store", *look
        ),
        build_endpoint(
            "GET", f"{one}/media/{{name}}", "Download a medium of a store", get_media, encode_empty
        ),
    )
