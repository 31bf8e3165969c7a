"""派单目录: the routing table, tried out, rehearsed and put in force by an administrator."""
