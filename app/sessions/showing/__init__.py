"""From rows to what a page prints: ready values for templates, all batched, nothing written."""
