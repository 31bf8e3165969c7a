"""文书: every letter has heading, number, date, addressee, body and contact, and no reporter."""

import re

import httpx

from hotline.database import row
from hotline.rules.terms import Role
from tests.support.sitting import (
    CALLER,
    DESK,
    NOWHERE,
    Sitting,
    another,
    arrived,
    order_number,
    seat,
)
from tests.support.visitor import Visitor
from tests.webforms.citizen.test_progress import answered
from tests.webforms.desk.walk import at

OUT = {
    "name": "某铁路监管单位（虚构）",
    "contact": "拨打 00000（虚构）",
    "reason": "铁路噪声由该单位负责",
}


async def read(desk: Sitting, path: str, *said: str) -> str:
    """The sheet alone, as it is printed."""
    answer = await desk.go(path)
    assert answer.status_code == 200, path
    sheet = re.sub(
        r"<[^>]+>|\s", "", answer.text.split('<article class="paper"')[1].split("</article")[0]
    )
    for one in ("编号：", "年", "：", "联系方式12345", "（盖章）", *said):
        assert one in sheet, (path, one)
    for secret in (CALLER.name, CALLER.phone):
        assert secret not in sheet, path
    return sheet


async def test_the_letters_of_an_order_and_of_its_report(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    report = await arrived()
    number = await order_number(report)
    desk = await seat(visitor, Role.SUPERVISOR, Role.TRIAGE)
    base = f"/desk/reports/{report}/letters"
    assert "生态环境局" in await read(desk, f"{at(number)}/letters/sheet", "工单", number, "地点")
    await read(desk, f"{base}/accept", "受理告知书", f"反映人（来件编号{report}）", "现予受理")
    for early in (f"{base}/answer", f"{base}/refuse", f"{base}/forward", f"{base}/other"):
        assert (await desk.go(early)).status_code == 404
    await answered(report)
    reply = await row("SELECT text FROM order_text WHERE kind = 'reply'")
    assert reply
    await read(
        desk, f"{base}/answer", "答复意见", re.sub(r"\s", "", reply["text"]), "30日内申请复查"
    )

    await desk.go("/display?language=en&back=/desk")
    english = await read(desk, f"{base}/answer", "30日内申请复查", "黔南州生态环境局（盖章）")
    assert re.search(r"您于\d{4}年\d+月\d+日（星期.）反映的事项", english)

    other = await seat(another(client), Role.HANDLER, department="522701.water")
    for path in (f"{at(number)}/letters/sheet", f"{base}/answer"):
        assert (await other.go(path)).status_code == 404
    own = await seat(another(client), Role.HANDLER, department=DESK)
    assert (await own.go(f"{base}/answer")).status_code == 200


async def test_what_is_refused_and_what_goes_outside_has_its_letter(visitor: Visitor) -> None:
    desk = await seat(visitor, Role.TRIAGE)
    refused, passed = await arrived(NOWHERE), await arrived()
    page = f"/triage/reports/{refused}"
    await desk.go(page)
    await desk.press(f"{page}/refusal", reason="unclear")
    await read(desk, f"/desk/reports/{refused}/letters/refuse", "不予受理告知书", "理由：")
    number = await order_number(passed)
    await desk.go(f"{at(number)}/forwarding")
    await desk.press(f"{at(number)}/forwarding", **OUT)
    said = (f"{OUT['name']}：", "转送函", OUT["reason"], "砖厂", "15日内告知")
    await read(desk, f"{at(number)}/letters/forward", *said)
