"""What `check` says, for tests."""

import json
from pathlib import Path
from typing import Any

from bot.operations.check import report


async def said_of(*paths: Path, as_json: bool = False, explain: bool = False) -> tuple[str, bool]:
    """Return what is written of *paths*, and whether every file is loaded."""
    written: list[str] = []
    all_loaded = await report(paths, written.append, json=as_json, explain=explain)
    return "".join(written), all_loaded


async def checked(*paths: Path) -> tuple[bool, list[dict[str, Any]]]:
    """Return whether every file is loaded, and what the object says of each."""
    text, all_loaded = await said_of(*paths, as_json=True)
    said = json.loads(text)
    assert list(said) == ["files"]
    return all_loaded, said["files"]
