"""The page that `isnad serve` shows at `/`: article, evidence and chat, for people at a desk.

Pages are made on the server and work without script; htmx and one script of our own make them quick and live.
"""
