"""Bookmarks: custom ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.ui.custom_id import CustomId, ModalId


@dataclass(frozen=True, slots=True)
class AskBookmark(CustomId):
    """Ask for the note of a bookmark at the page that is open."""

    PREFIX = "bk1"
    chapter: int
    offset: int


@dataclass(frozen=True, slots=True)
class BookmarkModal(ModalId):
    """The modal that asks for it."""

    PREFIX = "bkm1"
    chapter: int
    offset: int


@dataclass(frozen=True, slots=True)
class BookmarkPage(CustomId):
    """A page of the reader's bookmarks."""

    PREFIX = "bl1"
    button: Literal["p", "n"]
    page: int


@dataclass(frozen=True, slots=True)
class PickBookmark(CustomId):
    """A select of bookmarks; its values are their ids."""

    PREFIX = "bp1"
    page: int


@dataclass(frozen=True, slots=True)
class BookmarkAction(CustomId):
    """What to do with a bookmark; *page* of the list leads back."""

    PREFIX = "bo1"
    action: Literal["open", "edit", "delete", "back"]
    bookmark: int
    page: int


@dataclass(frozen=True, slots=True)
class BookmarkNoteModal(ModalId):
    """The modal with a bookmark's note."""

    PREFIX = "bem1"
    bookmark: int
    page: int
