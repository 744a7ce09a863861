"""The decisions of matching, each pure: columns, query and weights in, columns out."""
