SELECT source, accounts, unmatched, changes, unmatched_share
FROM baserate.unmatched_accounts
ORDER BY source
