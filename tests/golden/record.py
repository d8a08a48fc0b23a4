"""Write the golden answers anew: `make golden`, or `python -m tests.golden.record [PART OF A
NAME]`."""

from __future__ import annotations

import sys

from tests.golden.corpus import FOLDER, read_corpus
from tests.golden.playing import open_servers, play


def main(part: str = "") -> None:
    """Record the answers of all sequences, or of those with a word in their name; remove answers
    that nobody asks for."""
    corpus = read_corpus()
    changed = [
        sequence for sequence in corpus if not part or part in f"{sequence.group}/{sequence.name}"
    ]
    count = 0
    with open_servers() as servers:
        for sequence in changed:
            text = play(sequence, servers.address_for(sequence))
            sequence.answers.parent.mkdir(parents=True, exist_ok=True)
            if not sequence.answers.exists() or sequence.answers.read_text("utf-8") != text:
                sequence.answers.write_text(text, "utf-8", newline="\n")
                print(f"wrote {sequence.answers.relative_to(FOLDER)}")
                count += 1
    for path in set((FOLDER / "answers").rglob("*.txt")) - {
        sequence.answers for sequence in corpus
    }:
        path.unlink()
        print(f"removed {path.relative_to(FOLDER)}")
    steps = sum(len(sequence.steps) for sequence in changed)
    print(f"{steps} requests in {len(changed)} sequences, {count} files changed")


if __name__ == "__main__":
    main(*sys.argv[1:])
