"""Who gets which place when cases come one by one: policies against the best that hindsight could have done."""
