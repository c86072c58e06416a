"""What people do: one file a subject, the same functions for command line and pages."""
