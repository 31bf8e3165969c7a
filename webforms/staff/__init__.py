"""人员: signing in, accounts, and the frame that every desk's page stands in."""
