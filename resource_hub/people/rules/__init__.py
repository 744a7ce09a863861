"""Pure decisions about people: what is valid, how old they are, what may be shared."""
