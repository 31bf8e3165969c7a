"""公开审核: rewritten texts, proposed by one person and approved by another."""
