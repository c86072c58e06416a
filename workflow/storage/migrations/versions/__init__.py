"""Each file is one step; a published step is never changed."""
