"""`claims`, `answer`: print and answer authorship claims on stories of the stories folder.

A running bot notifies the member of the answer within a minute.
"""

from typing import Literal

from bot.config import Settings
from bot.errors import HostError, ReaderError
from bot.interactions.permissions import FOLDER
from bot.interactions.replies import sentence
from bot.store import Store

HOST = 0
"""Actor id of the host. No Discord user has this id."""

MOST_CLAIMS = 100


async def claims(settings: Settings) -> int:
    """Print the open claims on stories of the stories folder; return the exit status."""
    async with Store.open(settings.store) as store:
        waiting = await store.authors.claims(HOST, [FOLDER], MOST_CLAIMS)
    for claim in waiting:
        print(f"{claim.id}: user {claim.reader} says that they wrote “{claim.story.title}”")
    print(f"{len(waiting)} claims wait. Answer one: python -m bot answer NUMBER yes|no")
    return 0


async def answer(settings: Settings, number: int, decision: Literal["yes", "no"]) -> int:
    """Answer a claim on a story of the stories folder; return the exit status. Raises `HostError`."""
    async with Store.open(settings.store) as store:
        try:
            claim = await store.authors.find_claim(number)
            if await store.authors.shelf(claim.story.id) != FOLDER:
                raise ReaderError("not-of-folder", title=claim.story.title)
            await (store.authors.approve(claim, HOST) if decision == "yes" else store.authors.refuse(claim, HOST))
        except ReaderError as error:
            raise HostError(sentence(error)) from error
    print(f"{'Approved' if decision == 'yes' else 'Declined'}: “{claim.story.title}”, user {claim.reader}")
    return 0
