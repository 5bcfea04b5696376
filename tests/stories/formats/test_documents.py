"""Documents of word processors, made here by hand, and those that are none."""

from __future__ import annotations

import io
import zipfile

import pytest

from bot.stories import Refused, read_story
from tests.stories.formats.documents import W, docx, odt, paragraph, run, zipped
from tests.stories.formats.written import LONG

DOCX = docx(
    paragraph(run("The Long Pier"), style="Title"),
    paragraph(run("A/N: written on a bus.")),
    paragraph(run("Chapter 1"), style="Heading1"),
    paragraph(run(LONG)),
    paragraph(run("She "), run("did not", "<w:i/>"), run(" go "), run("home", "<w:b/>"), run(".")),
    paragraph(run("***")),
    paragraph(run("One line,"), "<w:r><w:br/></w:r>", run("another line.")),
    paragraph(run("Chapter 2"), style="Heading1"),
    paragraph(run(LONG)),
)


ODT_STYLES = """<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/>
</style:style><style:style style:name="T2" style:family="text" style:parent-style-name="T1">
<style:text-properties fo:font-weight="bold" fo:font-style="normal"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>"""
ODT = odt(
    f"""<text:p text:style-name="P1">The Long Pier</text:p><text:p>A/N: written on a bus.</text:p>
<text:h text:outline-level="1">Chapter 1</text:h><text:p>{LONG}</text:p>
<text:p>She <text:span text:style-name="T1">did not</text:span> go<text:s/>
<text:span text:style-name="T2">home</text:span>.</text:p>
<text:p>***</text:p><text:p>One line,<text:line-break/>another line.</text:p>
<text:h text:outline-level="1">Chapter 2</text:h><text:p>{LONG}</text:p>""",
    ODT_STYLES,
)
RTF = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}}{\stylesheet{\s1 Heading 1;}}{\info{\author EVIL}}"
    rb"\pard\b The Long Pier\b0\par\pard A/N: written on a bus.\par"
    rb"\pard\plain\s1\outlinelevel0\b Chapter 1\b0\par\pard\plain " + LONG.encode() + rb"\par "
    rb"She {\i did not} go \b home\b0 .{\v EVIL}{\pict\pngblip 89504e47}\par ***\par One line,\line another line.\par"
    rb"\pard\plain\s1\outlinelevel0 Chapter 2\par\pard\plain " + LONG.encode() + rb"\par}"
)


@pytest.mark.parametrize(("data", "ending"), [(DOCX, ".docx"), (ODT, ".odt"), (RTF, ".rtf")])
def test_a_document_is_read_with_its_headings_emphasis_and_line_breaks(data: bytes, ending: str) -> None:
    story = read_story(data, f"a1{ending}")
    assert (story.title, story.author, story.notes_before) == ("The Long Pier", None, ("written on a bus.",))
    first, second = story.chapters
    assert first.prose == f"{LONG}\n\nShe did not go home.\n\n\nOne line,\nanother line."
    assert second.prose == LONG
    assert [(span.kind, first.prose[span.start : span.end]) for span in first.spans] == [
        ("italic", "did not"),
        ("bold", "home"),
    ]


@pytest.mark.parametrize("ending", [".docx", ".odt"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_with_xml_entities_is_refused(ending: str, encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "ha">]>'
    data = docx(paragraph(run(LONG)), head=head) if ending == ".docx" else odt(f"<text:p>{LONG}</text:p>", head=head)
    if encoding == "utf-16":
        part = "word/document.xml" if ending == ".docx" else "content.xml"
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
        files[part] = archive_text(files[part]).encode("utf-16")
        data = zipped(files)
    with pytest.raises(Refused, match="declares XML entities"):
        read_story(data, f"a1{ending}")


def archive_text(content: str | bytes) -> str:
    return content.decode() if isinstance(content, bytes) else content


@pytest.mark.parametrize("ending", [".docx", ".odt"])
def test_a_document_that_unpacks_without_end_is_refused(ending: str) -> None:
    bomb = " " * (9 * 1024 * 1024)
    data = docx(paragraph(run(bomb))) if ending == ".docx" else odt(f"<text:p>{bomb}</text:p>")
    with pytest.raises(Refused, match="unpack"):
        read_story(data, f"a1{ending}")


@pytest.mark.parametrize("ending", [".docx", ".odt", ".rtf"])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"Once upon a time.",
        zipped({"a.xml": "<a/>"}),
        zipped({"content.xml": "<a>"}),
        b"\xd0\xcf\x11",
    ],
)
def test_what_is_no_document_is_refused_in_one_sentence(data: bytes, ending: str) -> None:
    with pytest.raises(Refused):
        read_story(data, f"a1{ending}")


@pytest.mark.parametrize(("whole", "ending"), [(DOCX, ".docx"), (ODT, ".odt"), (RTF, ".rtf")])
def test_a_damaged_document_is_read_or_refused(whole: bytes, ending: str) -> None:
    for length in range(0, len(whole), max(1, len(whole) // 40)):
        for data in (whole[:length], whole[:length] + b"\x00{<" + whole[length + 3 :]):
            try:
                story = read_story(data, f"a1{ending}")
            except Refused as refusal:
                assert str(refusal)
            else:
                assert story.chapters


def test_what_nests_without_end_is_refused_or_read() -> None:
    deep = "<w:ins>" * 5000 + run(LONG) + "</w:ins>" * 5000
    with pytest.raises(Refused, match="nested"):
        read_story(docx(paragraph(deep)), "a1.docx")
    with pytest.raises(Refused, match="nested"):
        read_story(b"{\\rtf1 " + b"{" * 5000 + LONG.encode(), "a1.rtf")
    with pytest.raises(Refused):
        read_story(odt("<text:span>" * 5000 + LONG + "</text:span>" * 5000), "a1.odt")


def test_a_rich_text_in_other_scripts_is_read() -> None:
    data = rb"{\rtf1\ansi\uc1 Caf\'e9 \u8220?Oui\u8221?, dit-elle \u-10179?\u-8704?. {\i One.\par two} three.\par}"
    story = read_story(data, "a1.rtf")
    assert story.chapters[0].prose == "Café “Oui”, dit-elle 😀. One.\n\ntwo three."
    assert [(s.kind, story.chapters[0].prose[s.start : s.end]) for s in story.chapters[0].spans] == [
        ("italic", "One."),
        ("italic", "two"),
    ]


def test_a_footnote_of_an_opendocument_text_is_a_note() -> None:
    body = "<text:note-body><text:p>A lamp.</text:p></text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{body}</text:note>"
    story = read_story(odt(f"<text:p>{LONG}</text:p><text:p>It went out{note}.</text:p>"), "a1.odt")
    assert story.chapters[0].prose == f"{LONG}\n\nIt went out[1]."
    assert story.notes_after == ("[1] A lamp.",)


def test_a_footnote_of_a_word_document_is_a_note() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    relation = f'<Relationship Id="r1" Type="{kind}/footnotes" Target="footnotes.xml"/>'
    data = docx(
        paragraph(run(LONG)),
        paragraph(run("It went out"), reference, run(".")),
        word__footnotes_xml=f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{paragraph(run("A lamp."))}</w:footnote>'
        "</w:footnotes>",
        **{"word/_rels/document.xml.rels": f'<Relationships xmlns="{package}">{relation}</Relationships>'},
    )
    story = read_story(data, "a1.docx")
    assert story.chapters[0].prose == f"{LONG}\n\nIt went out[1]."
    assert story.notes_after == ("[1] A lamp.",)


@pytest.mark.parametrize("begins", [r"{\super\chftn}{\*\footnote\pard\plain\chftn ", r"{\footnote "])
def test_a_footnote_of_a_rich_text_is_a_note(begins: str) -> None:
    text = rf"{{\rtf1 {LONG}\par It {{\i went}} out{begins}A {{\i lamp}}.\par With oil.}}{{\i .}}\par}}"
    story = read_story(text.encode(), "a1.rtf")
    assert story.chapters[0].prose == f"{LONG}\n\nIt went out[1]."
    assert [span.kind for span in story.chapters[0].spans] == ["italic", "italic"]
    assert story.notes_after == ("[1] A lamp.", "With oil.")


def test_the_bullets_of_a_rich_text_are_seen() -> None:
    text = rf"{{\rtf1 {LONG}\par \u-3913?\tab one knot\par}}"
    assert read_story(text.encode(), "a1.rtf").chapters[0].prose == f"{LONG}\n\n• one knot"


def test_a_number_of_an_item_in_an_old_rich_text_is_seen() -> None:
    listed = r"{\listtext 1.\tab}one knot\par {\pntext\f0 2.\tab}two knots\par {\listtext\f3\'b7\tab}three\par"
    text = rf"{{\rtf1 {LONG}\par {listed}}}"
    items = "1. one knot\n\n2. two knots\n\n• three"
    assert read_story(text.encode(), "a1.rtf").chapters[0].prose == f"{LONG}\n\n{items}"


WORD_NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:numFmt w:val="{kind}"/></w:lvl></w:abstractNum>'
    for n, kind in enumerate(("decimal", "bullet"))
) + "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(2))


def test_a_list_in_a_style_of_its_own_is_counted_once() -> None:
    level = (
        '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:pStyle w:val="ListNumber"/><w:lvlText w:val="%1."/></w:lvl>'
    )
    counted = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    style = f'<w:style w:type="paragraph" w:styleId="ListNumber"><w:name w:val="List Number"/>{counted}</w:style>'
    items = (paragraph(run(text), style="ListNumber") for text in ("no lamps", "no dogs"))
    data = docx(
        paragraph(run(LONG)),
        *items,
        word__numbering_xml=f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        word__styles_xml=f'<w:styles xmlns:w="{W}">{style}</w:styles>',
    )
    assert read_story(data, "a1.docx").chapters[0].prose == f"{LONG}\n\n1. no lamps\n2. no dogs"


def item(text: str, numbering: int) -> str:
    properties = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbering}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def test_the_numbers_and_bullets_of_a_list_in_word_are_seen() -> None:
    items = (item("no lamps", 1), item("no dogs", 1), item("bread", 2))
    numbering = f'<w:numbering xmlns:w="{W}">{WORD_NUMBERING}</w:numbering>'
    story = read_story(docx(paragraph(run(LONG)), *items, word__numbering_xml=numbering), "a1.docx")
    assert story.chapters[0].prose == f"{LONG}\n\n1. no lamps\n2. no dogs\n\n• bread"


@pytest.mark.parametrize(
    ("form", "titles"), [("Chapter %1", ["", ""]), ("Chapter %1:", ["Rope", "Oil"]), ("%1.", ["Rope", "Oil"])]
)
def test_the_numbers_that_word_gives_to_headings_are_those_of_chapters(form: str, titles: list[str]) -> None:
    level = f'<w:lvl w:ilvl="0"><w:pStyle w:val="Heading1"/><w:lvlText w:val="{form}"/></w:lvl>'
    counted = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    style = f'<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>{counted}</w:style>'
    data = docx(
        *(piece for title in titles for piece in (paragraph(run(title), style="Heading1"), paragraph(run(LONG)))),
        word__numbering_xml=f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        word__styles_xml=f'<w:styles xmlns:w="{W}">{style}</w:styles>',
    )
    told = [
        (chapter.name.number, chapter.title or "", chapter.prose) for chapter in read_story(data, "a1.docx").chapters
    ]
    assert told == [(number, title, LONG) for number, title in enumerate(titles, start=1)]


def test_the_numbers_and_bullets_of_a_list_in_opendocument_are_seen() -> None:
    level = '<text:list-level-style-number text:level="1" style:num-format="1"/>'
    styles = f'<text:list-style style:name="L1">{level}</text:list-style>'

    def listed(style: str, *items: str) -> str:
        inside = "".join(f"<text:list-item><text:p>{one}</text:p></text:list-item>" for one in items)
        return f"<text:list{style}>{inside}</text:list>"

    lists = listed(' text:style-name="L1"', "no lamps", "no dogs") + listed("", "bread")
    story = read_story(odt(f"<text:p>{LONG}</text:p>{lists}", styles), "a1.odt")
    assert story.chapters[0].prose == f"{LONG}\n\n1. no lamps\n2. no dogs\n\n• bread"


def test_of_tracked_changes_and_comments_only_what_was_added_is_seen() -> None:
    added = '<w:ins w:id="1" w:author="Editor"><w:r><w:t xml:space="preserve"> at once</w:t></w:r></w:ins>'
    taken = '<w:del w:id="2" w:author="Editor"><w:r><w:delText xml:space="preserve"> EVIL</w:delText></w:r></w:del>'
    moved = '<w:moveFrom w:id="5" w:author="Editor"><w:r><w:t> EVIL</w:t></w:r></w:moveFrom>'
    gone = f'<w:p><w:pPr><w:rPr><w:del w:id="9" w:author="Editor"/></w:rPr></w:pPr>{taken}</w:p>'
    asked = '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    relation = f'<Relationship Id="r1" Type="{kind}/comments" Target="comments.xml"/>'
    word = docx(
        paragraph(run(LONG)),
        gone,
        paragraph(run("She went"), added, taken, moved, run(" home"), asked, run(".")),
        word__comments_xml=f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="Editor">{paragraph(run("EVIL"))}'
        "</w:comment></w:comments>",
        **{"word/_rels/document.xml.rels": f'<Relationships xmlns="{package}">{relation}</Relationships>'},
    )
    office = odt(
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>EVIL</text:p></text:deletion>'
        f"</text:changed-region></text:tracked-changes><text:p>{LONG}</text:p><text:p>She went"
        '<text:change text:change-id="c1"/><text:change-start text:change-id="c2"/> at once'
        '<text:change-end text:change-id="c2"/> home<office:annotation><text:p>EVIL</text:p></office:annotation>.'
        "</text:p>"
    )
    rich = (
        rf"{{\rtf1 {LONG}\par She went{{\revised\revauth1  at once}}{{\deleted\revauth1  EVIL}} home{{\*\atnid ED}}"
        r"{\*\atnauthor Editor}\chatn{\*\annotation \pard EVIL}.\par}"
    )
    for data, ending in ((word, ".docx"), (office, ".odt"), (rich.encode(), ".rtf")):
        story = read_story(data, f"a1{ending}")
        assert story.chapters[0].prose == f"{LONG}\n\nShe went at once home.", ending
        assert story.all_notes == (), ending


def test_a_row_of_a_table_is_a_line() -> None:
    cells = "".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in ("Strength", "12"))
    docx_table = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    odt_table = "<table:table><table:table-row>{}</table:table-row></table:table>".format(
        "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("Strength", "12"))
    )
    rows = (
        r"\trowd Strength\cell 12\cell\row ",
        r"\trowd{{\pard\intbl Strength\par}\cell}{{\pard\intbl 12\par}\cell}\row ",
    )
    for data, ending in (
        (docx(paragraph(run(LONG)), docx_table), ".docx"),
        (odt(f"<text:p>{LONG}</text:p>{odt_table}"), ".odt"),
        *((rf"{{\rtf1 {LONG}\par {row}}}".encode(), ".rtf") for row in rows),
    ):
        assert read_story(data, f"a1{ending}").chapters[0].prose == f"{LONG}\n\nStrength 12", ending


def test_the_author_of_a_document_is_who_its_style_says() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Author"><w:name w:val="Author"/></w:style></w:styles>'
    )
    note = paragraph(run("A/N: written on a bus."))
    word = docx(
        paragraph(run("The Long Pier"), style="Title"),
        paragraph(run("quiet_harbour99"), style="Author"),
        note,
        paragraph(run(LONG)),
        word__styles_xml=styles,
    )
    author = '<style:style style:name="Author" style:family="paragraph"/>'
    title = '<style:style style:name="Title" style:family="paragraph"/>'
    office = odt(
        '<text:p text:style-name="Title">The Long Pier</text:p>'
        '<text:p text:style-name="Author">quiet_harbour99</text:p>'
        f"<text:p>A/N: written on a bus.</text:p><text:p>{LONG}</text:p>",
        title + author,
    )
    for data, ending in ((word, ".docx"), (office, ".odt")):
        story = read_story(data, f"a1{ending}")
        assert (story.title, story.author, story.notes_before) == (
            "The Long Pier",
            "quiet_harbour99",
            ("written on a bus.",),
        ), ending


@pytest.mark.parametrize("ending", [".pdf", ".doc", ".pages"])
def test_what_cannot_be_read_is_refused_with_what_to_do(ending: str) -> None:
    with pytest.raises(Refused, match=r"export it as \.docx"):
        read_story(b"%PDF-1.7", f"a1{ending}")


@pytest.mark.parametrize(("ending", "instead"), [(".azw3", r"\.epub"), (".mobi", r"\.epub"), (".mhtml", "HTML only")])
def test_of_what_sites_and_browsers_give_the_form_that_is_read_is_named(ending: str, instead: str) -> None:
    with pytest.raises(Refused, match=instead):
        read_story(b"BOOKMOBI", f"a1{ending}")
