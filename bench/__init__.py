"""Cost ratios, measured within one run: absolute seconds say more about the machine than about the program."""
