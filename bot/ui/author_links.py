"""What a reader is asked who was named as an author, and told who claimed to be one. Only they see it."""

from collections.abc import Mapping, Sequence

import discord

from bot.domain.authors import LinkOffer
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.authors import title_text
from bot.ui.components import Style, button
from bot.ui.ids.authors import LinkAnswer
from bot.ui.limits import clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Item, Screen

OFFERS_SHOWN = 4
"""Each has a row of buttons."""

Refusal = tuple[StorySummary, bool]
"""A story to which a claim was refused, and whether it is for adults."""


def offers_screen(
    offers: Sequence[LinkOffer],
    servers: Mapping[int, str],
    *,
    adult: bool,
    done: str | None = None,
    refused: Sequence[Refusal] = (),
) -> Screen:
    """What waits for a reader, the oldest first; *offers* are `OFFERS_SHOWN`, or one more.

    *servers* names the servers that ask, by id. Titles of stories for adults show where the reader is *adult*. *Done*
    says what they just did; *refused* are the claims of theirs that were refused just now.
    """
    shown = offers[:OFFERS_SHOWN]
    lines = [done] if done else []
    lines += [_refusal(story, veiled=is_mature and not adult) for story, is_mature in refused]
    asks = [_line(number, offer, servers, adult=adult) for number, offer in enumerate(shown, start=1)]
    if asks:
        lines.append("\n".join(asks))
        lines.append(say("link-means"))
    if len(offers) > OFFERS_SHOWN:
        lines.append(say("link-more"))
    if not lines:
        lines.append(say("link-none"))
    title = say("link-title") if asks else None
    items = [item for row, offer in enumerate(shown) for item in _answers(offer, row, numbered=len(shown) > 1)]
    return Screen([discord.Embed(title=title, description="\n\n".join(lines), colour=ACCENT)], items)


def accepted_text(story: StorySummary) -> str:
    """What a reader is told who accepted."""
    return say("link-accepted", title=title_text(story))


def declined_text(story: StorySummary) -> str:
    """What a reader is told who declined."""
    return say("link-declined", title=title_text(story))


def _line(number: int, offer: LinkOffer, servers: Mapping[int, str], *, adult: bool) -> str:
    server = clip(servers.get(offer.guild, ""), 100, escape)
    who = "folder" if not offer.guild else "server" if server else "unknown"
    until = f"<t:{offer.ends_at}:R>"
    if offer.is_mature and not adult:
        return say(
            "link-claim-veiled" if offer.was_claimed else "link-ask-veiled",
            number=str(number),
            who=who,
            server=server,
            until=until,
        )
    return say(
        "link-claim" if offer.was_claimed else "link-ask",
        number=str(number),
        who=who,
        server=server,
        title=title_text(offer.story),
        until=until,
    )


def _refusal(story: StorySummary, *, veiled: bool) -> str:
    return say("link-refused-veiled") if veiled else say("link-refused", title=title_text(story))


def _answers(offer: LinkOffer, row: int, *, numbered: bool) -> list[Item]:
    accept = say("link-accept-numbered", number=row + 1) if numbered else say("link-accept")
    decline = say("link-decline-numbered", number=row + 1) if numbered else say("link-decline")
    return [
        button(LinkAnswer("accept", offer.id), accept, row, style=Style.success),
        button(LinkAnswer("decline", offer.id), decline, row),
    ]
