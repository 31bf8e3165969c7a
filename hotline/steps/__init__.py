"""WRITE: one file is one 环节, one transaction, one appended event."""
