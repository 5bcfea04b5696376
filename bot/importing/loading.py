"""Load the stories folder into the library, with one line of the report for each file."""

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from bot.errors import HostError
from bot.importing.folder import SourceFile, corrections_of, survey
from bot.importing.worker import Progress, ReadFile, read_ahead, show_nothing
from bot.store import Store
from bot.store.publishing import Known, Publication, Source
from bot.store.visibility import FOLDER
from bot.stories import PARSER_VERSION, Refused, Story
from bot.stories.formats import stories_toml as toml
from bot.stories.formats.corrections import Correction
from bot.stories.formats.stories_toml import Corrections
from bot.stories.model import ChapterName
from bot.stories.ratings import GATED, is_gated, read_rating

log = logging.getLogger(__name__)


WORDS_AT_ONCE = 15_000
"""Number of words at which the waiting stories are written in one transaction, which blocks readers' changes."""

Outcome = Literal["added", "updated", "unchanged", "refused", "hidden"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Result of loading one file."""

    file: str
    outcome: Outcome
    remarks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.outcome:9} {self.file}" + (f": {'; '.join(self.remarks)}" if self.remarks else "")


def summary(report: Sequence[Loaded]) -> str:
    """Return the counts of outcomes in one line."""
    counts = Counter(line.outcome for line in report)
    return ", ".join(f"{counts[outcome]} {outcome}" for outcome in get_args(Outcome) if counts[outcome]) or "none"


async def load_folder(
    store: Store,
    folder: Path,
    read: ReadFile,
    *,
    unrated_is_mature: bool = False,
    takes_adult: bool = True,
    progress: Progress = show_nothing,
) -> list[Loaded]:
    """Load *folder* into the library; return a line for each file, and for each story that is newly hidden.

    A file that cannot be read does not stop others; its story stays as it was. Raises `HostError` if the folder is
    missing, or is empty while the library has stories from it: an unmounted disk is not a deleted library.
    """
    known = await store.publishing.known(FOLDER)
    files = await asyncio.to_thread(survey, folder)
    if files is None:
        raise HostError(f"STORIES_DIR {folder} is not a folder. Make it, name another, or see that its disk is there.")
    if not files and any(not story.is_removed for story in known.values()):
        raise HostError(
            f"STORIES_DIR {folder} has no stories, but the library has. Is it the right folder, is its disk there?"
        )
    corrections = await asyncio.to_thread(corrections_of, folder, [file.name for file in files])
    if not takes_adult:
        read = refusing_adult(read, unrated_is_mature=unrated_is_mature)
    load = _Load(store, read, known, corrections, unrated_is_mature, takes_adult)
    report = [Loaded(toml.FILE, "refused", tuple(map(str, corrections.problems)))] if corrections.problems else []
    async for file, reading in read_ahead(files, load.start):
        await load.file(file, reading)
        await progress(len(load.report), len(files))
    await load.flush()
    report += load.report
    gone = [story for key, story in known.items() if key not in load.taken and not story.is_removed]
    await store.publishing.remove([story.story for story in gone])
    report += [
        Loaded(story.source.file, "hidden", ("its file is gone; the story comes back with it",)) for story in gone
    ]
    await store.publishing.gate_unrated(unrated_is_mature)
    return report


class _Load:
    """One load of the folder, with files in order of their names. Of several files with one key, the first keeps it."""

    def __init__(
        self,
        store: Store,
        read: ReadFile,
        known: dict[str, Known],
        corrections: Corrections,
        unrated_is_mature: bool,
        takes_adult: bool,
    ) -> None:
        self.taken: dict[str, str] = {}
        """Name of the file that took each key, by key."""
        self.report: list[Loaded] = []
        """A line for each file. `flush` completes the lines of waiting stories."""
        self._waiting: list[tuple[int, Publication]] = []
        """Stories for the next transaction, with their indexes in the report."""
        self._store = store
        self._read = read
        self._known = known
        self._corrections = corrections
        self._unrated_is_mature = unrated_is_mature
        self._takes_adult = takes_adult
        removed_first = sorted(known, key=lambda key: not known[key].is_removed)
        self._key_of = {known[key].source.file: key for key in removed_first}

    def start(self, file: SourceFile) -> asyncio.Task[tuple[Story, str]] | None:
        """Start to read a file; return None if the result of loading the file is known without reading."""
        is_known = file.problem is not None or self._without_reading(file) is not None
        return None if is_known else self._reading(file)

    def _reading(self, file: SourceFile) -> asyncio.Task[tuple[Story, str]]:
        correction = self._corrections.entries.get(file.name)

        async def read() -> tuple[Story, str]:
            return await (
                self._read(file.path, file.name, correction) if correction else self._read(file.path, file.name)
            )

        return asyncio.create_task(read())

    async def file(self, file: SourceFile, reading: asyncio.Task[tuple[Story, str]] | None) -> None:
        """Load one file, unless it is unchanged."""
        self.report.append(await self._loaded(file, reading))
        if sum(each.story.words for _, each in self._waiting) >= WORDS_AT_ONCE:
            await self.flush()

    async def flush(self) -> None:
        """Write the waiting stories."""
        waiting, self._waiting = self._waiting, []
        async with AsyncExitStack() as stack:
            publications: list[Publication] = []
            for _, each in waiting:
                if each.key not in self._known:
                    preparing = self._store.preparing.prepared(
                        FOLDER, each.story, unrated_is_mature=each.unrated_is_mature
                    )
                    each = replace(each, prepared=await stack.enter_async_context(preparing))
                publications.append(each)
            published = await self._store.publishing.publish_all(FOLDER, publications)
        await self._store.passages.index_rest()
        for (place, publication), done in zip(waiting, published, strict=True):
            line = self.report[place]
            self.report[place] = replace(
                line, remarks=(*_new_chapters(publication.story, done.new_chapters), *line.remarks)
            )

    def _without_reading(self, file: SourceFile) -> Loaded | None:
        """Return the report of a file that need not be read, else None. Other files with its key are ignored."""
        remembered = self._known.get(self._key_of.get(file.name, file.key))
        correction = self._corrections.entries.get(file.name)
        if remembered and not remembered.is_removed and self._is_same(remembered.source, file, correction):
            if remembered.is_mature and not self._takes_adult:
                return Loaded(file.name, "refused", (str(FOR_ADULTS), "the story that was loaded before is hidden"))
            return Loaded(file.name, "unchanged", _gate_remark(remembered.is_mature))
        if remembered and not self._corrections.is_read and _entry_digest(remembered.source.digest):
            return Loaded(
                file.name, "refused", (f"{toml.FILE} cannot be read; the story stays as it was loaded before",)
            )
        return None

    async def _loaded(self, file: SourceFile, reading: asyncio.Task[tuple[Story, str]] | None) -> Loaded:
        key = self._key_of.get(file.name, file.key)
        if file.problem is not None:
            return self._refused(file, key, file.problem)
        if (known := self._without_reading(file)) is not None:
            return self._taken(file, key) or known
        try:
            story, digest = await (reading or self._reading(file))
        except Exception as error:  # whatever the error is, the other stories still load
            return self._refused(file, key, _reason(error))
        was, key = key, story.id or file.key
        if (refused := self._taken(file, key)) is not None:
            return refused
        if was != key and was in self._known and key not in self._known:
            await self.flush()
            await self._store.publishing.rekey(FOLDER, was, key)
            self._known[key] = self._known.pop(was)
        digest = _digest(digest, self._corrections.entries.get(file.name))
        return await self._put(key, story, Source(file.name, file.size, file.modified_ns, digest, PARSER_VERSION))

    async def _put(self, key: str, story: Story, source: Source) -> Loaded:
        known = self._known.get(key)
        is_shown = known is not None and not known.is_removed
        if known and _has_same_content(known.source, source):
            await self._store.publishing.touch(known.story, source)
            return Loaded(source.file, "unchanged" if is_shown else "added", _gate_remark(known.is_mature))
        publication = Publication(key, story, source, unrated_is_mature=self._unrated_is_mature)
        self._waiting.append((len(self.report), publication))
        mature = read_rating(story.metadata, story.all_notes) in GATED
        return Loaded(source.file, "updated" if is_shown else "added", (*story.warnings, *_gate_remark(mature)))

    def _refused(self, file: SourceFile, key: str, reason: str) -> Loaded:
        """Return the report of a refused file. Its story of an earlier load stays."""
        remembered = self._known.get(key)
        kept = self._taken(file, key) is None and remembered is not None and not remembered.is_removed
        return Loaded(file.name, "refused", (reason, *(("the story stays as it was loaded before",) if kept else ())))

    def _taken(self, file: SourceFile, key: str) -> Loaded | None:
        """Take *key* for *file*; return the refusal if another file has taken it."""
        other = self.taken.setdefault(key, file.name)
        if other == file.name:
            return None
        return Loaded(file.name, "refused", (f"{other} has the same key “{key}”: rename one, or give one another id",))

    def _is_same(self, source: Source, file: SourceFile, correction: Correction | None) -> bool:
        """Return whether a file and its entry are unchanged. An unreadable ``stories.toml`` counts as unchanged."""
        is_file = (source.size, source.modified_ns, source.parser) == (file.size, file.modified_ns, PARSER_VERSION)
        entry = _entry_digest(_digest("", correction))
        return is_file and (not self._corrections.is_read or _entry_digest(source.digest) == entry)


def _digest(digest: str, correction: Correction | None) -> str:
    """Return the combined digest of a file's bytes and its entry in ``stories.toml``."""
    return f"{digest}:{correction.digest}" if correction else digest


def _entry_digest(digest: str) -> str:
    return digest.partition(":")[2]


def _has_same_content(known: Source, source: Source) -> bool:
    """Return whether a file has the same bytes and name as before, read by the same parser version."""
    return (known.file, known.digest, known.parser) == (source.file, source.digest, source.parser)


def _reason(error: Exception) -> str:
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, OSError):
        return f"it cannot be read: {error.strerror or error}"
    log.error("A story file could not be read, unexpectedly", exc_info=error)
    return f"reading it failed ({error!r}); please report this"


def _new_chapters(story: Story, positions: Sequence[int]) -> tuple[str, ...]:
    """Return a remark on the new chapters of a story."""
    names = [story.chapters[position - 1].name for position in positions]
    if not names:
        return ()
    if len(names) == 1:
        is_bare = names[0].number is not None and names[0].label is None
        return (f"{'chapter ' * is_bare}{_called(names[0])} is new",)
    return (f"{len(names)} chapters are new: {', '.join(map(_called, names[:10]))}{', …' * (len(names) > 10)}",)


def _called(name: ChapterName) -> str:
    return name.label or (str(name.number) if name.number is not None else name.title or "the opening")


def _gate_remark(mature: bool) -> tuple[str, ...]:
    return ("rated for adults: shown only in age-restricted channels",) if mature else ()


FOR_ADULTS = Refused("for-adults", "it is for adults, and this bot takes no such stories")


def refusing_adult(read: ReadFile, *, unrated_is_mature: bool) -> ReadFile:
    """Return a function that reads like *read*, but raises `Refused` for a story for adults."""

    async def reading(*file: Any, **whose: Any) -> tuple[Story, str]:
        story, digest = await read(*file, **whose)
        rating = read_rating(story.metadata, story.all_notes)
        if is_gated(rating, unrated=unrated_is_mature):
            raise FOR_ADULTS
        return story, digest

    return reading
