"""TABLES only; a decision never stands here."""

from hotline.records.base import new_id
from hotline.records.boundary import Boundary
from hotline.records.door import ApiKey, Attachment, Draft, HookChannel, ImportRun
from hotline.records.history import Anchor, Event, EventDetail
from hotline.records.learnt import KindModel
from hotline.records.order import (
    Clock,
    Held,
    Membership,
    OrderLink,
    OrderText,
    Publication,
    WorkOrder,
)
from hotline.records.outbox import Message
from hotline.records.policy import PolicyVersion
from hotline.records.request import (
    Delivery,
    Feedback,
    HeldDelivery,
    MediaClue,
    Reprint,
    ServiceRequest,
    Signature,
    Supplement,
    Vault,
)
from hotline.records.staff import Attempt, Invite, Staff, StaffSession
from hotline.records.wechat import WechatAccount, WechatMessage, WechatNonce

__all__ = [
    "Anchor",
    "ApiKey",
    "Attachment",
    "Attempt",
    "Boundary",
    "Clock",
    "Delivery",
    "Draft",
    "Event",
    "EventDetail",
    "Feedback",
    "Held",
    "HeldDelivery",
    "HookChannel",
    "ImportRun",
    "Invite",
    "KindModel",
    "MediaClue",
    "Membership",
    "Message",
    "OrderLink",
    "OrderText",
    "PolicyVersion",
    "Publication",
    "Reprint",
    "ServiceRequest",
    "Signature",
    "Staff",
    "StaffSession",
    "Supplement",
    "Vault",
    "WechatAccount",
    "WechatMessage",
    "WechatNonce",
    "WorkOrder",
    "new_id",
]
