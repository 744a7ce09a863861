"""Pure decisions: who may take which step, and what is due next."""
