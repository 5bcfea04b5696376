"""What a story can be found by: its tags, fandoms, characters and authors, one by one, and what else readers sort out.

Archive of Our Own parts tags by commas, and so do most who post elsewhere; FanFiction.Net parts genres by a stroke and
puts pairings in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.stories.languages import language_of
from bot.stories.lengths import length_of
from bot.stories.metadata import MetadataField, values_of

FacetKind = Literal["tag", "fandom", "character", "author", "language", "length", "status", "rating"]
NAMED: tuple[FacetKind, ...] = ("tag", "fandom", "character", "author")
"""The kinds whose names writers choose."""

FACET_CHARS = 150
"""Archive of Our Own's limit of a tag: what is longer is a sentence."""

MOST_FACETS = 200
"""Marks that are kept of one story."""

_FIELDS: dict[FacetKind, tuple[MetadataField, ...]] = {
    "tag": ("tags", "genres", "relationships", "warnings", "categories"),
    "fandom": ("fandoms",),
    "character": ("characters",),
}
_PARTED = re.compile(r"[,;\n，、；]")
_GENRES = re.compile(r"(?<!Hurt)/|/(?!Comfort)", re.I)
_TITLES = re.compile(r"(?:jr|sr|ph\.?d|m\.?d|esq|ii|iii|iv)\.?", re.I)


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing that a story can be found by."""

    kind: FacetKind
    name: str


def facets_of(
    metadata: Mapping[str, str], author: str | None, words: int, rating: str | None, status: str | None
) -> list[Facet]:
    """The marks of a story, none twice."""
    found = [Facet("length", length_of(words))]
    found += [Facet("rating", rating)] if rating else []
    found += [Facet("status", status)] if status else []
    found += [Facet("author", name) for name in authors_of(author or "")]
    found += [
        Facet("language", language_of(name)) for value in values_of(metadata, "language") for name in names_in(value)
    ]
    for kind, fields in _FIELDS.items():
        for field in fields:
            for value in values_of(metadata, field):
                split = _GENRES.split(value) if field == "genres" else (value,)
                found += [Facet(kind, name) for part in split for name in names_in(part)]
    return [mark for mark in dict.fromkeys(found) if len(mark.name) <= FACET_CHARS][:MOST_FACETS]


def authors_of(author: str) -> list[str]:
    """The writers of a story: parted by commas; two parted by "&" are found under both names and each."""
    names: list[str] = []
    for part in names_in(author):
        if names and _TITLES.fullmatch(part):
            names[-1] += f", {part}"
        else:
            names.append(part)
    return [each for name in names for each in dict.fromkeys((name, *(_names(name.split(" & ")))))]


def names_in(text: str) -> Iterator[str]:
    """The names in a text that parts them by commas."""
    return _names(_parts(text))


def _parts(value: str) -> list[str]:
    return _PARTED.split(value.replace("[", ",").replace("]", ","))


def _names(parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        name = " ".join(part.split()).strip('#"“”*.').strip()
        if name:
            yield name
