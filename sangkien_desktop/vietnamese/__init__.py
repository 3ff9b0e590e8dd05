"""Text as Vietnamese people write it: spelling, sorting, legacy fonts, money, dates, identity numbers. Pure."""
