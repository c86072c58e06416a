"""What is true: decides, remembers, proves."""
