"""The inventory of services per market, in the words of HSDS 3.2: organization, service, location, service_at_location.

Around them: markets, taxonomy terms and the needs they answer, structured eligibility, hours with exceptions,
where each value came from and when it was last checked. Entry functions: `service.add_market`, `service.load`,
`service.edit_listing`, `queries.get_listing`.
"""
