"""Office files made by hand: Word documents, OpenDocument texts and PDF, as small as their readers take them."""

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_OPEN = (
    f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" xmlns:table="{_ODF}:table:1.0" '
    f'xmlns:style="{_ODF}:style:1.0" xmlns:meta="{_ODF}:meta:1.0" xmlns:draw="{_ODF}:drawing:1.0" '
    f'xmlns:svg="{_ODF}:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
# A4, in points.
_HEIGHT = 842


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts, in their order."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            # An OpenDocument file tells its kind before anything is unpacked.
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return into.getvalue()


def docx(body: str, *, core: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word document: what stands in its body, and in its core properties."""
    properties = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"{core}</cp:coreProperties>"
    )
    return packed(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATIONS,
            "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
            "docProps/core.xml": properties,
            **(more or {}),
        }
    )


def p(*runs: str) -> str:
    """A paragraph of Word."""
    return f"<w:p>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A stretch of text, with how it is written."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def odt(body: str, *, styles: str = "", shared: str = "", meta: str = "", manifest: str = "") -> bytes:
    """An OpenDocument text: what stands in its body, in its own and its shared styles, and in its metadata."""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_OPEN}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles {_OPEN}><office:styles>{shared}</office:styles>"
            "</office:document-styles>",
            "meta.xml": f"<office:document-meta {_OPEN}><office:meta>{meta}</office:meta></office:document-meta>",
            "META-INF/manifest.xml": f'<manifest xmlns="{_ODF}:manifest:1.0">{manifest}</manifest>',
        }
    )


def pdf(
    *pages: Sequence[tuple[int, int, str] | tuple[int, int, str, int]],
    info: str = "",
    signs: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """A PDF of these pages: each line with where it begins, from the left and from the top, its letters as they stand
    on paper from left to right, and how large they are. `signs` are those that stand for several letters, as the
    file tells them."""
    # Of the letters that are used alone: to read all that there are costs more than the rest of the file.
    letters_used = {letter: letter for lines in pages for _, _, text, *_ in lines for letter in text}
    told = [f"<{_code(sign)}> <{_code(letters)}>" for sign, letters in (letters_used | dict(signs)).items()]
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{7 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [4 0 R] "
        "/ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /DW 500 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(
            "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
            f"{len(told)} beginbfchar {' '.join(told)} endbfchar endcmap"
        ),
        f"<< {info} >>",
    ]
    for number, lines in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 {_HEIGHT}] /Contents {8 + 2 * number} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>"
        )
        drawn = (
            f"BT /F {size[0] if size else 10} Tf {x} {_HEIGHT - y} Td <{_code(text)}> Tj ET"
            for x, y, text, *size in lines
        )
        objects.append(_stream("\n".join(drawn)))
    return _written(objects)


def _code(text: str) -> str:
    return text.encode("utf-16-be").hex()


def _stream(content: str) -> str:
    data = zlib.compress(content.encode("ascii")).hex().upper()
    return f"<< /Length {len(data) + 1} /Filter [/ASCIIHexDecode /FlateDecode] >>\nstream\n{data}>\nendstream"


def _written(objects: Sequence[str]) -> bytes:
    body, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")
