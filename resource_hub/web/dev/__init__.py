"""Pages for developers: every part that the templates repeat, in every state. They are not there in production."""
