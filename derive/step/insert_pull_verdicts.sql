INSERT INTO pull_verdicts (repo, number, class, late_class, tool, autonomy, mode, confidence,
    rules, tools, modes, autonomies, quotes, confidences, pull_version, rules_version, version)
