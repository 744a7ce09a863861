"""What holds between the answers of an API; asked politely, one request after the other, a stated number at most."""
