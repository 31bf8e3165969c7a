"""Wires: one sender a file."""
