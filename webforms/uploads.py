"""上传: files out of a form, a few in memory at a time; the rest wait in their temporary file."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.datastructures import UploadFile

from hotline.errors import StepRefused
from hotline.rules.attachments.found import LARGEST_FILE, MEGABYTE
from hotline.rules.attachments.proving import is_pdf
from hotline.steps.attach import Holder, SentFile, attach
from webforms.submissions import Form
from webforms.visit import current

LONGEST_SHOWN: Final = 60
IN_MEMORY: Final = asyncio.Semaphore(2)  # of a process; each takes up to four times its size

DOCUMENTS: Final = asyncio.Semaphore(1)  # PDF: slow to prove, and must not keep photos waiting

Keep = Callable[[SentFile], Awaitable[None]]


def chosen(form: Form, field: str) -> list[UploadFile]:
    """An empty file field comes as a nameless empty file."""
    return [file for file in form.files.get(field, []) if file.filename or file.size]


async def take(form: Form, field: str, holder: Holder, *, needed: bool = False) -> None:
    """Stage what was chosen."""

    async def keep(sent: SentFile) -> None:
        await attach(holder, sent.content, sent.name, current().now)

    await each(form, field, keep, needed=needed)


async def each(form: Form, field: str, keep: Keep, *, needed: bool = False) -> None:
    """Each by itself: a refused file is named at the field and costs none of the others."""
    files = chosen(form, field)
    if needed and not files:
        form.problem(field, "refused.file.none")
    for number, file in enumerate(files):
        at = field if not form.problems else f"{field}-{number}"
        try:
            await one(file, keep)
        except StepRefused as error:
            form.problem(at, f"refused.{error.key}", **{"file": shown(file), **error.values})


async def one(file: UploadFile, keep: Keep) -> None:
    """StepRefused names what is wrong with it; its size is known before it is read."""
    try:
        if (file.size or 0) > LARGEST_FILE:
            raise StepRefused("file.too_big", most=LARGEST_FILE // MEGABYTE)
        begins = await file.read(8)
        await file.seek(0)
        async with DOCUMENTS if is_pdf(begins) else IN_MEMORY:
            await keep(SentFile(file.filename or "", await file.read()))
    finally:
        await file.close()


def shown(file: UploadFile) -> str:
    """Its name on the page of its own sender."""
    return (file.filename or "")[-LONGEST_SHOWN:]
