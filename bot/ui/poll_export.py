"""The votes of a poll as a file to take along."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.domain.csv_export import as_csv
from bot.domain.polls import Ballot, Poll, Tally
from bot.texts import say


def counts_file(poll: Poll, tally: Tally) -> bytes:
    """A row for each choice, with its votes, as CSV."""
    head = ("story", "question", "choice", "votes", "percent", "voters", "opened", "closed")
    rows = [
        (
            poll.story.title, poll.question, choice.text, choice.votes, tally.percent(choice), tally.voters,
            _moment(poll.opened_at), _moment(poll.closed_at),
        )
        for choice in tally.choices
    ]  # fmt: skip
    return as_csv([say(f"poll-csv-{column}") for column in head], rows)


def ballots_file(tally: Tally, ballots: Sequence[Ballot]) -> bytes:
    """A row for each choice of each reader, as CSV: for the one who may see it, of a poll that is not anonymous.

    A reader is a mention: Discord shows who it is, and no spreadsheet rounds it as it would a number so long.
    """
    texts = {choice.number: choice.text for choice in tally.choices}
    rows = [(f"<@{ballot.reader}>", texts.get(ballot.number, ""), _moment(ballot.cast_at)) for ballot in ballots]
    return as_csv([say(f"poll-csv-{column}") for column in ("reader", "choice", "voted")], rows)


def _moment(at: int | None) -> str:
    return "" if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S")
