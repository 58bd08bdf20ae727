"""The HTTP API: verifications as resources. `build_app` makes it, `open_service` what stands behind it."""
