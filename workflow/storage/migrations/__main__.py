"""Write the next migration: `python -m workflow.storage.migrations "Give a voorstel a theme"`.

Compares the tables in `tables.py` with a scratch database that has all steps so
far, and writes what differs as the next numbered step. Read it before it is used.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import Script

from workflow.storage.database import WRITES, open_engine
from workflow.storage.migrate import alembic_config, migrate
from workflow.storage.schema import MIGRATIONS, newest


def main(message: str, scripts: Path = MIGRATIONS) -> Path:
    """The file of the new step."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/scratch.db")
        migrate(engine, scripts=scripts)
        with engine.connect().execution_options(**{WRITES: True}) as connection:
            config = alembic_config(connection, scripts)
            number = f"{int(newest(scripts)) + 1:04}"
            script = command.revision(config, message, autogenerate=True, rev_id=number)
        engine.dispose()
    if not isinstance(script, Script):
        raise SystemExit("There is nothing to write.")
    return Path(script.path)


if __name__ == "__main__":
    sys.stdout.write(f"{main(sys.argv[1])}\n")
