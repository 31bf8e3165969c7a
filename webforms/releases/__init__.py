"""发布稿: typical cases, good examples, bulletins, answers to the press, briefings."""
