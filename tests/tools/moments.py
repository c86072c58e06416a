"""Fixed moments for tests: the clock is a constant that is handed in, never patched."""

from datetime import UTC, date, datetime

# The days of the example dossier 24005969.
PAPER_DATE = date(2024, 6, 10)
DO_DAY = date(2024, 6, 27)
PFHO_DAY = date(2024, 7, 11)

TODAY = date(2024, 6, 12)  # two days after the paper, before every meeting
NOW = datetime(2024, 6, 12, 8, 30, tzinfo=UTC)  # 10:30 in Europe/Amsterdam
AFTER_DO = datetime(2024, 6, 27, 14, 0, tzinfo=UTC)
AFTER_PFHO = datetime(2024, 7, 11, 14, 0, tzinfo=UTC)
