"""Versions of uploaded stories, and the files of uploads. The last `KEPT_VERSIONS` versions of a story are kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Literal

from bot.domain.uploads import KEPT_VERSIONS, Change, Upload, UploadDetails, Version
from bot.errors import ReaderError
from bot.store.database import Family, Row, Writing, named_list
from bot.store.rows import as_value
from bot.stories import Story
from bot.stories.added_chapters import AddedChapter


class Versions(Family):
    """Stored versions of uploaded stories, for viewing and restoring."""

    async def of(self, story: int) -> list[Version]:
        """Return the versions of a story, latest first."""
        rows = await self._db.rows(f"{_VERSIONS} WHERE story_id = :story ORDER BY id DESC", {"story": story})
        return [_version(row) for row in rows]

    async def find(self, version: int, story: int) -> Version:
        """Return a version of a story by its id. Raises `ReaderError` if the version is gone."""
        row = await self._db.row(
            f"{_VERSIONS} WHERE id = :version AND story_id = :story", {"version": version, "story": story}
        )
        if row is None:
            raise ReaderError("version-gone")
        return _version(row)

    async def upload(self, version: int) -> Upload:
        """Return the files and details of a version. Raises `ReaderError` if the version is gone."""
        row = await self._db.row("SELECT details FROM versions WHERE id = :version", {"version": version})
        files = await self._db.rows(FILES.format(owner="version"), {"id": version})
        if row is None or not files:
            raise ReaderError("version-gone")
        return upload_of(files, json.loads(row["details"]))

    async def last(self, story: int) -> Upload | None:
        """Return the current files and details of a story; None if the story was not uploaded."""
        version = await self.latest(story)
        return await self.upload(version) if version else None

    async def latest(self, story: int) -> int:
        """Return the id of a story's current version; 0 if the story was not uploaded."""
        return await self._db.number(_LATEST, {"story": story})


_LATEST = "SELECT id FROM versions WHERE story_id = :story ORDER BY id DESC LIMIT 1"
_VERSIONS = "SELECT id, story_id, change, user_id, made_at, title, words, chapters FROM versions"


def _version(row: Row) -> Version:
    return as_value(row, Version, user=row["user_id"] or None)


def check_version(writing: Writing, story: int, read_on: int) -> None:
    """Raise `ReaderError` if *read_on* is not the id of a story's current version; 0 accepts any version."""
    row = writing.row(_LATEST, {"story": story})
    if read_on and (row is None or row["id"] != read_on):
        raise ReaderError("story-changed")


def add_version(
    writing: Writing, story_id: int, user: int, change: Change, upload: Upload, story: Story, *, now: int
) -> None:
    """Store the present state of a story as its latest version; delete older ones beyond `KEPT_VERSIONS`."""
    [(version,)] = writing.rows(
        "INSERT INTO versions (story_id, change, details, title, words, chapters, user_id, made_at)"
        " VALUES (:story, :change, :details, :title, :words, :chapters, :user, :now) RETURNING id",
        {
            "story": story_id,
            "change": change,
            "details": json.dumps(upload.details),
            "title": story.title,
            "words": story.words,
            "chapters": len(story.chapters),
            "user": user,
            "now": now,
        },
    )
    keep_files(writing, "version", int(version), upload)
    old = writing.rows(
        "SELECT id FROM versions WHERE story_id = :story AND id NOT IN"
        " (SELECT id FROM versions WHERE story_id = :story ORDER BY id DESC LIMIT :kept)",
        {"story": story_id, "kept": KEPT_VERSIONS},
    )
    drop_versions(writing, [int(row["id"]) for row in old])


def drop_versions(writing: Writing, ids: list[int]) -> None:
    """Delete the versions with these *ids*, and the files that no other version or draft uses."""
    digests = digests_of(writing, "version", ids)
    writing.many("DELETE FROM versions WHERE id = :version", [{"version": version} for version in ids])
    drop_unused(writing, digests)


Owner = Literal["version", "draft"]
"""Kinds of rows that own files."""

FILES = (
    "SELECT f.name, f.title, f.notes, b.data FROM upload_files f JOIN upload_bytes b ON b.digest = f.digest"
    " WHERE f.{owner}_id = :id ORDER BY f.number"
)
"""Query for the files of a version or a draft, for `upload_of`."""


def keep_files(writing: Writing, owner: Owner, owner_id: int, upload: Upload) -> None:
    """Store the files of *upload* for a version or a draft."""
    first = AddedChapter(upload.name, upload.data)
    for number, file in enumerate([first, *upload.chapters]):
        digest = hashlib.blake2b(file.data, digest_size=16).hexdigest()
        writing.execute(
            "INSERT INTO upload_bytes (digest, size, data) VALUES (:digest, :size, :data)"
            " ON CONFLICT (digest) DO UPDATE SET size = excluded.size",  # locks the row against deletion
            {"digest": digest, "size": len(file.data), "data": file.data},
        )
        writing.execute(
            f"INSERT INTO upload_files ({owner}_id, number, name, title, notes, digest)"
            " VALUES (:owner, :number, :name, :title, :notes, :digest)",
            {
                "owner": owner_id,
                "number": number,
                "name": file.name,
                "title": file.title,
                "notes": file.notes,
                "digest": digest,
            },
        )


def digests_of(writing: Writing, owner: Owner, ids: Iterable[int]) -> list[str]:
    """Return the digests of the files that versions or drafts with these *ids* own, before they are deleted."""
    listed, values = named_list("id", list(ids))
    rows = writing.rows(f"SELECT DISTINCT digest FROM upload_files WHERE {owner}_id IN {listed}", values)
    return [row["digest"] for row in rows]


def drop_unused(writing: Writing, digests: Sequence[str]) -> None:
    """Delete the bytes of those *digests* that no version and no draft uses any more.

    The first statement locks the rows, so the second sees all versions and drafts that use them; new ones wait.
    """
    values = [{"digest": digest} for digest in sorted(digests)]
    writing.many("UPDATE upload_bytes SET size = size WHERE digest = :digest", values)
    writing.many(
        "DELETE FROM upload_bytes WHERE digest = :digest"
        " AND NOT EXISTS (SELECT 1 FROM upload_files f WHERE f.digest = :digest)",
        values,
    )


def upload_of(files: Sequence[Row], details: UploadDetails) -> Upload:
    """Return the upload with *details* and the files in rows of the query `FILES`."""
    first, *added = files
    chapters = tuple(as_value(row, AddedChapter) for row in added)
    return Upload(first["name"], first["data"], details, chapters)
