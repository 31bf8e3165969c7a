"""督办: the desks of who oversees: deadlines and assessment."""
