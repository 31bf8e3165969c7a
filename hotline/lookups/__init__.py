"""READ: frozen values for pages and jobs, never table objects."""
