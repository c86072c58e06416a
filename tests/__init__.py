"""Tests mirror the folders of the product; `rules` holds the tests about the code itself."""
