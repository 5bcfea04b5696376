"""How a poll looks: open, closed, and as the private receipt for a ballot."""

from collections.abc import Collection, Sequence

import discord
from discord import ui

from bot.domain.polls import CHOICE_CHARS, Poll, PollChoice, Tally
from bot.texts import listed, say
from bot.ui.bars import bar
from bot.ui.components import IN_A_ROW, button, option, select
from bot.ui.ids.pages import ReadStory
from bot.ui.ids.polls import PickChoice, PickChoices, ShowPoll, WithdrawBallot
from bot.ui.limits import EMBED_AUTHOR, EMBED_TITLE, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, QUIET, Item, Screen


def poll_screen(poll: Poll, tally: Tally) -> Screen:
    """A poll as all see it: with its buttons while it is open, with its result when it is closed."""
    embed = poll_embed(poll, tally)
    if poll.closed_at is None:
        how = say("poll-how-several" if poll.several else "poll-how-one")
        embed.description = f"{embed.description}\n\n{how}"
        return Screen([embed], _buttons(poll, tally))
    return Screen([embed], _ways_on(poll, 0))


def poll_embed(poll: Poll, tally: Tally) -> discord.Embed:
    """The question, each choice with its share, how many voted and until when."""
    embed = discord.Embed(title=clip(poll.question, EMBED_TITLE, escape), colour=QUIET if poll.closed_at else ACCENT)
    embed.set_author(name=clip(poll.story.title, EMBED_AUTHOR))
    choices = "\n".join(_line(choice, poll, tally) for choice in tally.choices)
    voters = say("poll-voters", voters=tally.voters)
    embed.description = f"{choices}\n\n{voters}\n{_when(poll)}"
    if poll.closed_at is not None:
        embed.description = f"{verdict(tally)}\n\n{choices}\n\n{_when(poll)}"
    embed.set_footer(text=say("poll-anonymous" if poll.anonymous else "poll-named"))
    return embed


def _line(choice: PollChoice, poll: Poll, tally: Tally) -> str:
    """A choice and, once somebody voted, its share: drawn, in a hundred, and in votes."""
    mark = ""
    if poll.closed_at is not None and choice in tally.leading:
        mark = f" · {say('poll-won-mark' if len(tally.leading) == 1 else 'poll-tied-mark')}"
    named = f"**{choice.number}. {escape(choice.text)}**{mark}"
    if not tally.voters:
        return named
    share = f"{say('poll-percent', percent=tally.percent(choice))} · {say('poll-votes', votes=choice.votes)}"
    return f"{named}\n{bar(choice.votes, tally.voters)}  {share if choice.votes else say('poll-percent', percent=0)}"


def _when(poll: Poll) -> str:
    at = poll.closes_at if poll.closed_at is None else poll.closed_at
    if at is None:
        return say("poll-closes-never")
    is_open = poll.closed_at is None
    return say("poll-closes" if is_open else "poll-closed-when", until=f"<t:{at}:R>", moment=f"<t:{at}:f>")


def _buttons(poll: Poll, tally: Tally) -> list[Item]:
    """The number of each choice, alike for all, and the ways on: a choice of any length leaves one row."""
    picks = [
        button(PickChoice(poll.id, choice.number), str(choice.number), i // IN_A_ROW)
        for i, choice in enumerate(tally.choices)
    ]
    rows, in_last = divmod(len(picks), IN_A_ROW)
    ways = _ways_on(poll, rows)
    if in_last + len(ways) > IN_A_ROW:
        ways = _ways_on(poll, rows + 1)
    return [*picks, *ways]


def _ways_on(poll: Poll, row: int) -> list[Item]:
    """To the story, and to what the one who presses may do with the poll."""
    return [button(ReadStory(poll.story.id), say("card-read"), row), button(ShowPoll(poll.id), say("card-more"), row)]


def verdict(tally: Tally) -> str:
    """Who won, in words; a tie is told as one, and so is a poll in which nobody voted."""
    leading = tally.leading
    if not leading:
        return say("poll-nobody")
    votes, names = leading[0].votes, _names(leading)
    if len(leading) == 1:
        percent = tally.percent(leading[0])
        return say("poll-won", choice=names[0], votes=votes, voters=tally.voters, percent=percent)
    return say("poll-tie", choices=listed(names), votes=votes, voters=tally.voters)


def result_screen(poll: Poll, tally: Tally) -> Screen:
    """What is posted below a poll when it has closed."""
    embed = discord.Embed(title=clip(poll.question, EMBED_TITLE, escape), description=verdict(tally), colour=ACCENT)
    embed.set_author(name=clip(poll.story.title, EMBED_AUTHOR))
    return Screen([embed])


def ballot_receipt(poll: Poll, tally: Tally, chosen: Collection[int]) -> Screen:
    """What a reader privately gets for a vote: what they have chosen by now, to change or to take back."""
    embed = discord.Embed(
        title=say("poll-counted" if chosen else "poll-taken-back"), colour=ACCENT if chosen else QUIET
    )
    embed.description = f"**{escape(poll.question)}**\n{own_vote(tally, chosen)}"
    items: list[Item] = []
    if poll.several:
        items.append(_select(poll, tally.choices, chosen))
    if chosen:
        items.append(button(WithdrawBallot(poll.id), say("poll-take-back"), 1))
    return Screen([embed], items)


def own_vote(tally: Tally, chosen: Collection[int]) -> str:
    """What a reader has chosen."""
    names = _names([choice for choice in tally.choices if choice.number in chosen])
    return say("poll-own", choices=listed(names)) if names else say("poll-own-none")


def _names(choices: Sequence[PollChoice]) -> list[str]:
    """Choices named in a sentence: a few of them whole, many so that all have room."""
    room = 2 * CHOICE_CHARS if len(choices) <= 3 else 60
    return [f"**{clip(choice.text, room, escape)}**" for choice in choices]


def _select(poll: Poll, choices: Sequence[PollChoice], chosen: Collection[int]) -> ui.Select[ui.View]:
    options = [
        option(f"{choice.number}. {choice.text}", choice.number, default=choice.number in chosen) for choice in choices
    ]
    return select(PickChoices(poll.id), options, 0, say("poll-choices-select"), fewest=0, most=len(choices))
