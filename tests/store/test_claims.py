"""Claims: what was answered is not answered again."""

from __future__ import annotations

import pytest

from bot.errors import ClaimGone
from bot.store import Store

ANN, MIRA, NORA = 31, 32, 33


async def test_who_answers_a_claim_that_another_refused_meanwhile_links_nobody(store: Store) -> None:
    story = (await store.stories.find("Ferry")).id
    claim = await store.claims.make(story, ANN)
    await store.claims.refuse(claim, MIRA)
    for answer in (store.claims.approve, store.claims.refuse):
        with pytest.raises(ClaimGone):
            await answer(claim, NORA)
    assert not await store.authors.wrote(ANN, story)
