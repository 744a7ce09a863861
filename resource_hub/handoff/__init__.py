"""The handoff: a referral, its status history, its outcome, and what is due next.

Entry functions: `service.refer`, `service.move`, `service.record_outcome`, `queries.worklist`, `queries.inbox`.
"""
