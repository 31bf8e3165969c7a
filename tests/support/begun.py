"""What a process of the service keeps in its memory, and how it comes to know none of it again.

One test process lives through thousands of tests. What it learned from the rows of one of them is
no longer true in the next; tests/architecture/test_what_is_kept.py sees that none is left out.
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from typing import Final

from hotline import asking, settings
from hotline.lookups import api_key, board, channel, county_map, desk, wechat_account
from hotline.policy import outlines
from hotline.records import hot, learnt
from hotline.steps import allowance, day_key, flood
from notifications import gateways, wechat_templates
from notifications.channels import sms
from webforms import outage, site
from workers import queues


def _no_floods() -> None:
    for task in flood._tasks:
        with contextlib.suppress(RuntimeError):  # of an event loop that is closed
            task.cancel()
    flood._tasks.clear()
    flood.forget()


def _no_outage() -> None:
    for one in outage._outages.values():
        if one._watch:
            with contextlib.suppress(RuntimeError):
                one._watch.cancel()
    outage._outages.clear()


def _no_site() -> None:
    site._last[:] = [(site.Site(), None, "")]


def _nothing_counted() -> None:
    vars(hot._kept).update(vars(hot.Lately()))


FORGOTTEN: Final[Mapping[str, Callable[[], object]]] = {
    "hotline.asking._columns": asking._columns.clear,
    "hotline.lookups.api_key._held": api_key.forget,
    "hotline.lookups.board._standing": board._standing.clear,
    "hotline.lookups.channel._held": channel.forget,
    "hotline.lookups.county_map._held": county_map._held.clear,
    "hotline.lookups.desk._very_many": desk._very_many.clear,
    "hotline.lookups.wechat_account._held": wechat_account.forget,
    "hotline.policy.outlines._held": outlines.forget,
    "hotline.records.hot._kept": _nothing_counted,
    "hotline.records.learnt._kept": learnt.forget,
    "hotline.settings.keys": settings.keys.cache_clear,
    "hotline.settings.settings": settings.settings.cache_clear,
    "hotline.steps.allowance._hands": allowance.forget,
    "hotline.steps.day_key._held": day_key._held.clear,
    "hotline.steps.flood._floods": _no_floods,
    "hotline.steps.flood._nuisances": _no_floods,
    "hotline.steps.flood._pending": _no_floods,
    "hotline.steps.flood._tasks": _no_floods,
    "notifications.channels.sms.health": sms.health.known.clear,
    "notifications.gateways.gateways": gateways.gateways.cache_clear,
    "notifications.wechat_templates.templates": wechat_templates.templates.cache_clear,
    "webforms.outage._outages": _no_outage,
    "webforms.site._last": _no_site,
    "workers.queues._last": queues._last.clear,
}
# The packs stay: they are read anew where their rows are others than at the beginning (`db`), and
# building them takes longer than most tests.
_EACH: Final = tuple(dict.fromkeys(FORGOTTEN.values()))


def just_begun() -> None:
    """Some microseconds: whatever was forgotten is read again only by whoever asks for it."""
    for forget in _EACH:
        forget()


def under_way() -> list["asyncio.Task[None]"]:
    """What the last test set in motion and did not wait for."""
    here = asyncio.get_running_loop()
    return [task for task in queues._under_way if task.get_loop() is here]
