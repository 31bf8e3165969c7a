"""话务: one screen for a call, by keyboard alone."""
