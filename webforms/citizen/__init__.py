"""Pages for whoever reports: writing a report, its receipt, its progress."""
