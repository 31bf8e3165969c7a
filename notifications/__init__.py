"""OUT: words and wires; knows no table."""
