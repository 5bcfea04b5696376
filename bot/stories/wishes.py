"""What a writer wants done with a story, as the labelled lines or the front matter of its file say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_LABELS: dict[str, tuple[str, ...]] = {
    "quote": ("quotes", "quote", "may be quoted"),
    "vote": ("votes", "vote", "may be voted on"),
    "download": ("downloads", "download", "may be downloaded"),
}
_YES = ("yes", "true", "on", "allowed", "please", "oui", "sí", "si", "ja")


@dataclass(frozen=True, slots=True)
class Wishes:
    """A story may be quoted and voted on unless its writer says no, and downloaded only if they say yes."""

    quote: bool = True
    vote: bool = True
    download: bool = False


def read_wishes(metadata: Mapping[str, str]) -> Wishes:
    """The wishes that *metadata* states; a word that is not a yes is a no."""
    said = {
        wish: next((metadata[label].strip().lower() in _YES for label in labels if label in metadata), default)
        for (wish, labels), default in zip(_LABELS.items(), (True, True, False), strict=True)
    }
    return Wishes(**said)
