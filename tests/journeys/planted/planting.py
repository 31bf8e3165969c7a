"""Each door of the service, gone through by one made-up person（虚构）."""

import argparse
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from hotline.commands.import_ import imported, opened_table
from hotline.rules.terms import Role
from tests.journeys.planted.people import Person
from tests.support.machine import Machine, new_machine
from tests.support.phone import LINE, SEAT, PhoneSystem, phone_system
from tests.support.samples import photograph
from tests.support.sender import Sender, new_partner
from tests.support.sitting import Sitting, another, seat
from tests.support.wechat import Platform, new_platform
from tests.webforms.citizen.telling import TOLD, WHAT, WHERE, receipt_of, tell_where
from workers import tables

SMOKE: Final = "都匀市小围寨街道{n}号砖厂（虚构）每晚冒黑烟，窗台上全是灰，刺鼻难闻。"
HEAD: Final = "办件号,什么时候,说了什么,在哪,谁,电话\n"
MAPPED: Final = {
    "source": "某平台",
    "channel": "partner",
    "wish": "report",
    "column.number": "办件号",
    "column.time": "什么时候",
    "column.text": "说了什么",
    "column.landmark": "在哪",
    "column.name": "谁",
    "column.phone": "电话",
}


def story(person: Person) -> str:
    """What is complained of, and who complains."""
    return SMOKE.format(n=person.n) + person.sentence


@dataclass
class Doors:
    """Everybody who lets something in."""

    client: httpx.AsyncClient
    folder: Path
    machine: Machine
    webhook: Sender
    line: PhoneSystem
    wechat: Platform
    agent: Sitting
    codes: dict[str, str]  # of those who came by the form

    async def web(self, person: Person) -> None:
        visitor = another(self.client)
        await tell_where(visitor, landmark=f"砖厂旁，请打{person.phone}")
        await visitor.send("/report/what", **WHAT)
        await visitor.send("/report/story", **{**TOLD, "text": story(person)})
        file = ("photos", (f"{person.name}{person.phone}.jpg", photograph(), "image/jpeg"))
        await visitor.upload("/report/photos", [file])
        await visitor.send("/report/photos", act="next")
        you = {"secrecy": "real_name", "name": person.name, "phone": person.phone}
        await visitor.send("/report/you", **you, email=person.mail, wants_reply="yes")
        assert visitor.path == "/report/check", visitor.problems
        await visitor.send("/report/submission")
        number, self.codes[number] = receipt_of(visitor)

    async def half(self, person: Person) -> None:
        """Begun on the form and left lying; so is a talk."""
        visitor = another(self.client)
        await tell_where(visitor, **{**WHERE, "landmark": person.phone})
        await visitor.send("/report/what", **WHAT)
        await visitor.send("/report/story", **{**TOLD, "text": story(person)})
        self.wechat.openid = person.openid
        await self.wechat.text(story(person))

    async def phone(self, person: Person) -> None:
        """It rings, an agent takes it and types what is said."""
        call = f"call-{person.n}"
        await self.line.tell("offered", call, extension=SEAT, caller=person.phone)
        await self.agent.go("/agent")
        page = self.agent.text
        path = page.partition('action="/agent/ringing/')[2].partition('"')[0]
        await self.agent.press(f"/agent/ringing/{path}")
        path = self.agent.visitor.path
        typed = {"channel": "phone", "secrecy": "confidential", "wish": "complain"}
        typed |= {"name": person.name, "phone": person.phone, "text": story(person)}
        typed |= {"county": "都匀", "landmark": f"找{person.name}先生"}
        await self.agent.press(path, **typed, act="save")
        assert self.agent.visitor.path == f"{path}/saved", self.agent.visitor.problems
        await self.line.tell("ended", call, caller=person.phone)

    async def paper(self, person: Person) -> None:
        await self.agent.go("/papers")
        await self.agent.visitor.send("/papers/entries")
        letter = {"channel": "letter", "paper_date": "2026-01-01", "received_on": "2026-01-02"}
        letter |= {"secrecy": "confidential", "wish": "report", "address": person.address}
        letter |= {"name": person.name, "phone": person.phone, "text": story(person)}
        letter |= {"speaker1": f"{person.name} {person.phone}", "signatories": "3"}
        path = self.agent.visitor.path
        await self.agent.press(path, **letter)
        assert self.agent.visitor.path == f"{path}/saved", self.agent.visitor.problems

    async def webhooks(self, person: Person) -> None:
        answer = await self.webhook.post(self._body(person))
        assert answer.json()["status"] == "registered", answer.text

    async def api(self, person: Person) -> None:
        number = await self.machine.register(**self._body(person))
        await self.machine.upload(number, photograph())

    async def open311(self, person: Person) -> None:
        who = {"first_name": person.name[1:], "last_name": person.name[0], "phone": person.phone}
        told = {"description": story(person), "address_string": f"找{person.name}先生"}
        answer = await self.machine.file(**who, **told, email=person.mail)
        assert answer.is_success, answer.text

    async def wechats(self, person: Person) -> None:
        self.wechat.openid = person.openid
        await self.wechat.text(story(person))
        await self.wechat.text("2")
        assert "编号" in await self.wechat.text("1")

    async def batch(self, person: Person) -> None:
        """Two rows of a table, one of which cannot be taken."""
        row = f"{{n}},{{when}},{story(person)},{person.name}先生家旁,{person.name},{person.phone}\n"
        good = row.format(n=f"P-{person.n}", when="2026-01-05 10:30")
        table = HEAD + good + row.format(n=f"P-{person.n}-b", when="昨天")
        await self.agent.go("/batches")
        form, sent = self.agent.visitor.form("/batches"), (f"{person.name}.csv", table, "text/csv")
        answer = await self.agent.client.post("/batches", data=form, files={"table": sent})
        await self.agent.go(answer.headers["location"])
        path = self.agent.visitor.path
        await self.agent.press(f"{path}/plan", **MAPPED, act="start")
        await tables.drain_all()

    async def history(self, person: Person) -> None:
        """An operator's file of another system's past."""
        file = self.folder / f"past-{person.n}.jsonl"
        row = {"foreign_number": f"H-{person.n}", "registered_at": "2024/05/06 10:00:00"}
        row |= {"text": story(person), "name": person.name, "phone": person.phone}
        file.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
        asked = argparse.Namespace(
            file=file, source="past", jurisdiction="522700", mapping=None, history=True, bad=None
        )
        assert await imported(asked, opened_table(asked)) == 0

    async def broken(self, person: Person) -> None:
        """What no door takes; the answers are looked at by the one who planted it."""
        who = f"{person.name}先生 {person.phone}"
        answers = [
            await self.webhook.post(f'{{"text": "{story(person)}", '.encode()),
            await self.webhook.post({**self._body(person), "kinds": [who], "wish": who}),
            await self.machine.post("/api/v1/reports", {"text": story(person), who: who}),
            await self.machine.file(lat=who, service_code=who),
            await self.client.get("/public", params={"q": who, "county": who}),
            await self.client.get(f"/public/cases/{person.phone}"),
            await self.client.get(f"/nowhere/{person.name}/{person.phone}"),
            await self.client.post("/report/story", data={"text": story(person)}),
            await self.client.post("/progress", data={"number": person.phone, "code": who}),
            await self.client.get(f"/open311/v2/requests/{person.phone}.json"),
        ]
        self.answers = b"\n".join(
            answer.content + repr(answer.headers).encode() for answer in answers
        )

    def every(self) -> tuple[Callable[[Person], Awaitable[None]], ...]:
        """The doors that take a report, and the two that hold or refuse one."""
        return (
            self.web, self.phone, self.paper, self.webhooks, self.api, self.open311, self.wechats,
            self.batch, self.history, self.half, self.broken,
        )  # fmt: skip

    def _body(self, person: Person) -> dict[str, Any]:
        who = {"name": person.name, "phone": person.phone, "email": person.mail}
        title, landmark = f"{person.name}先生反映夜间排烟", f"砖厂旁，电话{person.phone}"
        return {
            "wish": "complain",
            "county": "522701",
            "kinds": ["air.odour"],
            "secrecy": "confidential",
            "contact": who,
            "title": title,
            "text": story(person),
            "landmark": landmark,
            "foreign_number": f"12345-{person.n}",
            "wants_reply": True,
        }


async def all_doors(client: httpx.AsyncClient, folder: Path) -> Doors:
    """Every sender let in, an agent seated at the telephone."""
    agent = await seat(another(client), Role.AGENT)
    machine, webhook = await new_machine(client), await new_partner(client)
    line, wechat = await phone_system(client), await new_platform(client)
    await agent.go("/agent")
    await agent.press("/agent/seat", line=LINE, extension=SEAT)
    return Doors(client, folder, machine, webhook, line, wechat, agent, {})
