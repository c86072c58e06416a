"""What may happen: definitions read, checked, compiled and asked. The one door to transitions."""
