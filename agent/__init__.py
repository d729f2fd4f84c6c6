"""Who decides: builds the CodeAgent, hands it the tools and talks with people."""
