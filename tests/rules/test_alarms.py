"""紧急词: denied, only a manner of speaking, or a drill, they call nobody (made-up words)."""

import pytest

from hotline.rules.alarms import Alarms
from hotline.rules.together import Together

ALARMS = Alarms(
    words=("泄漏", "爆炸"),
    calm=("要爆炸", "信息泄漏"),
    denials=("不是", "没有"),
    drills=("演练",),
    pairs=Together({"fish": ["鱼"], "dying": ["死", "翻白"]}, ["死活"], {"": ["fish dying"]}),
)


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("储罐泄漏，爆炸了，又泄漏", ("泄漏", "爆炸")),
        ("河里的鱼都翻白了", ("鱼…翻白",)),
        ("没有人管，泄漏了", ("泄漏",)),
        ("没有环保设备的工厂泄漏", ("泄漏",)),
        ("不是演练，是泄漏", ("泄漏",)),
        ("昨天演练。今天真的泄漏了", ("泄漏",)),
    ],
)
def test_what_calls_a_person(text: str, raised: tuple[str, ...]) -> None:
    assert ALARMS.raised(text) == raised


@pytest.mark.parametrize(
    "text",
    [
        "",
        "臭得要爆炸",
        "信息泄漏",
        "不是泄漏",
        "没有发生爆炸",
        "泄漏演练",
        "卖鱼的死活不搬",
        "鱼。死",
    ],
)
def test_what_calls_nobody(text: str) -> None:
    assert ALARMS.raised(text) == ()
