"""ALONG: read → think → write, off the request. Jobs are importable only in here."""
