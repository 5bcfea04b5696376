"""The stories folder: which files in it are to be read, and what its ``stories.toml`` says of them."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.stories.formats import stories_toml as toml
from bot.stories.formats.stories_toml import Corrections, read_corrections
from bot.stories.read import is_story_file


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that is called like a story."""

    path: Path
    name: str
    """Its path within the folder."""
    size: int = 0
    """Bytes."""
    modified_ns: int = 0
    problem: str | None = None
    """Why it is not to be read, whatever is in it."""

    @property
    def key(self) -> str:
        """What its story is known by, unless it says otherwise."""
        return self.name.removesuffix(self.path.suffix)


def survey(folder: Path) -> list[SourceFile] | None:
    """What is called like a story below *folder*, in the order of the names; None where that is no folder."""
    if not folder.is_dir():
        return None
    top = folder.resolve()
    within = ((path, path.relative_to(folder)) for path in folder.rglob("*"))
    found = (_found(path, name.as_posix(), top) for path, name in within if is_story_file(name))
    return sorted((file for file in found if file is not None), key=lambda file: file.name)


def _found(path: Path, name: str, top: Path) -> SourceFile | None:
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
    """What ``stories.toml`` in *folder* says of *files*; a wrong entry is a problem and stops no other."""
    try:
        with (folder / toml.FILE).open("rb") as file:
            return read_corrections(file.read(toml.MAX_BYTES + 1), files)
    except FileNotFoundError:
        return Corrections()
    except OSError as error:
        return toml.unread(f"it cannot be read: {error.strerror or error}")
