"""Registers to act on, through the command line."""

from tests.walk.registers import empty, pilot, proefperiode, rapportage, registers, report

__all__ = ["empty", "pilot", "proefperiode", "rapportage", "registers", "report"]
