"""Permissions that an author states in labelled lines or front matter of a story file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.stories.metadata import MetadataField, value_of

Servers = tuple[int, ...] | Literal["all", "this"] | None
"""Servers that show a story: ids, all, or only the server where the story was uploaded; None if not stated."""

_YES = ("yes", "true", "on", "allowed", "please", "oui", "sí", "si", "ja", "sim")
_ALL = ("all", "all servers", "any", "everywhere", "yes")
_ID = re.compile(r"(?<!\d)\d{15,20}(?!\d)")


@dataclass(frozen=True, slots=True)
class Wishes:
    """An author's permissions; all but downloads are granted unless the author says no.

    A story that may not be shared is shown only to the reader who opens it.
    """

    quote: bool = True
    vote: bool = True
    review: bool = True
    download: bool = False
    share: bool = True
    servers: Servers = None


def read_wishes(metadata: Mapping[str, str]) -> Wishes:
    """Return the permissions stated in *metadata*; any value but a yes is a no."""

    def may(field: MetadataField, default: bool) -> bool:
        value = value_of(metadata, field)
        return default if value is None else value.strip().lower() in _YES

    return Wishes(
        quote=may("quotes", True),
        vote=may("votes", True),
        review=may("reviews", True),
        download=may("downloads", False),
        share=may("sharing", True),
        servers=_servers(value_of(metadata, "servers")),
    )


def _servers(value: str | None) -> Servers:
    if value is None:
        return None
    if value.strip().lower() in _ALL:
        return "all"
    return tuple(dict.fromkeys(int(found) for found in _ID.findall(value))) or "this"
