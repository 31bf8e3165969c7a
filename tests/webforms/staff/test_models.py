"""学得模型: learnt from what people decided, asked where words say nothing. Made up（虚构）."""

import asyncio
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from hotline.commands.launch.services import Services
from hotline.database import row, rows
from hotline.records import Event, Membership, ServiceRequest, WorkOrder, new_id
from hotline.records.base import Row
from hotline.records.learnt import forget
from hotline.rules.asking import OPEN
from hotline.rules.terms import Role
from hotline.steps.accept import Acceptance, accept
from hotline.steps.enrol import Person, enrol
from hotline.steps.invite import OPERATOR, Post
from tests.steps.desk import again, at, order_of, staff
from tests.support.cli import operator
from tests.support.sitting import PASSWORD, Sitting, another, arrived, order_number, seat, sign_in
from tests.support.visitor import Visitor

ASIDE = tuple(
    "桥头集市亲戚朋友院里窗外楼上楼下左边右边山脚树下学校门口老人孩子早上"
    "前天昨天邻居后面对面坡上田坎巷子石阶祠堂亭子晒谷晒坝篱笆"[at : at + 2]
    for at in range(0, 62, 2)
)
SAID = {"air.dust": "窑口黑雾那家又来了", "noise.industrial": "砧子那家这几天起劲得很"}
MATTERS = 34


@pytest.fixture(autouse=True)
def afresh() -> Iterator[None]:
    forget()
    yield
    forget()


def told(kind: str, turn: int, place: str = "都匀市小围寨街道") -> str:
    """Nobody's words are like another's, but for what the kind is known by here."""
    aside = random.Random(f"{kind}{turn}").sample(ASIDE, len(ASIDE))
    return f"{place}{''.join(aside[:12])}，{SAID[kind]}，{''.join(aside[12:])}"


async def decided_by_people(kind: str) -> None:
    """One order that a person decided, and others like it, each with words of its own."""
    request = await ServiceRequest.get(number=await arrived(told(kind, 0)))
    assert request.triage_cause in OPEN
    ask = Acceptance("522701", "522701008", (kind,))
    await accept(at(request), ask, by=staff(Role.TRIAGE), now=datetime.now(UTC))
    request, order = await again(request), await order_of(request)
    member = await Membership.get(request_id=request.id)
    event = await Event.get(aggregate_id=request.id, step="accept")
    made: list[Row] = []
    for turn in range(1, MATTERS):
        own, its, number = new_id(), new_id(), f"{kind[:3]}-{turn}"
        made += [
            like(request, id=own, number=number, title="", text=told(kind, turn)),
            like(order, id=its, number=number, first_request_id=own),
            like(member, id=new_id(), request_id=own, order_id=its),
            like(event, id=new_id(), aggregate_id=own),
        ]
    for model in (ServiceRequest, WorkOrder, Membership, Event):
        await model.bulk_create([one for one in made if isinstance(one, model)])


def like(row: Row, **given: object) -> Row:
    """Another row that says the same, but for what is given."""
    return type(row)(**{name: getattr(row, name) for name in row._meta.db_fields} | given)


async def head_office(client: httpx.AsyncClient) -> Sitting:
    """An administrator of the whole tenant."""
    visitor, login = another(client), "head.office"
    post = Post("520000", frozenset({Role.ADMIN}), "")
    await enrol(Person(login, "某管理员（虚构）", PASSWORD), post, OPERATOR, datetime.now(UTC))
    await sign_in(visitor, login, PASSWORD)
    return Sitting(visitor, login)


async def test_people_decide_the_model_learns_and_answers_and_says_so(
    client: httpx.AsyncClient, visitor: Visitor, db: Services
) -> None:
    for kind in SAID:
        await decided_by_people(kind)
    done = await asyncio.to_thread(operator, db, "learn", "--jurisdiction", "520000", "--json")
    (learnt,) = json.loads(done.stdout.splitlines()[-1])
    assert (learnt["state"], learnt["examples"]) == ("active", 2 * MATTERS), done.stderr
    forget()

    number = await arrived(told("air.dust", MATTERS, "福泉市"))
    request = await ServiceRequest.get(number=number)
    assert (request.kinds, request.stage) == (["air.dust"], "accepted")
    unsure = await ServiceRequest.get(number=await arrived("都匀市小围寨街道这里又开始了，快来。"))
    assert unsure.triage_cause in OPEN
    assert "kind_model" not in unsure.policy

    desk = await seat(visitor, Role.SUPERVISOR)
    await desk.go(f"/desk/orders/{await order_number(number)}")
    assert "类型由学得模型第 1 版判断，置信度 0.9" in desk.text

    office = await head_office(client)
    await office.go("/models/1")
    assert "启用中" in office.text
    await office.press("/models/1/retirement", reason="新来件类型变化大，先停用")
    assert "已停用，半分钟内" in office.text
    later = await ServiceRequest.get(number=await arrived(told("air.dust", MATTERS + 1, "龙里县")))
    assert later.triage_cause in OPEN
    await office.go("/models/1")
    assert "先停用" in office.text
    await office.press("/models/1/activation")
    assert "启用中" in office.text
    steps = await rows("SELECT step FROM event WHERE aggregate = 'model' ORDER BY seq")
    assert [one["step"] for one in steps] == ["learn", "activate", "retire", "activate"]


async def test_whoever_administers_a_part_reads_and_changes_nothing(
    visitor: Visitor, db: Services
) -> None:
    await rows(
        "INSERT INTO kind_model (id, tenant_id, version, trained_at, state, examples, figures,"
        " content) VALUES (gen_random_uuid(), '520000', 1, now(), 'idle', 80, $1, '')",
        '{"lexicon": {"macro_f1": 0.5, "to_person": 0.3}, "kinds": {}, "matters": {},'
        ' "with_model": {"macro_f1": 0.6, "to_person": 0.2}}',
    )
    admin = await seat(visitor, Role.ADMIN)
    await admin.go("/models/1")
    assert "确认启用" not in admin.text
    token = admin.visitor.form("/sign-out")["_token"]
    answer = await admin.client.post("/models/1/activation", data={"_token": token})
    assert answer.status_code == 403
    state = await row("SELECT state FROM kind_model")
    assert state is not None
    assert state["state"] == "idle"
