"""Bookmarks: custom ids."""

from __future__ import annotations

from typing import Literal

from bot.ui.custom_id import CustomId, ModalId


class AskBookmark(CustomId, prefix="bk1"):
    """Ask for the note of a bookmark at the page that is open."""

    chapter: int
    offset: int


class BookmarkModal(ModalId, prefix="bkm1"):
    """The modal that asks for it."""

    chapter: int
    offset: int


class BookmarkPage(CustomId, prefix="bl1"):
    """A page of the reader's bookmarks."""

    button: Literal["p", "n"]
    page: int


class PickBookmark(CustomId, prefix="bp1"):
    """A select of bookmarks; its values are their ids."""

    page: int


class BookmarkAction(CustomId, prefix="bo1"):
    """What to do with a bookmark; *page* of the list leads back."""

    action: Literal["open", "edit", "delete", "back"]
    bookmark: int
    page: int


class BookmarkNoteModal(ModalId, prefix="bem1"):
    """The modal with a bookmark's note."""

    bookmark: int
    page: int
