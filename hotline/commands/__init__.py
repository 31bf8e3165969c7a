"""The operator's door: one file a command of `python3 -m hotline`."""
