DROP TABLE IF EXISTS baserate_store.being_made SYNC
