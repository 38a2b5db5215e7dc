"""What the tests lean on: databases, applications, strategies for generated cases."""
