"""Posts that teach: with what a careful reader takes from each, a file for each language.

Not all of them are read right. ``tools/learn_readings.py`` learns from them what the beginning of a post looks like.
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
    """Yield all lessons."""
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        for name, post in tomllib.loads(path.read_text("utf-8")).items():
            text = post.pop("text")
            yield Lesson(f"{path.stem}/{name}", text, cast(Expected, post))
