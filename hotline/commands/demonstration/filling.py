"""Filling an empty installation: the plan is drawn, played and marked as done."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from hotline.commands.demonstration.book import page
from hotline.commands.demonstration.cast import Cast
from hotline.commands.demonstration.logins import SAMPLE, keep_sample
from hotline.commands.demonstration.passed_on import pass_on
from hotline.commands.demonstration.plan import Drawing, plan
from hotline.commands.demonstration.playing import play
from hotline.commands.demonstration.referred import lay_out_referrals
from hotline.commands.demonstration.rewarded import lay_out_rewards
from hotline.commands.demonstration.scene import Scene
from hotline.commands.demonstration.shelves import lay_out_drafts
from hotline.commands.launch.words import Trouble, say
from hotline.database import rows
from hotline.policy.store import packs
from hotline.records import ImportRun, ServiceRequest, new_id

SOURCE: Final = "demonstration"  # the mark of an installation that holds made-up reports
OLDEST: Final = timedelta(days=90)
EVERY: Final = 60  # reports between two lines of progress
# Whoever is made up has a number that may be somebody's: an installation with a gateway of its own
# would write to it about a matter that never was.
HELD_BACK: Final = """
UPDATE message SET state = 'unreachable', error = 'no.channel', sealed_fill = NULL
WHERE state = 'queued' AND recipient = 'reporter'
"""


async def fill(now: datetime) -> bool:
    """False when it was filled before. Trouble when real reports lie here."""
    mark = await ImportRun.filter(source=SOURCE).first()
    if mark and mark.finished_at:
        return False
    if mark:
        raise Trouble(
            "上次演示数据没有写完，请先删除：python3 -m hotline erase --yes",
            "half-filled; erase it",
        )
    if await ServiceRequest.exists():
        raise Trouble("已有来件，不能写入演示数据", "reports lie here already: no demo data")
    await _fill(now)
    return True


async def _fill(now: datetime) -> None:
    pack = (await packs()).pack(page("people")["jurisdiction"])
    planned = plan(Drawing(pack, now))
    mark = await ImportRun.create(
        id=new_id(), tenant_id=pack.tenant, source=SOURCE, rows=len(planned), started_at=now
    )
    cast = Cast(pack, now - OLDEST)
    await cast.come_together()
    scene = Scene(pack, cast, now)
    await play(scene, planned, _tell(len(planned)))
    await lay_out_drafts(scene)
    await lay_out_rewards(scene)
    await lay_out_referrals(scene)
    await pass_on(scene)
    await rows(HELD_BACK)
    sample = scene.reports[SAMPLE]
    keep_sample(sample.number, sample.code)
    await ImportRun.filter(tenant_id=pack.tenant, id=mark.id).update(
        good=len(planned), finished_at=now
    )


def _tell(total: int) -> Callable[[int], None]:
    told = 0

    def tick(done: int) -> None:
        nonlocal told
        if done >= told + EVERY or (done == total and told < total):
            told = done
            say(f"演示数据 / demo data: {done}/{total}")

    return tick
