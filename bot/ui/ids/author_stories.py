"""The stories that somebody uploaded or wrote: custom ids."""

from typing import Literal

from bot.ui.custom_id import CustomId, ModalId, OfStory


class OwnStories(CustomId, prefix="ow1"):
    """Show a page of one's own stories, counted from 0."""

    side: Literal["p", "n"]
    page: int


class PickOwnStory(CustomId, prefix="op1"):
    """Open the panel of the story that is picked."""


PanelAction = Literal[
    "open", "replace", "add-chapter", "edit", "permissions", "versions", "withdraw", "restore", "delete", "delete-now"
]
"""What the buttons of a story's panel do. *Replace*, *add-chapter* and *permissions* open a form."""


class OwnStoryAction(CustomId, prefix="oa1"):
    """Show the panel of a story, or do one of its acts."""

    action: PanelAction
    story: int


class OwnStoryModal(ModalId, prefix="om1"):
    """A form about a story: a new text, a new chapter, or its author's permissions."""

    form: Literal["replace", "add-chapter", "permissions"]
    story: int


class PickVersion(OfStory, prefix="ov1"):
    """Look at the version of a story that is picked."""


class PutBack(OfStory, prefix="ob1"):
    """Put a version of a story back."""

    version: int
