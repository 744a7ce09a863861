"""Giving the directory away as HSDS 3.2.

`objects` writes one, `gathering` loads what stands inside, `redaction` hides what is confidential, `service` exports.
"""
