"""What the standard allows and cannot be true: pure checks of one object each."""
