"""Every door beside the bare limit: same machine, same settings, each round with its own limit."""

import asyncio
import base64
import statistics
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import hotline.steps
from hotline import database
from hotline.commands.benchmark.intake import bare_table
from hotline.commands.benchmark.load import Load, Result
from hotline.commands.benchmark.processes import loaded, served
from hotline.commands.launch.services import Services
from hotline.commands.launch.words import say
from hotline.policy.store import packs
from hotline.rules.terms import Channel, Scope
from hotline.steps.api_key import MOST_PER_MINUTE, KeyWish, add_key
from hotline.steps.channel import PREFIX, Tongue, add_channel
from hotline.steps.import_policy import import_packs
from hotline.steps.partner import add_partner
from hotline.steps.wechat_account import add_account

CLIENTS: Final = (16, 64)
PROCESSES: Final = (1, 2)
LIMIT: Final = "limit"
PATHS: Final[Mapping[str, str]] = {
    "form": "/report/submission",
    "webhook": "/hooks/bench",
    "api": "/api/v1/reports",
    "open311": "/open311/v2/requests.json",
    "wechat": "/hooks/wechat/bench",
    "partner": "/hooks/partner/bench-12345",
    "phone": "/hooks/phone/bench-line",
}
PROFILE: Final = Path(hotline.steps.__file__).parent / "partner_profiles" / "made-up-12345.toml"
PROXY: Final = {"FORWARDED_ALLOW_IPS": "127.0.0.1"}  # it tells whose address it is
APP: Final = ("wx0123456789abcdef", "fedcba9876543210fedcba9876543210")  # made up


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is sent to each door, by how many clients, to how many web processes."""

    requests: int
    rounds: int
    clients: tuple[int, ...] = CLIENTS
    processes: tuple[int, ...] = PROCESSES


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the outcome."""

    door: str
    clients: int
    processes: int
    rps: float
    limit_rps: float
    ratio: float
    p50_ms: float
    p99_ms: float


@dataclass
class DoorsBench:
    """One run in servers of its own."""

    services: Services
    plan: Plan
    county: str = ""
    secrets: dict[str, str] = field(default_factory=dict, repr=False)

    def run(self) -> dict[str, object]:
        """The outcome, in the words of `bench doors --json`."""
        asyncio.run(self._prepare())
        rows = [row for processes in self.plan.processes for row in self._beside(processes)]
        return {"bench": "doors", "rows": [asdict(row) for row in rows]}

    async def _prepare(self) -> None:
        await bare_table(self.services.owner_url)
        await database.connect()
        try:
            await self.let_in(datetime.now(UTC))
        finally:
            await database.disconnect()

    async def let_in(self, now: datetime) -> None:
        """Every kind of sender, with what it proves itself by."""
        await import_packs(now)
        pack = (await packs()).serving()[-1]
        self.county = pack.gazetteer.children(pack.code)[0].code
        wish = KeyWish("bench-key", pack.code, frozenset(Scope), per_minute=MOST_PER_MINUTE)
        key = (await add_key(wish, now)).key
        line = await add_channel("bench", pack.code, Channel.PARTNER, now)
        phone = await add_channel("bench-line", pack.code, Channel.PHONE, now)
        tongue = Tongue(PROFILE.read_text(encoding="utf-8"))
        self.secrets = {
            "webhook": _hex(line.secret),
            "phone": _hex(phone.secret),
            "api": key,
            "open311": key,
            "wechat": (await add_account("bench", pack.code, APP, now, plain=True)).token,
            "partner": (await add_partner("bench-12345", pack.code, tongue, now)).secret,
        }

    def _beside(self, processes: int) -> list[Row]:
        more = {"WEB_CONCURRENCY": str(processes)}
        with (
            served(self.services, "hotline", "web", **more, **PROXY) as (_, ours),
            served(self.services, "hotline.commands.benchmark.limit", **more) as (_, limit),
        ):
            ports = dict.fromkeys(PATHS, ours) | {LIMIT: limit}
            return [
                row
                for clients in self.plan.clients
                for row in self._rows(processes, clients, ports)
            ]

    def _rows(self, processes: int, clients: int, ports: Mapping[str, int]) -> list[Row]:
        found: dict[str, list[Result]] = {name: [] for name in ports}
        for number in range(self.plan.rounds):
            for name in reversed([*ports]) if number % 2 else ports:
                found[name].append(self._measured(name, clients, ports[name]))
        rows = [self._row(door, clients, processes, found) for door in PATHS]
        for row in rows:
            say(
                f"{row.door:8} {clients} 个连接 / clients, {processes} 个进程 / processes:"
                f" {row.rps:g}/s, limit {row.limit_rps:g}/s, ratio {row.ratio:g},"
                f" p50 {row.p50_ms:g} ms, p99 {row.p99_ms:g} ms"
            )
        return rows

    def _measured(self, name: str, clients: int, port: int) -> Result:
        path, door = PATHS.get(name, "/limit"), name if name in PATHS else "webhook"
        warm_up, secret = max(clients, self.plan.requests // 10), self.secrets.get(name, "")
        return loaded(
            Load(port, path, clients, self.plan.requests, warm_up, self.county, secret, door)
        )

    def _row(
        self, door: str, clients: int, processes: int, found: Mapping[str, list[Result]]
    ) -> Row:
        ours, limit = found[door], found[LIMIT]
        pairs = zip(ours, limit, strict=True)
        return Row(
            door=door,
            clients=clients,
            processes=processes,
            rps=self._rate(ours),
            limit_rps=self._rate(limit),
            ratio=round(statistics.median(two.seconds / one.seconds for one, two in pairs), 3),
            p50_ms=round(statistics.median(one.p50_ms for one in ours), 2),
            p99_ms=round(statistics.median(one.p99_ms for one in ours), 2),
        )

    def _rate(self, results: list[Result]) -> float:
        return round(statistics.median(self.plan.requests / one.seconds for one in results), 1)


def _hex(secret: str) -> str:
    return base64.b64decode(secret.removeprefix(PREFIX)).hex()
