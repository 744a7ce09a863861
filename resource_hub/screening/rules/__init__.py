"""Pure decisions of screening: reading instruments and answers, scoring, needs, and what changed."""
