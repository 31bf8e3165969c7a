"""学习类型 learn kinds from the orders people decided; list, activate, retire models."""

import argparse
import asyncio
import json
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from hotline import database
from hotline.commands.launch.services import running_services
from hotline.commands.launch.words import Trouble, say
from hotline.commands.teaching.figures import compared, is_no_worse
from hotline.errors import NotFound, PolicyGap, StepRefused
from hotline.lookups.decided import Decided, decided
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.records import KindModel
from hotline.rules.clocks import SHANGHAI
from hotline.rules.kind_model import ENOUGH, learnable, packed, pairs_of, trained
from hotline.rules.learning import Example
from hotline.rules.nearly import groups
from hotline.steps.activate import Activation, activate
from hotline.steps.invite import OPERATOR
from hotline.steps.learn import Lesson, learn
from hotline.steps.retire import retire

YEARS: Final = timedelta(days=3 * 365)
LEAST_KINDS: Final = 2
LISTED: Final = ("id", "version", "state", "trained_at", "examples", "figures")
Args = argparse.Namespace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Without --activate or --retire: learn, keep, and put in force if that makes nothing worse."""
    parser.add_argument("--jurisdiction", help="区划代码 code (default: every tenant)")
    parser.add_argument("--since", type=date.fromisoformat, help="起始日期 YYYY-MM-DD (3 years)")
    parser.add_argument("--dry-run", action="store_true", help="只看结果 keep nothing")
    parser.add_argument("--list", action="store_true", help="列出模型 models and which is in force")
    parser.add_argument("--activate", type=int, metavar="VERSION", help="启用 put in force")
    parser.add_argument("--retire", action="store_true", help="停用 none in force")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")


def run(args: Args) -> int:
    """0; 1 when nothing could be learnt anywhere."""
    with running_services():
        told = asyncio.run(_connected(args))
    if args.json:
        say(json.dumps(told, ensure_ascii=False))
    return 0 if any("refused" not in one for one in told) else 1


async def _connected(args: Args) -> list[dict[str, Any]]:
    await database.connect(pool=2)
    try:
        return [await _one(pack, args) for pack in await _tenants(args.jurisdiction)]
    finally:
        await database.disconnect()


async def _tenants(code: str | None) -> list[Pack]:
    known = await packs()
    if not code:
        return known.tenants()
    try:
        return [known.pack(known.pack(code).tenant)]
    except PolicyGap as gap:
        raise Trouble(f"没有这个区划的规则包：{code}", f"no pack: {code}") from gap


async def _one(pack: Pack, args: Args) -> dict[str, Any]:
    now = datetime.now(UTC)
    if args.list:
        return await _listed(pack)
    if args.retire:
        was = await retire(pack.code, "", by=OPERATOR, now=now)
        say(f"{pack.name}：{'已停用 retired' if was else '没有启用的模型 none'}")
        return {"tenant": pack.code, "state": "retired"}
    if args.activate is not None:
        return await _activated(pack, args.activate, now)
    since = (
        datetime.combine(args.since, datetime.min.time(), SHANGHAI) if args.since else now - YEARS
    )
    return await _learnt(pack, await decided(pack.code, since), now, keep=not args.dry_run)


async def _listed(pack: Pack) -> dict[str, Any]:
    models = await KindModel.filter(tenant_id=pack.code).order_by("version").only(*LISTED)
    for one in models:
        with_model, alone = one.figures["with_model"], one.figures["lexicon"]
        say(
            f"{pack.name} 第 {one.version} 版 version {one.version}: {one.state},"
            f" {one.trained_at:%Y-%m-%d}, {one.examples} 件 reports,"
            f" macro-F1 {with_model['macro_f1']} (词库 words alone {alone['macro_f1']})"
        )
    told = [{"version": one.version, "state": one.state, **one.figures} for one in models]
    return {"tenant": pack.code, "models": told}


async def _activated(pack: Pack, version: int, now: datetime) -> dict[str, Any]:
    try:
        await activate(Activation(pack.code, version), by=OPERATOR, now=now)
    except NotFound as missing:
        raise Trouble(f"{pack.name}没有第 {version} 版", f"no version {version}") from missing
    except StepRefused as again:
        raise Trouble(f"第 {version} 版已在启用中", f"version {version} is in force") from again
    say(f"{pack.name}：第 {version} 版已启用 / version {version} is in force")
    return {"tenant": pack.code, "version": version, "state": "active"}


async def _learnt(
    pack: Pack, texts: Sequence[Decided], now: datetime, *, keep: bool
) -> dict[str, Any]:
    examples, began = _examples(texts), time.monotonic()
    counts = learnable(examples)
    if len(counts) < LEAST_KINDS:
        return _refused(pack, len(texts))
    lesson = trained(examples)
    figures = compared(texts, lesson, pack.lexicon) | {"matters": counts}
    size = len(packed(lesson.model))
    told = {"tenant": pack.code, "examples": len(texts), **figures}
    told |= {"seconds": round(time.monotonic() - began, 1), "bytes": size, "state": "dry-run"}
    if keep:
        made = Lesson(lesson.model, len(texts), figures)
        told["version"] = await learn(pack.code, made, by=OPERATOR, now=now)
        told["state"] = "idle"
        if is_no_worse(figures):
            await activate(Activation(pack.code, told["version"]), by=OPERATOR, now=now)
            told["state"] = "active"
    _print(pack, told)
    return told


def _examples(texts: Sequence[Decided]) -> list[Example]:
    alike = groups([tuple("".join(one.text.split())) for one in texts])
    return [
        Example(pairs_of(one.text), frozenset(one.kinds), group, one.weight)
        for one, group in zip(texts, alike, strict=True)
    ]


def _refused(pack: Pack, examples: int) -> dict[str, Any]:
    say(
        f"{pack.name}：人工确定的来件 {examples} 件，不够学习：至少两种类型各需 {ENOUGH} 个事项。\n"
        f"{examples} decided reports are too few: two kinds with {ENOUGH} matters each are needed."
    )
    return {"tenant": pack.code, "examples": examples, "refused": "too_few"}


def _print(pack: Pack, told: dict[str, Any]) -> None:
    alone, both = told["lexicon"], told["with_model"]
    say(
        f"{pack.name}：{told['examples']} 件 reports, {len(told['matters'])} 种 kinds,"
        f" {told['seconds']} s, {told['bytes']} bytes → {told['state']}\n"
        f"  词库 words alone: macro-F1 {alone['macro_f1']}, 转人工 {alone['to_person']}\n"
        f"  加模型 with the model: macro-F1 {both['macro_f1']}, 转人工 {both['to_person']}"
    )
