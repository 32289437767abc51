"""Lists of participants as meeting programmes write them: read (`reading`), then matched with a sheet (`matching`).

Pure: bytes or text in, lines out. Nothing here asks the database, and nothing raises for what a file may hold.
"""
