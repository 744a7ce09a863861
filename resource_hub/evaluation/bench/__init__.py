"""Speed, side by side with peers in one run: `match`, `find`, `hold` and `web`. A peer that is not there is named."""
