"""What stands behind `up` and `test`: home, environment, embedded servers, supervisor."""
