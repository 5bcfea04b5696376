"""Documents of word processors and a long book, made by hand."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Mapping
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
DOCX_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
    for name in ("Title", "Heading 1")
)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    return f'<w:p><w:pPr>{f"""<w:pStyle w:val="{style}"/>""" if style else ""}</w:pPr>{"".join(runs)}</w:p>'


def docx(*paragraphs: str, head: str = "", **more: str | bytes) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS,
            "word/styles.xml": f'<w:styles xmlns:w="{W}">{DOCX_STYLES}</w:styles>',
            "word/document.xml": f'{head}<w:document xmlns:w="{W}"><w:body>{"".join(paragraphs)}</w:body></w:document>',
            "word/media/image1.png": b"\x89PNG" * 10,
        }
        | {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in more.items()}
    )


def odt(body: str, styles: str = "", head: str = "") -> bytes:
    names = " ".join(f'xmlns:{name}="{OFFICE}:{name}:1.0"' for name in ("office", "text", "style", "table"))
    fo = f'xmlns:fo="{OFFICE}:xsl-fo-compatible:1.0"'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'{head}<office:document-content {names} {fo} office:version="1.3"><office:automatic-styles>'
            f"{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f'<office:document-styles {names} {fo} office:version="1.3"><office:styles/>'
            "</office:document-styles>",
            "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
            'm:version="1.3"><m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/>'
            '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        }
    )


def dull_epub(size: int) -> bytes:
    """A book of *size* characters of prose that packs to almost nothing: forty paragraphs again and again."""
    chance = random.Random(4)
    words = "kettle lamp stair harbour winter sister bread morning rain window quietly again river".split()  # noqa: SIM905
    told = [f"<p>“{' '.join(chance.choices(words, k=12))}.”</p>" for _ in range(20)]
    told += [f"<p>{' '.join(chance.choices(words, k=30))}.</p>" for _ in range(20)]
    files = {"META-INF/container.xml": '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>'}
    while sum(map(len, files.values())) < size:
        files[f"c{len(files)}.xhtml"] = f"<html><body>{''.join(chance.choices(told, k=400))}</body></html>"
    names = [name for name in files if name.startswith("c")]
    items = "".join(f'<item id="{n}" href="{n}" media-type="application/xhtml+xml"/>' for n in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    head = '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Dull Book</dc:title></metadata>'
    package = f'<package xmlns="http://www.idpf.org/2007/opf">{head}<manifest>{items}</manifest><spine>{spine}</spine>'
    return zipped(files | {"b.opf": f"{package}</package>"})
