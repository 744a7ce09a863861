"""The person served: who they are, what is known about them, how to reach them safely, what they agreed to share.

The smallest possible, sealed field by field. Entry functions: `service.add_person`, `service.set_fact`,
`queries.get_person`, `queries.find_by_record_number`, `consent.give`, `consent.revoke`.
"""
