def write_all(): pass
