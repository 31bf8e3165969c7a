"""发件: what did not arrive, what the desk is told, who is on duty, and the wordings."""
