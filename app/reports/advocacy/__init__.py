"""The advocacy report: what groups undertook towards spaces, who carried it, what came of it."""
