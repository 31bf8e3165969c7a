"""What staff write down: kept as written, long enough, and naming no reporter."""

import pytest

from hotline.errors import StepRefused
from hotline.rules.completeness import check_finding, check_kinds, check_texts
from hotline.rules.rewriting import repeated
from hotline.rules.suppression import suppressed
from hotline.rules.terms import TextKind
from hotline.rules.wording import LONGEST_TEXT, letter, plain, reason, remark


def test_chinese_punctuation_stays_and_invisible_characters_go() -> None:
    assert plain("  经查，属实；\r\n已整改。\u200b\x00 ") == "经查，属实；\n已整改。"


def test_a_reason_is_masked_and_says_something() -> None:
    assert reason("来电人13800138000要求撤回") == "来电人〔手机〕要求撤回"
    for empty in ("", "同意", " \u200b\u200b\u200b\u200b\u200b\u200b"):
        with pytest.raises(StepRefused):
            reason(empty)
    assert remark("  ") == ""


@pytest.mark.parametrize(
    "text", ["", "x" * (LONGEST_TEXT + 1), "请联系13800138000", "证号522701199001011234"]
)
def test_a_letter_is_neither_empty_nor_endless_nor_telling(text: str) -> None:
    with pytest.raises(StepRefused):
        letter(text)


@pytest.mark.parametrize("text", ["王先生：\n您好！经查属实。", "尊敬的陈女士，您反映的问题属实。"])
def test_a_letter_to_all_reporters_greets_none_by_name(text: str) -> None:
    with pytest.raises(StepRefused):
        letter(text)


def test_a_firm_and_an_officer_may_stand_further_down() -> None:
    said = "您好！\n经查，金源建材厂（虚构）已停产。\n联系人：李某，电话0854-8220000。"
    assert letter(said) == said


def test_an_offices_line_may_stand_in_a_letter() -> None:
    assert letter("如有疑问，请拨打12345。") == "如有疑问，请拨打12345。"


def test_the_catch_all_kind_alone_finishes_nothing() -> None:
    check_kinds(["other", "air.odour"])
    for kinds in ([], ["other"], ["other.x"]):
        with pytest.raises(StepRefused):
            check_kinds(kinds)


def test_a_conclusion_and_all_three_texts_are_needed() -> None:
    check_finding("true")
    check_texts(set(TextKind))
    with pytest.raises(StepRefused):
        check_finding(None)
    with pytest.raises(StepRefused) as refused:
        check_texts({TextKind.LETTER, TextKind.RESULT})
    assert refused.value.values == {"kind": "reply"}


OWN = "我每天半夜都被刺鼻的臭气熏醒，孩子也咳嗽不止，实在受不了了。"


def test_twelve_characters_of_the_reporters_own_in_a_row_are_too_many() -> None:
    assert repeated("据反映，半夜都被刺鼻的臭气熏醒孩子等问题", [OWN])
    assert repeated("半夜都被刺鼻的臭气，熏醒；孩子", [OWN]), "signs between them do not help"
    assert not repeated("半夜都被刺鼻的臭气熏", [OWN])
    assert not repeated("企业废气收集设施破损，夜间有异味散发。", [OWN])


def test_the_name_of_the_firm_is_nobodys_own_words() -> None:
    firm = "黔南某某某新型材料科技有限责任公司"
    told = [f"{firm}排放臭气"]
    assert repeated(f"{firm}已停产", told)
    assert not repeated(f"{firm}已停产", told, [firm])


def test_a_single_small_count_takes_the_next_smallest_with_it() -> None:
    assert suppressed({"a": 9, "b": 2, "c": 4}) == {"a": 9, "b": None, "c": None}
    assert suppressed({"a": 9, "b": 2, "c": 1}) == {"a": 9, "b": None, "c": None}
    assert suppressed({"a": 9, "b": 0}) == {"a": 9, "b": 0}
    assert suppressed({"a": 1}) == {"a": None}


@pytest.mark.parametrize(
    "counts", [{"a": 1, "b": 1, "c": 12}, {"a": 1, "b": 12}, {"a": 2, "b": 30, "c": 4}]
)
def test_what_is_hidden_is_not_told_by_the_total(counts: dict[str, int]) -> None:
    shown = suppressed(counts)
    hidden = [name for name, count in shown.items() if count is None]
    rest = sum(counts.values()) - sum(count or 0 for count in shown.values())
    assert len(hidden) > 1
    assert rest > len(hidden)
