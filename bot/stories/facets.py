"""Facets of a story, used to find it: tags, fandoms, characters, authors, length, rating, status and language.

Archive of Our Own separates tags by commas, and so do most authors elsewhere. FanFiction.Net separates genres by a
slash and puts pairings in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.stories.languages import language_name
from bot.stories.lengths import length_of
from bot.stories.metadata import MetadataField, values_of

FacetKind = Literal["tag", "fandom", "character", "author", "language", "length", "status", "rating"]
NAMED: tuple[FacetKind, ...] = ("tag", "fandom", "character", "author")
"""Kinds whose names are free text."""

FACET_CHARS = 150
"""Maximum characters of a facet's name: the tag limit of Archive of Our Own. Longer names are dropped."""

MOST_FACETS = 200
"""Maximum number of facets of a story."""

_FIELDS: dict[FacetKind, tuple[MetadataField, ...]] = {
    "tag": ("tags", "genres", "relationships", "warnings", "categories"),
    "fandom": ("fandoms",),
    "character": ("characters",),
}
_SEPARATORS = re.compile(r"[,;\n，、；\[\]]")
_GENRES = re.compile(r"(?<!Hurt)/|/(?!Comfort)", re.I)
_TITLES = re.compile(r"(?:jr|sr|ph\.?d|m\.?d|esq|ii|iii|iv)\.?", re.I)


@dataclass(frozen=True, slots=True)
class Facet:
    """A property that a story can be found by, such as the tag "Slow Burn"."""

    kind: FacetKind
    name: str


def facets_of(
    metadata: Mapping[str, str], author: str | None, words: int, rating: str | None, status: str | None
) -> list[Facet]:
    """Return the distinct facets of a story; *words* is its length."""
    found = [Facet("length", length_of(words))]
    found += [Facet("rating", rating)] if rating else []
    found += [Facet("status", status)] if status else []
    found += [Facet("author", name) for name in authors_of(author or "")]
    found += [
        Facet("language", language_name(name)) for value in values_of(metadata, "language") for name in names_in(value)
    ]
    for kind, fields in _FIELDS.items():
        for field in fields:
            for value in values_of(metadata, field):
                split = _GENRES.split(value) if field == "genres" else (value,)
                found += [Facet(kind, name) for part in split for name in names_in(part)]
    return [facet for facet in dict.fromkeys(found) if len(facet.name) <= FACET_CHARS][:MOST_FACETS]


def authors_of(author: str) -> list[str]:
    """Return the authors in a comma-separated list; "Ann & Ben" yields the pair and each name."""
    names: list[str] = []
    for part in names_in(author):
        if names and _TITLES.fullmatch(part):
            names[-1] += f", {part}"
        else:
            names.append(part)
    return [each for name in names for each in dict.fromkeys((name, *_trimmed(name.split(" & "))))]


def names_in(text: str) -> Iterator[str]:
    """Yield the names in *text*, separated by commas, semicolons, line breaks or square brackets."""
    return _trimmed(_SEPARATORS.split(text))


def _trimmed(parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        name = " ".join(part.split()).strip('#"“”*.').strip()
        if name:
            yield name
