KILL QUERY WHERE query_id = {id:String} SYNC
