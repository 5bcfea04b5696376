"""Posts with what a careful reader takes from each: a file for each language, in three parts.

The parser may learn from *learn*, *tune* decides between two ways of learning, and *test* is read for a figure only.
The rules and tables of the parser have seen all three. So only *fresh* posts, written by somebody who has not read the
code and read once, say how well the parser reads.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from tools.corpus.expected import NAME, Expected

CORPUS = Path(__file__).parent

RIGHT = frozenset((CORPUS / "read_right.txt").read_text("utf-8").split())
"""The names of the seen posts that are read right. A name leaves the file only in a commit that says why."""

Part = Literal["learn", "tune", "test", "fresh"]
SEEN: tuple[Part, ...] = ("learn", "tune", "test")


@dataclass(frozen=True, slots=True)
class Post:
    """A post and what is expected of it. Its name begins with that of its file, a language: ``en/chat-fic``."""

    name: str
    text: str
    expected: Expected
    file: str = NAME
    """The name of the file in which it is read; its ending tells the format."""


def posts(*parts: Part) -> Iterator[Post]:
    """Yield the posts of some parts, of all that were seen by default."""
    for part in parts or SEEN:
        for path in sorted((CORPUS / part).glob("*.toml")):
            yield from posts_in(path)


def posts_in(path: Path) -> Iterator[Post]:
    """Yield the posts of one file."""
    for name, post in tomllib.loads(path.read_text("utf-8")).items():
        text, file = post.pop("text"), post.pop("file", NAME)
        yield Post(f"{path.stem}/{name}", text, cast(Expected, post), file)
