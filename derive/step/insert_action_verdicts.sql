INSERT INTO action_verdicts (system, source, id, class, tool, autonomy, mode, confidence,
    rules, tools, modes, autonomies, quotes, confidences, action_version, rules_version, version)
