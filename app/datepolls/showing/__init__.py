"""From rows to what the pages of date polls print."""
