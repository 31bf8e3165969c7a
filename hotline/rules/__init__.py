"""THINK: pure functions and frozen values; no clock, no database, no settings."""
