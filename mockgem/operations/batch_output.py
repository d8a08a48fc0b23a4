"""Write the output of a batch."""

from __future__ import annotations

from collections.abc import Mapping

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError
from mockgem.operations import files
from mockgem.operations.quota import append_blob

WRITE_BUFFER_BYTES = 1 << 18


class BatchOutputWriter:
    """Writes lines to a blob, some hundred kilobytes at a time."""

    def __init__(self, blob: str, context: OperationContext) -> None:
        self.blob = blob
        self.context = context
        self.world = context.world
        self.offset = 0
        self.buffer = bytearray()

    async def write(self, line: bytes) -> None:
        self.buffer += line + b"\n"
        if len(self.buffer) >= WRITE_BUFFER_BYTES:
            await self.flush()

    async def flush(self) -> None:
        """Write what is buffered. Raises ApiError (429) if the storage is full."""
        if self.buffer:
            await append_blob(self.world, self.blob, self.offset, bytes(self.buffer))
            self.offset += len(self.buffer)
            self.buffer.clear()

    async def create_file(self, name: str) -> str:
        """Make a file of the lines, and return its name."""
        await self.world.blobs.flush(self.blob)
        file = await files.create_generated_file(
            name, name, "application/jsonl", self.blob, self.context
        )
        return file.name


async def create_files(outputs: Mapping[str, BatchOutputWriter]) -> list[str]:
    """Make a file of each output, under its name, and return the names.

    If the storage is full (429), the lines that are not in a file are deleted.
    """
    names: list[str] = []
    try:
        for name, writer in outputs.items():
            names.append(await writer.create_file(name))
    except ApiError:
        await drop_outputs(*list(outputs.values())[len(names) :])
        raise
    return names


async def drop_outputs(*writers: BatchOutputWriter) -> None:
    for writer in writers:
        await writer.world.blobs.delete(writer.blob)
