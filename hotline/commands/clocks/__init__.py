"""The two sides of the `clock` command: the process that ticks, and when a term would end."""
