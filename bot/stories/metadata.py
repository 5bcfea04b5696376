"""The details of a story by one name each, whatever its file calls them.

The names are Archive of Our Own's; its export and FanFicFare's are among the labels of each, so that what they say maps
one to one (https://github.com/JimmXinu/FanFicFare/blob/main/fanficfare/defaults.ini, ``*_label``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Field = Literal[
    "rating", "warnings", "categories", "fandoms", "relationships", "characters", "tags", "genres", "language",
    "series", "status", "chapters", "published", "updated", "completed",
    "quotes", "votes", "reviews", "downloads", "sharing", "servers",
]  # fmt: skip

_LABELS: dict[Field, str] = {
    "rating": "rating, rated, ratings, classification, clasificación, clasificacion, classificação, altersfreigabe",
    "warnings": (
        "warnings, warning, archive warnings, archive warning, content warnings, content warning, trigger warnings, "
        "trigger warning, cw, tw, avertissement, avertissements, advertencia, advertencias, avisos, warnungen, "
        "avvertimenti"
    ),
    "categories": "categories, ao3 categories",
    "fandoms": "fandoms, fandom, fandom original, category",
    "relationships": (
        "relationships, relationship, pairing, pairings, ship, ships, shipping, couple, couples, couple principal, "
        "pareja, parejas"
    ),
    "characters": (
        "characters, character, personnages, personnage, personajes, personaje, personagens, charaktere, personaggi"
    ),
    "tags": "tags, tag, additional tags, freeform tags, freeforms, extra tags, keywords",
    "genres": "genres, genre, género, genero, gênero, genere",
    "language": "language, langue, idioma, sprache, lingua",
    "series": "series",
    "status": "status, statut, estado",
    "chapters": "chapters",
    "published": "published, posted, date published, date",
    "updated": "updated, date updated",
    "completed": "completed, complete",
    "quotes": "quotes, quote, may be quoted",
    "votes": "votes, vote, may be voted on",
    "reviews": "reviews, review, may be reviewed",
    "downloads": "downloads, download, may be downloaded",
    "sharing": "sharing, share, may be shared",
    "servers": "servers, server, shown on",
}
_FIELDS: dict[str, Field] = {label: field for field, labels in _LABELS.items() for label in labels.split(", ")}
_WISHED = re.compile(r"yes|no|true|false|on|off", re.I)
"""A wish for reviews: beside it stand how many a story has on another site, and pleas for more."""

_PAIRED = re.compile(r"(?:[FM]/[FM]|gen|multi|other)(?:\s*,\s*(?:[FM]/[FM]|gen|multi|other))*", re.I)


def field_of(label: str, value: str = "") -> Field | None:
    """What a label is about; ``category`` is Archive of Our Own's for who loves whom, FanFicFare's for the fandom.

    ``reviews`` is a wish only where it says yes or no.
    """
    if label == "category" and _PAIRED.fullmatch(value.strip()):
        return "categories"
    field = _FIELDS.get(label)
    return None if field == "reviews" and not _WISHED.fullmatch(value.strip()) else field


def each(metadata: Mapping[str, str], field: Field) -> list[str]:
    """What each label says that is about *field*."""
    return [value for label, value in metadata.items() if field_of(label, value) == field]


def said(metadata: Mapping[str, str], field: Field) -> str | None:
    """What *metadata* says of *field*, all of it where several labels do."""
    return "; ".join(value for value in each(metadata, field) if value.strip()) or None
