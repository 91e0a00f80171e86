this is no token
