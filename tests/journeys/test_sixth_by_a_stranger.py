"""A sixth jurisdiction from the guide alone: its pack is imported and a report walks through it."""

import re
import shutil
from pathlib import Path

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.policy.load import HERE
from hotline.policy.store import packs
from tests.journeys.provinces import in_force, made_public, order_from
from tests.policy.test_guide import CODE, follow
from tests.steps.builders import ODOUR

SMELL = "云溪市清石县竹影镇有个塑料厂（虚构），每天半夜排放刺鼻臭气，熏得睡不着觉。"


async def test_a_pack_for_a_day_to_come_is_not_there_and_harms_nobody(
    db: Services, tmp_path: Path
) -> None:
    for part in ("packs", "calendars"):
        shutil.copytree(HERE / part, tmp_path / part)
    follow(tmp_path)
    file = tmp_path / "packs" / CODE / "identity.toml"
    later = file.read_text("utf-8").replace("valid_from = 2026", "valid_from = 2999")
    file.write_text(later, "utf-8")
    async with in_force(tmp_path, db.owner_url):
        assert {pack.code for pack in (await packs()).serving()} == {"520000", "522700"}
        order = await order_from("520000", "522700", ODOUR)
        assert order.lead == "522701.environment"


async def test_one_report_walks_to_its_public_answer(db: Services, tmp_path: Path) -> None:
    for part in ("packs", "calendars"):
        shutil.copytree(HERE / part, tmp_path / part)
    follow(tmp_path)
    async with in_force(tmp_path, db.owner_url) as added:
        assert {line.split()[0] for line in added} == {CODE}
        pack = (await packs()).pack(CODE)

        order = await order_from(pack.tenant, CODE, SMELL)

        assert (order.jurisdiction, order.county, order.township) == (CODE, "520921", "520921101")
        assert order.lead == "520921.environment"
        assert re.fullmatch(r"YXG[0-9]{17}", order.number)
        running = await rows("SELECT scheme FROM clock WHERE holder_id = $1", order.id)
        assert {"handling", "order_12345_complain"} <= {one["scheme"] for one in running}
        told = await made_public(order)
        assert (told.stage, told.jurisdiction, told.county) == ("published", CODE, "520921")


async def test_the_province_knows_the_places_its_prefectures_add(db: Services) -> None:
    known = await packs()
    zone = known.pack("520000").gazetteer.get("522701Z1")
    assert zone is not None
    assert zone == known.pack("522700").gazetteer.get("522701Z1")
    assert known.serving_county("520000", "522701Z1").code == "522700"
