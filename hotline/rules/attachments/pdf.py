"""PDF: opened and counted page by page; the copy has no author, script, action or attached file."""

import io
from typing import Any, Final

import pikepdf

from hotline.errors import StepRefused
from hotline.rules.attachments.found import Found
from hotline.rules.attachments.jpeg import bare_jpeg

MOST_PAGES: Final = 1000
MOST_OBJECTS: Final = 200_000
DEEPEST: Final = 40
_UNPACKED: Final = 128 * 1024 * 1024
_TALKING: Final = (
    "/Metadata", "/PieceInfo", "/LastModified", "/OpenAction", "/AA", "/JS", "/JavaScript",
    "/EmbeddedFiles", "/AF", "/Launch", "/RichMedia", "/Collection", "/XFA",
)  # fmt: skip
_OF_A_NOTE: Final = ("/T", "/CreationDate", "/M", "/NM", "/A")
_SIGNED: Final = ("/Name", "/Location", "/ContactInfo", "/Reason", "/M")


def set_limits() -> None:
    """For this process: what unpacks to more is no document."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=_UNPACKED,
        run_length_max_memory=_UNPACKED,
        png_max_memory=_UNPACKED,
        tiff_max_memory=_UNPACKED,
        dct_max_memory=_UNPACKED,
        doc_max_warnings=100,
    )


def pdf(content: bytes) -> Found:
    """StepRefused for a locked, a broken and an immense one. Runs apart: see steps/pdf_apart."""
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as document:
            pages = len(document.pages)
            if not pages:
                raise StepRefused("file.broken")
            if pages > MOST_PAGES or len(document.objects) > MOST_OBJECTS:
                raise StepRefused("file.too_complex")
            _clean(document)
            out = io.BytesIO()
            document.save(out, static_id=True, encryption=False, linearize=False)
            return Found("application/pdf", out.getvalue(), pages=pages)
    except pikepdf.PasswordError as error:
        raise StepRefused("file.locked") from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise StepRefused("file.broken") from error


def _clean(document: pikepdf.Pdf) -> None:
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    for one in document.objects:
        _bare(one, 0)


def _bare(one: Any, depth: int) -> None:
    """Every dictionary, also those within others; what is referred to has a turn of its own."""
    if depth > DEEPEST or (depth and getattr(one, "is_indirect", False)):
        return
    if isinstance(one, pikepdf.Array):
        for part in one:
            _bare(part, depth + 1)
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        _silence(one)
        for name in list(one.keys()):
            _bare(one[name], depth + 1)


def _silence(one: pikepdf.Object) -> None:
    for name in _silenced(one):
        if name in one:
            del one[name]
    if isinstance(one, pikepdf.Stream) and one.get("/Filter") == "/DCTDecode":
        _bare_photograph(one)


def _bare_photograph(one: pikepdf.Stream) -> None:
    bare = bare_jpeg(one.read_raw_bytes())
    if bare:
        one.write(bare, filter=pikepdf.Name("/DCTDecode"))


def _silenced(one: pikepdf.Object) -> tuple[str, ...]:
    if one.get("/Type") == "/Sig":
        return (*_TALKING, *_SIGNED)
    is_note = "/Rect" in one and "/Subtype" in one
    return (*_TALKING, *_OF_A_NOTE) if is_note else _TALKING
