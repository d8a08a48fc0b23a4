"""Scenarios by name: one's own, and those that come with mockgem."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from mockgem.scenarios.loader import BadScenario, format_location, read_scenario_with_lines
from mockgem.scenarios.name_kinds import suggest_usage
from mockgem.scenarios.schema import Scenario
from mockgem.scenarios.suggestions import UnknownName, suggest_names
from mockgem.scenarios.validation import find_unknown_names

log = logging.getLogger("mockgem")
SCENARIO_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}\Z")
SUFFIXES = (".yaml", ".yml", ".json")


def find_builtin_folder() -> Path:
    """The folder of those that come along: in the package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent.parent
    packed = here / "data" / "scenarios"
    return packed if packed.is_dir() else here.parent / "scenarios"


class UnknownScenario(UnknownName):
    """There is none of that name."""


class ScenarioLibrary:
    """Finds scenarios in folders, one's own before those that come along. `watch`: files are looked at again when they
    have changed."""

    def __init__(self, folders: tuple[Path, ...] = (), *, watch: bool = False) -> None:
        """Raises BadScenario for a folder that is not there."""
        if gone := [folder for folder in folders if not folder.is_dir()]:
            raise BadScenario([f"{gone[0]}: there is no such folder"])
        self.folders = (*folders, find_builtin_folder())
        self.watch = watch
        self.cache: dict[str, tuple[Path | None, float, Scenario]] = {}

    def list_files(self) -> dict[str, Path]:
        """Names and files, in order of their names."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for path in sorted(folder.glob("*")) if folder.is_dir() else ():
                if (
                    path.suffix in SUFFIXES
                    and SCENARIO_NAME.match(path.stem)
                    and not path.is_symlink()
                ):
                    found.setdefault(path.stem, path)
        return dict(sorted(found.items()))

    def find_file(self, name: str) -> Path:
        """Raises UnknownScenario, which names those that may be meant."""
        if SCENARIO_NAME.match(name):
            for folder in self.folders:
                for end in SUFFIXES:
                    path = folder / (name + end)
                    if path.is_file() and not path.is_symlink():
                        return path
        if other := suggest_usage(name, "scenario"):
            raise UnknownScenario(other)
        near = suggest_names(name, self.list_files())
        meant = f"did you mean {' or '.join(near)}? " if near else ""
        raise UnknownScenario(
            f"mockgem knows no scenario {name[:64]!r}; {meant}`mockgem scenario list` shows all"
        )

    def find(self, name: str) -> Scenario:
        """A scenario by name. Raises UnknownScenario, or BadScenario for a file with mistakes."""
        held = self.cache.get(name)
        if held is None:
            return self.load_file(name, self.find_file(name))
        if held[0] is None or not (self.watch and has_changed(held[0], held[1])):
            return held[2]
        try:
            found = self.load_file(name, held[0])
        except BadScenario as error:
            log.warning("%s has changed and can't be played any more: %s", held[0], error)
            raise
        log.warning("%s has changed and is played anew", held[0])
        return found

    def load_file(self, name: str, path: Path) -> Scenario:
        """Read a file and know it by a name. Raises BadScenario."""
        scenario, lines = read_scenario_with_lines(path)
        if problems := find_unknown_names(scenario):
            raise BadScenario(
                [
                    f"{format_location(str(path), place, lines)}: {words}"
                    for place, words in problems
                ]
            )
        self.cache[name] = path, path.stat().st_mtime, scenario
        return scenario

    def add(self, name: str, scenario: Scenario) -> None:
        """A scenario that is in no file."""
        self.cache[name] = None, 0.0, scenario

    def folder_of(self, name: str, scenario: Scenario) -> Path | None:
        """Where the files are that a scenario names; None for one in no file."""
        held = self.cache.get(name)
        return held[0].parent if held and held[0] is not None and held[2] is scenario else None


def has_changed(path: Path, read_at: float) -> bool:
    """Whether a file is another than when it was read; one that is gone stays as it was."""
    try:
        return path.stat().st_mtime != read_at
    except OSError:
        return False


def resolve_scenario(named: str, library: ScenarioLibrary) -> str:
    """The name of a scenario given by name or by file. Raises UnknownScenario and BadScenario."""
    path = Path(named)
    if path.suffix in SUFFIXES or "/" in named:
        if not path.is_file():
            raise BadScenario([f"{named}: there is no such file"])
        library.load_file(path.stem, path)
        return path.stem
    library.find(named)
    return named
