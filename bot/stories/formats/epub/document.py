"""A page of a book, on its way from the archive to chapters."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.stories.formats.html.page import Page
from bot.stories.formats.html.pieces import Piece


@dataclass(slots=True)
class Document:
    """A page of the spine, where it stands in the book, and what is to be read of it."""

    path: str
    page: Page
    pieces: list[Piece] = field(default_factory=list[Piece])
