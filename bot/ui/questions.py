"""How a question looks: its words, a bar for each answer, what came of it, its buttons; and its panel and forms.

The default says how many of how many want more; an own question has a numbered line for each of its answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import discord
from discord import ui

from bot.domain.questions import (
    ANSWER_CHARS,
    CHOICES,
    CONTINUE,
    DAY_SECONDS,
    ENDS,
    LEAVE,
    MOST_ANSWERS,
    QUESTION_CHARS,
    QUORUMS,
    REPLY_CHARS,
    THRESHOLDS,
    Counts,
    Ends,
    Outcome,
    Question,
    Reply,
    Role,
)
from bot.stories.model import ChapterName, Spot, StorySummary
from bot.texts import listed, say
from bot.ui.bars import bar
from bot.ui.chapters import short_name
from bot.ui.components import Button, Style, button, modal, option, packed, select, text_field
from bot.ui.custom_id import CustomId, MessageKind
from bot.ui.ids import (
    Answer,
    AskAgain,
    AskChange,
    AskModal,
    AskPost,
    AskReply,
    ChangeModal,
    EndQuestion,
    FollowFromVote,
    JudgeQuestion,
    ManageQuestion,
    PostModal,
    ReadStory,
    RemoveAnswer,
    ReplyModal,
    SetRule,
    ShowQuestion,
)
from bot.ui.limits import EMBED_FIELD_VALUE, IN_A_ROW, clip, size
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, QUIET, Item, Screen, notice, story_embed

LINE = 400
"""Characters of the line of a reply, escaped."""

SHORT_LINE = 60
"""The same where it stands under the last page of a story, or above the first page of a chapter."""


TITLE = 256
"""Characters of a story's title, escaped."""


def asks(question: Question) -> str:
    """Return what is asked, in words."""
    return say("vote-question") if question.text is None else escape(question.text) or say("question-forgotten")


def answer_words(question: Question, number: int) -> str:
    """Return the words of an answer, as they are typed or as the language has them."""
    if question.is_default:
        return say("vote-choice-continue" if number == CONTINUE else "vote-choice-leave")
    return question.answers[number - 1] or say("question-forgotten")


def question_text(question: Question, own: int | None = None, *, line: int = LINE, may_answer: bool = True) -> str:
    """Return a question in words, without what it asks: the reply to it, its counts, its end and its rules.

    One's *own* answer is marked. At most *line* characters of the reply show. Where nobody has answered, one who *may
    answer* is invited to.
    """
    reply = question.reply
    if not question.is_default:
        said = [reply_text(reply, line)] if reply is not None else []
        return "\n".join([*answer_lines(question, own), quiet_end(question), *said])
    said = [reply_text(reply, line, question.chapter)] if reply is not None else []
    return "\n".join([*said, *_default_text(question, may_answer=may_answer)])


def answer_lines(question: Question, own: int | None = None) -> list[str]:
    """Return a numbered line for each answer of an own question, with its bar and its count where these are told."""
    counts, lines = question.counts, list[str]()
    for number in range(1, len(question.answers) + 1):
        words = escape(answer_words(question, number))
        if counts is not None and counts.all:
            count = counts.overall[number - 1]
            words = f"{bar(count, counts.all)} {count} · {words}"
        lines.append(f"**{number}** {words}{' ✓' if number == own else ''}")
    return lines


def quiet_end(question: Question) -> str:
    """Return how many answered an own question, and when it closes or closed."""
    if question.counts is None:
        said = say("question-hidden", count=question.voters)
    else:
        said = say("question-count", count=question.voters)
    if question.waits:
        when = say("question-waits")
    elif question.closed_at is not None:
        when = say("question-closed-when", until=f"<t:{question.closed_at}:R>")
    elif question.closes_at is not None:
        when = say("question-closes", until=f"<t:{question.closes_at}:R>")
    else:
        when = say("question-closes-with-chapter")
    return f"-# {said} · {when}"


def _default_text(question: Question, *, may_answer: bool) -> list[str]:
    parts: list[str] = []
    if question.reply is None and not question.is_open and question.outcome is not None:
        parts.append(say("vote-result", outcome=outcome_text(question.outcome)))
    parts += _numbers(question, may_answer=may_answer)
    rules = question.rules
    if question.takes_answers and (rules.quorum or rules.threshold != "half"):
        parts.append(say(f"vote-rules-{rules.threshold}", quorum=rules.quorum))
    if question.is_open and question.rests:
        parts.append(f"-# {say('vote-rests')}")
    return parts


def _numbers(question: Question, *, may_answer: bool) -> list[str]:
    parts: list[str] = []
    if question.voters:
        parts = _of_all(question.counts) if question.counts else [say("vote-hidden", count=question.voters)]
    elif question.is_open:
        parts = [say("vote-none" if may_answer and question.takes_answers else "vote-none-yet")]
    finishers = question.finishers
    if finishers.all:
        parts.append(say("vote-finished", go_on=finishers.go_on, all=finishers.all))
    if finishers.silent:
        parts.append(say("vote-silent", count=finishers.silent))
    return parts


def _of_all(counts: Counts) -> list[str]:
    """All answers to the default and, where they are others, those of this server."""
    overall, here = counts.overall, counts.here
    go_on, share = overall[CONTINUE - 1], round(100 * overall[CONTINUE - 1] / counts.all)
    parts = [
        f"{bar(go_on, counts.all)}  {say('vote-share', percent=share)}",
        say("vote-everywhere", go_on=go_on, all=counts.all),
    ]
    if here is not None and sum(here) and here != overall:
        parts.append(say("vote-here", go_on=here[CONTINUE - 1], all=sum(here)))
    return parts


def outcome_text(outcome: Outcome) -> str:
    """Return the words for what the answers to the default come to."""
    return say(f"vote-outcome-{outcome}")


def reply_text(reply: Reply, line: int = LINE, chapter: ChapterName | None = None) -> str:
    """Return the words for a reply, with the *chapter* that came of it."""
    whose = "author" if reply.by_author else "keeper"
    parts = [say(f"vote-answer-{whose}", choice=reply.choice) if reply.choice else say(f"question-reply-{whose}")]
    if reply.line:
        parts.append(say("vote-reply-line", line=clip(reply.line, line, escape)))
    if chapter is not None:
        parts.append(say("vote-reply-chapter", chapter=clip(short_name(chapter), 60, escape)))
    return " ".join(parts)


def question_summary(question: Question) -> str:
    """Return the default in a few words, for a list."""
    if not question.voters:
        return say("vote-short-none")
    if question.counts is None:
        return say("vote-short-hidden", count=question.voters)
    return say("vote-short", go_on=question.counts.overall[CONTINUE - 1], all=question.voters)


def question_lines(question: Question, own: int | None = None) -> str:
    """Return a question for the end of a story: what came of it, its answers so far, or what it asks."""
    if not question.is_default:
        return "\n".join([f"**{asks(question)}**", *answer_lines(question, own), quiet_end(question)])
    if question.reply is not None:
        return reply_text(question.reply, SHORT_LINE, question.chapter)
    if not question.is_open and question.outcome is not None:
        return say("vote-result", outcome=outcome_text(question.outcome))
    if not question.voters:
        return say("vote-question")
    summary = question_summary(question)
    return f"{bar(question.counts.overall[0], question.voters)} {summary}" if question.counts is not None else summary


def answer_buttons(question: Question, screen: MessageKind, spot: Spot | None, own: int | None = None) -> list[Button]:
    """The answers, equal in colour, for a message that shows *screen*: words or numbers; none where none is taken.

    Of words one's *own* is marked; beside numbers `answer_lines` does it.
    """
    if not question.takes_answers:
        return []
    chapter, offset = (spot.chapter, spot.offset) if spot else (0, 0)
    numbers = (CONTINUE, LEAVE) if question.is_default else range(1, len(question.answers) + 1)
    return [
        button(
            Answer(question.id, number, screen, chapter, offset),
            f"{answer_words(question, number)}{' ✓' if number == own else ''}" if question.is_default else str(number),
        )
        for number in numbers
    ]


def question_panel(
    story: StorySummary,
    question: Question,
    own: int | None,
    role: Role | None,
    *,
    follows: bool,
    veiled: bool = False,
    newer: int | None = None,
    older: int | None = None,
) -> Screen:
    """A question by itself, with this reader's answer: its details.

    One with a *role* has a button to what they may do with it; an author does not answer. Buttons lead to the *newer*
    and the *older* question of the story, by their ids.
    """
    if veiled:
        text = _veiled_text(question, own)
    else:
        text = f"**{asks(question)}**\n{question_text(question, own, may_answer=role != 'author')}"
    if said := _own(question, own, role):
        text += f"\n\n{said}"
    answers = answer_buttons(question, "vote", None, own) if role != "author" else []
    ways: list[Button] = []
    if own is not None and question.is_open:
        ways.append(button(RemoveAnswer(question.id), say("vote-withdraw", kind=_kind(question))))
    if role is not None:
        ways.append(button(ManageQuestion(question.id), say("vote-decide")))
    may_come = question.is_open if not question.is_default else question.reply is None
    if role != "author" and not follows and may_come:
        ways.append(button(FollowFromVote(story.id), say("vote-tell-me")))
    if newer is not None:
        ways.append(button(ShowQuestion(newer), say("question-newer")))
    if older is not None:
        ways.append(button(ShowQuestion(older), say("question-older")))
    return Screen([story_embed(story, text)], [answers, *packed(ways)], story)


def _veiled_text(question: Question, own: int | None) -> str:
    """A closed own question as a spoiler, but for how many answered, and when."""
    reply = [reply_text(question.reply)] if question.reply is not None else []
    words = "\n".join([f"**{asks(question)}**", *answer_lines(question, own), *reply])
    return f"||{words}||\n{quiet_end(question)}"


def _own(question: Question, own: int | None, role: Role | None) -> str:
    """Return what a reader may do, or did where no mark shows it."""
    kind = _kind(question)
    if not question.takes_answers:
        return own_vote(question, own) if question.is_default else ""
    if role == "author":
        return say("vote-own-writer", kind=kind)
    if own is None:
        return say("vote-own-none", kind=kind)
    return say("vote-own", kind=kind, choice=escape(answer_words(question, own)))


def own_vote(question: Question, own: int | None) -> str:
    """Return what a reader answered to the default; empty where they did not."""
    return say("vote-own-closed", choice=answer_words(question, own)) if own is not None else ""


def _kind(question: Question) -> str:
    return "default" if question.is_default else "own"


def receipt(story: StorySummary, question: Question, own: int, *, again: bool, follows: bool) -> Screen:
    """The private receipt for an answer; *again* says that it was theirs already."""
    asked = f"**{clip(story.title, 100, escape)}**: {answer_words(question, own)}"
    if not question.is_default:
        asked = f"**{asks(question)}**"
    text = f"{asked}\n{question_text(question, own)}"
    title = say("question-chosen-already") if again else say("vote-counted", kind=_kind(question))
    items = [button(ShowQuestion(question.id), say("question-details"))]
    if not follows:
        items.append(button(FollowFromVote(story.id), say("vote-tell-me")))
    return Screen([discord.Embed(title=title, description=text, colour=ACCENT)], [items])


def posted_screen(story: StorySummary, question: Question) -> Screen:
    """A question as a message of its own, for all who see a channel: with its buttons while it is open."""
    text = f"**{asks(question)}**\n{question_text(question)}"
    embed = story_embed(story, text, colour=ACCENT if question.takes_answers else QUIET)
    answers = answer_buttons(question, "question", None)
    ways = [
        button(ReadStory(story.id), say("card-read")),
        button(ShowQuestion(question.id), say("question-details")),
    ]
    fits = len(answers) + len(ways) <= IN_A_ROW
    return Screen([embed], [[*answers, *ways]] if fits else [answers, ways], story)


def hidden_screen() -> Screen:
    """What stands in place of a question that may not be shown in a channel any more."""
    return notice(say("question-hidden-here"), groups=[])


def result_line(question: Question) -> str:
    """Return what readers answered, for the first page of the chapter that came of it; empty for too few answers."""
    counts = question.counts
    if counts is None or not question.is_told:
        return ""
    names = [escape(answer_words(question, number)) for number in counts.leading]
    said = say("question-said", count=counts.overall[counts.leading[0] - 1], all=counts.all, answers=listed(names))
    reply = question.reply
    short = reply is not None and reply.line and len(reply.line) <= SHORT_LINE
    return f"-# {said} {reply_text(reply, SHORT_LINE)}" if reply is not None and short else f"-# {said}"


def closed_lines(questions: Sequence[tuple[Question, bool]]) -> str:
    """Return the own questions of a story that are closed, for its card; with each, whether it is veiled.

    The last comes first, with what its author said to it; those of before go where there is no room.
    """
    lines: list[str] = []
    for question, veiled in questions:
        leading = question.counts.leading if question.counts is not None else ()
        names = listed([escape(answer_words(question, number)) for number in leading])
        said = f"{asks(question)} {names}" if names else asks(question)
        if question.reply is not None:
            said += f"\n{reply_text(question.reply)}"
        lines.append(f"||{said}||" if veiled else said)
    while size("\n".join(lines)) > EMBED_FIELD_VALUE:
        lines.pop()
    return "\n".join(lines)


ANSWERS_CHARS = MOST_ANSWERS * (ANSWER_CHARS + 1)
"""Characters of all answers as they are typed, one a line. A form takes twice as many: an emoji may count as two."""


_FENCE = "```"
_TICK = "`\u200b"
_FENCED = re.compile(rf"{_FENCE}\n(.*?)\n{_FENCE}", re.S)


def manage_panel(story: StorySummary, question: Question, role: Role, *, may_ask: bool, may_post: bool) -> Screen:
    """What one in a *role* may do: its rules or its words until somebody answers, its end, the reply, a post."""
    yields = not question.takes_reply_of(role)
    whose = say("decide-role-yields") if yields else say(f"decide-role-{role}")
    parts = [f"**{asks(question)}**\n{question_text(question, may_answer=False)}", whose]
    is_untouched = question.is_open and not question.voters
    if question.is_open and question.is_default:
        parts.append(_now(question))
    embed = story_embed(story, "\n\n".join(parts), colour=QUIET)
    if question.is_default and question.is_open:
        embed.set_footer(text=say("decide-footer"))
    rules = [[rule] for rule in _rules(question)] if is_untouched and question.is_default else []
    items, rarer = list[Item](), list[Item]()
    says = say("decide-answer" if question.reply is None else "decide-answer-again")
    if not question.waits and not yields:
        items.append(button(AskReply(question.id), says, style=Style.primary))
    if question.is_open:
        items.append(button(EndQuestion(question.id, "close"), say("question-close")))
    elif question.is_default and not yields:
        items.append(button(EndQuestion(question.id, "reopen"), say("decide-reopen")))
    if may_post and question.takes_answers:
        items.append(button(AskPost(question.id), say("question-post")))
    if is_untouched and may_ask and not question.is_default:
        rarer.append(button(AskChange(question.id), say("question-change")))
    if not question.is_default:
        rarer.append(button(EndQuestion(question.id, "remove"), say("question-remove"), style=Style.danger))
    return Screen([embed], [*rules, items, rarer], story)


def _now(question: Question) -> str:
    """How the open default stands."""
    if not question.voters:
        return say("decide-now-none")
    outcome = question.outcome
    now = say("decide-hidden") if outcome is None else say("decide-now", outcome=outcome_text(outcome))
    return f"{now}\n{say('decide-rules-stand')}"


def _rules(question: Question) -> Iterable[ui.Select[ui.View]]:
    rules = question.rules
    quorums = [(say("decide-quorum", votes=votes), str(votes)) for votes in QUORUMS]
    yield _select(SetRule(question.id, "quorum"), quorums, str(rules.quorum))
    shares = [(say(f"decide-threshold-{threshold}"), threshold) for threshold in THRESHOLDS]
    yield _select(SetRule(question.id, "threshold"), shares, rules.threshold)
    hidden = [(say(f"decide-hidden-{each}"), each) for each in ("no", "yes")]
    yield _select(SetRule(question.id, "hidden"), hidden, "yes" if rules.hidden else "no")


def _select(custom_id: CustomId, options: Iterable[tuple[str, str]], chosen: str) -> ui.Select[ui.View]:
    return select(custom_id, [option(label, value, default=value == chosen) for label, value in options])


# -- forms ---------------------------------------------------------------------------


def ask_modal(story: int, *, may_post: bool, text: str = "", answers: str = "") -> ui.Modal:
    """The form of a new own question; where it *may* be posted, with a channel."""
    fields = [*_words(text, answers), _ends("chapter")]
    if may_post:
        fields.append(_channel(required=False))
    fields.append(_hidden(is_hidden=False))
    return modal(AskModal(story), say("question-ask"), fields)


def change_modal(question: Question) -> ui.Modal:
    """The form that asks otherwise, with what is asked now."""
    days = 0 if question.closes_at is None else round((question.closes_at - question.asked_at) / DAY_SECONDS)
    by_days: dict[int, Ends] = {1: "1", 3: "3", 7: "7"}
    fields = [
        *_words(question.text or "", "\n".join(question.answers)),
        _ends(by_days.get(days, "chapter")),
        _hidden(question.rules.hidden),
    ]
    return modal(ChangeModal(question.id), say("question-ask"), fields)


def post_modal(question: int) -> ui.Modal:
    """The form that asks for a channel."""
    return modal(PostModal(question), say("question-post-title"), [_channel(required=True)])


def reply_modal(question: Question) -> ui.Modal:
    """The form of a reply, which begins with the last one; to the default it has a choice, what readers want first."""
    reply, fields = question.reply, list[ui.Label[ui.Modal]]()
    if question.is_default:
        likely = {"continues": "continue", "stays": "leave"}.get(question.outcome or "")
        chosen = reply.choice if reply is not None else likely
        options = [option(say(f"answer-{choice}"), choice, default=choice == chosen) for choice in CHOICES]
        choices = ui.Select[ui.Modal](custom_id="choice", options=options)
        fields.append(ui.Label[ui.Modal](text=say("answer-choice"), component=choices))
    line = reply.line if reply is not None else ""
    label, hint = say("answer-line" if question.is_default else "question-reply-line"), say("answer-line-hint")
    fields.append(text_field("line", label, REPLY_CHARS, hint=hint, default=line, required=not question.is_default))
    return modal(ReplyModal(question.id), say("answer-title"), fields)


def _words(text: str, answers: str) -> list[ui.Label[ui.Modal]]:
    hint, answers = say("question-answers-hint", most=MOST_ANSWERS, chars=ANSWER_CHARS), clip(answers, ANSWERS_CHARS)
    return [
        text_field("question", say("question-words"), 2 * QUESTION_CHARS, default=text, required=True),
        text_field(
            "answers",
            say("question-answers"),
            2 * ANSWERS_CHARS,
            hint=hint,
            default=answers,
            is_long=True,
            required=True,
        ),
    ]


def _ends(chosen: Ends) -> ui.Label[ui.Modal]:
    options = [option(say(f"question-ends-{each}"), each, default=each == chosen) for each in ENDS]
    return ui.Label(text=say("question-ends"), component=ui.Select[ui.Modal](custom_id="ends", options=options))


def _channel(*, required: bool) -> ui.Label[ui.Modal]:
    box = ui.ChannelSelect[ui.Modal](
        custom_id="channel",
        channel_types=[discord.ChannelType.text, discord.ChannelType.public_thread],
        required=required,
        min_values=int(required),
        max_values=1,
    )
    hint = None if required else say("question-post-hint")
    return ui.Label(text=say("question-post-in"), description=hint, component=box)


def _hidden(is_hidden: bool) -> ui.Label[ui.Modal]:
    options = [
        option(say(f"decide-hidden-{each}"), each, default=(each == "yes") is is_hidden) for each in ("no", "yes")
    ]
    return ui.Label(text=say("question-hide"), component=ui.Select[ui.Modal](custom_id="hidden", options=options))


def mend_screen(story: int, text: str, answers: str, why: str) -> Screen:
    """What is wrong with a question, and all that was typed: to be copied or, by the button, to be corrected."""
    said = "\n".join([escape(why), "", say("question-mend-typed"), _fenced(text), _fenced(answers)])
    items = [button(AskAgain(story), say("question-mend"), style=Style.primary)]
    return notice(said, say("question-mend-title"), [items])


def _fenced(text: str) -> str:
    """*text* as it was typed, in a frame that nothing in it can close."""
    return f"{_FENCE}\n{text.replace('`', _TICK) or ' '}\n{_FENCE}"


def typed_before(message: discord.Message | None) -> tuple[str, str]:
    """Return the question and the answers that `mend_screen` shows."""
    text = message.embeds[0].description or "" if message is not None and message.embeds else ""
    found = [each.replace(_TICK, "`").strip() for each in _FENCED.findall(text)]
    return (found[0], found[1]) if len(found) == 2 else ("", "")


def waiting_screen(story: StorySummary, question: Question) -> Screen:
    """A question that waits for the mods of its shelf: all that is asked, and their two answers."""
    lines = "\n".join(f"**{n}** {escape(answer)}" for n, answer in enumerate(question.answers, start=1))
    embed = story_embed(story, f"**{asks(question)}**\n{lines}", colour=QUIET)
    items = [
        button(JudgeQuestion(question.id, True), say("queue-approve"), style=Style.success),
        button(JudgeQuestion(question.id, False), say("author-refuse")),
    ]
    return Screen([embed], [items], story)
