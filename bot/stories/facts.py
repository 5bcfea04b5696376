"""Facts shown above the text of a story's first page: rating, warnings and fandoms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.stories.facets import names_in
from bot.stories.metadata import MetadataField, values_of

# Phrases for a story without warnings: Archive of Our Own's, and those of authors.
_NONE = re.compile(r"(?:no (?:archive )?warnings?(?: apply| needed)?|none(?: apply)?|no|n/?a|nothing|-+)\W*", re.I)


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about a story; warnings and fandoms are in its author's words."""

    rating: str | None = None
    """Rating as returned by `bot.stories.ratings.read_rating`."""
    warnings: tuple[str, ...] = ()
    fandoms: tuple[str, ...] = ()


def facts_of(metadata: Mapping[str, str], rating: str | None = None) -> Facts:
    """Return *rating* with the warnings and fandoms in *metadata*; phrases such as "no warnings apply" are left out."""
    warnings = [name for name in _names(metadata, "warnings") if not _NONE.fullmatch(name)]
    return Facts(rating, tuple(warnings), tuple(_names(metadata, "fandoms")))


def _names(metadata: Mapping[str, str], field: MetadataField) -> list[str]:
    return list(dict.fromkeys(name for value in values_of(metadata, field) for name in names_in(value)))
