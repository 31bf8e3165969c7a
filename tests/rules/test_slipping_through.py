"""Numbers and addresses spelled so that machines do not see them. All made up（虚构）."""

import pytest

from hotline.rules.redaction import mask


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("邮箱123456艾特qq.com", "mail"),
        ("发到 abc @ qq . com 谢谢", "mail"),
        ("abc(at)qq点com", "mail"),
        ("打1380000OOOO", "mobile"),
        ("l3800000000", "mobile"),
        ("v x：zhangsan_88", "account"),
        ("钉钉号 abc12345", "account"),
        ("小红书 12345678", "account"),
    ],
)
def test_what_is_spelled_to_slip_through_is_masked_too(told: str, kind: str) -> None:
    assert mask(told).found == (kind,)


def test_a_model_number_and_a_page_on_the_net_stay() -> None:
    told = "设备型号GL1380O，见 www.example.com；pH值在3#点位超标。"
    assert mask(told).text == told
