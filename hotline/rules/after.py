"""核查、回访、归档、复查: who takes the steps that come after the work and its answer."""

from collections.abc import Mapping
from typing import Final

from hotline.rules.terms import Role, Step

ROLES: Final[Mapping[Step, frozenset[Role]]] = {
    Step.CHECK: frozenset({Role.REVIEWER, Role.SUPERVISOR}),
    Step.TRY_FOLLOW_UP: frozenset({Role.AGENT}),
    Step.ARCHIVE: frozenset({Role.REVIEWER, Role.SUPERVISOR}),
    Step.UNARCHIVE: frozenset({Role.SUPERVISOR}),
    Step.ASK_REVIEW: frozenset({Role.AGENT}),  # for a reporter who comes or calls
    Step.REVIEW: frozenset({Role.SUPERVISOR}),  # of the body above: the step looks which
}
