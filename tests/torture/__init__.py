"""`make torture`: workers are killed, paused and cut off while mails leave, again and again; no mail may be lost and
none may come twice. `docs/operations.md` says how to read its table."""
