"""保护: custodians, keeping and erasing, nuisance."""
