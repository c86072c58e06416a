"""Who hears it: never decides, knows no voorstel and no database."""
