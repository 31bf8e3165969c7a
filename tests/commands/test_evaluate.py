"""`evaluate` counts as it says: small files of our own, all made up."""

import json
from pathlib import Path

import pytest

from hotline.commands import evaluate, run
from hotline.commands.evaluation.coded import differ, places_in
from hotline.commands.evaluation.measures import Scored, Tally, interval, recall_at
from hotline.commands.launch.words import Trouble

SMELL = "夜里排放刺鼻黑烟，附近的人都关着窗户睡觉，请派人来查一查"
MESSAGES = [
    (1, "甲", "2026-03-01 08:00:00", "A市A3区甘塘砖厂冒黑烟", f"甘塘砖厂{SMELL}"),
    (
        2,
        "乙",
        "2026-03-02 08:00:00",
        "A3区甘塘砖厂黑烟刺鼻",
        "甘塘那个砖厂又冒黑烟，味道刺鼻，没人管",
    ),
    (3, "甲", "2026-03-02 09:00:00", "A市A3区甘塘砖厂冒黑烟", f"甘塘砖厂{SMELL}！"),
    (4, "丙", "2026-03-03 08:00:00", "A市A7县平浪砖厂冒黑烟", f"平浪砖厂{SMELL}"),
    (5, "丙", "2026/3/4 8:00:00", "A市A7县平浪砖厂冒黑烟", f"甘塘砖厂{SMELL}"),
    (6, "丁", "2026-03-05 08:00:00", "地铁二号线何时开通", "地铁二号线到底何时开通，请答复"),
]
PAIRS = """id_a,id_b,label,how,stratum,text_cos,title_cos,stratum_pairs,stratum_judged
1,3,D,same_body,,,,,
1,2,D,hand,S3,0.4,0.3,10,2
1,4,N,hand,S1,0.9,0.5,4,4
1,6,N,hand,S7,0,0,100,1
2,6,U,hand,S4,0.3,0,8,1
"""
CORNERS = [[107.0, 26.0], [108.0, 26.0], [108.0, 27.0], [107.0, 27.0], [107.0, 26.0]]
SQUARE = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": "522701", "name": "都匀市"},
                "geometry": {"type": "Polygon", "coordinates": [CORNERS]},
            }
        ],
    }
)
TOPICS = "topic,id\n甘塘砖厂,1\n甘塘砖厂,2\n甘塘砖厂,3\n"


def lines(path: Path, rows: list[dict[str, object]]) -> str:
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), "utf-8")
    return str(path)


def measured(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, dict[str, float]]:
    assert run("evaluate", argv) == 0
    found: dict[str, dict[str, float]] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return found


def test_dedupe_prints_every_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ("id", "user", "time", "title", "body")
    rows = [dict(zip(names, message, strict=True)) for message in MESSAGES]
    messages = lines(tmp_path / "messages.jsonl", rows)
    pairs, topics = tmp_path / "pairs.csv", tmp_path / "topics.csv"
    pairs.write_text(PAIRS, "utf-8")
    topics.write_text(TOPICS, "utf-8")
    options = ("--messages", messages, "--pairs", str(pairs), "--topics", str(topics))
    found = measured(capsys, "dedupe", *options)
    assert found["suggest"] == {"n": 2, "top1": 1.0, "top5": 1.0}
    assert found["topics"]["recall"] == 1.0
    assert found["pairs"]["recall_at_precision_95"] == 1.0
    assert found["s7"]["n"] == 1
    assert found["automatic"] == {
        "joined": 1.0,
        "precision": 1.0,
        "different_places": 0,
        "pairs": 1,
    }


def test_locate_knows_right_wrong_and_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = lines(
        tmp_path / "texts.jsonl",
        [
            {"text": "都匀市的砖厂冒黑烟", "county_code": "522701"},
            {"text": "都匀市的砖厂冒黑烟", "county_code": "522702", "also_acceptable": ["522701"]},
            {"text": "都匀市的砖厂冒黑烟", "county_code": "522702"},
            {"text": "砖厂冒黑烟", "county_code": "522702"},
            {"text": "砖厂冒黑烟", "county_code": ""},
            {"text": "贵安新区的砖厂冒黑烟", "county_code": "", "county": "贵安新区"},
        ],
    )
    found = measured(capsys, "locate", "--texts", texts)
    assert found == {"n": 6, "right": 0.6667, "wrong": 0.1667, "to_person": 0.3333}


def test_kinds_leaves_out_what_may_also_be_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"text": "工厂废水直排河里", "type": "水", "also_types": []}] * 5
    rows.append({"text": "工厂废水直排河里", "type": "固废", "also_types": ["水"]})
    rows.append({"text": "拖欠工资不发", "type": "非环保", "also_types": []})
    found = measured(capsys, "kinds", "--texts", lines(tmp_path / "texts.jsonl", rows))
    assert found["n"] == 7
    assert found["macro_f1"] == 1.0
    assert (found["f1"]["水"], found["f1"]["非环保"], found["f1"]["固废"]) == (1.0, 1.0, 0.0)


@pytest.mark.parametrize("name", ["hard_kinds", "hard_places"])
def test_kinds_of_our_own_hard_texts(capsys: pytest.CaptureFixture[str], name: str) -> None:
    texts = Path(__file__).parents[1] / "rules" / f"{name}.jsonl"
    found = measured(capsys, "kinds", "--texts", str(texts))
    assert found["macro_f1"] >= 0.93  # type: ignore[operator]
    assert min(found["f1"].values()) >= 0.8


def test_classify_by_parts_keeps_what_is_nearly_the_same_on_one_side(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [("环保", "砖厂", "黑烟"), ("交通", "公交", "线路")] * 12
    rows = [f"{label},{one} 甲{at} {two} 乙{at}\n" for at, (label, one, two) in enumerate(told)]
    train = tmp_path / "train.csv"
    train.write_text("label,tokens\n" + "".join(rows), "utf-8")
    found = measured(capsys, "classify", "--train", str(train), "--folds", "2")
    assert found["folds"] == [1.0, 1.0]
    assert set(found) == {"accuracy", "macro_f1", "f1", "folds"}


def test_points_lie_in_polygons_and_not_in_their_holes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outer = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
    hole = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
    boundaries = tmp_path / "boundaries.geojson"
    features = [
        {
            "properties": {"code": "a"},
            "geometry": {"type": "Polygon", "coordinates": [outer, hole]},
        },
        {
            "properties": {"code": "b"},
            "geometry": {"type": "MultiPolygon", "coordinates": [[hole]]},
        },
    ]
    boundaries.write_text(json.dumps({"features": features}), "utf-8")
    points = tmp_path / "points.csv"
    points.write_text("lon,lat,code\n3,3,a\n1.5,1.5,b\n0.5,3.5,a\n9,9,a\n", "utf-8")
    options = ("--points", str(points), "--boundaries", str(boundaries))
    assert measured(capsys, "points", *options) == {"n": 4, "right": 0.75}


@pytest.mark.parametrize("columns", ["label,tokens", "label,title,body"])
def test_classify_learns_from_one_file_and_is_tried_on_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], columns: str
) -> None:
    smoke, bus = "砖厂 黑烟 刺鼻 气味", "公交 线路 站台 候车"
    if columns != "label,tokens":
        smoke, bus = smoke.replace(" ", ",", 1), bus.replace(" ", ",", 1)
    for name in ("train", "test"):
        body = f"{columns}\n" + f"环保,{smoke}\n交通,{bus}\n" * 4
        (tmp_path / f"{name}.csv").write_text(body, "utf-8")
    files = ("--train", str(tmp_path / "train.csv"), "--test", str(tmp_path / "test.csv"))
    found = measured(capsys, "classify", *files)
    assert found == {"accuracy": 1.0, "macro_f1": 1.0, "f1": {"交通": 1.0, "环保": 1.0}}


def test_what_is_missing_is_said_in_one_line() -> None:
    with pytest.raises(Trouble, match="--texts"):
        run("evaluate", ["locate"])
    with pytest.raises(Trouble, match="nowhere"):
        run("evaluate", ["locate", "--texts", "nowhere.jsonl"])


def test_every_measure_has_a_command() -> None:
    assert sorted(evaluate.MEASURED) == ["classify", "dedupe", "kinds", "locate", "points"]


def test_recall_is_the_best_of_all_thresholds_that_are_precise_enough() -> None:
    pairs = [Scored(0.9, True, 2), Scored(0.8, False, 1), Scored(0.7, True, 20)]
    assert recall_at(0.95, pairs) == 1.0
    assert recall_at(0.96, pairs) == pytest.approx(2 / 22)


def test_pairs_of_one_score_stand_or_fall_together() -> None:
    assert recall_at(0.95, [Scored(0.5, True, 1), Scored(0.5, False, 1)]) == 0.0


def test_a_tally_without_answers_is_no_division_by_nothing() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1) == (0.0, 0.0, 0.0)


def test_an_interval_narrows_with_the_number_of_answers() -> None:
    low, high = interval(0.9, 10)
    lower, higher = interval(0.9, 1000)
    assert low < lower < 0.9 < higher < high


def test_a_city_holds_its_county_and_two_counties_differ() -> None:
    assert not differ(places_in("A市的厂"), places_in("A7县的厂"))
    assert differ(places_in("A3区的厂"), places_in("A市A7县的厂"))
    assert not differ(places_in("某处的厂"), places_in("A7县的厂"))


@pytest.mark.parametrize(
    ("what", "name", "content"),
    [
        ("locate", "texts", b"{"),
        ("locate", "texts", b"[1]\n"),
        ("kinds", "texts", b""),
        ("kinds", "texts", b'{"words": "x"}\n'),
        ("kinds", "texts", b"\xff\xfe\x00"),
        ("points", "points", b'{"lon": "east", "lat": 26, "county_code": "522701"}\n'),
        ("classify", "train", b'{"text": "x"}\n'),
    ],
)
def test_a_file_of_another_make_is_refused_in_one_line(
    tmp_path: Path, what: str, name: str, content: bytes
) -> None:
    file, shape = tmp_path / f"{name}.jsonl", tmp_path / "counties.geojson"
    file.write_bytes(content)
    shape.write_text(SQUARE, "utf-8")
    more = {"points": ("--boundaries", str(shape)), "classify": ("--folds", "2")}.get(what, ())
    with pytest.raises(Trouble) as trouble:
        run("evaluate", (what, f"--{name}", str(file), *more))
    assert "\n" not in str(trouble.value)


def test_a_pair_of_messages_that_are_not_there_is_refused(tmp_path: Path) -> None:
    names = ("id", "user", "time", "title", "body")
    messages = lines(tmp_path / "m.jsonl", [dict(zip(names, MESSAGES[0], strict=True))])
    pairs, topics = tmp_path / "pairs.csv", tmp_path / "topics.csv"
    pairs.write_text(PAIRS, "utf-8")
    topics.write_text(TOPICS, "utf-8")
    options = ("--messages", messages, "--pairs", str(pairs), "--topics", str(topics))
    with pytest.raises(Trouble):
        run("evaluate", ("dedupe", *options))
