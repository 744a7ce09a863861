"""Little markets made by hand with the order that is expected of them; the README says what they are."""
