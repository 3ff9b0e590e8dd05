"""Kills, cuts, full and failing disks, damaged files."""
