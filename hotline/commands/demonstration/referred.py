"""督办移送 of the demonstration: one of several kinds, an inspection's batch, a campaign."""

from datetime import timedelta
from typing import Final

from hotline.commands.demonstration.scene import Scene
from hotline.records import Referral, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.terms import OrderStage, Role
from hotline.steps.approve_referral import approve_referral
from hotline.steps.campaign import NewCampaign, gather, open_campaign
from hotline.steps.hand_batch import Batch, hand_batch, take_items
from hotline.steps.proceed_referral import Entry, proceed_referral
from hotline.steps.refer import Referring, refer
from hotline.steps.referral import Asked
from hotline.steps.reply_referral import Reply, reply_referral
from hotline.steps.send_referral import Sending, send_referral

NUMBERS: Final = "{sign}3{province}{day:%Y%m%d}{serial:04d}"
PROBLEMS: Final = (
    "某砖厂夜间冒黑烟（虚构）",
    "某河段发黑发臭（虚构）",
    "某建筑工地扬尘（虚构）",
)
OPEN: Final = (OrderStage.SIGNED.value, OrderStage.DISPATCHED.value)


async def lay_out_referrals(scene: Scene) -> None:
    """By the supervisor, the handler and the reviewer, each step by its own hand."""
    chief = await scene.cast.of(Role.SUPERVISOR)
    handler = await scene.cast.of(Role.HANDLER)
    found = WorkOrder.filter(stage__in=OPEN, historical=False).exclude(lead=handler.department)
    others = await found.filter(lead__isnull=False).order_by("opened_at")
    own = await WorkOrder.filter(stage=OPEN[0], lead=handler.department).order_by("opened_at")
    if others:
        await _pressed(scene, others[0], chief)
    if len(own) > 1:
        await _handed_on(scene, own[0], handler)
        await _reported_up(scene, own[1], handler)
    await _inspected(scene, chief)
    await _campaign(scene, chief)


async def _pressed(scene: Scene, order: WorkOrder, chief: Actor) -> None:
    """督办, under way."""
    ask = Referring(
        kind="supervise",
        addressees=(str(order.lead),),
        cause="overdue",
        days=5,
        grounds="请核查办理进度，按期书面回复（虚构）。",
    )
    await refer(order.number, ask, by=chief, now=scene.now)


async def _handed_on(scene: Scene, order: WorkOrder, handler: Actor) -> None:
    """移送公安: proposed by the department, waiting for the responsible officer."""
    ask = Referring(
        kind="police",
        named=f"{scene.pack.name}公安机关（虚构）",
        officers=("张一（虚构）", "李二（虚构）"),
        grounds="现场检查发现暗管，取样检测结果显示涉嫌犯罪，提请移送（虚构）。",
    )
    await refer(order.number, ask, by=handler, now=scene.now)


async def _reported_up(scene: Scene, order: WorkOrder, handler: Actor) -> None:
    """突发环境事件: reported within the hours, 初报 given."""
    ask = Referring(
        kind="event",
        named="上级人民政府（虚构）",
        grade="four",
        learned_at=scene.now - timedelta(hours=1),
        grounds="储罐少量渗漏，已围堵，周边无人员伤亡（虚构）。",
    )
    number = await refer(order.number, ask, by=handler, now=scene.now)
    said = Entry("渗漏点已封堵，监测结果正常（虚构）。", "first", ("first",))
    await proceed_referral(Asked(number), said, by=handler, now=scene.now)


async def _inspected(scene: Scene, chief: Actor) -> None:
    """督察交办: three items; one handed over and answered, one accepted, one just received."""
    day = scene.now.astimezone(SHANGHAI).date()
    batch = Batch("第一批（虚构）", "province", day)
    handed = await hand_batch(batch, by=chief, now=scene.now)
    county = next(one for one in scene.pack.gazetteer.counties() if _own(scene, one.code))
    prefix = scene.pack.prefix[:2]
    numbers = (
        NUMBERS.format(sign=sign, province=prefix, day=day, serial=at)
        for at, sign in enumerate("DXD", start=1)
    )
    told = zip(numbers, PROBLEMS, strict=True)
    lines = [f"{number}\t{county.name}\t{problem}" for number, problem in told]
    await take_items(handed, "\n".join(lines), by=chief, now=scene.now)
    taken = Referral.filter(batch_id__isnull=False).order_by("foreign_number")
    items = [Asked(one.number) for one in await taken]
    for item in items[:2]:
        await approve_referral(item, by=chief, now=scene.now)
    desk = next(one.code for one in scene.pack.departments if one.desk)
    await send_referral(items[0], Sending(addressees=(desk,)), by=chief, now=scene.now)
    said = Reply("已责令改正并立案（虚构）。", "interim", ("result",), "true", {"corrected": 1})
    await reply_referral(items[0], said, by=chief, now=scene.now)


async def _campaign(scene: Scene, chief: Actor) -> None:
    """专项行动: of the month before and the month to come."""
    day = scene.now.astimezone(SHANGHAI).date()
    days = (day - timedelta(days=30), day + timedelta(days=30))
    ask = NewCampaign("大气污染专项行动（虚构）", *days, ("air",), "演示（虚构）")
    await gather(await open_campaign(ask, by=chief, now=scene.now), by=chief, now=scene.now)


def _own(scene: Scene, code: str) -> bool:
    return any(place.code == scene.pack.code for place in scene.pack.gazetteer.path(code))
