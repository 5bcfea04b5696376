"""What tests do with a stories folder: put files there, and look at how it was loaded."""

from pathlib import Path

from bot.importing.loading import Loaded
from bot.store import Store
from bot.stories import Story
from bot.stories.formats.corrections import Correction


def put(shelf: Path, name: str, text: str | bytes) -> Path:
    path = shelf / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def outcomes(report: list[Loaded]) -> dict[str, str]:
    return {line.file: line.outcome for line in report}


async def titles(library: Store) -> list[str]:
    return [entry.title for entry in await library.stories.search("", 100)]


async def never_read(path: Path, name: str, correction: Correction | None = None) -> tuple[Story, str]:
    raise AssertionError(f"{name} was opened")
