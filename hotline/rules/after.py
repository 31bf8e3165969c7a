"""核查、回访、归档、复查: who takes the steps that come after the work and its answer."""

from collections.abc import Mapping
from typing import Final

from hotline.rules.terms import Role, Step

ROLES: Final[Mapping[Step, frozenset[Role]]] = {
    Step.CHECK: frozenset({Role.REVIEWER, Role.SUPERVISOR}),
    Step.TRY_FOLLOW_UP: frozenset({Role.AGENT}),
    Step.ARCHIVE: frozenset({Role.REVIEWER, Role.SUPERVISOR}),
    Step.UNARCHIVE: frozenset({Role.SUPERVISOR}),
    # 交接: the department's own, the hotline's, or whoever closes the account
    Step.HANDOVER: frozenset({Role.REVIEWER, Role.SUPERVISOR, Role.ADMIN}),
    Step.ABSENCE: frozenset({Role.ADMIN}),  # of others; the own one is everybody's
    # 信访工作条例 art. 28: whoever has an interest withdraws; a supervisor may say so of another
    Step.RECUSE: frozenset(
        {Role.HANDLER, Role.REVIEWER, Role.SUPERVISOR, Role.TRIAGE, Role.PUBLISHER}
    ),
    Step.CARD: frozenset({Role.ADMIN}),
    Step.PROVE_CARD: frozenset({Role.AGENT}),  # for a caller; else the reporter's own
    Step.ASK_REVIEW: frozenset({Role.AGENT}),  # for a reporter who comes or calls
    Step.REVIEW: frozenset({Role.SUPERVISOR}),  # of the body above: the step looks which
}
