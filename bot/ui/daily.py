"""The quote of the day, and what a server has set of it."""

from bot.domain.schedules import Daily, RunLease
from bot.stories.model import QuoteInContext, StorySummary
from bot.texts import say
from bot.ui.components import Style, button
from bot.ui.ids.quotes import SaveQuote, UnfoldQuote
from bot.ui.ids.schedules import ReadPosted
from bot.ui.limits import clip
from bot.ui.markdown import escape
from bot.ui.quotes import card_file, quote_embed
from bot.ui.schedules import message_link, next_run_text, schedule_lines
from bot.ui.screen import Screen, notice


def daily_screen(drawn: QuoteInContext, begun: RunLease, png: bytes | None) -> Screen:
    """The quote of a day as it is posted: in words, or in a picture that has them."""
    embed = quote_embed(drawn)
    embed.set_author(name=say("daily-title"))
    files = [] if png is None else [card_file(drawn, png)]
    if files:
        embed.description = None
        embed.set_image(url=files[0].uri)
    read = ReadPosted(begun.plan, begun.number, 1, drawn.story.id, from_start=False)
    items = [
        button(read, say("card-read"), 0, style=Style.primary),
        button(SaveQuote(drawn.id), say("quote-save"), 0),
        button(UnfoldQuote(drawn.id, more=True), say("page-more"), 0),
    ]
    return Screen([embed], items, drawn.story, quote=drawn.id, files=files)


def daily_panel(daily: Daily, story: StorySummary | None, *, is_set: bool = False) -> Screen:
    """The settings of a server's quote of the day; *story* is None also where the reader may not see it."""
    plan = daily.plan
    lines = [*schedule_lines(plan, plan.channel), _from(daily, story)]
    if daily.style == "card":
        lines.append(say("daily-as-card"))
    if plan.by:
        lines.append(say("schedule-by", who=f"<@{plan.by}>"))
    lines.append(next_run_text(plan))
    if plan.posted:
        lines.append(say("schedule-last", link=message_link(plan.guild, plan.channel, plan.posted)))
    return notice("\n".join(lines), say("daily-set") if is_set else say("daily-title"))


def _from(daily: Daily, story: StorySummary | None) -> str:
    if story is not None:
        return say("daily-from", title=clip(story.title, 200, escape))
    return say("daily-from-any") if daily.story is None else say("daily-from-hidden")
