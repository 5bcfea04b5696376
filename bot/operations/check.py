"""`check`: shows how story files are read, in words for writers, or as JSON for other programs."""

import asyncio
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path

from bot.config import Settings
from bot.errors import found_at
from bot.importing.folder import SourceFile, corrections_of, survey
from bot.importing.progress import Progress, show_nothing
from bot.importing.read_ahead import read_ahead
from bot.importing.worker import Examined, ReadingProcesses, examine_file, reading_processes
from bot.operations.check_report import Checked, as_json, as_text
from bot.operations.progress import on_terminal
from bot.stories import Refused
from bot.stories.formats import stories_toml as toml
from bot.stories.formats.stories_toml import Corrections

Write = Callable[[str], object]


async def check(_: Settings, paths: Sequence[Path], json: bool) -> int:
    """Print how each file under *paths* is read; return 0, or 1 where there is none or one cannot be read."""
    progress = show_nothing if sys.stdout.isatty() else on_terminal()  # what is written there shows how far it is
    return 0 if await report(paths, sys.stdout.write, json=json, progress=progress) else 1


async def report(paths: Sequence[Path], write: Write, *, json: bool = False, progress: Progress = show_nothing) -> bool:
    """Write how each file under *paths* is read, one after the other; return whether there are any and all can be."""
    is_first, all_read = True, True
    write('{"files": [\n' if json else "")
    async with reading_processes() as processes:
        async for result in _results(paths, processes, progress):
            write("" if is_first else ",\n" if json else "\n\n")
            write(as_json(result) if json else as_text(result))
            is_first, all_read = False, all_read and result.problem is None
    write("\n]}\n" if json else "\n")
    return all_read and not is_first


async def _results(paths: Sequence[Path], processes: ReadingProcesses, progress: Progress) -> AsyncGenerator[Checked]:
    for path in paths:
        if found_at(path) == "folder":
            async for result in _folder(path, processes, progress):
                yield result
        else:
            yield await _file(path)


async def _folder(folder: Path, processes: ReadingProcesses, progress: Progress) -> AsyncGenerator[Checked]:
    """Yield the files of a folder as a load would take them: the first with a key keeps it."""
    files = await asyncio.to_thread(survey, folder) or []
    if not files:
        yield Checked(str(folder), "", None, "no stories found")
    names = [file.name for file in files]
    corrections = corrections_of(folder, names)
    general = [str(problem) for problem in corrections.problems if problem.file not in names]
    if general:
        yield Checked(str(folder / toml.FILE), toml.FILE, None, "; ".join(general))
    taken: dict[str, str] = {}

    def start(file: SourceFile) -> asyncio.Task[Checked]:
        async def read() -> Examined:
            return await processes.examine(file.path, file.name, corrections.entries.get(file.name))

        return asyncio.create_task(_checked(file, corrections, read))

    done = 0
    async for file, task in read_ahead(files, start):
        result = await task
        done += 1
        other = taken.setdefault(result.key, file.name)
        if other != file.name:
            result = replace(result, story=None, problem=f"{other} has the same key “{result.key}”")
        yield result
        await progress(done, len(files))


async def _file(path: Path) -> Checked:
    """Return one file, with what the ``stories.toml`` beside it says of it; no other file is looked at."""
    corrections = corrections_of(path.parent, [path.name])
    general = [str(problem) for problem in corrections.problems] if not corrections.is_read else []

    async def read() -> Examined:
        return examine_file(path, path.name, corrections.entries.get(path.name))

    result = await _checked(SourceFile(path, path.name), corrections, read)
    return replace(result, warnings=(*general, *result.warnings))


async def _checked(file: SourceFile, corrections: Corrections, read: Callable[[], Awaitable[Examined]]) -> Checked:
    warnings = tuple(str(problem) for problem in corrections.problems if problem.file == file.name)
    try:
        if file.problem is not None:
            return Checked(str(file.path), file.key, None, file.problem, warnings)
        examined = await read()
    except Refused as refusal:
        return Checked(str(file.path), file.key, None, str(refusal), warnings)
    except OSError as error:
        return Checked(str(file.path), file.key, None, f"it cannot be read: {error.strerror or error}", warnings)
    story = examined.story
    return Checked(str(file.path), story.id or file.key, story, None, warnings, examined.decisions)
