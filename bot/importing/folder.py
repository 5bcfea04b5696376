"""The stories folder: its story files, and the entries of its ``stories.toml``."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import found_at
from bot.stories.formats import stories_toml as toml
from bot.stories.formats.stories_toml import Corrections, read_corrections
from bot.stories.read import NO_STORIES, is_story_file


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file in the stories folder with the name of a story file (see `is_story_file`)."""

    path: Path
    name: str
    """Path relative to the folder."""
    size: int = 0
    """Size in bytes."""
    modified_ns: int = 0
    problem: str | None = None
    """Reason why the file is not read; None if there is none."""

    @property
    def key(self) -> str:
        """Key of the story in the library unless the file states another: its relative path without the suffix."""
        return self.name.removesuffix(self.path.suffix)


def survey(folder: Path) -> list[SourceFile] | None:
    """Return the story files below *folder*, sorted by name; None if *folder* is not a folder.

    Skips subfolders that cannot be read; a file that cannot be read has a `problem`. Raises `HostError` if *folder*
    itself cannot be read.
    """
    if found_at(folder) != "folder":
        return None
    top = folder.resolve()
    within = ((path, path.relative_to(folder)) for path in _below(folder))
    found = (_source_file(path, name.as_posix(), top) for path, name in within if is_story_file(name))
    return sorted((file for file in found if file is not None), key=lambda file: file.name)


def _below(folder: Path) -> Iterator[Path]:
    """Yield all paths below *folder*, without the contents of excluded folders."""
    for path, folders, files in os.walk(folder):
        yield from (Path(path, name) for name in (*folders, *files))
        folders[:] = [name for name in folders if not name.startswith(NO_STORIES)]


def _source_file(path: Path, name: str, top: Path) -> SourceFile | None:
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(top):
            return SourceFile(path, name, problem="it is a link that leads out of the folder; put the file itself here")
        about = path.stat()
    except (OSError, RuntimeError) as error:  # a link to itself is a RuntimeError in older Pythons
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "it is a link to itself"
        return SourceFile(path, name, problem=f"it cannot be read: {reason}")
    if stat.S_ISDIR(about.st_mode):
        return None
    if not stat.S_ISREG(about.st_mode):
        return SourceFile(path, name, problem="it is no ordinary file")
    return SourceFile(path, name, about.st_size, about.st_mtime_ns)


def corrections_of(folder: Path, files: Sequence[str]) -> Corrections:
    """Return the entries of ``stories.toml`` in *folder* for *files*; `Corrections.problems` lists wrong entries."""
    path = folder / toml.FILE
    if not os.path.lexists(path):
        return Corrections()
    about = _source_file(path, toml.FILE, folder.resolve())
    if (problem := "it is a folder" if about is None else about.problem) is not None:
        return toml.unreadable_corrections(problem)
    try:
        with path.open("rb") as file:
            return read_corrections(file.read(toml.MAX_BYTES + 1), files)
    except OSError as error:
        return toml.unreadable_corrections(f"it cannot be read: {error.strerror or error}")
