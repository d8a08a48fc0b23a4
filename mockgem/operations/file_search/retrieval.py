"""Find the passages of file search stores that fit a question.

`retrieve` is what generateContent, chat and Interactions use.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.content import Passage
from mockgem.core.errors import invalid
from mockgem.core.scheduling import LARGE_BODY, run_aside_if, yield_control
from mockgem.core.store import read_blob
from mockgem.core.world import World
from mockgem.operations.file_search import documents, stores
from mockgem.operations.file_search.documents import Document
from mockgem.operations.file_search.metadata_filter import Facts, Values, parse_filter
from mockgem.operations.file_search.ranking import (
    ChunkIndex,
    Match,
    SearchedText,
    merge_indexes,
)

DEFAULT_TOP_K, MAX_TOP_K = 5, 100
"""How many passages a search finds without `top_k`, and the highest `top_k` (guesses)."""
MAX_STORES = 5
"""Stores of one search (reported). Evidence: report-file-search-five-stores."""
FEW_CHUNKS = 64
"""Up to this number of chunks, work is done at once; with more it runs aside."""
STORE_NAME = re.compile(r"fileSearchStores/[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


async def retrieve(
    question: str,
    store_names: Sequence[Any],
    context: OperationContext,
    *,
    metadata_filter: str = "",
    top_k: int = 0,
) -> tuple[Passage, ...]:
    """Return the passages that fit a question, best first.

    A search counts as a look at the documents, so it finds what gets ready at the first look.

    Args:
        question: The text to compare passages with: the last message of the user.
        store_names: The full names of the stores, as the request has them.
        context: The context of the request.
        metadata_filter: Search only in documents whose custom metadata fits; "" for all.
        top_k: The highest number of passages; 0 for the usual number.

    Raises:
        ApiError: 400 without stores, with names of another kind, with too many of them, or with a
            filter or a number that is not valid; 403 for a store that does not exist.
    """
    check_store_names(store_names)
    if not 0 <= top_k <= MAX_TOP_K:
        raise invalid(f"Invalid top_k: {top_k}; use a number from 1 to {MAX_TOP_K}.", "top_k")
    found = await list_searched(store_names, metadata_filter, context)
    indexes = [await load_index(document, context.world) for document in found]
    index = await load_merged_index(found, indexes, context.world)
    asked = SearchedText(question)
    is_long = len(index.chunks) > FEW_CHUNKS
    matches = await run_aside_if(is_long, asked.rank, index, top_k or DEFAULT_TOP_K)
    ends = list(accumulate([len(one.chunks) for one in indexes]))
    return tuple(
        [build_passage(found[bisect(ends, match.chunk)], index, match, asked) for match in matches]
    )


async def list_searched(
    store_names: Sequence[Any], metadata_filter: str, context: OperationContext
) -> list[Document]:
    """Return the documents of some stores that are ready and that a filter chooses."""
    condition = parse_filter(metadata_filter) if metadata_filter.strip() else None
    names = list(dict.fromkeys([name.partition("/")[2] for name in store_names]))
    for name in names:
        await stores.find(name, context.world)
    return [
        document
        for name in names
        for document in await documents.list_of_store(name, context.world)
        if documents.state_of(document, context, looks=1) == "STATE_ACTIVE"
        and (condition is None or condition(collect_facts(document)))
    ]


def check_store_names(names: Sequence[Any]) -> None:
    """Refuse a search without stores, in too many, or under a name of another kind (reported).

    Evidence: report-file-search-stores, report-file-search-five-stores.
    """
    if not names or not all(isinstance(name, str) and STORE_NAME.fullmatch(name) for name in names):
        raise invalid("Request contains an invalid argument.", "file_search")
    if len(names) > MAX_STORES:
        message = (
            f"At most {MAX_STORES} file search stores can be searched; {len(names)} are given."
        )
        raise invalid(message, "file_search_stores")


async def load_index(document: Document, world: World) -> ChunkIndex:
    """Return the index of a document, from the cache if it is there."""
    key = document.blob, document.digest
    index: ChunkIndex | None = world.index_cache.get(key)
    if index is None:
        data = await read_blob(world.blobs, document.blob)
        index = await run_aside_if(len(data) > LARGE_BODY, build_index, data)
        await yield_control()
        world.index_cache.put(key, index, index.size)
    return index


def build_index(data: bytes) -> ChunkIndex:
    return ChunkIndex(documents.decode_chunks(data))


async def load_merged_index(
    found: list[Document], indexes: list[ChunkIndex], world: World
) -> ChunkIndex:
    """Return one index of several documents, from the cache if it is there."""
    if len(indexes) == 1:
        return indexes[0]
    key = tuple([(document.blob, document.digest) for document in found])
    index: ChunkIndex | None = world.index_cache.get(key)
    if index is None:
        is_long = sum([len(one.chunks) for one in indexes]) > FEW_CHUNKS
        index = await run_aside_if(is_long, merge_indexes, indexes)
        world.index_cache.put(key, index, index.size)
    return index


def collect_facts(document: Document) -> Facts:
    """Return the values of a document's custom metadata by key."""
    return {entry["key"]: read_values(entry) for entry in document.metadata}


def read_values(entry: dict[str, Any]) -> Values:
    if "numericValue" in entry:
        return (float(entry["numericValue"]),)
    if "stringListValue" in entry:
        return tuple(entry["stringListValue"].get("values", ()))
    return (entry.get("stringValue", ""),)


def build_passage(
    document: Document, index: ChunkIndex, match: Match, question: SearchedText
) -> Passage:
    chunk = index.chunks[match.chunk]
    return Passage(
        chunk.text,
        f"{stores.PREFIX}{document.store}",
        document.resource_name,
        document.display_name,
        tuple(document.metadata),
        chunk.page,
        question.choose_quote(chunk.text),
        match.score,
    )
