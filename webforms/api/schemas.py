"""What goes over the wire of the API, as JSON schemas: the limits are those of the code that reads.

Descriptions say it in Chinese and in English, parted by a dot in the middle.
"""

from enum import StrEnum
from typing import Any, Final

from hotline.rules.coordinates import System
from hotline.rules.report import (
    EAST,
    LONGEST_LINE,
    LONGEST_TEXT,
    NORTH,
    SHORTEST_TEXT,
    VAGUEST_M,
)
from hotline.rules.terms import RequestStage, Secrecy, Step, Wish
from hotline.rules.wording import LONGEST_REASON, SHORTEST_REASON
from webforms.hooks.reading import (
    LONGEST_EMAIL,
    LONGEST_FOREIGN,
    LONGEST_NAME,
    LONGEST_PHONE,
    MOST_KINDS,
)
from webforms.texts import LANGUAGES

Schema = dict[str, Any]

# made up: no such person, plant or telephone
EXAMPLE: Final[Schema] = {
    "text": "某砖厂（虚构）每晚十点后排放刺鼻的黑烟，开窗就呛人。",
    "title": "夜间排放刺鼻气味",
    "wish": "complain",
    "occurred": "每晚十点以后",
    "secrecy": "confidential",
    "contact": {"name": "张某某（虚构）", "phone": "13800000000"},
    "wants_reply": True,
    "foreign_number": "P-0001",
}


def _text(description: str, **limits: Any) -> Schema:
    return {"type": ["string", "null"], "description": description, **limits}


def _line(description: str, most: int = LONGEST_LINE) -> Schema:
    return _text(description, maxLength=most)


def _one_of(terms: type[StrEnum], description: str) -> Schema:
    offered = [term.value for term in terms]
    return {"type": ["string", "null"], "enum": [*offered, None], "description": description}


def _flag(description: str) -> Schema:
    return {"type": ["boolean", "null"], "description": description}


def _moment(description: str) -> Schema:
    return _text(description, format="date-time")


POINT: Final[Schema] = {
    "type": ["object", "null"],
    "description": "位置，写明坐标系 · position, in the system it was told in",
    "properties": {
        "longitude": {"type": "number", "minimum": -EAST, "maximum": EAST},
        "latitude": {"type": "number", "minimum": -NORTH, "maximum": NORTH},
        "system": {"enum": [system.value for system in System]},
        "accuracy_m": {"type": ["number", "null"], "minimum": 0, "maximum": VAGUEST_M},
    },
    "required": ["longitude", "latitude", "system"],
    "additionalProperties": False,
}
CONTACT: Final[Schema] = {
    "type": ["object", "null"],
    "description": "联系方式，单独密封；匿名时不填 · sealed apart; not with anonymous",
    "properties": {
        "name": _line("姓名 · name", LONGEST_NAME),
        "phone": _line("电话 · phone", LONGEST_PHONE),
        "email": _text("电子邮箱 · e-mail", maxLength=LONGEST_EMAIL, format="email"),
        "openid": _line("平台账号 · account at the sender's", LONGEST_NAME),
        "language": {
            "type": ["string", "null"],
            "enum": ["", *LANGUAGES, None],
            "description": "反映人的语言，消息用它写 · the reporter's; messages are written in it",
        },
    },
    "additionalProperties": False,
}
REPORT: Final[Schema] = {
    "type": "object",
    "required": ["text"],
    "properties": {
        "text": {
            "type": "string",
            "minLength": SHORTEST_TEXT,
            "maxLength": LONGEST_TEXT,
            "description": "反映内容 · what happened, in the reporter's words",
        },
        "title": _line("标题 · title"),
        "wish": _one_of(Wish, "诉求目的，默认投诉 · what is wanted; complain unless said"),
        "county": _line("县级区划代码，见 /places · county, a code of /places", 12),
        "township": _line("乡级区划代码 · township within the county", 12),
        "landmark": _line("详细地点 · where exactly"),
        "point": POINT,
        "source_name": _line("疑似污染源 · suspected source"),
        "source_place": _line("疑似污染源地点 · where the source is"),
        "kinds": {
            "type": ["array", "null"],
            "items": {"type": "string"},
            "maxItems": MOST_KINDS,
            "description": "问题类型代码，见 /kinds · codes of /kinds",
        },
        "occurred": _line("发生时间（原话） · when, in the reporter's words"),
        "occurred_at": _moment("发生时间，带时区 · when, with offset"),
        "secrecy": _one_of(Secrecy, "匿名、保密、实名 · how the reporter wants to be known"),
        "contact": CONTACT,
        "wants_reply": _flag("希望答复 · wants an answer"),
        "wants_reward": _flag("申请奖励 · applies for a reward"),
        "may_publish": _flag("同意公开 · agrees to publication"),
        "foreign_number": _line("对方编号 · the report's number at the sender's", LONGEST_FOREIGN),
        "received_at": _moment("对方收到的时间 · when the sender received it"),
        "paper_date": _text("信件日期 · date of a letter", format="date"),
    },
    "description": "其他字段随诉求密封，不予显示 · other fields are sealed with it, never shown",
    "examples": [EXAMPLE],
}
SUPPLEMENT: Final[Schema] = {
    "type": "object",
    "required": ["text"],
    "properties": {
        "text": {
            "type": "string",
            "minLength": SHORTEST_TEXT,
            "maxLength": LONGEST_TEXT,
            "description": "补充内容 · the facts to add",
        }
    },
    "additionalProperties": False,
    "examples": [{"text": "昨夜十一点后又冒黑烟（虚构）。"}],
}
WITHDRAWAL: Final[Schema] = {
    "type": "object",
    "required": ["reason"],
    "properties": {
        "reason": {
            "type": "string",
            "minLength": SHORTEST_REASON,
            "maxLength": LONGEST_REASON,
            "description": "撤回理由 · why it is taken back",
        }
    },
    "additionalProperties": False,
    "examples": [{"reason": "反映人说问题已经解决（虚构）"}],
}
CARD: Final[Schema] = {
    "type": "object",
    "required": ["card"],
    "properties": {
        "card": {
            "type": "string",
            "minLength": 4,
            "maxLength": 64,
            "description": "证号，只核对不保存 · the card's number: checked, not kept",
        }
    },
    "additionalProperties": False,
    "examples": [{"card": "QN-2026-0001"}],
}
FILE: Final[Schema] = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {
            "type": "string",
            "contentMediaType": "application/octet-stream",
            "description": "照片、文档 20 MB 以内，录音录像 50 MB 以内"
            " · a picture or document up to 20 MB, a sound or film up to 50 MB",
        }
    },
    "additionalProperties": False,
}


def _answer(status: str, **more: Schema) -> Schema:
    told = {"number": {"type": "string"}, "status": {"const": status}, **more}
    return {"type": "object", "required": list(told), "properties": told}


RECEIPT: Final = _answer("registered", registered_at={"type": "string", "format": "date-time"})
ADDED: Final = _answer("added")
KEPT: Final = _answer("kept", sha256={"type": "string"}, size={"type": "integer"})
WITHDRAWN: Final = _answer("withdrawn")
PROVED: Final = _answer("proved")


def _listed(**columns: Schema) -> Schema:
    return {
        "type": "array",
        "items": {"type": "object", "required": list(columns), "properties": columns},
    }


_STRING: Final[Schema] = {"type": "string"}
_AT: Final[Schema] = {"type": "string", "format": "date-time"}
_TOLD: Final[Schema] = {
    "number": _STRING,
    "stage": {"enum": [stage.value for stage in RequestStage]},
    "registered_at": _AT,
    "place": _STRING,
    "department": _STRING,
    "milestones": _listed(step={"enum": [one.value for one in Step]}, at=_AT, department=_STRING),
    "terms": _listed(
        name=_STRING, due_on={"type": "string", "format": "date"}, provisional={"type": "boolean"}
    ),
    "reply": {"type": "string", "description": "已审核的答复 · the approved answer"},
    "refusal": {"type": "string", "description": "不受理的理由 · why it was not taken on"},
    "refer_to": {"type": "string", "description": "应向哪里反映 · where to go instead"},
    "supplements": {"type": "integer", "description": "补充次数 · how often it was added to"},
    "may": {
        "type": "array",
        "items": _STRING,
        "description": "现在可以进行的步骤 · what may be done now",
    },
}
PROGRESS: Final[Schema] = {"type": "object", "required": list(_TOLD), "properties": _TOLD}
KINDS: Final[Schema] = {
    "type": "object",
    "required": ["jurisdiction", "kinds"],
    "properties": {
        "jurisdiction": _STRING,
        "kinds": _listed(
            code=_STRING, name=_STRING, name_en=_STRING, parent={"type": ["string", "null"]}
        ),
    },
}
PLACES: Final[Schema] = {
    "type": "object",
    "required": ["jurisdiction", "places"],
    "properties": {
        "jurisdiction": _STRING,
        "places": _listed(code=_STRING, name=_STRING, level=_STRING, parent=_STRING),
    },
}
_WORDS: Final[Schema] = {
    "type": "object",
    "required": ["title", "detail"],
    "properties": {"title": _STRING, "detail": _STRING},
}
PROBLEM: Final[Schema] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "translations"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": _STRING,
        "status": {"type": "integer"},
        "detail": _STRING,
        "code": _STRING,
        "translations": {
            "type": "object",
            "required": ["zh-CN", "en"],
            "properties": {"zh-CN": _WORDS, "en": _WORDS},
        },
        "errors": _listed(
            pointer=_STRING, code=_STRING, detail=_STRING, translations={"type": "object"}
        ),
        "reference": _STRING,
    },
}
