"""A document is looked at in a process of its own, which ends when it takes too long."""

import asyncio

import pytest

from hotline.errors import StepRefused
from hotline.steps import pdf_apart
from hotline.steps.pdf_apart import pdf_apart as looked_at
from tests.support import samples


async def test_an_honest_document_is_counted_and_cleaned() -> None:
    found = await looked_at(samples.a_pdf(3))

    assert (found.media_type, found.pages) == ("application/pdf", 3)
    assert found.copy is not None
    assert samples.AUTHOR.encode("utf-16-be") not in found.copy


async def test_one_that_takes_too_long_is_refused_and_its_process_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_apart, "SECONDS", 1)
    endless = b"%PDF-1.4\n" + b"".join(
        b"%d 0 obj\n<</Type/Page>>\nendobj\n" % number for number in range(1, 300_000)
    )

    with pytest.raises(StepRefused, match="too_complex"):
        await asyncio.wait_for(looked_at(endless), 60)
