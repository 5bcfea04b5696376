"""The audience of an answer: which stories it may show depends on the place, the readers and their age."""

from dataclasses import dataclass


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
