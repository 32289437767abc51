"""People from a file, up to the moment they are written: a table is read from bytes, its columns are recognised, each
line is understood or refused with a reason, and matched with who is here already. Nothing here writes.

`services.imports` brings a file into the house and adds its people; `flask load people` does both in one go.
"""
