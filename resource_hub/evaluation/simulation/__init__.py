"""A made-up market, run again and again under ranges of assumptions, to see what an order of the list changes.

The world has rules of its own, which the ranking does not know: who goes where, who answers, what is still right.
`study.study` compares policies in the same worlds; `report` says what came of it.
"""
