"""Finding handoffs, always from the scope of whoever asks."""
