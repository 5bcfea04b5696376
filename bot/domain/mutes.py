"""Mutes: tags and authors that a reader does not want to see in lists."""

from dataclasses import dataclass
from typing import Literal

MuteKind = Literal["tag", "author"]
"""What can be muted; fandoms and characters count as tags."""


@dataclass(frozen=True, slots=True)
class Mute:
    """A tag or an author that a reader has muted."""

    id: int
    kind: MuteKind
    name: str
