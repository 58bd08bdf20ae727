"""What every door can have done, whoever does it: one `Workspace`, with owners, budgets and errors inside.

Importing this package loads none of what stands behind it.
"""
