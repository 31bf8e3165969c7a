"""What `learn` does with the decided reports."""
