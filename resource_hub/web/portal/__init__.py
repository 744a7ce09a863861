"""The public portal: a resident finds help alone; nothing about them is kept."""
