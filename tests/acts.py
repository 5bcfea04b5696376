"""What readers do, as the store keeps it: many acts by chance, for tests that need a library which is in use."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from random import Random

from bot.domain.questions import NewQuestion, PostedQuestion
from bot.domain.reactions import Post
from bot.domain.reviews import NewReview
from bot.domain.uploads import Upload
from bot.errors import ReaderError
from bot.store import Store
from bot.stories.model import OpenPage
from tests.votes import cast_vote

EMOJI = ("🔥", "❤️", "😭")
DAY = 24 * 60 * 60


@dataclass
class Acts:
    """Acts of readers in one server, which *chance* picks."""

    store: Store
    guild: int
    channel: int
    readers: range
    chance: Random
    pages: list[OpenPage] = field(default_factory=list[OpenPage])
    questions: list[int] = field(default_factory=list[int])
    done: int = 0
    refused: int = 0
    _written: count[int] = field(default_factory=count)

    async def begin(self) -> None:
        """Look up the pages that readers turn."""
        for story in await self.store.stories.search("", 25):
            first, _ = await self.store.pages.ends(story.id)
            chapter = (await self.store.pages.open(first)).chapter
            for page in range(1, min(chapter.pages, 20) + 1):
                self.pages.append(await self.store.pages.open(await self.store.pages.spot(chapter, page, 0)))

    async def one(self) -> None:
        """Let a reader do something; a kind refusal is an act, too."""
        page, reader = self.chance.choice(self.pages), self.chance.choice(self.readers)
        try:
            await self.chance.choices(list(KINDS), list(KINDS.values()))[0](self, reader, page)
        except ReaderError:
            self.refused += 1
        self.done += 1

    async def turn(self, reader: int, page: OpenPage) -> None:
        await self.store.places.move(reader, page, self.guild)

    async def vote(self, reader: int, page: OpenPage) -> None:
        await cast_vote(self.store, page.story.id, reader, self.chance.choice(["continue", "leave"]), self.guild)

    async def react(self, reader: int, page: OpenPage) -> None:
        await self.store.reactions.toggle(page.story.id, reader, self.chance.choice(EMOJI), self.guild, page)

    async def quote(self, reader: int, page: OpenPage) -> None:
        quote = await self.store.quotes.draw(f"user:{reader}", page.story)
        if self.chance.random() < 0.3:
            await self.store.saved_quotes.keep(reader, quote.id, self.guild)

    async def search(self, reader: int, _: OpenPage) -> None:
        await self.store.saved_queries.keep(reader, "passages", f"word {next(self._written)}")

    async def put_on_a_list(self, reader: int, page: OpenPage) -> None:
        await self.store.reading_lists.put(reader, page.story.id, self.chance.choice(["later", "reading", None]))

    async def bookmark(self, reader: int, page: OpenPage) -> None:
        await self.store.bookmarks.keep(reader, page, f"note {next(self._written)}")

    async def follow(self, reader: int, page: OpenPage) -> None:
        await self.store.follows.follow(reader, "story", page.story.id, self.guild)

    async def review(self, reader: int, page: OpenPage) -> None:
        text = f"I read it twice, and the {next(self._written)}th line stayed with me."
        review = NewReview(reader, "ann", page.story.id, 0, self.guild, text, False)
        found = await self.store.reviews.leave(review, self.store.clock())
        if self.chance.random() < 0.2:
            await self.store.reviews.report(self.chance.choice(self.readers), found, "spam", self.store.clock())

    async def ask(self, reader: int, page: OpenPage) -> None:
        new = NewQuestion(page.story.id, reader, self.guild, "What next?", ("Stay", "Go"), "1", False)
        question = await self.store.questions.ask(new)
        self.questions.append(question)
        post = PostedQuestion(question, self.guild, self.channel, 2 * 10**9 + next(self._written))
        await self.store.question_posts.record(post)

    async def answer(self, reader: int, _: OpenPage) -> None:
        if self.questions:
            question = self.chance.choice(self.questions[-20:])
            await self.store.ballots.cast(question, reader, self.chance.choice([1, 2]), self.guild)

    async def mute(self, reader: int, _: OpenPage) -> None:
        await self.store.mutes.add(reader, "tag", [f"tag {next(self._written)}"])

    async def upload(self, reader: int, _: OpenPage) -> None:
        data = f"Title: Draft {next(self._written)}\n\nIt rained, and nobody minded at all.\n".encode()
        await self.store.drafts.keep(self.guild, reader, Upload("draft.txt", data, {}), {})

    async def post(self, _: int, page: OpenPage) -> None:
        await self.store.posts.record(Post(10**9 + next(self._written), self.channel, self.guild), page.story.id)

    async def change_settings(self, reader: int, _: OpenPage) -> None:
        await self.store.settings.change_reader(reader, lambda chosen: chosen)


KINDS: dict[Callable[[Acts, int, OpenPage], Awaitable[None]], int] = {
    Acts.turn: 50,
    Acts.vote: 5,
    Acts.react: 10,
    Acts.quote: 10,
    Acts.search: 5,
    Acts.put_on_a_list: 3,
    Acts.bookmark: 3,
    Acts.follow: 2,
    Acts.review: 2,
    Acts.ask: 1,
    Acts.answer: 4,
    Acts.mute: 1,
    Acts.upload: 1,
    Acts.post: 3,
    Acts.change_settings: 1,
}
"""How often each is done among the others."""
