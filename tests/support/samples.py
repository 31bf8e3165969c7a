"""Real files of every kind that is taken, made on the spot; their names are made up（虚构）."""

import io
import struct
import wave
import zipfile
from typing import Any, Final

import pikepdf
import xlsxwriter
from PIL import Image

AUTHOR: Final = "虚构的作者"
PLACE: Final = b"+26.2600+107.5200/"
DEVICE: Final = b"Made-up Phone 9"


def photograph(shade: int = 90, *, said: bool = True, size: tuple[int, int] = (64, 48)) -> bytes:
    """A JPEG that tells when and where it was taken."""
    image, exif = Image.new("RGB", size, (shade, 120, 60)), Image.Exif()
    if said:
        exif[0x010F] = DEVICE.decode()
        exif.get_ifd(0x8769).update({0x9003: "2026:03:05 21:14:00", 0x9011: "+08:00"})
        exif.get_ifd(0x8825).update({1: "N", 2: (26.0, 15.0, 36.0), 3: "E", 4: (107.0, 31.0, 12.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def a_pdf(pages: int = 2, photo: bytes = b"", **saving: Any) -> bytes:
    """With an author, a script that runs on opening, an attached file and a photograph."""
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.docinfo["/Author"] = AUTHOR
        with document.open_metadata() as told:
            told["dc:creator"] = [AUTHOR]
        document.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS="app.alert('made up')"
        )
        document.attachments["secret.txt"] = AUTHOR.encode()
        if photo:
            image = pikepdf.Stream(document, photo)
            image.Filter, image.Subtype = pikepdf.Name.DCTDecode, pikepdf.Name.Image
            document.pages[0].Resources = pikepdf.Dictionary(XObject={"/Im0": image})
        out = io.BytesIO()
        document.save(out, **saving)
        return out.getvalue()


def a_sheet() -> bytes:
    """An xlsx as a spreadsheet program writes it, with author, company and a comment."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.set_properties({"author": AUTHOR, "company": AUTHOR, "manager": AUTHOR})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "监测数据（虚构）")
    sheet.write_comment("A1", "虚构", {"author": AUTHOR})
    book.close()
    return out.getvalue()


def an_archive(entries: dict[str, bytes]) -> bytes:
    """A zip of these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in entries.items():
            archive.writestr(name, body)
    return out.getvalue()


def a_letter(**more: bytes) -> bytes:
    """A docx with a tracked change, and whatever else it should hold (__ stands for a slash)."""
    types = (
        b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.'
        b'wordprocessingml.document.main+xml" PartName="/word/document.xml"/></Types>'
    )
    words = f'<w:document><w:ins w:author="{AUTHOR}" w:id="1"/></w:document>'.encode()
    core = f"<cp:coreProperties><dc:creator>{AUTHOR}</dc:creator></cp:coreProperties>".encode()
    named = {name.replace("__", "/"): body for name, body in more.items()}
    return an_archive(
        {
            "[Content_Types].xml": types,
            "word/document.xml": words,
            "docProps/core.xml": core,
            "word/media/1.jpeg": photograph(),
            **named,
        }
    )


def an_old_letter(entry: str = "WordDocument") -> bytes:
    """The container of a .doc: a header and a directory with one entry."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[24:32] = struct.pack("<HHHH", 62, 3, 0xFFFE, 9)
    name = (entry + "\0").encode("utf-16-le")
    line = name.ljust(64, b"\0") + struct.pack("<H", len(name)) + bytes(62)
    return bytes(head) + line + bytes(2048)


def amr(seconds: float = 1.0) -> bytes:
    """Frames of the narrow kind, 12.2 kbit/s."""
    return b"#!AMR\n" + (b"\x3c" + bytes(31)) * int(seconds * 50)


def mp3(frames: int = 50) -> bytes:
    """MPEG 1 layer III, 128 kbit/s, 44.1 kHz, tags before and behind."""
    body = (b"\xff\xfb\x90\x00" + bytes(413)) * frames
    told = b"TPE1" + struct.pack(">I", len(DEVICE)) + b"\0\0" + DEVICE
    size = bytes([0, 0, len(told) >> 7, len(told) & 127])
    return b"ID3\x03\0\0" + size + told + body + b"TAG" + AUTHOR.encode().ljust(125, b"\0")


def wav(seconds: float = 1.0) -> bytes:
    """PCM, with a chunk that names the device behind it."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(int(seconds * 16000)))
    told = b"LIST" + struct.pack("<I", len(DEVICE) + 1) + DEVICE + b"\0"
    whole = out.getvalue() + told
    return whole[:4] + struct.pack("<I", len(whole) - 8) + whole[8:]


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def track(kind: bytes, *tables: bytes) -> bytes:
    heard = box(b"hdlr", bytes(8), kind, bytes(12), DEVICE + b"\0")
    return box(b"trak", box(b"mdia", heard, box(b"minf", box(b"stbl", *tables))))


def mp4(seconds: int = 3, brand: bytes = b"isom", kind: bytes = b"vide") -> bytes:
    """Made in 2026, with position and device, and a track of positions beside the pictures."""
    ftyp = box(b"ftyp", brand, bytes(4), b"isom")
    samples = b"moving pictures" + PLACE
    where = len(ftyp) + 8 + 15
    tables = (
        box(b"stsz", struct.pack(">III", 0, len(PLACE), 1)),
        box(b"stsc", struct.pack(">IIIII", 0, 1, 1, 1, 1)),
        box(b"stco", struct.pack(">III", 0, 1, where)),
    )
    made = 2_082_844_800 + 1_780_000_000
    times = struct.pack(">IIIII", 0, made, made, 1000, seconds * 1000)
    moov = box(
        b"moov",
        box(b"mvhd", times, bytes(80)),
        track(kind),
        track(b"meta", *tables),
        box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(PLACE), 0), PLACE), DEVICE),
    )
    return ftyp + box(b"mdat", samples) + moov


def element(kind: bytes, body: bytes) -> bytes:
    return kind + b"\x01" + len(body).to_bytes(7, "big") + body


def webm(seconds: float = 2.0) -> bytes:
    """As a browser records: a segment of unknown length, a title, tags."""
    head = element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", b"webm"))
    info = element(
        b"\x15\x49\xa9\x66",
        element(b"\x2a\xd7\xb1", (1_000_000).to_bytes(3, "big"))
        + element(b"\x44\x89", struct.pack(">d", seconds * 1000))
        + element(b"\x7b\xa9", AUTHOR.encode()),
    )
    tracks = element(b"\x16\x54\xae\x6b", element(b"\xae", element(b"\x86", b"V_VP8")))
    cluster = b"\x1f\x43\xb6\x75\x01" + b"\xff" * 7 + element(b"\xe7", b"\0")
    cluster += element(b"\xa3", b"\x81\0\0\x80made up")
    tags = element(b"\x12\x54\xc3\x67", DEVICE)
    return head + b"\x18\x53\x80\x67\x01" + b"\xff" * 7 + info + tags + tracks + cluster


def opus() -> bytes:
    """A head, comments that name the device, one page of sound; checksums as the format asks."""
    from hotline.rules.attachments.ogg import _checksum  # noqa: PLC0415

    def page(number: int, granule: int, body: bytes) -> bytes:
        lacing = bytes([255] * (len(body) // 255) + [len(body) % 255])
        head = (
            b"OggS\0" + bytes([2 if number == 0 else 0]) + struct.pack("<qII", granule, 7, number)
        )
        whole = bytearray(head + bytes(4) + bytes([len(lacing)]) + lacing + body)
        whole[22:26] = struct.pack("<I", _checksum(bytes(whole)))
        return bytes(whole)

    head = b"OpusHead\x01\x01" + struct.pack("<HIhB", 312, 48000, 0, 0)
    told = b"OpusTags" + struct.pack("<I", len(DEVICE)) + DEVICE + struct.pack("<I", 0)
    return page(0, 0, head) + page(1, 0, told) + page(2, 96_000, b"\xfc" * 300)
