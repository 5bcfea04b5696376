"""What a reader is told of a story before its first page: for whom it is, what it warns of, and its fandoms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.stories.facets import names_in
from bot.stories.metadata import MetadataField, values_of

# Archive of Our Own's words for a story that has nothing to warn of, and what authors write instead.
_NOTHING = re.compile(r"(?:no (?:archive )?warnings?(?: apply| needed)?|none(?: apply)?|no|n/?a|nothing|-+)\W*", re.I)


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about a story, in its author's words."""

    rating: str | None = None
    """As `bot.stories.ratings` has it."""
    warnings: tuple[str, ...] = ()
    fandoms: tuple[str, ...] = ()


def facts_of(metadata: Mapping[str, str], rating: str | None = None) -> Facts:
    """Return the facts that the labels of a story's file state; a warning of nothing is none."""
    warnings = [name for name in _names(metadata, "warnings") if not _NOTHING.fullmatch(name)]
    return Facts(rating, tuple(warnings), tuple(_names(metadata, "fandoms")))


def _names(metadata: Mapping[str, str], field: MetadataField) -> list[str]:
    return list(dict.fromkeys(name for value in values_of(metadata, field) for name in names_in(value)))
