INSERT INTO verdicts (repo, sha, class, tool, autonomy, mode, scope, confidence,
    rules, tools, modes, autonomies, quotes, confidences,
    branch_rule, branch_tool, branch_class, branch_autonomy, branch_confidence, branch_quote,
    notes_version, of_pull, rules_version, version)
