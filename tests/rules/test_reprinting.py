"""转载: the same words under another head; not a follow-up, not another county's story."""

import pytest

from hotline.rules.normalise import bigrams
from hotline.rules.reprinting import Story, is_reprint

TEXT = (
    "砖厂（虚构）夜间冒黑烟，居民窗台落满灰尘，晾晒的衣物被弄脏，"
    "老人孩子咳嗽不止，多次反映没有改善。"
)
HEAD = "砖厂夜间冒黑烟居民不敢开窗（虚构）"
OTHER = "黑烟何时休（虚构）"
MORE = (
    "记者随后走访了环保部门，工作人员表示已经立案调查，"
    "将责令该厂停产整治并安装在线监测设备，月底前公布结果。"
)
RIVER = "河道里漂满死鱼，村民说上游养殖场排污，水体发黑发臭，已持续一周没有人来处理。"


def story(text: str = TEXT, head: str = HEAD, county: str | None = "522701") -> Story:
    words = frozenset(bigrams(text))
    return Story(county, frozenset(bigrams(head)), words, text.encode() if text else None)


@pytest.mark.parametrize(
    ("new", "same"),
    [
        (story(), True),
        (story(f"据某报消息：{TEXT}", OTHER), True),
        (story(TEXT[:-10], OTHER), True),
        (story(f"{TEXT}{MORE[:20]}"), True),
        (story(f"{TEXT}{MORE}", OTHER), False),
        (story(county=None), True),
        (story(county="522702"), False),
        (story(RIVER), False),
        (story("砖厂冒黑烟（虚构）"), False),
    ],
)
def test_a_reprint_tells_nothing_new(new: Story, same: bool) -> None:
    assert is_reprint(new, story()) is same


def test_a_first_story_that_nobody_has_read_yet_is_known_by_its_headline_alone() -> None:
    unread = Story("522701", frozenset(bigrams(HEAD)), frozenset())
    assert is_reprint(story(), unread)
    assert not is_reprint(story(head=f"{HEAD}追踪"), unread)
