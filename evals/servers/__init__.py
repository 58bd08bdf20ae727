"""Servers, processes and browsers for tests and measurements: on loopback, gone at the end."""
