"""What the documentation shows, drawn or photographed from the thing itself."""
