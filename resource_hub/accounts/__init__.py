"""Who may do what: users with a role, the markets and organization they see, and the audit log.

Entry functions: `service.add_user`, `service.sign_in`, `audit.record`, `audit.verify`.
Every use case takes a `work.Work`: the session it happens in, who does it, and when.
"""
