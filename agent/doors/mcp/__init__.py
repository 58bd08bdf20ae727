"""The tools, reports and prompts of Isnad for programs that speak MCP, over stdio or HTTP."""
