"""Pages and feeds of the agenda."""
