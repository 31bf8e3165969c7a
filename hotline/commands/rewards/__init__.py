"""What the `reward` command reads and prints."""
