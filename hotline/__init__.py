"""The core of the complaint and hotline service: rules, policy, records, steps, lookups."""
