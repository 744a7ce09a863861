"""Flat tables of any layout: a mapping says which column is which HSDS field; proposing one, reading by one."""
