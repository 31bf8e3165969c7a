"""TABLES only; a decision never stands here."""

from hotline.records.aside import AskedBack, OrderPart, TermExtension
from hotline.records.base import new_id
from hotline.records.batch import BatchImport
from hotline.records.boundary import Boundary
from hotline.records.desk import (
    AssessmentCell,
    AssessmentKindCell,
    AssessmentMonth,
    DeskExport,
    OrderLook,
    SavedFilter,
)
from hotline.records.door import ApiKey, Attachment, Draft, HookChannel, ImportRun
from hotline.records.history import Anchor, Event, EventDetail
from hotline.records.joint import JointHandling
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
from hotline.records.outbox import (
    DutyAlarm,
    DutyWatch,
    Message,
    MessageAttempt,
    NoticeRead,
    Wording,
)
from hotline.records.partner import PartnerFile, PartnerNumber
from hotline.records.payout import (
    ClaimCode,
    PayoutBatch,
    PayoutLine,
    PayoutResult,
    RewardClaim,
    RewardSecret,
)
from hotline.records.people import Absence, Recusal, ReporterCard
from hotline.records.phone import Article, CallBack, CallBackTry, PhoneCall, PhoneEvent, Seat
from hotline.records.policy import PolicyVersion
from hotline.records.procedure import CheckVisit, FollowUpTry, Forwarding, Review
from hotline.records.protection import DayKey, IdentityAsk, Nuisance, PublicPhoto, Turn
from hotline.records.public import (
    ClueLink,
    PressContact,
    PublicTerm,
    PublicVersion,
    Release,
    ReleaseSending,
)
from hotline.records.referral import Campaign, CampaignOrder, InspectionBatch, Referral
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
from hotline.records.reward import RewardCase, RewardPosting
from hotline.records.staff import Attempt, Invite, SecondFactor, Staff, StaffSession
from hotline.records.wechat import WechatAccount, WechatMessage, WechatNonce

__all__ = [
    "Absence",
    "Anchor",
    "ApiKey",
    "Article",
    "AskedBack",
    "AssessmentCell",
    "AssessmentKindCell",
    "AssessmentMonth",
    "Attachment",
    "Attempt",
    "BatchImport",
    "Boundary",
    "CallBack",
    "CallBackTry",
    "Campaign",
    "CampaignOrder",
    "CheckVisit",
    "ClaimCode",
    "Clock",
    "ClueLink",
    "DayKey",
    "Delivery",
    "DeskExport",
    "Draft",
    "DutyAlarm",
    "DutyWatch",
    "Event",
    "EventDetail",
    "Feedback",
    "FollowUpTry",
    "Forwarding",
    "Held",
    "HeldDelivery",
    "HookChannel",
    "IdentityAsk",
    "ImportRun",
    "InspectionBatch",
    "Invite",
    "JointHandling",
    "KindModel",
    "MediaClue",
    "Membership",
    "Message",
    "MessageAttempt",
    "NoticeRead",
    "Nuisance",
    "OrderLink",
    "OrderLook",
    "OrderPart",
    "OrderText",
    "PartnerFile",
    "PartnerNumber",
    "PayoutBatch",
    "PayoutLine",
    "PayoutResult",
    "PhoneCall",
    "PhoneEvent",
    "PolicyVersion",
    "PressContact",
    "PublicPhoto",
    "PublicTerm",
    "PublicVersion",
    "Publication",
    "Recusal",
    "Referral",
    "Release",
    "ReleaseSending",
    "ReporterCard",
    "Reprint",
    "Review",
    "RewardCase",
    "RewardClaim",
    "RewardPosting",
    "RewardSecret",
    "SavedFilter",
    "Seat",
    "SecondFactor",
    "ServiceRequest",
    "Signature",
    "Staff",
    "StaffSession",
    "Supplement",
    "TermExtension",
    "Turn",
    "Vault",
    "WechatAccount",
    "WechatMessage",
    "WechatNonce",
    "Wording",
    "WorkOrder",
    "new_id",
]
