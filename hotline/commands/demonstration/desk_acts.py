"""What happens to an order, from the department that takes it in hand to the close."""

from typing import Final

from hotline.commands.demonstration.book import one_of, page
from hotline.commands.demonstration.scene import Desk, Turn
from hotline.commands.demonstration.writing import written
from hotline.rules.actor import Actor
from hotline.rules.terms import Finding, OrderStage, Role, Secrecy
from hotline.steps.answer import answer
from hotline.steps.close import close
from hotline.steps.dispatch import dispatch
from hotline.steps.find import Conclusion, find
from hotline.steps.follow_up import Rating, follow_up
from hotline.steps.holders import Holders
from hotline.steps.object import Objection, object_to
from hotline.steps.redo import redo
from hotline.steps.rule import Ruling, rule
from hotline.steps.send_back import send_back
from hotline.steps.sign import sign
from hotline.steps.submit import submit
from hotline.steps.unmask import unmask
from hotline.steps.write import Writing, write

FINDINGS: Final = {
    Finding.TRUE: 46,
    Finding.MOSTLY: 22,
    Finding.PARTLY: 20,
    Finding.UNFOUNDED: 12,
}
SCORES: Final = {"good": (5, 5, 4), "fair": (3, 3, 4), "bad": (1, 1, 2)}


async def assigned(turn: Turn) -> None:
    """交办 by a person: the table had no answer, so the county's environment desk leads."""
    desk = await turn.desk()
    if desk.order.stage == OrderStage.OPENED:
        duty = page("people")["desk"].partition(".")[2]
        holders, by = Holders(f"{desk.order.county}.{duty}"), await turn.scene.cast.of(Role.TRIAGE)
        await dispatch(desk.target, holders, by=by, now=turn.at)


async def taken_in_hand(turn: Turn) -> None:
    """签收."""
    await assigned(turn)
    desk = await turn.desk()
    await sign(desk.target, by=desk.handler, now=turn.at)


async def objected(turn: Turn) -> None:
    """异议."""
    await assigned(turn)
    desk, ask = await turn.desk(), Objection(_remark(turn, "objection"))
    await object_to(desk.target, ask, by=desk.handler, now=turn.at)


async def objection_rejected(turn: Turn) -> None:
    """驳回: it stays where it is."""
    await _rule(turn, await turn.desk(), Ruling(_remark(turn, "reject")))


async def reassigned(turn: Turn) -> None:
    """改派 to another department of the county."""
    desk = await turn.desk()
    others = [
        one.code
        for one in turn.scene.pack.departments
        if one.county == desk.order.county and one.desk and one.code != desk.order.lead
    ]
    to = Holders(turn.lots.choice(others))
    await _rule(turn, desk, Ruling(_remark(turn, "uphold"), to))


async def found(turn: Turn) -> None:
    """查实结论."""
    finding = turn.lots.choices(list(FINDINGS), list(FINDINGS.values()))[0]
    remark = one_of(turn.lots, page("remarks")["remark"][finding])
    desk, ask = await turn.desk(), Conclusion(finding, remark=remark)
    await find(desk.target, ask, by=desk.handler, now=turn.at)


async def drafted(turn: Turn) -> None:
    """起草三个文本."""
    desk = await turn.desk()
    texts = written(turn.lots, turn.scene.pack, desk.order, turn.planned.telling, turn.at)
    for kind, text in texts.items():
        await write(desk.target, Writing(kind, text), by=desk.handler, now=turn.at)


async def submitted(turn: Turn) -> None:
    """提交审核."""
    desk = await turn.desk()
    await submit(desk.target, by=desk.handler, now=turn.at)


async def sent_back(turn: Turn) -> None:
    """审核退回."""
    desk, why = await turn.desk(), _remark(turn, "send_back")
    await send_back(desk.target, why, by=await _reviewer(turn), now=turn.at)


async def answered(turn: Turn) -> None:
    """审核通过并答复."""
    await answer((await turn.desk()).target, by=await _reviewer(turn), now=turn.at)


async def rated(turn: Turn) -> None:
    """回访评价: good, fair or bad; a bad one asks for 重办."""
    ask = Rating(
        score=turn.lots.choice(SCORES[turn.detail]),
        solved=turn.detail == "good",
        wants_redo=turn.detail == "bad",
        text=one_of(turn.lots, page("remarks")["rating"][turn.detail]),
    )
    await follow_up(turn.target, ask, by=turn.reporter, now=turn.at)


async def done_again(turn: Turn) -> None:
    """重办, granted by the supervisor."""
    desk, by = await turn.desk(), await turn.scene.cast.of(Role.SUPERVISOR)
    await redo(desk.target, _remark(turn, "redo"), by=by, now=turn.at)


async def closed(turn: Turn) -> None:
    """办结."""
    await close((await turn.desk()).target, by=await _reviewer(turn), now=turn.at)


async def closed_for_now(turn: Turn) -> None:
    """阶段性办结."""
    target = (await turn.desk()).target
    await close(
        target, interim=True, left="尚待设备安装完成（虚构）", by=await _reviewer(turn), now=turn.at
    )


async def unmasked(turn: Turn) -> None:
    """查看身份, with the reason; an anonymous reporter only by the hotline's own people."""
    if turn.planned.person.secrecy is Secrecy.ANONYMOUS:
        by = await turn.scene.cast.of(Role.TRIAGE)
    else:
        by = (await turn.desk()).handler
    await unmask(turn.target, _remark(turn, "unmask"), by=by, now=turn.at)


async def _rule(turn: Turn, desk: Desk, ask: Ruling) -> None:
    by = await turn.scene.cast.of(Role.SUPERVISOR)
    await rule(desk.target, ask, by=by, now=turn.at)


async def _reviewer(turn: Turn) -> Actor:
    return await turn.scene.cast.of(Role.REVIEWER)


def _remark(turn: Turn, name: str) -> str:
    return one_of(turn.lots, page("remarks")[name])
