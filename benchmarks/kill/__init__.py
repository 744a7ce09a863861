"""What is left after the whole server is killed again and again while handoffs are being sent."""
