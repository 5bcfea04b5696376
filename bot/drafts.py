"""A story that somebody uploads, before and after anyone else sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.stories.model import Story


@dataclass(frozen=True, slots=True)
class Details:
    """What whoever uploads a story says of it; None leaves what the file says."""

    title: str | None = None
    author: str | None = None
    summary: str | None = None
    rating: str | None = None
    status: str | None = None

    @classmethod
    def of(cls, story: Story) -> Details:
        """What a story says of itself."""
        return cls(story.title, story.author, story.summary, story.metadata.get("rating"), story.metadata.get("status"))

    def applied(self, story: Story) -> Story:
        """*story* with these details in the place of its file's."""
        said = {name: value for name, value in (("rating", self.rating), ("status", self.status)) if value}
        return replace(
            story,
            title=self.title or story.title,
            author=self.author or story.author,
            summary=self.summary or story.summary,
            metadata=story.metadata | said,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """An upload that waits to be published; *replaces* is the story whose place it takes."""

    id: int
    guild: int
    user: int
    name: str
    data: bytes
    details: Details
    """What was said of it beside the file."""
    understood: Details
    """What readers would see: the file's own where nothing else was said."""
    replaces: int | None
