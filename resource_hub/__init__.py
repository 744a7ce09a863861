"""Resource Hub: a community resource directory that ranks, hands off, and hears back."""
