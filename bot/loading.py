"""The stories folder comes into the library: one transaction and one line of the report for each file."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.config import Settings
from bot.errors import HostError
from bot.parsing import ReadFile, reading_process
from bot.store import Store
from bot.store.shelving import FOLDER, Known, Source
from bot.stories import PARSER_VERSION, Refused
from bot.stories.ratings import GATED, read_rating
from bot.stories.read import FORMATS

log = logging.getLogger(__name__)

Outcome = Literal["added", "updated", "unchanged", "refused", "hidden"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one file."""

    file: str
    outcome: Outcome
    remarks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.outcome:9} {self.file}" + (f": {'; '.join(self.remarks)}" if self.remarks else "")


def summary(report: Sequence[Loaded]) -> str:
    """The report in one line."""
    counts = {outcome: sum(line.outcome == outcome for line in report) for outcome in ("added", "updated", "unchanged")}
    counts |= {"refused": sum(line.outcome == "refused" for line in report)}
    hidden = sum(line.outcome == "hidden" for line in report)
    return ", ".join(f"{count} {outcome}" for outcome, count in counts.items()) + (
        f", {hidden} hidden" if hidden else ""
    )


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    name: str
    """Its path within the folder."""
    size: int
    modified_ns: int

    @property
    def key(self) -> str:
        return self.name.removesuffix(self.path.suffix)


async def load_stories(store: Store, settings: Settings) -> list[Loaded]:
    """Load the folder that the settings name, each file read in a process of its own. Raises `HostError`."""
    async with reading_process() as read:
        return await load_folder(store, settings.stories_dir, read, unrated_is_mature=settings.unrated_is_mature)


async def load_folder(store: Store, folder: Path, read: ReadFile, *, unrated_is_mature: bool = False) -> list[Loaded]:
    """Bring the library in line with *folder*; return a line for each file, and for each story now hidden.

    A file that cannot be read stops no other, and a story that loaded before stays as it was. Raises `HostError`
    where the folder is missing or empty while stories are loaded: an unmounted disk is not a deleted library.
    """
    known = await store.shelving.known(FOLDER)
    files = await asyncio.to_thread(_survey, folder)
    if files is None:
        raise HostError(f"STORIES_DIR {folder} is not a folder. Make it, name another, or see that its disk is there.")
    if not files and any(not story.is_removed for story in known.values()):
        raise HostError(
            f"STORIES_DIR {folder} has no stories, but the library has. Is it the right folder, is its disk there?"
        )
    report: list[Loaded] = []
    taken: dict[str, str] = {}
    for file in files:
        if file.key in taken:
            remark = f"{taken[file.key]} has the same key “{file.key}”: rename one of them"
            report.append(Loaded(file.name, "refused", (remark,)))
            continue
        taken[file.key] = file.name
        report.append(await _load_file(store, file, known.get(file.key), read, unrated_is_mature))
    gone = [story for key, story in known.items() if key not in taken and not story.is_removed]
    await store.shelving.remove([story.story for story in gone])
    report += [
        Loaded(story.source.file, "hidden", ("its file is gone; the story comes back with it",)) for story in gone
    ]
    await store.shelving.gate_unrated(unrated_is_mature)
    return report


def _survey(folder: Path) -> list[_File] | None:
    """The story files below *folder* in the order of their names; None where it is no folder."""
    if not folder.is_dir():
        return None
    files: list[_File] = []
    for path in folder.rglob("*"):
        within = path.relative_to(folder)
        if path.suffix.lower() in FORMATS and path.is_file() and not any(p.startswith(".") for p in within.parts):
            stat = path.stat()
            files.append(_File(path, within.as_posix(), stat.st_size, stat.st_mtime_ns))
    return sorted(files, key=lambda file: file.name)


async def _load_file(store: Store, file: _File, known: Known | None, read: ReadFile, unrated_is_mature: bool) -> Loaded:
    shown = known is not None and not known.is_removed
    if known and shown and _is_same(known.source, file):
        return Loaded(file.name, "unchanged", _gate_remark(known.is_mature))
    try:
        story, digest = await read(file.path, file.name)
    except Exception as error:  # whatever it is, the other stories still load
        kept = ("the story stays as it was loaded before",) if shown else ()
        return Loaded(file.name, "refused", (_reason(error), *kept))
    source = Source(file.name, file.size, file.modified_ns, digest, PARSER_VERSION)
    if known and known.source.digest == digest and known.source.parser == PARSER_VERSION:
        await store.shelving.touch(known.story, source)
        return Loaded(file.name, "unchanged" if shown else "added", _gate_remark(known.is_mature))
    await store.shelving.put(FOLDER, file.key, story, source, unrated_is_mature=unrated_is_mature)
    mature = read_rating(story.metadata, story.all_notes) in GATED
    return Loaded(file.name, "updated" if shown else "added", (*story.warnings, *_gate_remark(mature)))


def _reason(error: Exception) -> str:
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, OSError):
        return f"it cannot be read: {error.strerror or error}"
    log.error("A story file could not be read, by a fault of ours", exc_info=error)
    return f"reading it failed ({error!r}); please report this"


def _is_same(source: Source, file: _File) -> bool:
    return (source.size, source.modified_ns, source.parser) == (file.size, file.modified_ns, PARSER_VERSION)


def _gate_remark(mature: bool) -> tuple[str, ...]:
    return ("rated for adults: shown only in age-restricted channels",) if mature else ()
