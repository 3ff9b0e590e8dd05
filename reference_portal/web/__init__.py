"""The portal's pages: signing in, approving stations, the reviewer's desk, the public board."""
