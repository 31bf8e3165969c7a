"""Where sealed files lie: a folder, or any object store through the same interface."""

from functools import cache

import obstore
from obstore.store import LocalStore, ObjectStore, from_url

from hotline.settings import settings


async def put(path: str, content: bytes) -> None:
    """Store a sealed file."""
    await obstore.put_async(_store(), path, content)


async def get(path: str) -> bytes:
    """A sealed file's bytes."""
    found = await obstore.get_async(_store(), path)
    return bytes(await found.bytes_async())


async def delete(*paths: str) -> None:
    """Forget sealed files; one that is gone already is no fault."""
    for path in paths:
        try:
            await obstore.delete_async(_store(), path)
        except FileNotFoundError:
            continue


@cache
def _store() -> ObjectStore:
    """A folder, or an object store, whose login obstore takes from AWS_* as every tool does."""
    if settings().files_url:
        return from_url(settings().files_url)
    folder = settings().files
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return LocalStore(folder)
