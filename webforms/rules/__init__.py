"""派单目录: the routing table in force, tried out, rehearsed and put in force by an administrator."""
