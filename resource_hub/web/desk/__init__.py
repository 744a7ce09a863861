"""The desk of care coordinators and social workers."""
