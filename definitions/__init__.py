"""What may happen: data only. This docstring makes the folder a package, so that the YAML ships."""
