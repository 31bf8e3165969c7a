"""What `bench` is made of: the bare limit, the load, and the measuring."""
