"""附件: what a file really is, proved from its bytes, and the copy that names nobody."""
