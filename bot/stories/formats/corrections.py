"""Corrections to a story by the people who manage it; they override the story's file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.stories.formats.front_matter import Stated
from bot.stories.sections.blocks import Block
from bot.stories.sections.mending import MENDS, mend
from bot.stories.sections.parts import Part, Sections
from bot.stories.sections.wording import cut, find, shown

BOUNDS = ("begins", "ends")
"""Keys for the first and the last words of the story proper."""

WHOLE = "whole"
"""Key by which the uploader of a very short story confirms that it is complete."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Metadata that replaces that of a story's file, and repairs of headings and notes."""

    where: str
    """Location of the correction, for messages."""
    stated: Stated = field(hash=False)
    order: int | None = None
    digest: str = ""
    """Digest of the correction's content, without its location."""
    lines: Mapping[str, int] = field(default_factory=dict[str, int], hash=False)
    """Line number of each key in ``stories.toml``."""
    is_whole: bool = False
    """Whether the uploader confirmed that a very short story is complete."""
    mends: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]], hash=False)
    """First words of lines that are headings, that are no headings, and of notes, by key (`MENDS`)."""

    @classmethod
    def of(cls, values: Mapping[str, str], where: str) -> Correction:
        """Return the correction with these *values*, by key as in front matter. Raises `Refused` if one is invalid."""
        stated = Stated()
        for key, value in values.items():
            if key not in (*MENDS, WHOLE):
                stated.take(key, value, where)
        mends = {key: _lines(values.get(key, "")) for key in MENDS}
        return cls(where, stated, is_whole=WHOLE in values, mends=mends)

    def onto(self, sections: Sections) -> None:
        """Apply the metadata and the repairs, but not the bounds, to *sections*.

        These must hold the text of all the story's files. A repair whose line is not found becomes a warning.
        """
        sections.warnings += [f"{self.where}: {problem}" for problem in mend(sections, self.mends)]
        self.stated.onto(sections, corrects=True)


def bound(sections: Sections, stated: Stated, where: str) -> None:
    """Split the story in *sections*, read from its file, from its notes again, at the bounds that are *stated*.

    A bound that is not found becomes a warning, which begins with *where*.
    """
    if stated.states_bounds:
        sections.warnings += [f"{where}: {problem}" for problem in _bound(sections, stated)]


def _bound(sections: Sections, stated: Stated) -> list[str]:
    """Apply the bounds; return the problems found."""
    if len(sections.parts) > 1:
        return ["`begins` and `ends` are for stories of one chapter"]
    part = sections.parts[0] if sections.parts else Part(None, [])
    notes_before = [*sections.notes_before, *part.notes_before]
    notes_after = [*part.notes_after, *sections.notes_after]
    blocks = [*map(_note, notes_before), *part.blocks, *map(_note, notes_after)]
    start, end, problems = len(notes_before), len(notes_before) + len(part.blocks), list[str]()
    if stated.begins:
        at = find(blocks, stated.begins, ends=False)
        if at is None:
            problems.append(f"no paragraph or line begins with “{shown(stated.begins)}”")
        else:
            start, blocks, added = cut(blocks, *at)
            end = max(end + added, start + 1)
    if stated.ends:
        at = find(blocks, stated.ends, ends=True)
        if at is None or at[0] < start:
            problems.append(f"no paragraph or line of the story ends with “{shown(stated.ends)}”")
        else:
            end, blocks, _ = cut(blocks, at[0], at[1] + 1)
    sections.notes_before = [block.text for block in blocks[:start] if not block.is_rule]
    sections.notes_after = [block.text for block in blocks[end:] if not block.is_rule]
    part.notes_before, part.notes_after, part.blocks = [], [], blocks[start:end]
    sections.parts = [part] if any(not block.is_rule for block in part.blocks) else []
    return problems


def _note(text: str) -> Block:
    return Block(tuple(line for line in text.split("\n") if line.strip()) or (text,))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
