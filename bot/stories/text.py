"""Plain text, as authors post it."""

from __future__ import annotations

from bot.stories.blocks import split, usual_gap
from bot.stories.encoding import decode
from bot.stories.parts import Sections
from bot.stories.sections import read_sections


def read_text(data: bytes) -> Sections:
    """The sections of a text file. Raises `Refused`."""
    text, warning = decode(data)
    blocks = split(text)
    sections = read_sections(blocks)
    sections.gap = usual_gap(blocks)
    sections.warnings += [warning] if warning else []
    return sections
