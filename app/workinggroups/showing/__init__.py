"""What the pages of groups show, worked out for one reader."""
