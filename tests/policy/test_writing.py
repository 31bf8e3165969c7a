"""规则包导出: what is written is read again as the same, for every delivered topic."""

import tomllib

import pytest

from hotline.policy.load import digest, json_ready, packs_on_disk
from hotline.policy.writing import as_toml

TOPICS = [
    pytest.param(file.content, id=f"{code} {topic}")
    for code, pack in packs_on_disk().items()
    for topic, file in pack.topics.items()
]


@pytest.mark.parametrize("content", TOPICS)
def test_a_topic_written_back_reads_the_same(content: dict[str, object]) -> None:
    again = json_ready(tomllib.loads(as_toml(content)))
    assert again == content
    assert digest(again) == digest(content)


def test_a_row_stands_on_one_line() -> None:
    written = as_toml(
        {"version": "1", "rule": [{"kind": "air", "co": ["a", "b"], "hours": [1, 2]}]}
    )
    assert '  { kind = "air", hours = [1, 2], co = ["a", "b"] },' in written.splitlines()
