"""Screening: instruments as data, answers → social risks, the person's own choice → needs.

Entry functions: `instruments.load`, `rules.score`, `service.record_screening`, `service.choose_needs`.
"""
