"""Find scenarios by name: in the user's folders, and the built-in ones."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from mockgem.core.regular_files import read_regular_file
from mockgem.scenarios.audio_files import find_bad_audio
from mockgem.scenarios.loader import BadScenario, format_location, read_scenario_with_lines
from mockgem.scenarios.name_kinds import suggest_usage
from mockgem.scenarios.schema import Scenario
from mockgem.scenarios.suggestions import UnknownName, suggest_names
from mockgem.scenarios.validation import find_unknown_names

log = logging.getLogger("mockgem")
SCENARIO_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}\Z")
SUFFIXES = (".yaml", ".yml", ".json")


def find_builtin_folder() -> Path:
    """Return the folder of the built-in scenarios: in the package, or in a checkout beside it."""
    package = Path(__file__).resolve().parent.parent
    packaged = package / "data" / "scenarios"
    return packaged if packaged.is_dir() else package.parent / "scenarios"


class UnknownScenario(UnknownName):
    """A scenario that does not exist."""


class ScenarioLibrary:
    """Finds scenarios in folders. The user's folders come before the built-in scenarios.

    With `watch`, a file is read again when it has changed.
    """

    def __init__(self, folders: tuple[Path, ...] = (), *, watch: bool = False) -> None:
        """Raises BadScenario for a folder that does not exist."""
        if missing := [folder for folder in folders if not folder.is_dir()]:
            raise BadScenario([f"{missing[0]}: this folder does not exist"])
        self.folders = (*folders, find_builtin_folder())
        self.watch = watch
        self.cache: dict[str, tuple[Path | None, float, Scenario]] = {}

    def list_files(self) -> dict[str, Path]:
        """Return the files of all scenarios by name, in the order of the names."""
        paths: dict[str, Path] = {}
        for folder in self.folders:
            for path in sorted(folder.glob("*")) if folder.is_dir() else ():
                is_named = path.suffix in SUFFIXES and SCENARIO_NAME.match(path.stem)
                if is_named and not path.is_symlink() and not path.is_dir():
                    paths.setdefault(path.stem, path)
        return dict(sorted(paths.items()))

    def check_files(self) -> None:
        """Read all files of the user's folders.

        Raises BadScenario with all mistakes. A folder may also hold the files that scenarios reply
        with; those are not scenarios, so only the log mentions what is wrong with them.
        """
        problems: list[str] = []
        for name, path in self.list_files().items():
            if path.parent not in self.folders[:-1]:
                continue
            try:
                self.load_file(name, path)
            except BadScenario as error:
                if is_meant_as_scenario(path):
                    problems += error.problems
                elif path.suffix != ".json":
                    log.warning("%s", error)
        if problems:
            raise BadScenario(problems)

    def find_file(self, name: str) -> Path:
        """Return the file of a scenario. Raises UnknownScenario, which suggests similar names."""
        if SCENARIO_NAME.match(name):
            for folder in self.folders:
                for suffix in SUFFIXES:
                    path = folder / (name + suffix)
                    if path.is_file() and not path.is_symlink():
                        return path
        if usage := suggest_usage(name, "scenario"):
            raise UnknownScenario(usage)
        near = suggest_names(name, self.list_files())
        suggestion = f"did you mean {' or '.join(near)}? " if near else ""
        raise UnknownScenario(
            f"there is no scenario {name[:64]!r}; {suggestion}`mockgem scenario list` lists them"
        )

    def find(self, name: str) -> Scenario:
        """Return a scenario by name. Raises UnknownScenario, and BadScenario for bad files."""
        cached = self.cache.get(name)
        if cached is None:
            return self.load_file(name, self.find_file(name))
        path, read_at, scenario = cached
        if path is None or not (self.watch and has_changed(path, read_at)):
            return scenario
        try:
            scenario = self.load_file(name, path)
        except BadScenario as error:
            log.warning("%s has changed; its earlier scenario stays: %s", path, error)
            self.cache[name] = path, path.stat().st_mtime, scenario
            return scenario
        log.warning("%s has changed: its scenario begins again", path)
        return scenario

    def load_file(self, name: str, path: Path) -> Scenario:
        """Read a file and keep its scenario under a name. Raises BadScenario."""
        scenario, lines = read_scenario_with_lines(path)
        if mistakes := [*find_unknown_names(scenario), *find_bad_audio(scenario, path.parent)]:
            raise BadScenario(
                [
                    f"{format_location(str(path), location, lines)}: {message}"
                    for location, message in mistakes
                ]
            )
        self.cache[name] = path, path.stat().st_mtime, scenario
        return scenario

    def add(self, name: str, scenario: Scenario) -> None:
        """Add a scenario that has no file."""
        self.cache[name] = None, 0.0, scenario

    def folder_of(self, name: str, scenario: Scenario) -> Path | None:
        """Return the folder of a scenario's file; None for a scenario without a file."""
        path, _, cached = self.cache.get(name, (None, 0.0, None))
        return path.parent if path is not None and cached is scenario else None


RULES_KEY = re.compile(r"""(?:^|[{,])[ \t]*["']?rules["']?[ \t]*:""", re.MULTILINE)


def is_meant_as_scenario(path: Path) -> bool:
    """Return whether a file that can't be used as a scenario was written as one."""
    try:
        return bool(RULES_KEY.search(read_regular_file(path).decode("utf-8", "replace")))
    except OSError:
        return True


def has_changed(path: Path, read_at: float) -> bool:
    """Return whether a file was written after it was read. A deleted file has not changed."""
    try:
        return path.stat().st_mtime != read_at
    except OSError:
        return False


def resolve_scenario(value: str, library: ScenarioLibrary) -> str:
    """Return the name of a scenario given by name or path. Raises UnknownScenario, BadScenario."""
    path = Path(value)
    if path.suffix in SUFFIXES or "/" in value:
        if not path.is_file():
            raise BadScenario([f"{value}: this file does not exist"])
        library.load_file(path.stem, path)
        return path.stem
    library.find(value)
    return value
