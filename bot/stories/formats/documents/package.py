"""Unpack documents, which are zip archives of XML files, within limits, and pack them again."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from bot.stories.formats.archive import Archive
from bot.stories.model import Refused

_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_READ = (".xml", ".rels", "mimetype")


def unpacked(data: bytes, kind: str) -> dict[str, bytes]:
    """Return the XML files of a document by name, unpacked within limits; *kind* names the format in messages.

    Pictures and macros are left out. Raises `Refused` for an archive that is damaged, encrypted or a zip bomb, and for
    XML entities, so that the library that reads the document never meets them.
    """
    archive = Archive(data, kind=kind, what="the document")
    files = {name: archive.read(name) for name in archive.names if name.lower().endswith(_READ)}
    for name, content in files.items():
        if _DECLARES.search(content.replace(b"\x00", b"")):  # in UTF-16 every other byte is NUL
            english = "“{name}” in the document declares XML entities, which no word processor does"
            raise Refused("entities", english, name=name[:80])
    return files


def packed(files: Mapping[str, bytes]) -> io.BytesIO:
    """Return a zip archive with the contents of *files*, by name."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as copy:
        for name, content in files.items():
            copy.writestr(name, content)
    package.seek(0)
    return package
