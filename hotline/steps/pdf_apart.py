"""PDF 隔离鉴别: in a process of its own, without our keys, with little memory and little time."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Final

from hotline.errors import StepRefused
from hotline.rules.attachments.found import LARGEST_DOCUMENT, Found, check_size

SECONDS = 20
MEMORY: Final = 1024 * 1024 * 1024
REFUSED: Final = 3
ROOT: Final = Path(__file__).parents[2]
_AT_ONCE: Final = asyncio.Semaphore(1)  # whoever sends evil ones keeps but other documents waiting


async def pdf_apart(content: bytes) -> Found:
    """StepRefused as rules/attachments/pdf says; what takes too long or too much is refused too."""
    check_size(content, LARGEST_DOCUMENT)
    async with _AT_ONCE:
        return await _looked_at(content)


async def _looked_at(content: bytes) -> Found:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "hotline.steps.pdf_apart",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PYTHONPATH": f"{ROOT}", "PYTHONPYCACHEPREFIX": sys.pycache_prefix or ""},
    )
    try:
        async with asyncio.timeout(SECONDS):
            told, _ = await child.communicate(content)
    except TimeoutError:
        raise StepRefused("file.too_complex") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    head, _, copy = told.partition(b"\n")
    if child.returncode == REFUSED:
        raise StepRefused(head.decode())
    if child.returncode != 0:
        raise StepRefused("file.too_complex")
    return Found("application/pdf", copy, pages=json.loads(head)["pages"])


def main() -> int:
    """A document comes in, its cleaned copy goes out behind a line about it."""
    import resource  # noqa: PLC0415 (not on every system, and of use here alone)

    from hotline.rules.attachments.pdf import set_limits  # noqa: PLC0415
    from hotline.rules.attachments.proving import prove  # noqa: PLC0415

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    set_limits()
    try:
        found = prove(sys.stdin.buffer.read())
    except StepRefused as refused:
        sys.stdout.buffer.write(refused.key.encode())
        return REFUSED
    sys.stdout.buffer.write(json.dumps({"pages": found.pages}).encode() + b"\n")
    sys.stdout.buffer.write(found.copy or b"")
    return 0


if __name__ == "__main__":
    sys.exit(main())
