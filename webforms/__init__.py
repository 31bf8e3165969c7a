"""IN: every door over HTTP, for people and for lines."""
