"""Bookmarks: custom ids."""

from typing import Literal

from bot.ui.custom_id import AtSpot, CustomId, ModalId


class AskBookmark(AtSpot, prefix="bk1"):
    """Ask for the note of a new bookmark at the open page."""


class BookmarkModal(AskBookmark, ModalId, prefix="bkm1"):
    """The note of a new bookmark."""


class PickBookmark(CustomId, prefix="bp1"):
    """A select of a page of the reader's bookmarks; its values are their ids."""

    page: int


class BookmarkAction(CustomId, prefix="bo1"):
    """Open, edit or delete a bookmark; *page* of the list leads back."""

    action: Literal["open", "edit", "delete"]
    bookmark: int
    page: int


class BookmarkNoteModal(ModalId, prefix="bem1"):
    """The changed note of a bookmark."""

    bookmark: int
    page: int
