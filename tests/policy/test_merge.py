"""A pack inherits: rows laid over one another, the child's first."""

from hotline.policy.merge import cited, merged, merged_topics


def test_a_file_cites_once_for_all_its_rows() -> None:
    content = {"source": "a law", "mark": "V", "row": [{"code": "1"}, {"code": "2", "mark": "K"}]}
    assert cited(content)["row"] == [
        {"source": "a law", "mark": "V", "code": "1"},
        {"source": "a law", "mark": "K", "code": "2"},
    ]


def test_single_values_of_the_child_win() -> None:
    assert merged([{"hotline": "1"}, {"hotline": "2", "name": "parent"}]) == {
        "hotline": "1",
        "name": "parent",
    }


def test_rows_of_one_code_are_laid_over_field_by_field_and_lists_joined() -> None:
    child = {"kind": [{"code": "air", "words": ["烟"]}]}
    parent = {"kind": [{"code": "air", "name": "大气", "words": ["臭", "烟"]}, {"code": "noise"}]}
    assert merged([child, parent])["kind"] == [
        {"code": "air", "name": "大气", "words": ["烟", "臭"]},
        {"code": "noise"},
    ]


def test_a_routing_row_replaces_its_parents_as_a_whole_and_stands_first() -> None:
    child = {"rule": [{"kind": "noise", "lead": "police"}]}
    parent = {"rule": [{"kind": "air", "lead": "env"}, {"kind": "noise", "lead": "", "co": ["x"]}]}
    assert merged([child, parent])["rule"] == [
        {"kind": "noise", "lead": "police"},
        {"kind": "air", "lead": "env"},
    ]


def test_a_row_for_one_county_stands_beside_the_row_for_all() -> None:
    child = {"rule": [{"kind": "noise", "place": "1", "lead": "police"}]}
    assert len(merged([child, {"rule": [{"kind": "noise", "lead": "env"}]}])["rule"]) == 2


def test_three_generations_are_laid_over_in_order() -> None:
    chain = [
        {"a": "child"},
        {"a": "parent", "b": "parent"},
        {"a": "root", "b": "root", "c": "root"},
    ]
    assert merged(chain) == {"a": "child", "b": "parent", "c": "root"}


def test_a_topic_that_only_an_ancestor_has_is_inherited() -> None:
    topics = merged_topics([{"places": {"x": "1"}}, {"clocks": {"y": "2"}}])
    assert topics == {"places": {"x": "1"}, "clocks": {"y": "2"}}


def test_who_a_jurisdiction_is_is_not_inherited() -> None:
    chain = [{"identity": {"code": "child"}}, {"identity": {"code": "parent", "prefix": "XX"}}]
    assert merged_topics(chain) == {"identity": {"code": "child"}}
    assert merged_topics([{}, chain[1]]) == {}


def test_merging_changes_nothing_it_was_given() -> None:
    parent = {"kind": [{"code": "air", "words": ["臭"]}]}
    merged([{"kind": [{"code": "air", "words": ["烟"]}]}, parent])
    assert parent == {"kind": [{"code": "air", "words": ["臭"]}]}
