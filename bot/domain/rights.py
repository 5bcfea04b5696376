"""Who may do what with a story, and which stories an answer may show.

A story's uploader and its linked authors change what is theirs. The managers of its server do so on its shelf. Whoever
runs the bot answers for the stories folder. A word in a file never gives a right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

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
    "unlink",
    "submit",
    "schedule",
    "ask",
    "manage-question",
    "run-bot",
]
"""What somebody does with a story, a shelf, a server or the bot.

What its uploader or author withdrew comes back by *restore* alone, what managers removed by *restore-removed*.
"""

Role = Literal["uploader", "author", "manager", "moderator", "adder", "folder", "owner"]
"""What somebody is to a story, a server or the bot.

An author is linked to the story and agreed to that. A manager has Manage Server in the server whose shelf the story is
on, and acts there. A moderator has the role there that may hide reviews and answer reports. An adder may add stories
there, as its managers have chosen. *Folder* runs the bot, and the story is of the stories folder. The owner owns the
bot, and acts in the server that the setting ``OWNER_SERVER`` names.
"""

ACTS: tuple[Act, ...] = get_args(Act)


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is to a story or in a server, at the moment when they act."""

    roles: frozenset[Role] = frozenset()
    has_author: bool = False
    """Whether anybody is linked to the story."""
    is_here: bool = False
    """Acts in the server whose shelf the story is on. So they are a member of it."""
    is_upload: bool = True
    """Whether the story was uploaded; those of the stories folder change with their files alone."""


def held(roles: Mapping[Role, bool]) -> frozenset[Role]:
    """Return the roles that somebody has."""
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
    "unlink": frozenset({"manager", "folder"}),
    "submit": frozenset({"manager", "adder"}),
    "schedule": _MANAGERS,
    "ask": _ASKERS,
    "manage-question": _ASKERS,
    "run-bot": frozenset({"owner"}),
}
"""Who may do each act; one of these roles is enough. A server's settings may let others publish, too."""

ONLY_HERE: frozenset[Act] = frozenset({"replace", "edit", "add-chapter", "put-back", "restore"})
"""Acts that change what a server reads. Who left it may only take their story down."""

OF_UPLOADS: frozenset[Act] = frozenset({*ONLY_HERE, "restore-removed", "withdraw", "delete", "see-versions"})
"""Acts on what somebody uploaded."""

AUTHORS_FIRST: frozenset[Act] = frozenset({"ask"})
"""Acts that are the author's alone where a story has one."""


def may(act: Act, standing: Standing) -> bool:
    """Return whether somebody of this standing may do *act*."""
    if (act in ONLY_HERE and not standing.is_here) or (act in OF_UPLOADS and not standing.is_upload):
        return False
    if act in AUTHORS_FIRST and standing.has_author and "author" not in standing.roles:
        return False
    return not RIGHTS[act].isdisjoint(standing.roles)


@dataclass(frozen=True, slots=True)
class Audience:
    """Who sees an answer."""

    adult: bool = False
    """Whether all of them are certain to be adults."""
    guild: int = 0
    """The server whose own stories they see beside those of the folder; 0 in a direct message."""
    reader: int = 0
    """The reader whose mutes apply to lists; 0 for nobody in particular."""
    direct: bool = False
    """Whether the reader is alone with the bot, where their own setting says whether they are an adult."""
    draft: int = 0
    """The text of a draft, which they see and no other story; 0 for those who see what is published."""


EVERYONE = Audience()
