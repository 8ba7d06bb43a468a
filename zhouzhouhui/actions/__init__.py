"""The only room that writes; one verb, one file, file name = function name."""
