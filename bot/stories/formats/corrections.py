"""Corrections of a story by those who keep the library; they win over what the story's file says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.stories.formats.front_matter import Stated
from bot.stories.sections.blocks import Block
from bot.stories.sections.mending import Mends, mend
from bot.stories.sections.parts import Part, Sections
from bot.stories.sections.wording import cut, find, shown

BOUNDS = ("begins", "ends")
"""The keys for the words with which the story proper begins and ends."""

MENDS = ("headings", "plain", "notes")
"""The keys for lines that are headings, headings that are none, and paragraphs that are notes: one a line."""
WHOLE = "whole"
"""The key with which the uploader of a very short story says that this is all of it."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What replaces the metadata of a file, and the words with which its story proper begins and ends."""

    where: str
    """Where the correction stands, for messages."""
    stated: Stated = field(hash=False)
    begins: str | None = None
    ends: str | None = None
    order: int | None = None
    digest: str = ""
    """Changes with what the correction says, not with where it stands."""
    lines: Mapping[str, int] = field(default_factory=dict[str, int], hash=False)
    """The line of each key in ``stories.toml``."""
    is_whole: bool = False
    """Whether the story is stated to be all of it, however short."""
    mends: Mends = field(default_factory=Mends)

    @classmethod
    def of(cls, values: Mapping[str, str], where: str) -> Correction:
        """Return the correction with these *values* by the keys of front matter. Raises `Refused` for a wrong one."""
        stated = Stated()
        for key, value in values.items():
            if key not in (*BOUNDS, *MENDS, WHOLE):
                stated.take(key, value, where)
        headings, plain, notes = (_lines(values.get(key, "")) for key in MENDS)
        mends = Mends(headings, plain, notes)
        return cls(where, stated, values.get("begins"), values.get("ends"), is_whole=WHOLE in values, mends=mends)

    @property
    def is_bound(self) -> bool:
        """Whether it says what the story proper is."""
        return bool(self.begins or self.ends or self.is_whole)

    def bound(self, sections: Sections) -> None:
        """Begin and end the story in *sections*, which its file gave; a bound that is not found becomes a warning."""
        if self.begins or self.ends:
            sections.warnings += [f"{self.where}: {problem}" for problem in self._bound(sections)]

    def onto(self, sections: Sections) -> None:
        """Correct *sections*, which all files of the story gave; a line that is not found becomes a warning."""
        sections.warnings += [f"{self.where}: {problem}" for problem in mend(sections, self.mends)]
        self.stated.onto(sections, corrects=True)

    def _bound(self, sections: Sections) -> list[str]:
        """Part the story from the notes anew at the words of the bounds; return what is wrong with these."""
        if len(sections.parts) > 1:
            return ["`begins` and `ends` are for stories of one chapter"]
        part = sections.parts[0] if sections.parts else Part(None, [])
        notes_before = [*sections.notes_before, *part.notes_before]
        notes_after = [*part.notes_after, *sections.notes_after]
        blocks = [*map(_note, notes_before), *part.blocks, *map(_note, notes_after)]
        start, end, problems = len(notes_before), len(notes_before) + len(part.blocks), list[str]()
        if self.begins:
            at = find(blocks, self.begins, ends=False)
            if at is None:
                problems.append(f"no paragraph or line begins with “{shown(self.begins)}”")
            else:
                start, blocks, added = cut(blocks, *at)
                end = max(end + added, start + 1)
        if self.ends:
            at = find(blocks, self.ends, ends=True)
            if at is None or at[0] < start:
                problems.append(f"no paragraph or line of the story ends with “{shown(self.ends)}”")
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
