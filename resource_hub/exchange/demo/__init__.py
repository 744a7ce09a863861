"""The demo: two markets of invented organizations at real places, made from the recipes in `seed/demo`.

A *recipe* says what a kind of market, organization or service may look like; a *draw* chooses among it by the name of
what is drawn, so that the same recipe gives the same thing everywhere; a *sheet* collects the rows of one market.
Entry functions: `load.load_demo`, `users.demo_accounts`.
"""
