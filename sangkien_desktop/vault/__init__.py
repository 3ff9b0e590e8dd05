"""Keys: key slots, keyring, passphrase, recovery code; and the identity of the station."""
