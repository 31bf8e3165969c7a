"""研判: what the service could not decide alone, one case at a time."""
