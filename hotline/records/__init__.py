"""TABLES only; a decision never stands here."""
