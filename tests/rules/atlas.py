"""A made-up province for the rules' tests: two prefectures, four counties, a zone, shared names."""

from datetime import date

from hotline.rules.places import Gazetteer, Place

TODAY = date(2026, 6, 1)

PLACES = (
    Place("900000", "示例省", "province", "", ("示例",)),
    Place("900100", "东明布依族自治州", "prefecture", "900000", ("东明州", "东明")),
    Place("900200", "西山市", "prefecture", "900000", ("西山",)),
    Place("900101", "青河市", "county", "900100", ("青河", "清河市")),
    Place("900102", "安远水族自治县", "county", "900100", ("安远县", "安远")),
    Place("900201", "北塘区", "county", "900200", ("北塘",)),
    Place("900202", "石门县", "county", "900200", ("石门",)),
    Place("900290", "北塘县", "county", "900200", (), None, date(2018, 12, 31), "900201"),
    Place("909901", "新月新区", "zone", "900000", ("新月",)),
    Place("900101Z1", "青河经济开发区", "zone", "900101", ("青河经开区",)),
    Place("900101001", "柳荫街道", "township", "900101"),
    Place("900101100", "牛场镇", "township", "900101"),
    Place("900102200", "归渡水族乡", "township", "900102"),
    Place("900201100", "牛场镇", "township", "900201"),
    Place("900202100", "朝阳镇", "township", "900202"),
    Place("900102100", "朝阳镇", "township", "900102"),
)

# A word that holds a place's name and is none.
NOT_PLACES = ("最北塘",)


def an_atlas() -> Gazetteer:
    return Gazetteer(PLACES, NOT_PLACES)
