-- Whether the tables were never made whole: 1 when there are none, 2 when making them was cut off.
SELECT multiIf(
    (SELECT count() FROM system.tables WHERE database = 'baserate_store' AND name = 'being_made') > 0, 2,
    (SELECT count() FROM system.tables WHERE database = 'baserate_store' AND name LIKE 'goose%') = 0, 1,
    0) AS state
