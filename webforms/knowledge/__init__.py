"""知识库: articles and scripts, written by one person and put in force by another."""
