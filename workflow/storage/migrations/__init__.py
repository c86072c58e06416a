"""The schema, step by step: numbered migrations that `workflow.storage.migrate` runs.

A new step is written by `python -m workflow.storage.migrations "What it gives"`.
A step that was published is never changed, and may not lose rows. A new column of
an entity is null in the rows that are there: the history never spoke of it, and
`audit verify` (check `replay`) takes any other value for an edit behind our back.
"""
