SELECT cursor FROM cursors FINAL WHERE source = {source:String} AND scope = {scope:String} AND stream = {stream:String}
