package io.fairlead.cli;

/**
 * What every command gets.
 *
 * @param host the machine
 * @param kernel the kernel
 * @param eventFiles reads ATOF files
 * @param stop how the outside asks the program to end
 */
record App(Host host, Kernel kernel, EventFiles eventFiles, StopSignal stop) {

  Terminal terminal() {
    return host.terminal();
  }
}
