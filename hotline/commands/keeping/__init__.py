"""What `backup` and `restore` are made of: the database's own tools, and a folder with its sums."""
