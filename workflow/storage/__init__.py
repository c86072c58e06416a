"""What is remembered: tables, unit of work, queries, migrations. The one door to sqlmodel."""
