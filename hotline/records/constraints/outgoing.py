"""发件 what came with notices, the duty list, the desk of failed messages and wordings."""

from typing import Final

from hotline.records.constraints.part import Part

OUTGOING: Final = Part(
    tables=("message_attempt", "notice_read", "duty_watch", "duty_alarm", "wording"),
    references=(
        ("message_attempt", "message_id", "message"),
        ("notice_read", "message_id", "message"),
        ("duty_alarm", "order_id", "work_order"),
    ),
    checks=(
        ("duty_watch", "duty_watch_time", "to_at > from_at AND rank BETWEEN 1 AND 9"),
        (
            "duty_alarm",
            "duty_alarm_acknowledged",
            "(acknowledged_at IS NULL) = (acknowledged_by IS NULL)",
        ),
        ("wording", "wording_state", "state IN ('proposed', 'in_force', 'past', 'refused')"),
    ),
    indexes=(
        "CREATE INDEX message_attempt_of ON message_attempt (tenant_id, message_id)",
        "CREATE INDEX notice_read_of ON notice_read (tenant_id, message_id)",
        "CREATE INDEX message_to_department ON message (tenant_id, department, available_at)"
        " WHERE department IS NOT NULL",
        "CREATE INDEX message_to_staff ON message (tenant_id, staff_id, available_at)"
        " WHERE staff_id IS NOT NULL",
        "CREATE INDEX message_failed ON message (tenant_id, created_at)"
        " WHERE state IN ('dead', 'unreachable')",
        "CREATE INDEX duty_watch_time ON duty_watch (tenant_id, jurisdiction, to_at)",
        "CREATE UNIQUE INDEX duty_alarm_open ON duty_alarm (tenant_id, order_id)"
        " WHERE acknowledged_at IS NULL",
        "CREATE INDEX duty_alarm_due ON duty_alarm (next_at) WHERE acknowledged_at IS NULL",
        "CREATE UNIQUE INDEX wording_in_force ON wording (tenant_id, key, language)"
        " WHERE state = 'in_force'",
    ),
)
