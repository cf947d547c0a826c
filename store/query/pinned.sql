-- What an address answered at the newest moment up to one at which it was pinned.
SELECT body, at
FROM pins FINAL
WHERE address = {address:String} AND at <= {at:DateTime64(3, 'UTC')}
ORDER BY at DESC
LIMIT 1
