"""Delivers notices: to the channels that a server's managers chose, and to members by direct message."""

import discord

from bot.domain.notices import Notice
from bot.domain.reviews import Viewer
from bot.errors import ClaimGone, QuestionGone, ReviewGone, StoryGated, StoryGone, SubmissionGone
from bot.interactions.audience import audience_in
from bot.interactions.channels import WRITING, missing
from bot.interactions.client import Oneshot
from bot.services.delivery import Delivery, nonce_of, server_of
from bot.stories.ratings import is_gated
from bot.texts import speak
from bot.ui.authors import claim_post, claimant_screen
from bot.ui.question_panels import waiting_screen
from bot.ui.review_checks import check_screen
from bot.ui.screen import Screen
from bot.ui.submissions import answered_screen, new_submission_screen


class NoticeDelivery(Delivery[Notice]):
    """A notice for a channel that is gone, or was never chosen, is dropped: what it is about waits in a list, too."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, bot.store.notices)

    async def _deliver(self, job: Notice) -> None:
        if job.kind in ("claim-approved", "claim-refused"):
            await self._tell_claimant(job)
            return
        guild = server_of(self._bot, job.guild)
        if guild is None:
            return
        if not job.user:
            await self._post(job, guild)
        elif job.kind == "claim":
            await self._ask_member(job)
        else:
            await self._send_direct(job, job.user, answered_screen(job, guild.name))

    async def _ask_member(self, job: Notice) -> None:
        """Ask a member about a claim to their story; who wants no updates finds it in the list of their stories."""
        if (await self._store.settings.of_reader(job.user)).notices == "none":
            return
        try:
            claim = await self._store.authors.find_claim(job.subject)
        except ClaimGone:
            return
        await self._send_direct(job, job.user, claim_post(claim, adult=True))

    async def _tell_claimant(self, job: Notice) -> None:
        """Tell a member the answer to their claim; it names a story for adults to adults alone."""
        try:
            story = await self._store.uploads.own_story(job.subject)
        except StoryGone:
            return
        veiled = story.is_mature and not (await self._store.settings.of_reader(job.user)).adult
        approved = job.kind == "claim-approved"
        await self._send_direct(job, job.user, claimant_screen(story.story, approved=approved, veiled=veiled))

    async def _post(self, job: Notice, guild: discord.Guild) -> None:
        settings = await self._store.settings.of_server(guild.id)
        chosen = settings.reports_channel if job.kind == "review" else settings.managers_channel
        channel = guild.get_channel(chosen or 0)
        if not isinstance(channel, discord.TextChannel) or missing(channel, WRITING):
            return
        speak(guild.preferred_locale.value)
        about = {"review": self._review, "claim": self._claim, "question": self._question}
        screen = await about.get(job.kind, self._submission)(job, channel)
        if screen is not None:
            await self._send(job, channel, screen)

    async def _review(self, job: Notice, channel: discord.TextChannel) -> Screen | None:
        """Return a review to check, as all who see the channel may see it; None for one that was checked meanwhile."""
        lists = self._store.for_audience(audience_in(channel)).review_lists
        try:
            review = await lists.find(job.subject, Viewer(0, job.guild, moderates=True))
        except ReviewGone:
            return None
        reasons = (await lists.reasons([review.id])).get(review.id, [])
        return check_screen(review, reasons) if review.waits else None

    async def _question(self, job: Notice, channel: discord.TextChannel) -> Screen | None:
        """Return a question that waits, as all who see the channel may see it; None for one that was answered."""
        store = self._store.for_audience(audience_in(channel))
        try:
            question = await store.questions.find(job.subject, job.guild)
            story = await store.stories.entry(question.story)
        except (QuestionGone, StoryGone, StoryGated):
            return None
        return waiting_screen(story, question) if question.waits else None

    async def _claim(self, job: Notice, channel: discord.TextChannel) -> Screen | None:
        """Return a claim that waits for managers; None for one that was answered meanwhile."""
        try:
            claim = await self._store.authors.find_claim(job.subject)
        except ClaimGone:
            return None
        return claim_post(claim, adult=audience_in(channel).adult)

    async def _submission(self, job: Notice, channel: discord.TextChannel) -> Screen | None:
        """Return a submission that waits; None for one that was answered meanwhile."""
        try:
            draft = await self._store.drafts.find_waiting(job.subject, job.guild)
        except SubmissionGone:
            return None
        rating = draft.understood.get("rating")
        is_mature = is_gated(rating, unrated=self._bot.unrated_is_mature)
        return new_submission_screen(draft, veiled=is_mature and not audience_in(channel).adult)

    def _subject(self, job: Notice) -> str:
        return f"{job.kind} {job.subject}"

    def _nonce(self, job: Notice) -> str:
        return nonce_of(job.kind, job.guild, job.user, job.subject)

    async def _record(self, job: Notice, message: discord.Message) -> None:
        if job.user:
            await self._store.settings.unreached(job.user, None)
