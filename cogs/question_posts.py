"""Closes questions on time and draws their posts again, in the background."""

from discord.ext import commands

from bot.interactions.client import Oneshot
from bot.services.due_work import DueWork
from bot.services.question_posts import QuestionPosting


class DrawQuestions(DueWork):
    """Also wakes when a question was asked, answered or closed here, also by a chapter."""

    stop_seconds = 5.0

    def __init__(self, bot: Oneshot) -> None:
        posting = QuestionPosting(bot)
        super().__init__(bot, posting.work, posting.next_due)

    @commands.Cog.listener()
    async def on_questions_due(self) -> None:
        self.wake()

    @commands.Cog.listener()
    async def on_shelved(self) -> None:
        self.wake()
