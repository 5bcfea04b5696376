"""Texts of ten styles with what a careful reader would quote of each, and would not: one file for each text.

All were written for this. `best` are passages that make one want to read the story, the best first; `bad` must not be
posted, since they lean on what came before or say nothing. A quote is one of them if either has half of the other.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

STYLES = Path(__file__).parent / "styles"


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its marks; *best* and *bad* are in its words, but for line ends."""

    name: str
    """Its file's, such as ``comedy-3``; the part before the number is its style."""
    text: str
    title: str
    best: tuple[str, ...]
    bad: tuple[str, ...]

    @property
    def style(self) -> str:
        """What kind of text it is."""
        return self.name.rpartition("-")[0]


def marked_texts(folder: Path = STYLES) -> Iterator[Marked]:
    """Yield the texts of a folder by their names."""
    for path in sorted(folder.glob("*.toml")):
        read = tomllib.loads(path.read_text("utf-8"))
        best, bad = (tuple(" ".join(each.split()) for each in read[kind]) for kind in ("best", "bad"))
        yield Marked(path.stem, read["text"], read["title"], best, bad)


def is_of(quote: str, passage: str) -> bool:
    """Return whether half of the words of a quote, or of a marked passage, are in the other."""
    quote, passage = " ".join(quote.split()), " ".join(passage.split())
    shorter, longer = sorted((quote, passage), key=len)
    if shorter in longer:
        return 2 * len(shorter) >= len(longer) or len(shorter) >= 60
    half = len(shorter) // 2
    return any(shorter[at : at + half] in longer for at in (0, len(shorter) - half))
