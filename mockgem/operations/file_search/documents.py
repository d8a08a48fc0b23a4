"""Documents of a file search store: imported, indexed, looked at, listed and deleted.

A document keeps its chunks in a blob, as JSON; the bytes it was made of are not kept. Nothing runs
in the background: the chunks are there from the beginning, and the lifecycle of the document says
when clients can see them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import field, replace
from hashlib import blake2b
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.frozen import frozen
from mockgem.core.lifecycle import find_state
from mockgem.core.scheduling import LARGE_BODY, run_aside_if
from mockgem.core.store import Collection, Page
from mockgem.core.world import World
from mockgem.operations.file_search.chunking import Chunk, Chunking, split_pages
from mockgem.operations.file_search.extraction import ExtractionError, extract_pages
from mockgem.operations.file_search.names import RANDOM_LENGTH, name_resource
from mockgem.operations.generators.ids import generate_name
from mockgem.operations.quota import append_blob, check_quota

MAX_CHUNKS = 20_000
"""The chunks of one document, so that the index of a store fits into memory."""
Metadata = Sequence[dict[str, Any]]
"""Custom metadata as Google's API writes it: a key, and a value of one of three types."""


@frozen
class Document:
    """A document as it is kept. Times are seconds since 1970.

    Attributes:
        id: The store's id, a slash, and the document's own id.
        polls: How often clients looked at the document or its operation.
        problem: Why the document can't be searched; empty for all others.
        operation: The kind of the operation that made it: "upload" or "import".
        blob: The name of the blob with its chunks.
        digest: The hash of its chunks, which tells it from an earlier document of the same name.
    """

    id: str
    display_name: str
    mime_type: str
    size: int
    created: float
    metadata: list[dict[str, Any]] = field(default_factory=list)
    polls: int = 0
    problem: str = ""
    operation: str = "upload"
    blob: str = ""
    digest: str = ""

    @property
    def store(self) -> str:
        """The id of its store."""
        return self.id.partition("/")[0]

    @property
    def own_id(self) -> str:
        return self.id.partition("/")[2]

    @property
    def resource_name(self) -> str:
        return f"fileSearchStores/{self.store}/documents/{self.own_id}"


@frozen
class NewDocument:
    """What a document is made of, besides its bytes."""

    store: str
    display_name: str = ""
    mime_type: str = ""
    metadata: tuple[dict[str, Any], ...] = ()
    chunking: Chunking = Chunking()
    operation: str = "upload"


def documents_in(world: World) -> Collection[Document]:
    return Collection(world.store, "documents", Document)


async def create(new: NewDocument, data: bytes, context: OperationContext) -> Document:
    """Index some bytes as a document of a store.

    A document without text becomes one that failed. Raises ApiError (429) if the storage is full.
    """
    world = context.world
    await check_quota(len(data), world)
    is_long = len(data) > LARGE_BODY or new.mime_type == "application/pdf"
    content, digest, problem = await run_aside_if(is_long, index, data, new)
    own_id = await reserve_id(new, context)
    document = Document(
        id=own_id,
        display_name=new.display_name,
        mime_type=new.mime_type,
        size=len(data),
        created=world.clock(),
        metadata=list(new.metadata),
        problem=problem,
        operation=new.operation,
        blob=f"document-{own_id.replace('/', '-')}",
        digest=digest,
    )
    await append_blob(world, document.blob, 0, content)
    await documents_in(world).put(document.id, document)
    return document


def index(data: bytes, new: NewDocument) -> tuple[bytes, str, str]:
    """Return the encoded chunks of a document, their hash, and the reason if it has no chunks."""
    chunks: list[Chunk] = []
    problem = ""
    try:
        chunks = split(data, new)
    except ExtractionError as error:
        problem = str(error)
    content = encode_chunks(chunks)
    return content, blake2b(content, digest_size=16).hexdigest(), problem


def split(data: bytes, new: NewDocument) -> list[Chunk]:
    """Return the chunks of a document. Raises ExtractionError for no chunks or too many."""
    chunks: list[Chunk] = []
    for chunk in split_pages(extract_pages(data, new.mime_type), new.chunking):
        chunks.append(chunk)
        if len(chunks) > MAX_CHUNKS:
            raise ExtractionError(f"the document has more than {MAX_CHUNKS} chunks")
    return chunks


async def reserve_id(new: NewDocument, context: OperationContext) -> str:
    """Return the id of a new document, which no other document has."""

    records = documents_in(context.world)

    def name_document(random: str) -> str:
        return f"{new.store}/{name_resource(new.display_name, random)}"

    async def claim(random: str) -> bool:
        return await records.get(name_document(random)) is None

    return name_document(await generate_name(context, RANDOM_LENGTH, claim))


def encode_chunks(chunks: list[Chunk]) -> bytes:
    rows = [[chunk.text, chunk.page] for chunk in chunks]
    return json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass")


def decode_chunks(data: bytes) -> list[Chunk]:
    """Return the chunks in a blob; none if the document was deleted meanwhile."""
    rows = json.loads(data.decode("utf-8", "surrogatepass")) if data else []
    return [Chunk(text, page) for text, page in rows]


# Look at documents


def state_of(document: Document, context: OperationContext, looks: int = 0) -> str:
    """Return the state of a document after its polls and some more looks at it."""
    elapsed = context.world.clock() - document.created
    state = find_state(context.get_lifecycle("document"), document.polls + looks, elapsed)
    return "STATE_FAILED" if document.problem and state == "STATE_ACTIVE" else state


async def find(store: str, name: str, world: World) -> Document:
    """Return a document. Raises ApiError (403) if it does not exist in the store."""
    document = await documents_in(world).get(f"{store}/{name}")
    if document is None:
        raise document_not_found_error(name)
    return document


def document_not_found_error(name: str) -> ApiError:
    message = f"You do not have permission to access the Document {name} or it may not exist."
    context = {"name": name}
    return ApiError(
        Failure(Code.PERMISSION_DENIED, message, reason="document_gone", context=context)
    )


async def poll(store: str, name: str, context: OperationContext) -> Document:
    """Return a document after one more look at it, which brings it closer to being searched."""
    document = await find(store, name, context.world)
    if state_of(document, context) != "STATE_PENDING":
        return document
    polled = await documents_in(context.world).update(
        document.id, lambda current: replace(current, polls=current.polls + 1)
    )
    if polled is None:
        raise document_not_found_error(name)
    return polled


async def list_of_store(store: str, world: World) -> list[Document]:
    """Return all documents of a store, oldest first."""
    everything = await documents_in(world).list_all()
    return [document for document in reversed(everything) if document.store == store]


async def list_documents(size: int, token: str, store: str, world: World) -> Page[Document]:
    return await documents_in(world).get_page(size, token, lambda document: document.store == store)


async def delete(store: str, name: str, context: OperationContext, *, force: bool) -> None:
    """Delete a document, with `force` also its chunks.

    Raises ApiError if it does not exist (403), or has chunks (400, reported).

    Evidence: report-file-search-delete.
    """
    document = await find(store, name, context.world)
    if not (force or document.problem):
        message = "Cannot delete non-empty Document"
        raise ApiError(Failure(Code.FAILED_PRECONDITION, message, reason="document_not_empty"))
    await remove(document, context.world)


async def remove(document: Document, world: World) -> None:
    """Delete a document and its chunks. The bytes go first: that makes space on a full disk."""
    await world.blobs.delete(document.blob)
    await documents_in(world).delete(document.id)
