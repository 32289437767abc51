"""The use cases of engagements that write."""
