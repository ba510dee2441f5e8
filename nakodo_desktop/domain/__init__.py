"""Facts, rules and words of the office: pure functions, no Qt, no SQL, no files, no clock."""
