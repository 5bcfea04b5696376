"""Quotes of a reader's own choice: sentences of the open page."""

from bot.domain.quotes import MOST_CHARS
from bot.errors import ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, number_in, picks
from bot.interactions.replies import redraw
from bot.services.posts import post
from bot.services.quotes import ask_sentences, keep_quote, quotable_page, share_quote
from bot.stories.model import OpenPage, QuoteInContext, Spot
from bot.stories.sentences import sentences_in
from bot.ui.ids.quotes import AskSentences, PickSentences, SentencesAction
from bot.ui.quote_picker import FROM, SHOWN, chosen_sentences_screen, sentences_screen


@component(AskSentences)
async def choose(interaction: Interaction, press: AskSentences) -> None:
    """Ask which sentences of the page to quote."""
    await ask_sentences(interaction, press.spot)


@component(PickSentences)
async def pick_words(interaction: Interaction, press: PickSentences) -> None:
    """Show the sentences from the first that was picked to the last, or offer other sentences."""
    page = await quotable_page(interaction, press.spot)
    places = list(sentences_in(page.text))
    sentences = [page.text[start:end] for start, end in places]
    values = picks(interaction)
    others = [number_in(value.removeprefix(FROM)) for value in values if value.startswith(FROM)]
    if others:
        await redraw(interaction, sentences_screen(page.spot, sentences, min(others[0] or 0, len(sentences) - 1)))
        return
    numbers = [number for value in values if (number := number_in(value)) is not None and number < len(sentences)]
    if not numbers:
        raise ReaderError("passage-gone")
    chosen = _words(page, places[min(numbers)][0], places[max(numbers)][1])
    first = min(numbers) // SHOWN * SHOWN
    await redraw(interaction, chosen_sentences_screen(page.spot, sentences, chosen, first))


def _words(page: OpenPage, start: int, end: int) -> QuoteInContext:
    """Return part of a page as a quote that is not stored yet. Raises `ReaderError`."""
    text = page.text[start:end].strip()
    if len(text) > MOST_CHARS:
        raise ReaderError("too-long-a-quote", most=MOST_CHARS)
    if not text:
        raise ReaderError("passage-gone")
    return QuoteInContext(
        0, page.story, page.chapter, Spot(page.spot.chapter, page.spot.offset + start), text, page.percent
    )


@component(SentencesAction)
async def on_words(interaction: Interaction, press: SentencesAction) -> None:
    """Post or save the chosen words as a quote."""
    store = store_for(interaction)
    page = await quotable_page(interaction, Spot(press.chapter, press.start))
    start = press.start - page.spot.offset
    words = _words(page, start, start + press.end - press.start)
    quote = await store.quotes.choose(page.story.id, words.spot, words.text)
    if press.action == "post":
        await post(interaction, await share_quote(interaction, quote), private=False)
    else:
        await keep_quote(interaction, quote)
