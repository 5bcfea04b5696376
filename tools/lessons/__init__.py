"""Lessons: posts and the expected results of parsing them, one file for each language.

The bot does not parse all of them correctly. ``tools/learn_readings.py`` trains on them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from tests.stories.expected import Expected


@dataclass(frozen=True, slots=True)
class Lesson:
    name: str
    text: str
    expected: Expected


def lessons() -> Iterator[Lesson]:
    """Yield the lessons of all files."""
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        for name, post in tomllib.loads(path.read_text("utf-8")).items():
            text = post.pop("text")
            yield Lesson(f"{path.stem}/{name}", text, cast(Expected, post))
