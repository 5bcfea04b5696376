"""Reading, by command and button."""

from __future__ import annotations

from tests.conftest import Library


async def test_next_and_previous_turn_the_page_in_place(library: Library) -> None:
    opened = await library.ann.slash(library.channel, "read", story="The Lighthouse Post")
    assert opened.response is not None
    assert "Page 1 of" in str(opened.response.embeds[-1].footer.text)
    await library.ann.click(opened.response.message, label="Next")
    assert "Page 2 of" in str(opened.response.embeds[-1].footer.text)
    await library.ann.click(opened.response.message, label="Previous")
    assert "Page 1 of" in str(opened.response.embeds[-1].footer.text)
