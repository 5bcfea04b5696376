"""Map the labels of story files to one set of metadata fields.

Most fields are Archive of Our Own's; the last six are the author's permissions (see `bot.stories.wishes`). The
vocabulary lists under each field the labels in exports of Archive of Our Own and of FanFicFare
(https://github.com/JimmXinu/FanFicFare/blob/main/fanficfare/defaults.ini, ``*_label``).
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
    """Return the metadata field of a label, or None if the label is unknown.

    On Archive of Our Own ``category`` means pairings such as F/M, in FanFicFare the fandom. ``reviews`` is the author's
    permission only if its value is yes or no: elsewhere it is a number of reviews, or a request for some.
    """
    if label == "category" and _PAIRED.fullmatch(value.strip()):
        return "categories"
    field = _FIELDS.get(label)
    return None if field == "reviews" and not _YES_OR_NO.fullmatch(value.strip()) else field


def values_of(metadata: Mapping[str, str], field: MetadataField) -> list[str]:
    """Return the values of all labels for *field*."""
    by_label = {label: value for label, value in metadata.items() if field_of(label, value) == field}
    if len(by_label) > 1:  # "classification" next to another label for the rating names the kind of story
        by_label.pop("classification", None)
    return list(by_label.values())


def value_of(metadata: Mapping[str, str], field: MetadataField) -> str | None:
    """Return the values of all labels for *field*, joined by "; "; None if all are missing or blank."""
    return "; ".join(dict.fromkeys(value for value in values_of(metadata, field) if value.strip())) or None
