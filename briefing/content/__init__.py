"""What people contribute: files read, checked and written."""
