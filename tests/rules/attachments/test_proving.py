"""Every kind of file that is taken: proved by its bytes, and a copy that names nobody."""

import io
import struct
import zipfile

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from hotline.errors import StepRefused
from hotline.rules.attachments.found import Found
from hotline.rules.attachments.jpeg import bare_jpeg
from hotline.rules.attachments.proving import clean_name, prove
from tests.support import samples

NAMES = (samples.AUTHOR.encode(), samples.AUTHOR.encode("utf-16-be"), samples.DEVICE, samples.PLACE)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GOOD = {
    "jpeg": (samples.photograph(), "image/jpeg"),
    "pdf": (samples.a_pdf(photo=samples.photograph()), "application/pdf"),
    "xlsx": (samples.a_sheet(), WORD.replace("wordprocessingml.document", "spreadsheetml.sheet")),
    "docx": (samples.a_letter(), WORD),
    "amr": (samples.amr(), "audio/amr"),
    "mp3": (samples.mp3(), "audio/mpeg"),
    "wav": (samples.wav(), "audio/wav"),
    "opus": (samples.opus(), "audio/ogg"),
    "m4a": (samples.mp4(brand=b"M4A ", kind=b"soun"), "audio/mp4"),
    "mp4": (samples.mp4(), "video/mp4"),
    "mov": (samples.mp4(brand=b"qt  "), "video/quicktime"),
    "webm": (samples.webm(), "video/webm"),
}


def unpacked(kind: str, copy: bytes) -> bytes:
    """Everything in it, whatever it is packed in."""
    if kind in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(copy)) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    if kind == "pdf":
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(copy)) as document:
            document.save(
                out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all
            )
        return out.getvalue()
    return copy


@pytest.mark.parametrize("kind", GOOD)
def test_a_file_is_known_by_its_bytes_and_its_copy_names_nobody(kind: str) -> None:
    content, media_type = GOOD[kind]
    held = unpacked(kind, content)
    assert kind == "amr" or any(name in held for name in NAMES), "the sample names somebody"

    found = prove(content)

    assert found.media_type == media_type
    assert found.copy is not None
    assert [name for name in NAMES if name in unpacked(kind, found.copy)] == []
    assert prove(found.copy).media_type == media_type, "the copy is such a file itself"


def test_what_a_file_says_of_itself_is_read_before_it_is_taken_out() -> None:
    photo, film, document = (prove(GOOD[kind][0]) for kind in ("jpeg", "mp4", "pdf"))

    assert photo.hint.taken_at == "2026-03-05T21:14:00+08:00"
    assert (photo.hint.latitude, photo.hint.longitude) == (26.26, 107.52)
    assert (film.hint.latitude, film.hint.longitude, film.seconds) == (26.26, 107.52, 3)
    assert film.hint.taken_at.startswith("2026-")
    assert document.pages == 2
    assert prove(GOOD["amr"][0]).seconds == 1
    assert prove(GOOD["opus"][0]).seconds == 2
    assert prove(GOOD["mp3"][0]).seconds == pytest.approx(50 * 1152 / 44100, abs=0.01)


def test_a_picture_freed_of_its_exif_shows_the_same_pixels() -> None:
    content = samples.photograph()
    with (
        Image.open(io.BytesIO(content)) as before,
        Image.open(io.BytesIO(bare_jpeg(content))) as after,
    ):
        assert dict(after.getexif()) == {}
        assert before.tobytes() == after.tobytes()


def test_a_document_runs_nothing_and_carries_no_other_file() -> None:
    copy = unpacked("pdf", prove(GOOD["pdf"][0]).copy or b"")

    for word in (b"app.alert", b"/OpenAction", b"/EmbeddedFile", b"secret.txt"):
        assert word not in copy, word


def lies_about_its_size() -> bytes:
    """An entry of ten megabytes that says it has ten bytes."""
    whole = bytearray(samples.a_letter(word__bomb=bytes(10 * 1024 * 1024)))
    at = whole.rfind(b"word/bomb") - 46
    whole[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(whole)


REFUSED = {
    "text": ("这是文字".encode(), "file.not_accepted"),
    "empty": (b"", "file.empty"),
    "program": (b"MZ" + bytes(4000), "file.not_accepted"),
    "page": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file.not_accepted"),
    "zip": (samples.an_archive({"a.txt": b"a"}), "file.not_accepted"),
    "zip bomb": (samples.a_letter(word__bomb=bytes(30 * 1024 * 1024)), "file.bomb"),
    "many entries": (samples.an_archive({f"{n}": b"" for n in range(2001)}), "file.bomb"),
    "liar": (lies_about_its_size(), "file.broken"),
    "climber": (samples.a_letter(**{"..__x": b""}), "file.broken"),
    "mail": (samples.an_old_letter("__properties_version1.0"), "file.not_accepted"),
    "locked doc": (samples.an_old_letter("EncryptedPackage"), "file.locked"),
    "locked pdf": (
        samples.a_pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "file.locked",
    ),
    "cut pdf": (b"%PDF-1.7\n" + bytes(2000), "file.broken"),
    "long film": (samples.mp4(seconds=601), "file.too_long"),
    "cut film": (samples.mp4()[:-20], "file.broken"),
    "film of nothing": (samples.mp4(kind=b"text"), "file.broken"),
    "long sound": (samples.wav(3601), "file.too_big"),
    "cut amr": (b"#!AMR\n" + b"\x50" * 60, "file.broken"),
    "tag alone": (b"ID3\x03\0\0\0\0\0\0" + bytes(400), "file.broken"),
    "cut ogg": (samples.opus()[:-1], "file.broken"),
    "long webm": (samples.webm(601), "file.too_long"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_such_file_is_refused_in_words(kind: str) -> None:
    content, key = REFUSED[kind]

    with pytest.raises(StepRefused) as refused:
        prove(content)

    assert refused.value.key == key


def test_what_cannot_be_freed_of_names_has_no_copy() -> None:
    macros = prove(samples.a_letter(**{"word__vbaProject.bin": b"x"}))
    nested = prove(samples.a_letter(word__embeddings__1=samples.a_letter()))
    old = prove(samples.an_old_letter())

    assert [one.copy for one in (macros, nested, old)] == [None] * 3
    assert [one.macros for one in (macros, nested, old)] == [True, False, False]
    assert old.media_type == "application/msword"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("C:\\Users\\某人\\排口.docx", "排口.docx"),
        ("../../etc/passwd", "passwd"),
        ("gpj.\u202eexe.照片", "gpj.exe.照片"),
        ("\0\r\n", ""),
    ],
)
def test_a_name_shows_no_folder_and_hides_nothing(sent: str, shown: str) -> None:
    assert clean_name(sent) == shown


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good file with some of its bytes changed, cut or doubled."""
    whole = bytearray(draw(st.sampled_from([content for content, _ in GOOD.values()])))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(whole) - 1))
        whole[at : at + draw(st.integers(0, 8))] = draw(st.binary(max_size=12))
        if len(whole) < 2:
            break
    return bytes(whole)


@settings(max_examples=150, deadline=5000, suppress_health_check=list(HealthCheck))
@given(damaged() | st.binary(max_size=300))
def test_any_bytes_are_a_file_or_refused_in_words(content: bytes) -> None:
    try:
        found: Found | StepRefused = prove(content)
    except StepRefused as refused:
        found = refused
    assert isinstance(found, Found) or found.key.startswith("file.")
