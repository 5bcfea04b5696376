"""Apply an author's corrections of single lines: headings, lines that are no headings, and notes.

Each line is given by its first words. A line that is not found changes nothing and is reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.stories.sections.blocks import Block, words_of
from bot.stories.sections.headings import Heading, heading_of
from bot.stories.sections.parts import Part, Sections, has_prose
from bot.stories.sections.wording import cut, find, shown, squeezed


def mend(sections: Sections, mends: Mapping[str, Sequence[str]]) -> list[str]:
    """Apply *mends*, first words by their key in `MENDS`, to *sections*; return a message for each that fails."""
    return [
        problem.format(shown(words))
        for key, (apply, problem) in MENDS.items()
        for words in mends.get(key, ())
        if not apply(sections, words)
    ]


def _at(parts: Sequence[Part], words: str) -> tuple[int, list[Block], Block, list[Block]] | None:
    """Return the first block with a line that begins with *words*, or None.

    The index of its chapter is before it, and so are the blocks above it in the chapter; those below it are behind it.
    """
    for i, part in enumerate(parts):
        if (found := find(part.blocks, words, ends=False)) is not None:
            at, blocks, _ = cut(part.blocks, *found)
            return i, blocks[:at], blocks[at], blocks[at + 1 :]
    return None


def _begin_chapter(sections: Sections, words: str) -> bool:
    """Begin a chapter at the first line that begins with *words*; return whether this is possible."""
    if (found := _at(sections.parts, words)) is None:
        return False
    i, above, block, below = found
    blocks = [block.after(1), *below] if block.lines[1:] else below
    if not has_prose(blocks):
        return False
    part = sections.parts[i]
    new = Part(heading_of(block.lines[0]), blocks, [], part.notes_after, part.end_marker)
    part.blocks, part.notes_after, part.end_marker = above, [], None
    if has_prose(above):
        sections.parts.insert(i + 1, new)
    else:
        new.notes_before = [*([part.heading.whole] if part.heading else []), *part.notes_before]
        sections.parts[i] = new
    return True


def _join_chapter(sections: Sections, words: str) -> bool:
    """Join the chapter whose heading begins with *words* to the text above; return whether there is such a heading.

    The heading becomes text of the story. A heading above it, without prose between, becomes the chapter's.
    """
    for i, part in enumerate(sections.parts):
        heading = part.heading
        if heading is None or not any(squeezed(text).startswith(squeezed(words)) for text in _names(heading)):
            continue
        blocks = [Block((heading.whole,)), *part.blocks]
        if heading.above is not None:
            between = [Block(tuple(note.split("\n"))) for note in part.notes_before]
            part.heading, part.blocks, part.notes_before = heading_of(heading.above), between + blocks, []
        elif i == 0:
            part.heading, part.blocks = None, blocks
        else:
            above = sections.parts[i - 1]
            above.blocks += blocks
            above.notes_after += [*part.notes_before, *part.notes_after]
            above.end_marker = part.end_marker
            del sections.parts[i]
        return True
    return False


def _names(heading: Heading) -> list[str]:
    return [text for text in (heading.title, heading.label, heading.whole) if text]


def _take_note(sections: Sections, words: str) -> bool:
    """Make the first paragraph that begins with *words* a note; return whether this is possible.

    A note from the first half of its chapter goes before the chapter, any other after it.
    """
    if (found := _at(sections.parts, words)) is None:
        return False
    i, above, block, below = found
    part = sections.parts[i]
    if has_prose([*above, *below]):
        is_before = words_of(above) < words_of(below)
        part.notes_before += [block.text] if is_before else []
        part.notes_after[:0] = [] if is_before else [block.text]
        part.blocks = [*above, *below]
        return True
    if part.heading is not None or len(sections.parts) == 1:
        return False
    notes = sections.notes_before if i == 0 else sections.parts[i - 1].notes_after
    notes += [*part.notes_before, block.text, *part.notes_after]
    del sections.parts[i]
    return True


MENDS = {
    "plain": (_join_chapter, "no chapter is called “{}”"),
    "headings": (_begin_chapter, "no line of the story begins with “{}”"),
    "notes": (_take_note, "no paragraph of the story begins with “{}”, or its chapter is no more than that"),
}
"""What is done with a line by the key that names it, in this order, and the message if it fails."""
