"""What ships beside the station's own code: whose work it is, under which licence."""
