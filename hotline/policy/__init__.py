"""WHAT DIFFERS BY JURISDICTION: cited TOML packs, their loading and checking."""
