"""A reader's data to take along: the files of their uploads, in parts that Discord takes."""

from collections.abc import Sequence
from dataclasses import dataclass

FILES_A_PART = 10
"""Attachments that Discord takes in one message."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that a reader uploaded."""

    name: str
    digest: str
    """Of its bytes; a file that several versions have is handed out once."""
    size: int
    """Bytes."""


def part_of(files: Sequence[StoredFile], part: int, most_bytes: int) -> tuple[list[StoredFile], bool]:
    """Return the files of one part, counted from 0, and whether another follows; a part has at most *most_bytes*."""
    parts: list[list[StoredFile]] = [[]]
    for file in files:
        last = parts[-1]
        if last and (len(last) == FILES_A_PART or sum(each.size for each in last) + file.size > most_bytes):
            parts.append([])
        parts[-1].append(file)
    return (parts[part] if part < len(parts) else []), part + 1 < len(parts)
