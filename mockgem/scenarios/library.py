"""Scenarios by name: one's own, and those that come with mockgem."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from mockgem.scenarios.loader import BadScenario, at_line, read_with_lines
from mockgem.scenarios.name_kinds import rather
from mockgem.scenarios.schema import Scenario
from mockgem.scenarios.suggestions import UnknownName, nearest
from mockgem.scenarios.validation import unknown_names

log = logging.getLogger("mockgem")
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}\Z")
ENDS = (".yaml", ".yml", ".json")


def shipped() -> Path:
    """The folder of those that come along: in the package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent.parent
    packed = here / "data" / "scenarios"
    return packed if packed.is_dir() else here.parent / "scenarios"


class UnknownScenario(UnknownName):
    """There is none of that name."""


class Library:
    """Finds scenarios in folders, one's own before those that come along. `watch`: files are looked at again when they
    have changed."""

    def __init__(self, folders: tuple[Path, ...] = (), *, watch: bool = False) -> None:
        """Raises BadScenario for a folder that is not there."""
        if gone := [folder for folder in folders if not folder.is_dir()]:
            raise BadScenario([f"{gone[0]}: there is no such folder"])
        self.folders = (*folders, shipped())
        self.watch = watch
        self.known: dict[str, tuple[Path | None, float, Scenario]] = {}

    def names(self) -> dict[str, Path]:
        """Names and files, in order of their names."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for path in sorted(folder.glob("*")) if folder.is_dir() else ():
                if path.suffix in ENDS and NAME.match(path.stem) and not path.is_symlink():
                    found.setdefault(path.stem, path)
        return dict(sorted(found.items()))

    def path_of(self, name: str) -> Path:
        """Raises UnknownScenario, which names those that may be meant."""
        if NAME.match(name):
            for folder in self.folders:
                for end in ENDS:
                    path = folder / (name + end)
                    if path.is_file() and not path.is_symlink():
                        return path
        if other := rather(name, "scenario"):
            raise UnknownScenario(other)
        near = nearest(name, self.names())
        meant = f"did you mean {' or '.join(near)}? " if near else ""
        raise UnknownScenario(f"mockgem knows no scenario {name[:64]!r}; {meant}`mockgem scenario list` shows all")

    def find(self, name: str) -> Scenario:
        """A scenario by name. Raises UnknownScenario, or BadScenario for a file with mistakes."""
        held = self.known.get(name)
        if held is None:
            return self.take(name, self.path_of(name))
        if held[0] is None or not (self.watch and changed(held[0], held[1])):
            return held[2]
        try:
            found = self.take(name, held[0])
        except BadScenario as error:
            log.warning("%s has changed and can't be played any more: %s", held[0], error)
            raise
        log.warning("%s has changed and is played anew", held[0])
        return found

    def take(self, name: str, path: Path) -> Scenario:
        """Read a file and know it by a name. Raises BadScenario."""
        scenario, lines = read_with_lines(path)
        if problems := unknown_names(scenario):
            raise BadScenario([f"{at_line(str(path), place, lines)}: {words}" for place, words in problems])
        self.known[name] = path, path.stat().st_mtime, scenario
        return scenario

    def add(self, name: str, scenario: Scenario) -> None:
        """A scenario that is in no file."""
        self.known[name] = None, 0.0, scenario

    def folder_of(self, name: str, scenario: Scenario) -> Path | None:
        """Where the files are that a scenario names; None for one in no file."""
        held = self.known.get(name)
        return held[0].parent if held and held[0] is not None and held[2] is scenario else None


def changed(path: Path, read_at: float) -> bool:
    """Whether a file is another than when it was read; one that is gone stays as it was."""
    try:
        return path.stat().st_mtime != read_at
    except OSError:
        return False


def opened(named: str, library: Library) -> str:
    """The name of a scenario given by name or by file. Raises UnknownScenario and BadScenario."""
    path = Path(named)
    if path.suffix in ENDS or "/" in named:
        if not path.is_file():
            raise BadScenario([f"{named}: there is no such file"])
        library.take(path.stem, path)
        return path.stem
    library.find(named)
    return named
