"""What is read of engagements."""
