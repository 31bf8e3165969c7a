"""办件导出: reports in the 18 columns of a 12345 line's own export, masked; no seal is opened."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from hotline.database import rows
from hotline.lookups.names import department, kind_names
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.records.own_kinds import report_kinds
from hotline.rules.sight import Sight
from hotline.rules.terms import OrderStage, RequestStage

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
PAGE: Final = 500
SEALED: Final = "（已封存）"  # something was given; who it was stays here
BY_TABLE: Final = "系统派单"
NEAR: Final = timedelta(days=3)
COLUMNS: Final = (
    "序号", "办件编号", "办件来源", "市级编号", "诉求主题", "诉求内容", "办理单位", "办理科室",
    "诉求人", "诉求人电话", "处理结果", "事项大类", "事项小类", "派发时间", "承诺完成时间",
    "办件状态", "派单员", "预警状态",
)  # fmt: skip
# not the same words as on our pages: what a 12345 line calls them
SOURCES: Final = {
    "web": "网络", "phone": "电话", "wechat": "微信", "12345": "12345热线", "12369": "12369平台",
    "letter": "来信", "visit": "来访", "media": "媒体", "partner": "其他平台", "import": "历史导入",
}  # fmt: skip
STATES: Final = {
    RequestStage.RECEIVED: "待受理", RequestStage.TRIAGE: "待受理", RequestStage.REFUSED: "不受理",
    RequestStage.ANSWERED_ON_SPOT: "已办结", RequestStage.ANSWERED: "已答复",
    RequestStage.WITHDRAWN: "已撤回", RequestStage.CLOSED: "已办结",
    RequestStage.FORWARDED: "已转送",
}  # fmt: skip
IN_WORK: Final = {
    OrderStage.OPENED: "待派单", OrderStage.DISPATCHED: "待签收", OrderStage.RETURNED: "退回待审",
    OrderStage.SUBMITTED: "待审核", OrderStage.CLOSED_INTERIM: "阶段性办结",
}  # fmt: skip

CASES: Final = """
SELECT r.id, r.number, r.channel, r.foreign_number, r.title, r.text, r.kinds, r.stage,
  r.jurisdiction, r.registered_at, r.secrecy, v.contact IS NOT NULL AS has_contact,
  o.lead, o.dispatched_at, o.next_due_at, o.stage AS order_stage,
  (SELECT p.number FROM partner_number p WHERE p.tenant_id = r.tenant_id AND p.request_id = r.id
    ORDER BY p.label <> '市级编号', p.at LIMIT 1) AS further,
  (SELECT t.text FROM order_text t WHERE t.tenant_id = o.tenant_id AND t.order_id = o.id
    AND t.kind = 'reply' AND t.approved_at IS NOT NULL ORDER BY t.version DESC LIMIT 1) AS reply,
  (SELECT max(c.due_at) FROM clock c WHERE c.tenant_id = o.tenant_id AND c.holder_id = o.id
    AND c.scheme = 'handling') AS promised_at,
  (SELECT coalesce(s.name, '') FROM event e LEFT JOIN staff s ON s.tenant_id = e.tenant_id
    AND s.id::text = e.actor_id WHERE e.tenant_id = o.tenant_id AND e.aggregate = 'order'
    AND e.aggregate_id = o.id AND e.step IN ('dispatch', 'rule', 'correct')
    ORDER BY e.seq DESC LIMIT 1) AS sender
{found} AND (r.registered_at, r.id) > ($3, $4) AND r.registered_at < $5
ORDER BY r.registered_at, r.id LIMIT $6
"""
COUNTED: Final = """
SELECT count(*) AS n {found} AND r.registered_at >= $3 AND r.registered_at < $4
"""
FOUND: Final = """
FROM service_request r
JOIN vault v ON v.tenant_id = r.tenant_id AND v.id = r.id
LEFT JOIN membership m ON m.tenant_id = r.tenant_id AND m.request_id = r.id AND m.to_at IS NULL
LEFT JOIN work_order o ON o.tenant_id = m.tenant_id AND o.id = m.order_id
WHERE r.tenant_id = $1 AND r.jurisdiction = ANY($2){own}
"""
NO_ID: Final = "00000000-0000-0000-0000-000000000000"


async def counted(sight: Sight, since: datetime, until: datetime) -> int:
    """How many rows there will be."""
    (found,) = await rows(_within(sight, COUNTED), *_seen(sight), since, until)
    return int(found["n"])


async def cases(
    sight: Sight, since: datetime, until: datetime, now: datetime
) -> AsyncIterator[list[str]]:
    """One row a report, oldest first, in the order of COLUMNS."""
    known, place, serial = await packs(), (since - timedelta(microseconds=1), NO_ID), 0
    sql = _within(sight, CASES)
    while found := await rows(sql, *_seen(sight), *place, until, PAGE):
        for one in found:
            serial += 1
            yield [str(serial), *_row(known.pack(one["jurisdiction"]), one, now)]
        place = (found[-1]["registered_at"], found[-1]["id"])


def _within(sight: Sight, sql: str) -> str:
    return sql.format(found=FOUND.format(own=report_kinds(sight)))


def _seen(sight: Sight) -> tuple[str, list[str]]:
    return sight.tenant_id, sorted(sight.jurisdictions)


def _row(pack: Pack, one: dict[str, Any], now: datetime) -> list[str]:
    names = kind_names(pack, one["kinds"])
    parents = [kind.parent for code in one["kinds"] if (kind := pack.lexicon.kind(code))]
    upper = kind_names(pack, dict.fromkeys(parent for parent in parents if parent))
    sealed = SEALED if one["has_contact"] else ""
    return [
        one["number"],
        SOURCES.get(one["channel"], one["channel"]),
        one["further"] or one["foreign_number"] or "",
        one["title"],
        one["text"],
        department(pack, one["lead"]).name if one["lead"] else "",
        "",  # 办理科室 is the department's own business
        sealed or ("匿名" if one["secrecy"] == "anonymous" else ""),
        sealed,
        one["reply"] or "",
        "、".join(each.name for each in upper) or "、".join(each.name for each in names),
        "、".join(each.name for each in names),
        _when(one["dispatched_at"]),
        _when(one["promised_at"] or one["next_due_at"]),
        _state(one),
        (one["sender"] or BY_TABLE) if one["dispatched_at"] else "",
        _alarm(one, now),
    ]


def _state(one: dict[str, Any]) -> str:
    if one["stage"] != RequestStage.ACCEPTED:
        return STATES[RequestStage(one["stage"])]
    if one["order_stage"] is None:
        return "待派单"
    return IN_WORK.get(OrderStage(one["order_stage"]), "办理中")


def _alarm(one: dict[str, Any], now: datetime) -> str:
    due = one["next_due_at"]
    if due is None or one["stage"] != RequestStage.ACCEPTED:
        return ""
    if due < now:
        return "超期"
    return "临期" if due - now < NEAR else "正常"


def _when(at: datetime | None) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if at else ""
