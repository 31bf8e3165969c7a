"""Schema changes, written by tortoise's own tool; constraints as plain SQL beside them."""
