"""督办移送: what goes on beside an order, its list, its page and its printed form."""
