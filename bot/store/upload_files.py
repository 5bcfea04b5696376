"""The files of uploads. Versions and drafts that have the same bytes share them; bytes that nothing has any more go."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Literal

from bot.domain.uploads import Upload, UploadDetails
from bot.store.database import Row, Writing, named_list
from bot.store.rows import as_value
from bot.stories.added_chapters import AddedChapter

Owner = Literal["version", "draft"]
"""What has a file."""

FILES = (
    "SELECT f.name, f.title, f.notes, b.data FROM upload_files f JOIN upload_bytes b ON b.digest = f.digest"
    " WHERE f.{owner}_id = :id ORDER BY f.number"
)
"""The files of a version or a draft, as `upload_of` reads them."""


def keep_files(writing: Writing, owner: Owner, owner_id: int, upload: Upload) -> None:
    """Store the files of *upload* as those of a version or a draft."""
    first = AddedChapter(upload.name, upload.data)
    for number, file in enumerate([first, *upload.chapters]):
        digest = hashlib.blake2b(file.data, digest_size=16).hexdigest()
        writing.execute(
            "INSERT INTO upload_bytes (digest, size, data) VALUES (:digest, :size, :data)"
            " ON CONFLICT (digest) DO UPDATE SET size = excluded.size",  # a lock, so that nobody drops them meanwhile
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
    """Return the digests of what some versions or drafts have; ask before they are deleted."""
    listed, values = named_list("id", list(ids))
    rows = writing.rows(f"SELECT DISTINCT digest FROM upload_files WHERE {owner}_id IN {listed}", values)
    return [row["digest"] for row in rows]


def drop_unused(writing: Writing, digests: Sequence[str]) -> None:
    """Delete those bytes that no version and no draft has any more.

    They are locked first: the second statement sees who kept them until then, and who keeps them later waits.
    """
    values = [{"digest": digest} for digest in sorted(digests)]
    writing.many("UPDATE upload_bytes SET size = size WHERE digest = :digest", values)
    writing.many(
        "DELETE FROM upload_bytes WHERE digest = :digest"
        " AND NOT EXISTS (SELECT 1 FROM upload_files f WHERE f.digest = :digest)",
        values,
    )


def upload_of(files: Sequence[Row], details: UploadDetails) -> Upload:
    """Return the upload in rows of `FILES`."""
    first, *added = files
    chapters = tuple(as_value(row, AddedChapter) for row in added)
    return Upload(first["name"], first["data"], details, chapters)
