"""评测: how often the very rules of the service are right, on texts whose answers are known."""
