INSERT INTO usage (day, source, account, tool, interactions, lines, version)
