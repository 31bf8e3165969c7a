"""Pictures: proved by decoding, sealed, and never at the cost of the text or of another picture."""

import io
import json
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from hotline.database import rows
from hotline.records import files
from hotline.records.sealing import open_envelope
from hotline.settings import settings
from tests.support.visitor import File, Visitor
from tests.webforms.citizen.telling import NAMED, STORY, TOLD, WHAT, tell_where

GPS_BLOCK, DATE_TAKEN, MAKER = 0x8825, 0x9003, 0x010F


def a_picture(shade: int = 90, size: tuple[int, int] = (64, 48), kind: str = "JPEG") -> bytes:
    """A small picture with a position and a camera's name in it."""
    image, exif = Image.new("RGB", size, (shade, 120, 60)), Image.Exif()
    exif[MAKER] = "Camera"
    exif.get_ifd(GPS_BLOCK)[1] = "N"
    out = io.BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()


def a_bomb() -> bytes:
    """A small file that says it is 30,000 pixels each way."""
    small = a_picture(kind="PNG")
    size = b"IHDR" + struct.pack(">II", 30_000, 30_000) + small[24:29]
    return small[:12] + size + struct.pack(">I", zlib.crc32(size)) + small[33:]


def chosen(name: str, content: bytes) -> File:
    return "photos", (name, content, "image/jpeg")


async def at_the_photos(visitor: Visitor) -> None:
    await tell_where(visitor)
    await visitor.send("/report/what", **WHAT)
    await visitor.send("/report/story", **TOLD)
    assert visitor.path == "/report/photos"


async def test_a_picture_is_kept_sealed_and_its_copy_shows_no_position(visitor: Visitor) -> None:
    await at_the_photos(visitor)

    await visitor.upload("/report/photos", [chosen("烟囱.jpg", a_picture())])

    assert visitor.page is not None
    assert visitor.page.status_code == 200
    (kept,) = await rows("SELECT * FROM attachment")
    sealed = await files.get(kept["stored"])
    assert b"Camera" not in sealed
    key = open_envelope("520000", kept["id"], kept["kek_id"], kept["wrapped_key"])
    assert key.unseal("original", sealed) == a_picture()
    assert json.loads(key.unseal("meta", kept["meta"]))["name"] == "烟囱.jpg"
    copy = key.unseal("copy", await files.get(kept["derivative"]))
    assert dict(Image.open(io.BytesIO(copy)).getexif()) == {}


async def test_the_copy_is_shown_to_its_owner_alone(visitor: Visitor) -> None:
    await at_the_photos(visitor)
    await visitor.upload("/report/photos", [chosen("a.jpg", a_picture())])
    assert visitor.page is not None
    address = visitor.page.text.partition('<img src="/report')[2].partition('"')[0]

    mine = await visitor.client.get(f"/report{address}")
    visitor.client.cookies.delete("draft")
    others = await visitor.client.get(f"/report{address}")

    assert mine.headers["content-type"] == "image/jpeg"
    assert mine.headers["cache-control"] == "no-store"
    assert others.status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("文字.jpg", "这是文字，不是照片".encode(), "不是可以接收的文件"),
        ("空.jpg", b"", "空文件"),
        ("半张.jpg", a_picture(size=(900, 900))[:2000], "没有传完整"),
        ("大.jpg", a_picture() + b"\0" * 40 * 1024 * 1024, "超过 20 MB"),
        ("炸弹.png", a_bomb(), "像素太大"),
        ("页面.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不是可以接收的文件"),
    ],
    ids=["text", "empty", "cut", "40MB", "bomb", "svg"],
)
async def test_a_file_that_is_no_picture_is_named_and_the_others_are_kept(
    visitor: Visitor, name: str, content: bytes, said: str
) -> None:
    await at_the_photos(visitor)

    sent = [chosen("好.jpg", a_picture(1)), chosen(name, content), chosen("也好.jpg", a_picture(2))]
    await visitor.upload("/report/photos", sent)

    assert visitor.page is not None
    assert visitor.page.status_code == 422
    assert name in visitor.problems["photos"]
    assert said in visitor.problems["photos"]
    assert len(await rows("SELECT id FROM attachment")) == 2
    await visitor.go("/report/story")
    assert STORY in visitor.page.text


async def test_no_file_at_all_is_said_and_the_next_page_needs_none(visitor: Visitor) -> None:
    await at_the_photos(visitor)

    await visitor.upload("/report/photos", [("photos", ("", b"", "application/octet-stream"))])
    assert "还没有选择照片或文件" in visitor.problems["photos"]
    await visitor.send("/report/photos", act="next")

    assert visitor.path == "/report/you"


async def test_the_tenth_picture_and_a_picture_sent_twice_are_refused(visitor: Visitor) -> None:
    await at_the_photos(visitor)
    await visitor.upload(
        "/report/photos", [chosen(f"{shade}.jpg", a_picture(20 * shade)) for shade in range(8)]
    )

    await visitor.upload("/report/photos", [chosen("again.jpg", a_picture(60))])
    assert "已经上传过" in visitor.problems["photos"]
    await visitor.upload(
        "/report/photos", [chosen("9.jpg", a_picture(200)), chosen("10.jpg", a_picture(250))]
    )

    assert "最多 9 个" in visitor.problems["photos"]
    assert len(await rows("SELECT id FROM attachment")) == 9


async def test_a_request_too_large_for_the_door_is_answered_with_a_page(visitor: Visitor) -> None:
    await at_the_photos(visitor)
    large = b"\0" * 35 * 1024 * 1024

    answer = await visitor.upload("/report/photos", [chosen("a", large), chosen("b", large)])

    assert answer.status_code == 413
    assert "之前填写的内容都还在" in answer.text
    await visitor.go("/report/story")
    assert visitor.page is not None
    assert STORY in visitor.page.text


async def test_a_picture_taken_back_leaves_no_file(visitor: Visitor) -> None:
    await at_the_photos(visitor)
    await visitor.upload("/report/photos", [chosen("a.jpg", a_picture())])
    assert visitor.page is not None
    action = visitor.page.text.partition('action="/report/photos/')[2].partition('"')[0]
    (kept,) = await rows("SELECT stored, derivative FROM attachment")

    await visitor.send(f"/report/photos/{action}")

    assert visitor.path == "/report/photos"
    assert "<img" not in visitor.page.text.partition("<main")[2]
    assert [path for path in kept.values() if (Path(settings().files) / path).exists()] == []


async def test_a_sent_report_keeps_its_pictures_on_the_check_page(visitor: Visitor) -> None:
    await at_the_photos(visitor)
    await visitor.upload("/report/photos", [chosen("a.jpg", a_picture())])
    await visitor.send("/report/photos", act="next")
    await visitor.send("/report/you", **NAMED)

    assert visitor.page is not None
    assert visitor.page.text.count('<img src="/report/photos/') == 1
    await visitor.send("/report/submission")
    assert visitor.path == "/report/receipt"


async def test_files_chosen_but_not_uploaded_go_with_the_next_button(visitor: Visitor) -> None:
    await at_the_photos(visitor)

    await visitor.upload("/report/photos", [chosen("a.jpg", a_picture())], act="next")

    assert visitor.path == "/report/you"
    assert len(await rows("SELECT id FROM attachment")) == 1


async def test_a_refused_file_keeps_the_next_button_on_the_page(visitor: Visitor) -> None:
    await at_the_photos(visitor)

    await visitor.upload("/report/photos", [chosen("a.jpg", b"no picture")], act="next")

    assert visitor.path == "/report/photos"
    assert "不是可以接收的文件" in visitor.problems["photos"]
