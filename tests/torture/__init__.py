"""`make torture`: web processes and workers are killed, paused and cut off while mails leave; no mail may be lost and
none may come twice. `docs/operations.md` says how to read its table."""
