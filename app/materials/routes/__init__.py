"""Pages of material: those of a shelf under its owner's address, those of one material under `/materials`."""

from app.materials.routes.material import blueprint

__all__ = ["blueprint"]
