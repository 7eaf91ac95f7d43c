"""What each page shows, gathered and rendered."""
