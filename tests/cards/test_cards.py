"""A quote as a picture: its letters, its lines, its colours, and what is drawn of any text at all."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.cards import DESIGNS, CardText, Design, alt_text, draw, faces, sheet, story_colour
from bot.cards.breaking import Box, boxes, fitted
from bot.cards.colour import READABLE, contrast, oklch, readable
from bot.cards.designs import CREAM, HEIGHTS, MIDNIGHT, SHEETS, SIZES, SOURCE, WIDTH
from bot.cards.direction import is_rtl, levels, reordered
from bot.cards.faces import dressed
from bot.cards.manuscript import Manuscript
from bot.cards.setting import MOST_TURNS, cut_short, largest, set_at
from bot.cards.words import ALT_TEXT, MOST_QUOTE_CHARS, tidied, typeset
from bot.errors import CardError, NotDrawable, ReaderError

PHONE = 360
"""Points that a narrow phone is wide."""

PROSE = (
    "The lamp-keeper’s daughter counted the steps aloud, as she had every night since the boats stopped coming, and"
    " when she reached the hundredth she said, “There. Now nobody can say we didn’t look.”"
)
VERSE = "The ferry has no timetable,\nthe river has no say;\nwe go across when somebody\nis on the other way.\n\nAsk."
TEXTS = {
    "one word": "Run.",
    "prose": PROSE,
    "the longest": (PROSE + " ") * 3 + "x" * (MOST_QUOTE_CHARS - 3 * len(PROSE) - 3),
    "verse": VERSE,
    "paragraphs": f"{PROSE[:80]}\n\n{PROSE[80:]}",
    "Vietnamese": "“Đừng đợi thủy triều,” bà nói, “nước chẳng bao giờ nhớ đường về nhà ai cả.”",
    "Czech": "„Příliš žluťoučký kůň,“ řekl a ohlédl se k řece, kde v mlze úpěl ďábelské ódy někdo, koho neznal.",
    "Greek": "«Κανείς δεν περιμένει την παλίρροια», είπε εκείνη, κι έσβησε το φανάρι πριν ξημερώσει.",
    "Russian": "— Никто не ждёт прилива, — сказала она и погасила фонарь.",
    "Japanese": "「誰も潮を待ったりしないよ」と彼女は言って、灯りを消した。港はあまりに静かだった。" * 14,
    "Chinese": "“没有人会等潮水。”她说完，吹灭了灯。港口静得出奇，只听见有人在石阶上一级一级地数着。",
    "Korean": "“아무도 물때를 기다리지 않아.” 그녀는 그렇게 말하고 등불을 껐다.",
    "Arabic": "«لا أحد ينتظر المدّ»، قالت، ثم أطفأت المصباح وعدّت 100 درجة (مع كلمة ferry واحدة).",
    "Hebrew": "״איש אינו מחכה לגאות,״ אמרה וכיבתה את הפנס.",
    "Hindi": "“ज्वार का इंतज़ार कोई नहीं करता,” उसने कहा और दीया बुझा दिया।",
    "Thai": "“ไม่มีใครรอน้ำขึ้นหรอก” เธอพูด แล้วดับตะเกียง",
    "emoji": "A tide table 🌊, a lighthouse, 👩‍🚀🏳️‍🌈, and then just ❤️ — 1️⃣ more night 🇯🇵👍🏽 ★ ♪ →",
    "a scream": "A" + "a" * 400 + "h!",
    "marks on marks": "e" + "\u0301" * 300 + " and back",
}


def card(words: str, title: str = "Low Water", author: str | None = "Maren Holt") -> CardText:
    return CardText(words, title, author)


def letters(text: str) -> str:
    return "".join(text.split())


def lines_of(words: str, size: float, measure: float = 832) -> list[str]:
    """The lines of a text of one face, a space between words."""
    return [" ".join(run.text for run in line.runs) for line in set_at(Manuscript.of(words), size, measure).lines]


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def inked(png: bytes) -> tuple[int, int, int, int]:
    """The smallest box that holds all that is printed."""
    picture = opened(png)
    box = Image.frombytes("L", picture.size, picture.tobytes()).getbbox()  # the ground is colour 0
    assert box is not None
    return box


# -- the picture ----------------------------------------------------------------


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("kind", TEXTS)
def test_a_card_is_as_wide_as_a_phone_small_and_within_its_edges(kind: str, design: Design) -> None:
    png = draw(card(TEXTS[kind][:MOST_QUOTE_CHARS]), design)
    picture = opened(png)
    assert picture.format == "PNG"
    assert picture.width == WIDTH
    assert picture.height in HEIGHTS
    assert len(png) < sheet.MOST_BYTES
    left, top, right, bottom = inked(png)
    assert min(left, top, WIDTH - right, picture.height - bottom) >= sheet.EDGE


@pytest.mark.parametrize("design", DESIGNS)
def test_the_same_words_give_the_same_bytes(design: Design) -> None:
    first = draw(card(PROSE), design)
    faces.font.cache_clear()
    faces.width.cache_clear()
    assert draw(card(PROSE), design) == first


def test_each_design_looks_otherwise() -> None:
    assert len({draw(card(PROSE), design) for design in DESIGNS}) == len(DESIGNS) >= 3


@pytest.mark.parametrize("design", DESIGNS)
def test_title_and_author_are_printed_and_may_be_missing_or_as_long_as_can_be(design: Design) -> None:
    whole = draw(card("Run."), design)
    without = draw(card("Run.", author=None), design)
    long = draw(card("Run.", "Which Is It " * 21 + "End", "Somebody " * 11), design)
    assert len({whole, without, long, draw(card("Run.", "", None), design)}) == 4
    left, _, right, _ = inked(long)
    assert min(left, WIDTH - right) >= sheet.EDGE
    assert opened(long).height in HEIGHTS


def test_a_title_that_is_cut_short_ends_after_a_word() -> None:
    title = cut_short("Which Is It, " * 20, faces.ITALIC, SOURCE, 800, 2, "left")
    assert title is not None
    assert len(title.lines) == 2
    assert title.lines[-1].runs[-1].text in {"Which…", "Is…", "It…"}


def test_a_picture_that_is_too_large_is_printed_in_fewer_shades(monkeypatch: pytest.MonkeyPatch) -> None:
    full = draw(card(PROSE), "page")
    monkeypatch.setattr(sheet, "MOST_BYTES", len(full) - 1)
    smaller = draw(card(PROSE), "page")
    assert len(smaller) < len(full)
    assert len(opened(smaller).getcolors() or ()) < len(opened(full).getcolors() or ())
    monkeypatch.setattr(sheet, "MOST_BYTES", 100)
    with pytest.raises(CardError, match="too-long-for-card"):
        draw(card(PROSE), "page")


def test_the_smallest_letters_are_eleven_points_on_a_phone() -> None:
    smallest = min(face.scale for face in faces.ALL)
    assert min(*SIZES, SOURCE) * smallest * PHONE / WIDTH >= 11


@pytest.mark.parametrize("words", ["x" * (MOST_QUOTE_CHARS + 1), "a\n" * (MOST_QUOTE_CHARS // 2)])
def test_what_is_too_long_for_a_card_is_refused(words: str) -> None:
    with pytest.raises(CardError, match="too-long-for-card"):
        draw(card(words), "page")


@pytest.mark.parametrize("words", ["", " \n\t", "\u200b\u2060"])
def test_a_card_has_words(words: str) -> None:
    with pytest.raises(NotDrawable, match="nothing-to-draw"):
        draw(card(words), "page")


DRAWN = st.text(
    "aáAWf,. -–—“”‘’'\"…!?\n(жΩ潮。、「」ー한글لا، אבg1२हि🌊👩❤\ufe0f\u200d\u0301 \xa0\u3000\u200b\x07\u202e",
    max_size=120,
)


@given(DRAWN, DRAWN, st.one_of(st.none(), DRAWN), st.sampled_from(list(DESIGNS)))
def test_any_words_title_and_author_become_a_card_or_are_refused(
    words: str, title: str, author: str | None, design: Design
) -> None:
    try:
        png = draw(card(words, title, author), design)
    except ReaderError:
        return
    assert len(png) < sheet.MOST_BYTES
    assert opened(png).height in HEIGHTS
    left, top, right, bottom = inked(png)
    assert min(left, top, WIDTH - right, opened(png).height - bottom) >= sheet.EDGE


# -- words ----------------------------------------------------------------------


@given(st.text(st.characters(codec=None), max_size=80))
def test_no_character_at_all_is_more_than_refused(text: str) -> None:
    words = tidied(text)
    assert tidied(words) == words
    if words:
        try:
            setting = set_at(Manuscript.of(words), 40, 832)
        except NotDrawable as error:
            str(error).encode()
        else:
            assert setting.lines


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("a \t b\r\nc\u2028d", "a b\nc\nd"),
        ("  a\n\n\n\nb  \n", "a\n\nb"),
        ("e\u0301", "é"),
        ("\ufe0fa \u200db\n\u200d", "a b"),
        ("so\u00adft \ufeff\u202eword\u202c\x07", "soft word"),
        ("می\u200cخواهم ❤\ufe0f 👩\u200d🚀", "می\u200cخواهم ❤\ufe0f 👩\u200d🚀"),
    ],
)
def test_words_are_tidied_before_they_are_set(text: str, tidy: str) -> None:
    assert tidied(text) == tidy


@pytest.mark.parametrize(
    ("typed", "language", "printed"),
    [
        ('"I\'ve a \'plan\'," she said. "Run!"', "en", "“I’ve a ‘plan’,” she said. “Run!”"),
        ("'Tis the boys' boat, and the '90s are over.", None, "’Tis the boys’ boat, and the ’90s are over."),
        ("\"'No,' he said,\" said Ida.", "en", "“‘No,’ he said,” said Ida."),
        ('("Run")—"no"', "en", "(“Run”)—“no”"),
        ('"Non", dit-elle, "l\'heure."', "fr", "«\u202fNon\u202f», dit-elle, «\u202fl’heure.\u202f»"),
        ('"Nein", sagte er.', "de", "„Nein“, sagte er."),
        ('"Нет", сказала она.', "ru", "«Нет», сказала она."),
        ("“Done” already, isn’t it", "en", "“Done” already, isn’t it"),
    ],
)
def test_typed_marks_are_printed_as_the_language_has_them(typed: str, language: str | None, printed: str) -> None:
    assert typeset(typed, language) == printed
    assert alt_text(CardText(typed, "It's", None, language)) == f"{typed}\n— It's"
    curly, straight = (draw(CardText(text, "It’s", None, language), "page") for text in (printed, typed))
    assert curly == straight


@given(st.text(max_size=2000), st.text(max_size=300), st.one_of(st.none(), st.text(max_size=200)))
def test_the_alternative_text_fits_where_it_is_sent(words: str, title: str, author: str | None) -> None:
    said = alt_text(CardText(words, title, author))
    assert len(said.encode("utf-16-le")) // 2 <= ALT_TEXT


def test_the_alternative_text_says_words_title_and_author() -> None:
    assert alt_text(card("Run.\nAway.")) == "Run.\nAway.\n— Low Water, Maren Holt"
    assert alt_text(card("Run.", author=None)) == "Run.\n— Low Water"
    long = alt_text(card("word " * 400))
    assert long.startswith("word word")
    assert long.endswith("word…\n— Low Water, Maren Holt")
    assert alt_text(card("lone \ud800")) == "lone ?\n— Low Water, Maren Holt"


# -- faces ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "letter", "file"),
    [
        ("café", "é", "roman"),
        ("thủy triều", "ủ", "roman"),
        ("прилив", "ж", "roman"),
        ("ὕδωρ", "ὕ", "roman"),
        ("潮を待つ", "潮", "japanese"),
        ("門を直す", "直", "japanese"),
        ("把门修直", "门", "chinese"),
        ("把门修直", "直", "chinese"),
        ("潮이 온다", "이", "korean"),
        ("هدوء", "ه", "arabic"),
        ("שקט", "ש", "hebrew"),
        ("दीया", "दी", "devanagari"),
        ("a 🌊", "🌊", "emoji"),
        ("a ❤\ufe0f", "❤\ufe0f", "emoji"),
        ("a ☾", "☾", "signs"),
        ("a 𝓐", "A", "roman"),
        ("没有人。”", "”", "chinese"),
        ("a “b”", "”", "roman"),
    ],
)
def test_each_letter_is_in_the_face_of_its_script(text: str, letter: str, file: str) -> None:
    glyph = next(glyph for glyph in dressed(text + letter) if glyph.text == letter)
    assert glyph.face is not None
    assert Path(glyph.face.file).stem == file


@pytest.mark.parametrize(
    ("words", "named"),
    [("a ᚠ b", "ᚠ (U+16A0)"), ("a \ud800 b", "U+D800"), ("a \ue000 b", "U+E000"), ("\uffff", "U+FFFF")],
)
def test_what_no_face_has_is_named(words: str, named: str) -> None:
    with pytest.raises(NotDrawable) as raised:
        draw(card(words), "page")
    assert named in str(raised.value)
    str(raised.value).encode()


def test_a_name_is_in_small_capitals_as_a_whole_or_not_at_all() -> None:
    assert {glyph.face for glyph in dressed("Maren Holt", faces.CAPS)} == {faces.CAPS, None}
    assert {glyph.face for glyph in dressed("Nguyễn Thị", faces.CAPS)} == {faces.ROMAN, None}
    assert {glyph.face for glyph in dressed("quiet_harbour", faces.CAPS)} == {faces.ROMAN}
    assert {glyph.face for glyph in dressed("harbour99", faces.CAPS)} == {faces.ROMAN}


def test_small_capitals_that_the_font_lacks_are_smaller_capitals() -> None:
    glyphs = dressed("Низкая", faces.CAPS)
    assert "".join(glyph.text for glyph in glyphs) == "НИЗКАЯ"
    assert [glyph.face for glyph in glyphs] == [faces.ROMAN, *[faces.CAPITALS] * 5]


def test_an_apostrophe_does_not_hang_into_the_initial() -> None:
    for words in ("I've ", "I’ve "):
        text = Manuscript.of(words + PROSE).with_initial()
        assert text.initial is not None
        assert text.paragraphs[0].boxes[0].before == 0


def test_full_lines_of_japanese_end_at_the_margin() -> None:
    setting = set_at(
        Manuscript.of("港はあまりに静かだったので、ちょっとした波の音まできっと聞こえてしまっただろう。" * 3), 60, 832
    )
    ends = [line.runs[-1].x + faces.width(line.runs[-1].text, line.runs[-1].face) for line in setting.lines[:-1]]
    assert len(ends) > 3
    assert all(end >= 832 / setting.size - 0.01 for end in ends)


@pytest.mark.parametrize("design", DESIGNS)
def test_a_long_title_takes_no_more_room_than_one_of_two_lines(design: Design) -> None:
    two, many = (draw(card(PROSE, "The Very Long Winter " * count), design) for count in (3, 12))
    assert opened(many).height == opened(two).height


@pytest.mark.parametrize("face", faces.ALL, ids=lambda face: face.file)
def test_what_joins_letters_takes_no_room_by_itself(face: faces.Face) -> None:
    assert [faces.width(joiner, face) for joiner in ("\u200c", "\u200d", "\U000e0067")] == [0, 0, 0]


def test_only_emoji_are_asked_to_look_like_emoji() -> None:
    assert [glyph.text for glyph in dressed("❤\ufe0f潮\ufe0f")] == ["❤\ufe0f", "潮"]


def test_without_shaping_simple_scripts_are_set_and_others_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faces, "SHAPED", False)
    faces.font.cache_clear()
    faces.width.cache_clear()
    try:
        assert opened(draw(card("“Nobody waits,” 潮 ❤\ufe0f"), "page")).width == WIDTH
        for words in ("هدوء", "שקט", "दीया", "ไทย"):
            with pytest.raises(NotDrawable):
                draw(card(words), "page")
    finally:
        monkeypatch.undo()
        faces.font.cache_clear()
        faces.width.cache_clear()


def test_every_font_that_is_shipped_is_used_under_its_licence_and_they_are_small() -> None:
    from fontTools.ttLib import TTFont

    files = {path.name: path for path in faces.FONTS.iterdir() if path.suffix in {".ttf", ".otf"}}
    assert set(files) == {face.file for face in faces.ALL}
    assert sum(path.stat().st_size for path in files.values()) < 8.5e6
    licence = (faces.FONTS / "OFL.txt").read_text("utf-8")
    for name, path in files.items():
        assert name in licence
        with TTFont(path, lazy=True) as font:
            assert "SIL Open Font License" in str(font["name"].getDebugName(13))


def test_the_characters_of_a_font_are_those_that_are_listed() -> None:
    from fontTools.ttLib import TTFont

    for face in faces.ALL:
        with TTFont(faces.FONTS / face.file, lazy=True) as font:
            assert faces._characters(face) == set(font.getBestCmap() or ()), face.file  # pyright: ignore[reportPrivateUsage]


# -- lines ----------------------------------------------------------------------


@given(st.text("aáW, .–“”潮。、「」ー🌊\n", min_size=1, max_size=200), st.sampled_from([40, 67, 300]))
def test_no_letter_is_lost_and_no_line_longer_than_its_measure(text: str, size: int) -> None:
    words = tidied(text)
    if not words:
        return
    setting = set_at(Manuscript.of(words), size, 832)
    printed = "".join(run.text for line in setting.lines for run in line.runs)
    assert letters(printed) == letters(words)
    for line in setting.lines:
        start, end = line.runs[0], line.runs[-1]
        assert start.x >= -1
        assert end.x + faces.width(end.text, end.face) <= 832 / setting.size + 1.1


def ways(line: list[Box]) -> Iterator[list[list[Box]]]:
    for count in range(len(line)):
        for cuts in combinations(range(1, len(line)), count):
            bounds = [0, *cuts, len(line)]
            yield [line[start:end] for start, end in pairwise(bounds)]


def used(line: list[Box]) -> float:
    return sum(box.width + box.gap for box in line) - line[-1].gap - line[0].before - line[-1].after


@given(st.lists(st.text("abcdefgh", min_size=2, max_size=9), min_size=1, max_size=8), st.floats(5, 12))
def test_of_all_ways_with_as_few_lines_the_most_even_is_taken(words: list[str], measure: float) -> None:
    line = boxes(dressed(" ".join(words)))
    allowed = [way for way in ways(line) if all(used(part) <= measure for part in way)]
    fewest = min(map(len, allowed))

    def unevenness(way: list[list[Box]]) -> float:
        return sum((1 - used(part) / measure) ** 2 for part in way)

    taken = fitted(line, [measure], 1.0)
    assert len(taken) == fewest
    assert unevenness(taken) == pytest.approx(min(unevenness(way) for way in allowed if len(way) == fewest))


def test_opening_quotes_hang_in_the_margin() -> None:
    hung, plain = (set_at(Manuscript.of(words), 60, 832).lines[0].runs[0] for words in ("“Go,” she said.", "Go."))
    assert hung.x == pytest.approx(-faces.width("“", faces.ROMAN))
    assert plain.x == 0


def test_no_line_ends_in_a_word_by_itself() -> None:
    words = "They had kept the lamp for nine years and a day and in the tenth they let it go out at last, gladly"
    for size in range(50, 80, 3):
        for paragraph in (words, f"{PROSE} {words}"):
            last = lines_of(paragraph, size)[-1]
            assert " " in last, lines_of(paragraph, size)


def test_a_word_of_one_letter_begins_a_line_rather_than_ends_one() -> None:
    for size in range(50, 80, 3):
        lines = lines_of(TEXTS["Czech"], size)
        assert not any(line.endswith((" k", " v", " a", " o")) for line in lines), lines


def test_a_dash_stays_with_what_comes_before_it() -> None:
    for size in range(50, 80, 3):
        assert not any(line.startswith("—") for line in lines_of(TEXTS["Russian"], size)[1:])


@pytest.mark.parametrize("size", range(40, 84, 4))
@pytest.mark.parametrize("language", ["Japanese", "Chinese"])
def test_no_line_begins_with_a_mark_that_closes_or_ends_with_one_that_opens(language: str, size: int) -> None:
    lines = set_at(Manuscript.of(TEXTS[language][:300]), size, 832).lines
    assert len(lines) > 1
    assert not any(line.runs[0].text[0] in "。、，」”ー" for line in lines)
    assert not any(line.runs[-1].text[-1] in "「“" for line in lines)


def test_squares_fill_their_lines() -> None:
    setting = set_at(Manuscript.of("潮" * 100), 60, 832)
    assert [len(line.runs[0].text) for line in setting.lines[:-1]] == [16] * (len(setting.lines) - 1)
    assert setting.width == pytest.approx(832, abs=1)


def test_words_are_whole_unless_one_is_longer_than_a_line() -> None:
    assert lines_of("Aaaaaaaaaaaaaaaaaaaaaaaaaaaah! she said", 60, 400) == [
        "Aaaaaaaaaaaaaaa",
        "aaaaaaaaaaaaah!",
        "she said",
    ]
    assert lines_of("well-nigh well-nigh", 60, 300) == ["well-nigh", "well-nigh"]


@pytest.mark.parametrize(
    ("words", "boxed"),
    [
        ("word — word", ["word —", "word"]),
        ("word —word— word", ["word", "—word—", "word"]),
        ("word—word", ["word—", "word"]),
        ("“—word", ["“—word"]),
        ("…word…word", ["…word…", "word"]),
        ("3-4 well-nigh", ["3-4", "well-", "nigh"]),
        ("« word » !", ["« word » !"]),
        ("她。”她——她", ["她。”", "她——", "她"]),
        ("물때를 기다", ["물때를", "기다"]),
        ("ไม่มีใครรอ", ["ไม่มี", "ใคร", "รอ"]),
        ("a \u3000b", ["a", "b"]),
        ("a\xa0b", ["a\xa0b"]),
        ("🌊🌊, 👩‍🚀", ["🌊", "🌊, 👩‍🚀"]),
        ("a lamp ❤\ufe0f went", ["a", "lamp ❤\ufe0f", "went"]),
        ("a…", ["a…"]),
        ("…", ["…"]),
    ],
)
def test_a_line_may_end_only_where_a_reader_expects_it(words: str, boxed: list[str]) -> None:
    assert ["".join(glyph.text for glyph in box.glyphs) for box in boxes(dressed(words))] == boxed


def test_verse_keeps_its_lines_and_moves_in_what_is_turned_over() -> None:
    wide = set_at(Manuscript.of(VERSE), 40, 832)
    assert [line.runs[0].text for line in wide.lines] == ["The", "the", "we", "is", "Ask."]
    assert wide.turns == 0
    assert wide.lines[4].y - wide.lines[3].y > wide.lines[3].y - wide.lines[2].y
    narrow = set_at(Manuscript.of(VERSE), 40, 300)
    assert narrow.turns == 1
    assert {round(line.runs[0].x, 1) for line in narrow.lines} == {0, 1.6}


def test_verse_is_rather_smaller_than_turned_over() -> None:
    setting = largest(Manuscript.of(VERSE), SIZES, 832, 740)
    assert setting.turns == 0
    assert set_at(Manuscript.of(VERSE), SIZES[0], 832).turns > 0
    long = largest(Manuscript.of(f"{PROSE[:99]}\nAsk."), SIZES, 832, 740)
    assert 0 < long.turns <= MOST_TURNS


def test_short_words_are_large_and_long_ones_small() -> None:
    sizes = [largest(Manuscript.of(words), SIZES, 832, 740).size for words in ("Run.", PROSE, PROSE + PROSE)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == SIZES[0] > sizes[-1]


def test_paragraphs_after_the_first_are_moved_in() -> None:
    setting = set_at(Manuscript.of(TEXTS["paragraphs"]), 60, 832)
    assert [line.runs[0].x for line in setting.lines].count(1.0) == 1


@pytest.mark.parametrize(
    ("words", "initial"),
    [
        (PROSE, "T"),
        (f"A {PROSE}", "A"),
        (f"Go.\n\n{PROSE}", None),
        (f"Q{PROSE}", None),
        (f"“{PROSE}", None),
        (VERSE, None),
        ("潮" * 90, None),
    ],
)
def test_prose_begins_with_an_initial_where_its_first_letter_can_be_one(words: str, initial: str | None) -> None:
    made = Manuscript.of(words).with_initial()
    assert (made.initial.letter if made.initial else None) == initial
    setting = set_at(made, 50, 832)
    printed = (initial or "") + "".join(run.text for line in setting.lines for run in line.runs)
    assert letters(printed) == letters(words)
    if made.initial:
        assert [round(line.runs[0].x, 3) for line in setting.lines[:3]] == [*[round(made.initial.width, 3)] * 2, 0]


# -- direction ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "base", "seen"),
    [
        ("car is גדה", 0, "car is הדג"),
        ("אמר car גדה", 1, "הדג car רמא"),
        ("אמר 100 גדה.", 1, ".הדג 100 רמא"),
        ("אמר (גדה)", 1, ")הדג( רמא"),
        ("he said אמר 12, 34.", 0, "he said 34 ,12 רמא."),
        ("ב 1$+2 car", 1, "car 2+1$ ב"),
        ("ابج 1,2 -3%", 1, "%3- 1,2 جبا"),
        ("he said אמר (גדה) car", 0, "he said )הדג( רמא car"),
        ("אמר (car [גדה]) ב", 1, "ב )]הדג[ car( רמא"),
        ("he said (אמר] car)", 0, "he said (רמא] car)"),
        ("אמר 🫨 גדה", 1, "הדג 🫨 רמא"),
    ],
)
def test_words_of_both_directions_stand_as_the_algorithm_says(text: str, base: int, seen: str) -> None:
    assert "".join(reordered(text, levels(text, base))) == seen


def test_a_bracket_around_words_of_the_other_direction_is_not_torn_off() -> None:
    line = set_at(Manuscript.of("said אמר (גדה)."), 40, 832).lines[0]
    assert [(run.text, run.is_rtl) for run in line.runs][-1] == (".", False)


def test_a_line_that_runs_to_the_left_begins_at_the_right() -> None:
    line = set_at(Manuscript.of("״אמר גדה״"), 60, 832, "start").lines[0]
    assert [run.text for run in line.runs] == ["גדה״", "״אמר"]
    assert all(run.is_rtl for run in line.runs)
    assert is_rtl("(1) אמר car")
    assert not is_rtl("(1) car אמר")


# -- colour ---------------------------------------------------------------------


def test_contrast_is_reckoned_as_wcag_says() -> None:
    white = (255, 255, 255)
    assert contrast((0, 0, 0), white) == contrast(white, (0, 0, 0)) == 21
    assert contrast((119, 119, 119), white) == pytest.approx(4.48, abs=0.005)
    assert contrast((255, 0, 0), white) == pytest.approx(4.0, abs=0.005)


@given(st.floats(0, 360), st.floats(0, 1), st.floats(0, 0.3), st.text(max_size=20))
def test_every_ink_can_be_read_on_every_ground(hue: float, lightness: float, chroma: float, title: str) -> None:
    for ground in (CREAM, MIDNIGHT, story_colour(title, None)):
        assert contrast(ground, readable(ground, lightness, chroma, hue)) >= READABLE


@pytest.mark.parametrize("design", DESIGNS)
def test_the_inks_of_every_design_can_be_read(design: Design) -> None:
    for number in range(24):
        printed = SHEETS[design](card("Run.", str(number)))
        assert min(contrast(printed.ground, ink) for ink in printed.inks) >= READABLE


def test_a_storys_colour_is_its_own() -> None:
    colours = {story_colour(f"Story {number}", "Maren Holt") for number in range(50)}
    assert len(colours) > 40
    assert story_colour("Low Water", "Maren Holt") == story_colour("low water", "maren holt")
    assert oklch(1.0, 0.0, 0.0) == (255, 255, 255)
    assert oklch(0.401, 0.123, 21.57) == pytest.approx((125, 35, 41), abs=1)  # as CSS Color 4 has it
