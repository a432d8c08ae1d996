"""What every channel must keep, whoever wrote it."""
