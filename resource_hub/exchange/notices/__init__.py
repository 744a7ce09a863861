"""Delivering the outbox: each notice is claimed, sent, and marked, at least once and in its own transactions.

A notice says that there is an update and where, in English and Spanish; never who or what it is about.
Entry function: `delivery.deliver_due`.
"""
