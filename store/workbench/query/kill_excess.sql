-- The limits of an account are settings, and this engine lets a statement put one back to its default, which is no limit.
KILL QUERY WHERE has({users:Array(String)}, user) AND (elapsed > {seconds:UInt32} OR memory_usage > {bytes:Int64}) ASYNC
