"""Pure decisions about episodes: where each step stands, what is due, what may be done, what a set of them did."""
