"""From files to tables and objects, opened with care and read as a stream."""
