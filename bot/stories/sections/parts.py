"""Sections of a story, filled while a file is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.stories.sections.blocks import Block
from bot.stories.sections.headings import Heading
from bot.stories.sections.labels import Labelled
from bot.stories.sections.names import Names, read_names, whole_name
from bot.stories.sections.roles import Outside


@dataclass(slots=True)
class Part:
    """A chapter while a file is read; *blocks* are its prose."""

    heading: Heading | None
    blocks: list[Block]
    notes_before: list[str] = field(default_factory=list[str])
    notes_after: list[str] = field(default_factory=list[str])
    end_marker: str | None = None

    def drop_last_rules(self) -> None:
        while self.blocks and self.blocks[-1].is_rule:
            self.blocks.pop()


@dataclass(slots=True)
class Sections:
    """Title, author, metadata, notes and chapters of a file, before they become a `Story`."""

    title: str | None = None
    author: str | None = None
    summary: list[str] = field(default_factory=list[str])
    metadata: dict[str, str] = field(default_factory=dict[str, str])
    notes_before: list[str] = field(default_factory=list[str])
    notes_after: list[str] = field(default_factory=list[str])
    end_marker: str | None = None
    parts: list[Part] = field(default_factory=list[Part])
    gap: int = 1
    """Usual number of blank lines between two paragraphs; a larger gap is a scene break."""
    warnings: list[str] = field(default_factory=list[str])
    outside: Outside | None = None
    """Places of the lines around the story, to explain them; None if nothing was searched there, as in a book."""

    def take_title(self, line: str, *, is_signed: bool) -> None:
        """Take the title from its line, and what else the line says; *is_signed* if another line names the author."""
        self._take_names(read_names(line, "signed title" if is_signed else "title"))

    def take_author(self, line: str) -> None:
        """Take the author's name from its line."""
        if self.author is None:
            self._take_names(read_names(line, "author"))

    def _take_names(self, names: Names) -> None:
        self.title = self.title or names.title
        self.author = self.author or names.author
        for label, value in names.details:
            self.take(Labelled("metadata", label, value))

    def take_all(self, labels: Iterable[Labelled]) -> None:
        """Put the values of *labels* into their fields."""
        for label in labels:
            self.take(label)

    def take(self, label: Labelled) -> None:
        """Put the value of *label* into its field; a second title or author becomes metadata."""
        if label.kind == "note":
            self.notes_before += [label.value] if label.value else []
        elif label.kind == "summary":
            self.summary.append(label.value)
        elif label.kind == "title" and self.title is None:
            self.title = whole_name(label.value)
        elif label.kind == "author" and self.author is None:
            self.author = whole_name(label.value)
        elif label.value.lower() not in _NOT_STATED:
            known = self.metadata.get(label.label)
            if known is None:
                self.metadata[label.label] = label.value
            elif label.value not in known.split("; "):
                self.metadata[label.label] = f"{known}; {label.value}"


_NOT_STATED = frozenset({"n/a", "-", "–", "—"})  # placeholders that sites show for an empty field


def has_prose(blocks: Sequence[Block]) -> bool:
    return any(not block.is_rule for block in blocks)
