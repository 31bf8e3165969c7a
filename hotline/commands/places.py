"""区划边界 import the outlines of divisions (GeoJSON), list what is in force."""

import argparse
import asyncio
import hashlib
import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from hotline import database
from hotline.commands.launch.services import running_services
from hotline.commands.launch.words import Trouble, say
from hotline.errors import PolicyGap
from hotline.lookups.boundaries import standing
from hotline.rules.coordinates import System
from hotline.rules.geojson import Fault, Outline, read
from hotline.steps.import_boundaries import FromFile, Taken, import_boundaries

LARGEST: Final = 64 * 1024 * 1024  # bytes of a file
LONGEST_SOURCE, LONGEST_REVIEW = 200, 64
SAID: Final = {
    "boundary.no_collection": "不是 FeatureCollection / no FeatureCollection",
    "boundary.other_crs": "坐标系不明，请先转换 / an unknown CRS: convert it first",
    "boundary.too_many": "要素过多 / too many features",
    "boundary.too_many_points": "点过多 / too many positions",
    "boundary.no_properties": "要素没有属性 / a feature without properties",
    "boundary.no_code": "要素没有区划代码（code）/ a feature without a code",
    "boundary.no_polygon": "不是 Polygon 或 MultiPolygon / no Polygon or MultiPolygon",
    "boundary.not_a_position": "坐标不是经纬度 / a position out of range, or no position",
    "boundary.too_short": "环不足四点 / a ring of fewer than four positions",
    "boundary.not_closed": "环没有闭合 / a ring that is not closed",
    "boundary.twice": "代码重复 / this code stands twice",
    "boundary.crosses_itself": "环自相交（仍可入库）/ a ring crosses itself (taken all the same)",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """import FILE, list."""
    what = parser.add_subparsers(dest="what", required=True)
    taken = what.add_parser("import", help="导入边界 take a GeoJSON FeatureCollection")
    taken.add_argument("file", type=Path)
    taken.add_argument("--jurisdiction", required=True, help="区划代码 code of the pack")
    taken.add_argument("--system", choices=list(System), default=System.CGCS2000.value)
    taken.add_argument("--source", default="", help="来源 where the outlines come from")
    taken.add_argument("--review-number", default="", help="审图号, printed under a public map")
    what.add_parser("list", help="列出 the outlines in force")


def run(args: argparse.Namespace) -> int:
    """0 when every outline was taken, 3 when some were left out."""
    outlined, faults = _outlined(args) if args.what == "import" else ([], [])
    with running_services():
        try:
            return asyncio.run(_connected(args, outlined, faults))
        except PolicyGap as gap:
            raise Trouble("没有这个区划的规则包", f"no pack: {gap.jurisdiction}") from gap


def outlines_of(path: Path, system: System) -> tuple[list[Outline], list[Fault]]:
    """The outlines of a file. Trouble when it cannot be read at all."""
    try:
        if path.stat().st_size > LARGEST:
            raise Trouble("文件超过 64 MB", "more than 64 MB")
        given: Any = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise Trouble(f"读不出 GeoJSON：{path}", "no JSON file in UTF-8") from error
    return read(given, system)


def _outlined(args: argparse.Namespace) -> tuple[list[Outline], list[Fault]]:
    outlined, faults = outlines_of(args.file, System(args.system))
    for fault in faults:
        say(f"{fault.code or args.file.name}: {SAID[fault.key]}", to=sys.stderr)
    if not outlined or any(fault.fatal and not fault.code for fault in faults):
        raise Trouble("没有可用的边界", "no outline that can be taken")
    return outlined, faults


async def _connected(
    args: argparse.Namespace, outlined: list[Outline], faults: Iterable[Fault]
) -> int:
    await database.connect(pool=1)
    try:
        if args.what == "list":
            return await _list()
        about = FromFile(
            version=hashlib.sha256(args.file.read_bytes()).hexdigest(),
            source=args.source[:LONGEST_SOURCE] or args.file.name[:LONGEST_SOURCE],
            review_number=args.review_number[:LONGEST_REVIEW],
        )
        taken = await import_boundaries(args.jurisdiction, outlined, about, datetime.now(UTC))
    finally:
        await database.disconnect()
    return _told(taken, faults)


def _told(taken: Taken, faults: Iterable[Fault]) -> int:
    if not taken.codes:
        raise Trouble("没有一个代码属于这个区划", "no code of this jurisdiction")
    left_out = [fault for fault in faults if fault.fatal]
    say(f"已导入 / taken: {len(taken.codes)}")
    if taken.unknown:
        say(f"不属于本区划，未导入 / not of this jurisdiction: {' '.join(taken.unknown)}")
    return 3 if left_out or taken.unknown else 0


async def _list() -> int:
    for one in await standing():
        review = one.review_number or "无审图号 no review number"
        say(f"{one.code}\t{one.name}\t{one.source}\t{review}\t{one.imported_at:%Y-%m-%d}")
    return 0
