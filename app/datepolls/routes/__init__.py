"""Addresses of date polls: lists and asking below their track or group, one poll and all that is done with it below
`/date-polls/<id>`."""

from app.datepolls.blueprint import blueprint
from app.datepolls.routes import answering, asking, leading

__all__ = ["answering", "asking", "blueprint", "leading"]
