"""What all pages share: errors, guards, forms, idempotency, security headers."""
