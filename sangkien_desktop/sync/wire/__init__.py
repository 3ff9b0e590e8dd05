"""Records, answers and lists in the portal's JSON; nothing else in the program knows the portal's key names."""
