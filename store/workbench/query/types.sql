SELECT name AS word FROM system.data_type_families WHERE alias_to = '' ORDER BY name
