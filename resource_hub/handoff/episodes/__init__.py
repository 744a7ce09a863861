"""The episode: a course of work around one discharge, in the published phases of the Bridge model.

Words: a *phase* is one of before, two-days, follow-up, thirty-days; a *step* is one thing that a phase asks for; a
*gap* is what still stands between the person and being well at home; a *stay* is a time in a facility or hospital after
the discharge, and *the community clock* counts from the last return. Entry functions: `service.open_episode`,
`service.log_contact`, `service.close_episode`, `queries.get_episode`, `queries.due_episodes`, `queries.discharges`.
"""
