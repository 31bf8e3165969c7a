"""管理 what came with warnings of due dates and second factors."""

from typing import Final

from hotline.records.constraints.part import Part

ADMINISTERING: Final = Part(
    tables=("second_factor",),
    references=(("second_factor", "staff_id", "staff"),),
    checks=(("clock", "clock_warned", "warned BETWEEN 0 AND 3"),),
    indexes=(
        "CREATE INDEX clock_to_warn_of ON clock (due_at)"
        " WHERE stopped_at IS NULL AND NOT is_right AND warned < 3 AND holder = 'order'",
        "CREATE INDEX staff_session_of ON staff_session (tenant_id, staff_id, seen_at)"
        " WHERE revoked_at IS NULL",
    ),
)
