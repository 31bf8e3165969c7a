"""How seldom words are is counted from the reports themselves."""

from datetime import timedelta

import asyncpg

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.records.rarity import counted, rarity
from hotline.rules.spelling import spelt
from tests.steps.builders import NOW, ODOUR, decided

MANY = """
INSERT INTO signature (id, tenant_id, county, registered_at, grams, words, title_words, opening)
SELECT gen_random_uuid(), '520000', '522701', $1, '{7}', '{7}', '{}', '{}'
FROM generate_series(1, 10500)
"""


async def test_a_word_of_every_report_is_common_and_one_of_none_is_rare(db: Services) -> None:
    for number in range(3):
        await decided(f"{ODOUR}第{number}次反映")
    known = await counted()
    assert known.shares.stored >= 3
    assert known.shares.share(spelt("反映")) > known.shares.share(spelt("锑矿"))


async def test_the_figures_are_kept_for_an_hour(db: Services) -> None:
    later = NOW + timedelta(days=1)
    first = await rarity(later)
    assert await rarity(later + timedelta(minutes=59)) is first
    assert await rarity(later + timedelta(hours=2)) is not first


async def test_they_are_counted_again_soon_after_very_many_reports_came(db: Services) -> None:
    later = NOW + timedelta(days=2)
    first = await rarity(later)
    await rows(MANY, NOW)
    owner = await asyncpg.connect(db.owner_url)
    try:
        await owner.execute("ANALYZE signature")
    finally:
        await owner.close()
    again = await rarity(later + timedelta(minutes=2))
    assert again is not first
    assert again.shares.stored > 10_000
    assert await rarity(later + timedelta(minutes=4)) is again
