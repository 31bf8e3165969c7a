"""Every address of the desks and of 办理公开: the second half of the table in `routes.py`."""

from types import ModuleType
from typing import Final

from starlette.routing import Route

from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import Role, Step
from webforms.agent import desk as agent
from webforms.agent import files, ringing
from webforms.batches import desk as batches
from webforms.desk import (
    acts,
    asking,
    case,
    correct,
    evidence,
    extension,
    filters,
    identity,
    merging,
    parts,
    queue,
    redaction,
    search,
    speaking,
    term,
)
from webforms.doors import PERSONAL, POLLED, Manner, door
from webforms.ledger import figures, pages, withdrawn
from webforms.media import desk as media
from webforms.media import reprints
from webforms.paper import desk as paper
from webforms.protection import custody, nuisance, persons
from webforms.publish import desk as publish
from webforms.publish import photos as public_photos
from webforms.rules import draft
from webforms.rules import table as rules
from webforms.staff import account, frame, models, people, sign_in
from webforms.triage import acts as decisions
from webforms.triage import desk as triage
from webforms.triage import hot

TABLE: Final = Manner(most_files=1)
UPLOADED: Final = Manner(most_files=1, most_bytes=21 * 1024 * 1024)
PICTURES: Final = Manner(most_files=10, most_bytes=64 * 1024 * 1024)


def with_pictures(base: str, desk: ModuleType, roles: tuple[Role, ...]) -> list[Route]:
    """The addresses of a draft with pictures: saved, kept, dropped; pictures added and removed."""
    acts = (
        ("", desk.save),
        ("/draft", desk.keep),
        ("/discard", desk.discard),
        ("/pictures", desk.add_pictures),
        ("/pictures/{handle}/removal", desk.drop_picture),
    )
    return [
        door(f"{base}/{{ref}}/pictures/{{handle}}", desk.picture, role=roles),
        *(
            door(f"{base}/{{ref}}{noun}", act, role=roles, method="POST", manner=PICTURES)
            for noun, act in acts
        ),
    ]


STAFF_ROUTES: Final[list[Route]] = [
    door("/sign-in", sign_in.show, role=Role.PUBLIC, manner=PERSONAL),
    door("/sign-in", sign_in.enter, role=Role.PUBLIC, method="POST"),
    door("/sign-out", sign_in.leave, role=Role.PUBLIC, method="POST"),
    door("/invitation/{token}", account.invitation, role=Role.PUBLIC, manner=PERSONAL),
    door("/invitation/{token}", account.accept, role=Role.PUBLIC, method="POST"),
    door("/staff", frame.home, role=frame.ANYONE),
    door("/account/password", account.password, role=frame.ANYONE),
    door("/account/password", account.change, role=frame.ANYONE, method="POST"),
    door("/people", people.show, role=frame.ADMINS),
    door("/people", people.add, role=frame.ADMINS, method="POST"),
    door("/people/deactivation", people.remove, role=frame.ADMINS, method="POST"),
    # 派单目录
    door("/rules", rules.show, role=frame.ADMINS),
    door("/rules/trial", rules.trial, role=frame.ADMINS, method="POST"),
    door("/rules/rehearsal", draft.rehearse, role=frame.ADMINS, method="POST", manner=TABLE),
    door("/rules/confirmation", draft.confirmation, role=frame.ADMINS, method="POST"),
    door("/rules/enactment", draft.enactment, role=frame.ADMINS, method="POST"),
    door("/rules/{code}/versions/{version}", rules.version, role=frame.ADMINS),
    door("/rules/{code}/versions/{version}/file", rules.export, role=frame.ADMINS),
    # 学得模型
    door("/models", models.show, role=frame.ADMINS),
    door("/models/{version}", models.one, role=frame.ADMINS),
    door("/models/{version}/activation", models.put_in_force, role=frame.ADMINS, method="POST"),
    door("/models/{version}/retirement", models.take_out, role=frame.ADMINS, method="POST"),
    # 话务
    door("/agent", agent.home, role=frame.AGENTS),
    door("/agent/calls", agent.begin, role=frame.AGENTS, method="POST"),
    door("/agent/calls/{ref}", agent.show, role=frame.AGENTS),
    door("/agent/calls/{ref}", agent.save, role=frame.AGENTS, method="POST"),
    door("/agent/calls/{ref}/draft", agent.keep, role=frame.AGENTS, method="POST"),
    door("/agent/calls/{ref}/discard", ringing.set_aside, role=frame.AGENTS, method="POST"),
    door("/agent/calls/{ref}/history", agent.history, role=frame.AGENTS, method="POST"),
    door("/agent/calls/{ref}/look-alikes", agent.alike, role=frame.AGENTS, method="POST"),
    door("/agent/calls/{ref}/saved", agent.saved, role=frame.AGENTS),
    door("/agent/calls/{ref}/files", files.show, role=frame.AGENTS),
    door("/agent/calls/{ref}/pictures/{handle}", files.one, role=frame.AGENTS),
    door(
        "/agent/calls/{ref}/pictures",
        files.add,
        role=frame.AGENTS,
        method="POST",
        manner=PICTURES,
    ),
    door(
        "/agent/calls/{ref}/pictures/{handle}/removal",
        files.drop,
        role=frame.AGENTS,
        method="POST",
    ),
    # 来信来访
    door("/papers", paper.home, role=frame.AGENTS),
    door("/papers/entries", paper.begin, role=frame.AGENTS, method="POST"),
    door("/papers/entries/{ref}", paper.show, role=frame.AGENTS),
    door("/papers/entries/{ref}/saved", paper.saved, role=frame.AGENTS),
    *with_pictures("/papers/entries", paper, frame.AGENTS),
    # 批量导入
    door("/batches", batches.home, role=frame.AGENTS),
    door("/batches", batches.upload, role=frame.AGENTS, method="POST", manner=UPLOADED),
    door("/batches/{handle}", batches.show, role=frame.AGENTS),
    door("/batches/{handle}/progress", batches.progress, role=frame.AGENTS, manner=POLLED),
    door("/batches/{handle}/rows-back.csv", batches.back, role=frame.AGENTS),
    *(
        door(f"/batches/{{handle}}/{noun}", act, role=frame.AGENTS, method="POST")
        for noun, act in (
            ("plan", batches.plan),
            ("stop", batches.stop),
            ("discard", batches.discard),
        )
    ),
    # 媒体线索
    door("/media", media.home, role=frame.MEDIA),
    door("/media/clues", media.begin, role=frame.MEDIA, method="POST"),
    door(
        "/media/stories/{number}/reprints/{handle}/separation",
        reprints.separation,
        role=frame.MEDIA,
        method="POST",
    ),
    door("/media/clues/{ref}", media.show, role=frame.MEDIA),
    *with_pictures("/media/clues", media, frame.MEDIA),
    # 研判
    door("/triage", triage.home, role=frame.TRIAGE),
    door("/triage/next", triage.first, role=frame.TRIAGE),
    door("/triage/reports/{number}", triage.show, role=frame.TRIAGE),
    door("/triage/reports/{number}/pictures/{handle}", triage.picture, role=frame.TRIAGE),
    door("/triage/orders/{number}", triage.show_order, role=frame.TRIAGE),
    door("/triage/hot/{number}", hot.show, role=frame.TRIAGE),
    *(
        door(f"/triage/{path}", act, role=frame.TRIAGE, method="POST")
        for path, act in (
            ("reports/{number}/acceptance", decisions.acceptance),
            ("reports/{number}/joining", decisions.joining),
            ("reports/{number}/refusal", decisions.refusal),
            ("reports/{number}/forwarding", decisions.passing_on),
            ("reports/{number}/body", decisions.handing_on),
            ("reports/{number}/answer", decisions.answer),
            ("orders/{number}/assignment", decisions.assignment),
            ("hot/{number}/joining", hot.joining),
            ("hot/{number}/acceptance", hot.acceptance),
        )
    ),
    # 办理
    door("/desk", queue.show, role=frame.HANDLERS),
    door("/desk/rows", queue.rows, role=frame.HANDLERS, manner=POLLED),
    door("/desk/search", search.find, role=frame.READERS, method="POST"),
    door("/desk/filters", filters.keep, role=frame.HANDLERS, method="POST"),
    door("/desk/filters/removal", filters.drop, role=frame.HANDLERS, method="POST"),
    door("/desk/signatures", queue.sign_many, role=Role.HANDLER, method="POST"),
    door("/desk/orders/{number}", case.show, role=frame.READERS),
    door("/desk/orders/{number}/lookers", case.lookers, role=frame.READERS, manner=POLLED),
    door("/desk/orders/{number}/members", merging.show_members, role=frame.READERS),
    door("/desk/orders/{number}/split", merging.show_split, role=tuple(ROLES[Step.SPLIT])),
    door("/desk/orders/{number}/comparison", merging.show_merge, role=tuple(ROLES[Step.MERGE])),
    door("/desk/orders/{number}/correction", correct.show, role=tuple(ROLES[Step.CORRECT])),
    door("/desk/orders/{number}/pictures/{handle}", case.picture, role=frame.READERS),
    door(
        "/desk/orders/{number}/evidence",
        evidence.add,
        role=tuple(ROLES[Step.EVIDENCE]),
        method="POST",
        manner=PICTURES,
    ),
    door("/desk/orders/{number}/terms/{scheme}", term.show, role=frame.READERS),
    door("/desk/orders/{number}/extension", extension.show, role=frame.READERS),
    door("/desk/orders/{number}/asking", asking.show, role=frame.READERS),
    door("/desk/orders/{number}/parts", parts.show, role=frame.READERS),
    *(
        door(f"/desk/orders/{{number}}/{noun}", act, role=tuple(ROLES[step]), method="POST")
        for noun, act, step in (
            ("signature", acts.signature, Step.SIGN),
            ("objection", acts.objection, Step.OBJECT),
            ("parts", parts.giving, Step.GIVE_PART),
            ("parts/result", parts.finishing, Step.FINISH_PART),
            ("parts/waiver", parts.waiving, Step.WAIVE_PART),
            ("asking", asking.question, Step.ASK_BACK),
            ("asking/end", asking.going_on, Step.RESUME),
            ("extension", extension.asking, Step.ASK_EXTENSION),
            ("extension/grant", extension.grant, Step.EXTEND),
            ("extension/denial", extension.denial, Step.DENY_EXTENSION),
            ("ruling", acts.ruling, Step.RULE),
            ("assignment", acts.assignment, Step.DISPATCH),
            ("correction", correct.take, Step.CORRECT),
            ("split", merging.take_split, Step.SPLIT),
            ("merge", merging.take_merge, Step.MERGE),
            ("unmerge", merging.take_unmerge, Step.UNMERGE),
            ("links", merging.take_link, Step.LINK),
            ("links/removal", merging.take_unlink, Step.UNLINK),
            ("texts", acts.texts, Step.WRITE),
            ("submission", acts.submission, Step.SUBMIT),
            ("return", acts.sending_back, Step.SEND_BACK),
            ("approval", acts.approval, Step.ANSWER),
            ("closure", acts.closure, Step.CLOSE),
            ("redo", acts.doing_again, Step.REDO),
            ("publication", redaction.publication, Step.DISCLOSE),
            ("identity", identity.show, Step.UNMASK),
            ("messages", speaking.message, Step.SPEAK),
        )
    ),
    # 公开审核
    door("/publish", publish.home, role=frame.PUBLISHERS),
    door("/publish/{number}/approval", publish.approval, role=frame.PUBLISHERS, method="POST"),
    door("/publish/{number}/retraction", publish.retraction, role=frame.PUBLISHERS, method="POST"),
    door(
        "/publish/{number}/affirmation", publish.affirmation, role=frame.PUBLISHERS, method="POST"
    ),
    door("/publish/{number}/photos", public_photos.show, role=frame.PUBLISHERS),
    door("/publish/{number}/photos/{handle}", public_photos.edit, role=frame.PUBLISHERS),
    door(
        "/publish/{number}/photos/{handle}",
        public_photos.put_forward,
        role=frame.PUBLISHERS,
        method="POST",
    ),
    door("/publish/{number}/blotted/{place}", public_photos.inside, role=frame.PUBLISHERS),
    *(
        door(
            f"/publish/{{number}}/blotted/{{place}}/{noun}",
            act,
            role=frame.PUBLISHERS,
            method="POST",
        )
        for noun, act in (
            ("clearance", public_photos.clearance),
            ("removal", public_photos.removal),
        )
    ),
    # 滋扰认定
    door("/nuisance", nuisance.home, role=frame.TRIAGE),
    door("/nuisance", nuisance.propose, role=frame.TRIAGE, method="POST"),
    door(
        "/nuisance/{handle}/confirmation",
        nuisance.confirmation,
        role=tuple(ROLES[Step.CONFIRM_NUISANCE]),
        method="POST",
    ),
    door("/nuisance/{handle}/lifting", nuisance.lifting, role=frame.TRIAGE, method="POST"),
    # 删除个人信息
    door("/persons", persons.home, role=frame.ADMINS),
    door("/persons/search", persons.search, role=frame.ADMINS, method="POST"),
    door("/persons/erasure", persons.erasure, role=frame.ADMINS, method="POST"),
    # 保密审批
    door("/custody", custody.home, role=frame.CUSTODIANS),
    door("/custody/{handle}/grant", custody.grant, role=frame.CUSTODIANS, method="POST"),
    door("/custody/{handle}/denial", custody.denial, role=frame.CUSTODIANS, method="POST"),
    # 办理公开
    door("/public", pages.cases, role=Role.PUBLIC),
    door("/public/cases/{number}", withdrawn.case, role=Role.PUBLIC),
    door("/public/cases/{number}/photos/{place}", pages.photo, role=Role.PUBLIC),
    door("/public/figures", figures.show, role=Role.PUBLIC),
    door("/public/figures.csv", figures.file, role=Role.PUBLIC),
]
