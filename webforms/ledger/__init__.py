"""办理公开: what anybody may read, without cookies and without personal data."""
