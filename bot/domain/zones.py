"""Search for time zones by city, country or abbreviation.

Names and countries come from the IANA time zone database in the package tzdata, offsets from `zoneinfo`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from bot.stories.folding import fold

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone."""

    name: str
    """Name in the IANA database: ``America/New_York``."""
    city: str
    """Name of the city: ``New York``."""
    country: str
    """Name of the country; empty for a zone without a country, and for an alias of another zone."""

    def offset(self, instant: float) -> timedelta:
        """Return the difference of the local time from UTC at *instant*, which is in seconds since 1970."""
        return datetime.fromtimestamp(instant, ZoneInfo(self.name)).utcoffset() or timedelta(0)


def find_zone(name: str) -> Zone | None:
    """Return the zone with this name in the IANA database; None if the search covers no such zone."""
    return next((zone for zone, _ in _index() if zone.name == name), None)


def search_zones(typed: str, limit: int) -> list[Zone]:
    """Return at most *limit* zones that match *typed*, best first; among equal matches, populous zones first."""
    return [zone for *_, zone in sorted(_ranked(_folded(typed)))][:limit]


def meant_zones(typed: str, limit: int) -> list[Zone]:
    """Return the one zone that *typed* names exactly; otherwise at most *limit* matches, none if *typed* is empty."""
    ranked = sorted(_ranked(words)) if (words := _folded(typed)) else []
    is_named = bool(ranked) and ranked[0][0] == _WHOLE
    return [zone for *_, zone in ranked[: 1 if is_named else limit]]


_WHOLE, _BEGINNING, _WORDS = range(3)


@dataclass(frozen=True, slots=True)
class _SearchTerms:
    """Names and words by which a zone is found, in folded form (`bot.stories.folding`)."""

    names: tuple[str, ...]
    """The zone's city, its name in the database, other common names, and its country if the country has one zone."""
    words: frozenset[str]
    """Words of *names*, of the country, and of the database's comment on the zone's location."""
    place: int
    """Rank among equally good matches; populous zones come first."""


def _ranked(whole: str) -> Iterator[tuple[int, int, str, Zone]]:
    words = whole.split()
    for zone, terms in _index():
        if whole in terms.names:
            rank = _WHOLE
        elif any(name.startswith(whole) for name in terms.names):
            rank = _BEGINNING
        elif all(any(each.startswith(word) for each in terms.words) for word in words):
            rank = _WORDS
        else:
            continue
        yield rank, terms.place, zone.name, zone


def _folded(text: str) -> str:
    """Return the folded words of *text*; the sign of an offset becomes a word, to tell ``UTC+2`` from ``UTC-2``."""
    spelt = text.replace("−", "-")
    if match := re.fullmatch(r"\s*(?:utc|gmt)?\s*([+-])\s*0?(\d{1,2})(?::?00)?\s*", spelt, re.I):
        return f"utc {'plus' if match[1] == '+' else 'minus'} {match[2]}" if match[2] != "0" else "utc"
    return " ".join(_WORD.findall(fold(text)))


@cache
def _index() -> tuple[tuple[Zone, _SearchTerms], ...]:
    """Return UTC and all zones with a region; old names such as ``EST`` (without summer time) are left out."""
    where = dict(_locations())
    zones_in = Counter(country for country, _ in where.values())
    return tuple(
        _zone_terms(name, country, comment, is_all_of_it=zones_in[country] == 1)
        for name in _read("zones")
        if "/" in name or name == "UTC"
        for country, comment in [where.get(name, ("", ""))]
    )


def _zone_terms(name: str, country: str, comment: str, *, is_all_of_it: bool) -> tuple[Zone, _SearchTerms]:
    if match := re.fullmatch(r"Etc/GMT([+-])(\d+)", name):  # the database's signs are reversed: Etc/GMT+2 is UTC-2
        sign, word = ("−", "minus") if match[1] == "+" else ("+", "plus")
        city, also = f"UTC{sign}{match[2]}", (f"utc {word} {match[2]}",)
    else:
        city, also = name.rpartition("/")[2].replace("_", " "), _ALSO_CALLED.get(name, ())
    names = (_folded(city), _folded(name), *also, *([_folded(country)] if is_all_of_it else []))
    words = " ".join((*names, _folded(country), _folded(comment))).split()
    place = _POPULOUS.index(name) if name in _POPULOUS else len(_POPULOUS) + (0 if country else 1)
    return Zone(name, city, country), _SearchTerms(names, frozenset(words), place)


def _locations() -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each zone that has a country, with the country's name and the database's comment on its location."""
    countries = dict(line.split("\t") for line in _read("zoneinfo", "iso3166.tab"))
    for line in _read("zoneinfo", "zone.tab"):
        code, _, name, *comment = line.split("\t")
        yield name, (countries[code], " ".join(comment))


def _read(*path: str) -> list[str]:
    text = files("tzdata").joinpath(*path).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


_POPULOUS = (
    "UTC", "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Europe/London",
    "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Rome", "Europe/Warsaw", "Europe/Istanbul",
    "Europe/Moscow", "Africa/Cairo", "Africa/Lagos", "Africa/Johannesburg", "Asia/Dubai", "Asia/Kolkata",
    "Asia/Jakarta", "Asia/Manila", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney", "America/Sao_Paulo",
    "America/Mexico_City", "America/Toronto", "America/Argentina/Buenos_Aires", "Asia/Seoul", "Pacific/Auckland",
    "Australia/Brisbane", "Australia/Perth", "America/Phoenix", "America/Vancouver", "Europe/Kyiv",
)  # fmt: skip
"""Populous zones, which come first among equally good matches and before anything is typed."""

_ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "UTC": ("gmt", "zulu", "coordinated universal time"),
    "America/New_York": ("est", "edt", "et", "eastern time", "nyc", "boston", "washington", "miami", "atlanta"),
    "America/Chicago": ("cst", "cdt", "ct", "central time", "dallas", "houston", "austin", "minneapolis"),
    "America/Denver": ("mst", "mdt", "mt", "mountain time", "salt lake city"),
    "America/Los_Angeles": ("pst", "pdt", "pt", "pacific time", "la", "san francisco", "seattle", "las vegas"),
    "America/Anchorage": ("akst", "akdt"),
    "Pacific/Honolulu": ("hst",),
    "America/Toronto": ("montreal", "ottawa", "quebec"),
    "America/Halifax": ("ast", "adt"),
    "America/Edmonton": ("calgary",),
    "America/Sao_Paulo": ("brt", "rio de janeiro", "brasilia"),
    "America/Argentina/Buenos_Aires": ("art",),
    "Europe/London": ("bst", "uk", "england", "scotland", "wales", "great britain", "edinburgh", "manchester"),
    "Europe/Berlin": ("cet", "cest", "germany", "munich", "hamburg", "cologne", "frankfurt"),
    "Europe/Paris": ("lyon", "marseille"),
    "Europe/Madrid": ("barcelona",),
    "Europe/Rome": ("milan",),
    "Europe/Zurich": ("geneva", "bern"),
    "Europe/Amsterdam": ("rotterdam", "holland"),
    "Europe/Athens": ("eet", "eest"),
    "Europe/Lisbon": ("wet", "west", "porto"),
    "Europe/Kyiv": ("kiev",),
    "Europe/Istanbul": ("ankara", "turkey"),
    "Europe/Moscow": ("msk", "saint petersburg"),
    "Asia/Jerusalem": ("tel aviv",),
    "Asia/Dubai": ("abu dhabi", "uae"),
    "Asia/Kolkata": ("ist", "mumbai", "delhi", "new delhi", "bangalore", "chennai", "hyderabad"),
    "Asia/Shanghai": ("beijing", "shenzhen", "guangzhou"),
    "Asia/Tokyo": ("jst", "osaka", "kyoto"),
    "Asia/Seoul": ("kst", "korea", "south korea", "busan"),
    "Asia/Ho_Chi_Minh": ("hanoi", "saigon"),
    "Australia/Sydney": ("aest", "aedt", "canberra"),
    "Australia/Adelaide": ("acst", "acdt"),
    "Australia/Perth": ("awst",),
    "Pacific/Auckland": ("nzst", "nzdt", "wellington"),
}
"""Further names of zones, folded: abbreviations, and cities and countries missing from the database."""
