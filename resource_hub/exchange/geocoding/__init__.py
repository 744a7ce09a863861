"""Points for addresses: asked of a geocoder, remembered, and the centre of the ZIP Code where there is none.

Entry functions: `service.wanted`, `service.answers`, `service.store`; `asking.geocoder_of` for the one that is set up.
"""
