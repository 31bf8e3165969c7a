"""Sealed files in a folder, and in the object store named by HOTLINE_TEST_S3 (with AWS_* set)."""

import os
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest

from hotline import settings as configuration
from hotline.records import files
from hotline.settings import read_settings

S3 = os.environ.get("HOTLINE_TEST_S3", "")


@pytest.fixture(params=["folder", *(["s3"] if S3 else [])])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """The installation's store of this test."""
    where = f"{tmp_path}/files" if request.param == "folder" else f"{S3}/{token_hex(4)}"
    named = read_settings({"HOTLINE_HOME": f"{tmp_path}", "HOTLINE_FILES": where})
    monkeypatch.setattr(files, "settings", lambda: named)
    files._store.cache_clear()
    yield
    files._store.cache_clear()


@pytest.mark.usefixtures("store")
async def test_what_is_put_is_got_and_what_is_deleted_is_gone() -> None:
    large = os.urandom(6 * 1024 * 1024)  # in several parts, where the store takes parts
    await files.put("520000/a.original", large)
    await files.put("520000/a.copy", b"copy")

    assert await files.get("520000/a.original") == large
    await files.delete("520000/a.original", "520000/a.original")
    with pytest.raises(FileNotFoundError):
        await files.get("520000/a.original")
    assert await files.get("520000/a.copy") == b"copy"


def test_a_folder_is_a_folder_and_an_address_an_object_store() -> None:
    read = {said: read_settings({"HOTLINE_FILES": said}) for said in ("", "/srv/f", "s3://b/p")}

    assert [one.files_url for one in read.values()] == ["", "", "s3://b/p"]
    assert read["/srv/f"].files == Path("/srv/f")
    assert configuration.read_settings({}).files.name == "files"
