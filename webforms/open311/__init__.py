"""Open311 GeoReport v2, exactly by the frozen specification: docs/open311.md."""
