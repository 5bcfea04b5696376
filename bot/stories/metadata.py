"""The details of a story by one name each, whatever its file calls them.

The names are Archive of Our Own's. The labels of its export and of FanFicFare's stand for each, so that what they say
maps one to one (https://github.com/JimmXinu/FanFicFare/blob/main/fanficfare/defaults.ini, ``*_label``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, get_args

from bot.stories.vocabulary import VOCABULARIES

MetadataField = Literal[
    "rating", "warnings", "categories", "fandoms", "relationships", "characters", "tags", "genres", "language",
    "series", "status", "chapters", "published", "updated", "completed",
    "quotes", "votes", "reviews", "downloads", "sharing", "servers",
]  # fmt: skip

_FIELDS: dict[str, MetadataField] = {
    label: field
    for field in get_args(MetadataField)
    for vocabulary in VOCABULARIES.values()
    for label in vocabulary.details.get(field, ())
}
_YES_OR_NO = re.compile(r"yes|no|true|false|on|off", re.I)
_PAIRED = re.compile(r"(?:[FM]/[FM]|gen|multi|other)(?:\s*,\s*(?:[FM]/[FM]|gen|multi|other))*", re.I)


def field_of(label: str, value: str = "") -> MetadataField | None:
    """Return what a label is about, or None where that is not known.

    ``category`` is Archive of Our Own's word for who loves whom, and FanFicFare's for the fandom. ``reviews`` is the
    author's permission only where it says yes or no: on other sites it counts reviews, and some authors plead by it.
    """
    if label == "category" and _PAIRED.fullmatch(value.strip()):
        return "categories"
    field = _FIELDS.get(label)
    return None if field == "reviews" and not _YES_OR_NO.fullmatch(value.strip()) else field


def values_of(metadata: Mapping[str, str], field: MetadataField) -> list[str]:
    """Return what each label says that is about *field*."""
    said = {label: value for label, value in metadata.items() if field_of(label, value) == field}
    if len(said) > 1:  # beside a rating it is the kind of story
        said.pop("classification", None)
    return list(said.values())


def value_of(metadata: Mapping[str, str], field: MetadataField) -> str | None:
    """Return what *metadata* says of *field*, joined by "; " where several labels do, or None."""
    return "; ".join(dict.fromkeys(value for value in values_of(metadata, field) if value.strip())) or None
