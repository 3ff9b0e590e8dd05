"""One function or small class for each thing a user does; screens and the command line call the same ones."""
