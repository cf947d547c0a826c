SELECT count() FROM system.processes WHERE query_id = {id:String}
