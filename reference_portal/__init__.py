"""The portal of the contract: for tests, training, demonstration and pilots; shares no code with the desktop."""
