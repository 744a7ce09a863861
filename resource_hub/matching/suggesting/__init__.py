"""Needs that services seem to answer, learnt from the labels of their market; a steward decides.

`service.suggest_needs` is called by a command and by the worker. It loads scikit-learn, so no page imports it.
"""
