"""The page of the line itself; see line_view.py for its arrangement."""
