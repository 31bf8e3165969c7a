"""JSON API v1 for partners' machines and a future app: docs/api.md."""
