"""对接平台 platforms with a profile: try a sample, let one in (secret shown once), rotate, list.

A profile is a TOML file, or the name of one that is shipped: docs/partners.md.
"""

import argparse
import getpass
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import hotline.steps
from hotline.commands.cases_out import exported
from hotline.commands.launch.acting import NAMES, Words, act
from hotline.commands.launch.words import Trouble, say
from hotline.errors import NotFound
from hotline.lookups.partner import platforms
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.partner_profile import profile
from hotline.rules.partner_table import ProfileError
from hotline.rules.terms import ActorKind, Channel, Role
from hotline.settings import settings
from hotline.steps.channel import Fresh, Tongue, retire_channel, rotate_channel
from hotline.steps.partner import NewProfile, add_partner, digest, put_call_secret, put_profile
from webforms.partners.door import worded
from webforms.partners.trying import tried

SHIPPED: Final = Path(hotline.steps.__file__).parent / "partner_profiles"
WORDS: Final = Words(
    missing=("没有这个平台，或已停用", "no such platform, or retired"),
    refused=NAMES
    | {
        "partner.bad_secret": (
            "密钥至少 16 个 ASCII 字符",
            "a secret is at least 16 ASCII characters",
        ),
        "partner.other_kind": (
            "签名方式或渠道与原来的不同，请新增一个平台",
            "another kind of proof or channel: add a platform of its own",
        ),
    },
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """try, add, update, rotate, call-secret, retire, list, export, shipped."""
    what = parser.add_subparsers(dest="what", required=True)
    trial = what.add_parser("try", help="试用 a sample under a profile; nothing is kept")
    trial.add_argument("profile", help="TOML 文件，或随附的名称 a file, or one that is shipped")
    trial.add_argument("sample", type=Path, help="样例报文 a document of the platform's")
    trial.add_argument("--jurisdiction", required=True, help="区划代码 code of the pack")
    add = what.add_parser("add", help="新增 let a platform in")
    add.add_argument("name", help="名称（网址的一部分）; part of the address: a-z 0-9 - _ .")
    add.add_argument("--jurisdiction", required=True, help="区划代码 code of the pack")
    add.add_argument("--profile", required=True, help="TOML 文件，或随附的名称")
    update = what.add_parser("update", help="换配置 another profile, in force at once")
    update.add_argument("name")
    update.add_argument("--profile", required=True)
    update.add_argument("--reason", required=True, help="原因 kept in the history")
    rotate = what.add_parser("rotate", help="换密钥 a new secret; the old one stays good a while")
    rotate.add_argument("name")
    rotate.add_argument("--overlap-hours", type=float, default=7 * 24)
    for one in (add, rotate):
        one.add_argument(
            "--given",
            action="store_true",
            help="用对方给的密钥 read it from the terminal",
        )
    secret = what.add_parser("call-secret", help="回调密钥 the secret for what we send there")
    secret.add_argument("name")
    retire = what.add_parser("retire", help="停用 shut a platform off")
    retire.add_argument("name")
    what.add_parser("list", help="列出 every platform")
    export = what.add_parser("export", help="办件导出 18 columns of a 12345 line; masked")
    export.add_argument("file", type=Path, help="新文件 .xlsx 或 .csv a new file")
    export.add_argument("--jurisdiction", required=True, help="区划代码 with what lies in it")
    export.add_argument("--since", type=date.fromisoformat, required=True, help="YYYY-MM-DD")
    export.add_argument("--until", type=date.fromisoformat, help="含当日 inclusive")
    what.add_parser("shipped", help="随附的配置 profiles that are shipped")


def run(args: argparse.Namespace) -> int:
    """A secret goes to the terminal once and is kept sealed."""
    if args.what == "shipped":
        for path in sorted(SHIPPED.glob("*.toml")):
            say(f"{path.stem}\t{profile(path.read_text(encoding='utf-8')).title}")
        return 0
    try:
        return act(lambda: _done(args, datetime.now(UTC)), WORDS)
    except ProfileError as wrong:
        raise Trouble(f"配置不能用：{wrong}", "the profile cannot be used") from wrong


async def _done(args: argparse.Namespace, now: datetime) -> int:
    match args.what:
        case "try":
            return await _try(args, now)
        case "export":
            many = await exported(args, now)
            say(f"已导出 / exported: {many} → {args.file}")
        case "add":
            tongue = Tongue(_text(args.profile), _secret() if args.given else "")
            _show(await add_partner(args.name, args.jurisdiction, tongue, now))
        case "update":
            await _update(args, now)
        case "rotate":
            overlap = timedelta(hours=args.overlap_hours)
            given = _secret() if args.given else ""
            _show(await rotate_channel(args.name, now, overlap, given))
        case "call-secret":
            await put_call_secret(args.name, _secret())
            say(f"已封存 / sealed: {args.name}")
        case "retire":
            await retire_channel(args.name)
            say(f"已停用 / retired: {args.name}")
        case _:
            await _list()
    return 0


async def _try(args: argparse.Namespace, now: datetime) -> int:
    """Exit code 1 when the sample would be kept for a person."""
    spoken, pack = profile(_text(args.profile)), (await packs()).pack(args.jurisdiction)
    sender = _Sender(pack.tenant, args.jurisdiction, spoken.channel)
    found = tried(_read(args.sample), spoken, sender, pack, now)
    for name, value in found.fields.items():
        say(f"{name}\t{value}")
    for label, number in found.numbers.items():
        say(f"{label}\t{number}")
    for name, key in found.faults.items():
        say(f"✗ {name}: {worded(key)} ({key})")
    if found.fault:
        say(f"✗ {worded(found.fault)} ({found.fault})")
    say(f"回执 / receipt: {found.receipt}")
    return 1 if found.faults or found.fault else 0


class _Sender:
    """Whose sample it would be."""

    def __init__(self, tenant_id: str, jurisdiction: str, kind: Channel) -> None:
        self.tenant_id, self.jurisdiction, self.kind = tenant_id, jurisdiction, kind


async def _update(args: argparse.Namespace, now: datetime) -> None:
    known = {one.name: one for one in await platforms() if one.active}
    if args.name not in known:
        raise NotFound("channel")
    of = known[args.name]
    by = Actor(ActorKind.SYSTEM, "operator", frozenset({Role.ADMIN}), jurisdiction=of.jurisdiction)
    ask = NewProfile(args.name, _text(args.profile), args.reason, digest(of.profile))
    await put_profile(ask, by=by, now=now)
    say(f"已生效 / in force: {args.name}")


async def _list() -> None:
    for one in await platforms():
        state = "启用 / active" if one.active else "停用 / retired"
        title = profile(one.profile).title
        counts = f"待修复 held {one.held}\t待回调 waiting {one.waiting}\t失败 failed {one.dead}"
        say(f"{one.name}\t{title}\t{one.kind}\t{one.jurisdiction}\t{state}\t{counts}")


def _show(fresh: Fresh) -> None:
    say(f"地址 / address: {settings().public_url}/hooks/partner/{fresh.name}")
    say(f"密钥（仅显示一次）/ secret, shown once: {fresh.secret}")


def _text(named: str) -> str:
    """A file, or a shipped profile by its name."""
    shipped = SHIPPED / f"{named}.toml"
    path = shipped if "/" not in named and shipped.exists() else Path(named)
    try:
        return _read(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Trouble("文件不是 UTF-8 编码", "the file is not UTF-8") from None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Trouble(f"读不了文件：{path}", f"cannot read: {error.strerror}") from error


def _secret() -> str:
    """Typed or piped in: an argument would stand in the list of processes."""
    if sys.stdin.isatty():
        return getpass.getpass("密钥 / secret: ").strip()
    return sys.stdin.readline().strip()
