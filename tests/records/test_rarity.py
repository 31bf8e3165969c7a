"""How seldom words are is counted from the reports themselves."""

from datetime import timedelta

from hotline.commands.launch.services import Services
from hotline.records.rarity import counted, rarity
from hotline.rules.spelling import spelt
from tests.steps.builders import NOW, ODOUR, decided


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
