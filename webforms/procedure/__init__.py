"""程序: what is done about an order beside its texts and terms, each on a page of its own."""
