"""Reading addresses that strangers wrote: guarded, bounded and polite."""
