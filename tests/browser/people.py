"""The staff of the stories. Every name is made up（虚构）."""

from dataclasses import dataclass

from hotline.rules.terms import Role

PREFECTURE, COUNTY = "522700", "522701"
DESK = f"{COUNTY}.environment"
PASSWORD = "made up for the browser"


@dataclass(frozen=True)
class Member:
    """One account."""

    login: str
    name: str
    roles: tuple[Role, ...]
    department: str = ""
    jurisdiction: str = PREFECTURE


AGENT = Member("agent.li", "李某某（虚构）", (Role.AGENT,))
TRIAGE = Member("triage.wu", "吴某某（虚构）", (Role.TRIAGE,))
HANDLER = Member("handler.wang", "王某某（虚构）", (Role.HANDLER,), DESK)
COLLEAGUE = Member("handler.chen", "陈某某（虚构）", (Role.HANDLER,), DESK)
REVIEWER = Member("reviewer.zhao", "赵某某（虚构）", (Role.REVIEWER,), DESK)
SUPERVISOR = Member("supervisor.sun", "孙某某（虚构）", (Role.SUPERVISOR,))
PUBLISHER = Member("publisher.zhou", "周某某（虚构）", (Role.PUBLISHER,))
MEDIA = Member("media.zheng", "郑某某（虚构）", (Role.MEDIA,))
REWARDER = Member("reward.he", "何某某（虚构）", (Role.REWARD, Role.APPROVER, Role.PAYER))
CUSTODIAN = Member("custodian.lin", "林某某（虚构）", (Role.CUSTODIAN,))
ADMIN = Member("admin.feng", "冯某某（虚构）", (Role.ADMIN,))

PEOPLE = (
    *(AGENT, TRIAGE, HANDLER, COLLEAGUE, REVIEWER, SUPERVISOR, PUBLISHER, MEDIA, REWARDER),
    *(CUSTODIAN, ADMIN),
)
