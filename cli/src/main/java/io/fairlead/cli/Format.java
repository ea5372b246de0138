package io.fairlead.cli;

/** The form of a command's result. */
enum Format {
  text,
  json
}
