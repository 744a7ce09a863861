"""Matching: needs + person + origin → ranked matches with reasons, and exclusions with reasons.

The formula is written once, over NumPy columns (`rules/`). Entry functions: `service.match`,
`finding.find` (a question in plain words), `phrases.sentence`.
"""
