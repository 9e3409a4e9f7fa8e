"""What keeps a node running: the embedded database, the processes, backup and restore."""
