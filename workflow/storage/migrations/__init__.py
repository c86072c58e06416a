"""The schema, step by step: numbered migrations that `workflow.storage.migrate` runs."""
