"""Rights: who may do what with a story, and who sees an answer of the bot.

A story's uploader and its linked authors may change it. The managers of a server may change stories on its shelf. The
host of the bot is responsible for the stories folder. The contents of a file never grant a right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Act = Literal[
    "replace",
    "edit",
    "add-chapter",
    "put-back",
    "withdraw",
    "restore",
    "restore-removed",
    "delete",
    "see-versions",
    "see-stats",
    "publish",
    "approve",
    "remove",
    "remove-all",
    "see-uploads",
    "see-log",
    "set",
    "hide-review",
    "answer-report",
    "take-out-quote",
    "unlink",
    "submit",
    "schedule",
    "ask",
    "manage-question",
    "run-bot",
]
"""Acts on a story, a shelf, a server or the bot.

A story withdrawn by its uploader or author returns only by *restore*, one removed by managers only by
*restore-removed*.
"""

Role = Literal["uploader", "author", "manager", "moderator", "adder", "folder", "owner"]
"""Roles of a user towards a story, a server or the bot.

- *author*: linked to the story with their own consent.
- *manager*: has Manage Server in the server of the story's shelf, and acts there.
- *moderator*: has that server's role for hiding reviews and answering reports.
- *adder*: may submit stories to that server, by its settings.
- *folder*: runs the bot; the story is from the stories folder.
- *owner*: owns the bot, and acts in the server of the setting ``OWNER_SERVER``.
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """A user's roles towards a story or a server, at the time of an act."""

    roles: frozenset[Role] = frozenset()
    has_author: bool = False
    """Whether the story has a linked author."""
    is_here: bool = False
    """Whether the user acts in the server of the story's shelf, and is therefore a member of it."""
    is_upload: bool = True
    """Whether the story was uploaded; a story from the stories folder changes only with its file."""


def held(roles: Mapping[Role, bool]) -> frozenset[Role]:
    """Return the roles whose value in *roles* is true."""
    return frozenset(role for role, has_it in roles.items() if has_it)


_AUTHORS: frozenset[Role] = frozenset({"uploader", "author"})
OWNERS: frozenset[Role] = frozenset({"uploader", "author", "manager"})
_MANAGERS: frozenset[Role] = frozenset({"manager"})
_MODERATORS: frozenset[Role] = frozenset({"manager", "moderator"})
_ASKERS: frozenset[Role] = frozenset({"author", "manager", "folder"})

RIGHTS: Mapping[Act, frozenset[Role]] = {
    "replace": OWNERS,
    "edit": OWNERS,
    "add-chapter": OWNERS,
    "put-back": OWNERS,
    "withdraw": OWNERS,
    "restore": _AUTHORS,
    "restore-removed": _MANAGERS,
    "delete": OWNERS,
    "see-versions": OWNERS,
    "see-stats": frozenset({"author"}),
    "publish": _MANAGERS,
    "approve": _MANAGERS,
    "remove": _MANAGERS,
    "remove-all": _MANAGERS,
    "see-uploads": _MANAGERS,
    "see-log": _MANAGERS,
    "set": _MANAGERS,
    "hide-review": _MODERATORS,
    "answer-report": _MODERATORS,
    "take-out-quote": frozenset({*OWNERS, "moderator", "folder"}),
    "unlink": frozenset({"manager", "folder"}),
    "submit": frozenset({"manager", "adder"}),
    "schedule": _MANAGERS,
    "ask": _ASKERS,
    "manage-question": _ASKERS,
    "run-bot": frozenset({"owner"}),
}
"""Roles that may do each act; a user needs one of them. *publish* is publishing without the limits for members."""

ONLY_HERE: frozenset[Act] = frozenset({"replace", "edit", "add-chapter", "put-back", "restore"})
"""Acts that need membership in the story's server, since they change what its members read.

A former member may still withdraw or delete their story.
"""

OF_UPLOADS: frozenset[Act] = frozenset({*ONLY_HERE, "restore-removed", "withdraw", "delete", "see-versions"})
"""Acts that are possible for uploaded stories only."""

AUTHORS_FIRST: frozenset[Act] = frozenset({"ask"})
"""Acts that are reserved for the linked authors if the story has any."""


def may(act: Act, standing: Standing) -> bool:
    """Return whether a user with this *standing* may do *act*."""
    if (act in ONLY_HERE and not standing.is_here) or (act in OF_UPLOADS and not standing.is_upload):
        return False
    if act in AUTHORS_FIRST and standing.has_author and "author" not in standing.roles:
        return False
    return not RIGHTS[act].isdisjoint(standing.roles)


@dataclass(frozen=True, slots=True)
class Audience:
    """The viewers of an answer of the bot; the stories that the answer may show depend on them."""

    adult: bool = False
    """Whether all viewers are certain to be adults."""
    guild: int = 0
    """Server whose own stories are visible beside those of the stories folder; 0 in a direct message."""
    reader: int = 0
    """Reader whose mutes apply to lists; 0 for no single reader."""
    direct: bool = False
    """Whether this is a direct message; then the reader's own setting says whether they are an adult."""
    draft: int = 0
    """Id of a draft's text, which is then the only visible one; 0 if published stories are visible."""


EVERYONE = Audience()
