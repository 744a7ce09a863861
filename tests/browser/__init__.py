"""What only a real browser can show: the pages by keyboard, at 360 px, and checked with axe."""
