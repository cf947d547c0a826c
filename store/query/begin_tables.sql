-- It is there until all tables are: migrations are no transactions.
CREATE TABLE IF NOT EXISTS baserate_store.being_made (at DateTime DEFAULT now()) ENGINE = TinyLog
