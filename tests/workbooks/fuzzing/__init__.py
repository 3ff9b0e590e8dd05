"""Broken workbooks by the thousand: what they are made from, how they are broken, and what is asked of each."""
