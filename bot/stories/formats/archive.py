"""Read the zip archive of a book or a document, within limits."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from urllib.parse import unquote

from bot.stories.formats.encoding import MAX_BYTES
from bot.stories.model import Refused

MAX_ENTRIES = 10_000
"""Maximum number of entries in an archive; a book of a thousand chapters and as many pictures has fewer."""

_MAX_ENTRY = MAX_BYTES  # maximum bytes of one entry, unpacked
_MAX_UNPACKED = 3 * MAX_BYTES  # maximum bytes of all entries that are read, unpacked; pictures and fonts are not read
_MAX_RATIO = 150  # maximum ratio of unpacked to packed size: prose packs to a third, repetitive markup to a fiftieth
_RATIO_FROM = 1 << 20  # unpacked bytes; the ratio of a smaller entry is not checked
_CHUNK = 1 << 16
_ENTRY_MARK = b"PK\x01\x02"
_IS_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    LookupError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""Exceptions that `zipfile` raises for damaged files."""


class Archive:
    """A zip file in memory, read one entry at a time. Raises `Refused` if it is damaged or has too many entries.

    In messages, *kind* is the expected format, and *what* is the name of the file.
    """

    def __init__(self, data: bytes, *, kind: str = "an EPUB", what: str = "the book") -> None:
        self._what = what
        if data.count(_ENTRY_MARK) > MAX_ENTRIES:
            raise Refused("entries", "{what} has more than {most:,} entries", what=what, most=MAX_ENTRIES)
        if not data:
            raise Refused("empty", "the file is empty")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except _ZIP_ERRORS as error:
            english = "{what} is not {kind}, or it is damaged (its archive cannot be opened)"
            raise Refused("archive", english, what=what, kind=kind) from error
        self.warnings: list[str] = []
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._by_lower_name: dict[str, str] = {}
        self._read = 0
        for info in infos:
            if info.filename and not info.is_dir():
                path = _normal(info.filename)
                self._entries[path] = info
                self._by_lower_name.setdefault(path.lower(), path)

    @property
    def names(self) -> list[str]:
        """Paths of all files in the archive, in order; nothing is unpacked to these paths."""
        return list(self._entries)

    def find(self, path: str) -> str | None:
        """Return the path of the entry at *path*, whose case may differ; None if there is no such entry."""
        return path if path in self._entries else self._by_lower_name.get(path.lower())

    def read(self, path: str) -> bytes:
        """Return the unpacked content of the entry at *path*; empty if there is no such entry.

        Raises `Refused` if the entry is encrypted, damaged or too large.
        """
        found = self.find(path)
        if found is None:
            return b""
        info = self._entries[found]
        if info.flag_bits & _IS_ENCRYPTED:
            english = "{what} is encrypted with a password; I read only what is open"
            raise Refused("password", english, what=self._what)
        if info.compress_type not in _METHODS:
            english = "“{name}” is packed in a way that {what} should not be"
            raise Refused("packed", english, name=found[:80], what=self._what)
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as entry:
                while piece := entry.read(_CHUNK):
                    size += len(piece)
                    self._read += len(piece)
                    self._check(found, size, info.compress_size)
                    pieces.append(piece)
        except Refused:
            raise
        except _ZIP_ERRORS as error:
            english = "{what} is damaged: “{name}” cannot be unpacked"
            raise Refused("unpack", english, what=self._what, name=found[:80]) from error
        return b"".join(pieces)

    def _check(self, path: str, size: int, packed: int) -> None:
        if size > _MAX_ENTRY:
            english = "“{name}” has more than {most:,} bytes unpacked"
            raise Refused("entry-bytes", english, name=path[:80], most=_MAX_ENTRY)
        if self._read > _MAX_UNPACKED:
            english = "the text of {what} has more than {most:,} bytes unpacked"
            raise Refused("unpacked-bytes", english, what=self._what, most=_MAX_UNPACKED)
        if size > _RATIO_FROM and size > _MAX_RATIO * max(1, packed):
            english = "“{name}” unpacks to more than {times} times its size, as no text does"
            raise Refused("bomb", english, name=path[:80], times=_MAX_RATIO)

    def warn(self, warning: str) -> None:
        if len(self.warnings) < 5 and warning not in self.warnings:
            self.warnings.append(warning)

    def path_of(self, base: str, href: str) -> str:
        """Return the target of a link in the file at *base*."""
        target = unquote(href.partition("#")[0]).strip()
        return _normal(posixpath.join(posixpath.dirname(base), target)) if target else base


def _normal(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/"))
