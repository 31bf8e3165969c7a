"""管理: calendars, sessions, the audit, departments and health, for administrators."""
