"""The woven map: land as rows of cells on an equal-area projection, lit by the sun of one hour. No border is drawn."""
