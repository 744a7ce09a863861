"""Room: dated statements of capacity, what is free now, and holds on places.

Entry functions: `service.state_capacity`, `service.hold`, `service.use`, `service.release`, `service.expire_holds`.
"""
