"""Without the fast path every request of the corpus gets the same bytes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mockgem.server import fast_path
from tests.golden.corpus import Sequence
from tests.golden.playing import Servers, open_servers, play
from tests.golden.test_golden import CORPUS, compare


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    with pytest.MonkeyPatch.context() as patch, open_servers() as found:
        patch.setattr(fast_path, "IS_SUPPORTED", False)
        yield found


@pytest.mark.slow
@pytest.mark.parametrize(
    "sequence", CORPUS, ids=lambda sequence: f"{sequence.group}/{sequence.name}"
)
def test_answers_are_the_golden_ones(sequence: Sequence, servers: Servers) -> None:
    compare(sequence, play(sequence, servers.address_for(sequence)))
