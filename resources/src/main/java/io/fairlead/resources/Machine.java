package io.fairlead.resources;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The operating system as it is asked. Every call reads anew; nothing is kept but caches. */
interface Machine {

  /** {@code linux}, {@code macos}, {@code windows} or {@code unsupported}. */
  String operatingSystem();

  /** The number of this process. */
  int ownPid();

  /** A process, or null when there is none of that number. */
  @Nullable ProcessFacts process(int pid, Detail detail);

  /** The processes below one, at any depth. */
  List<ProcessFacts> descendants(int pid, Detail detail);

  /** Every process whose name fits. */
  List<ProcessFacts> processes(Predicate<String> name, Detail detail);

  MemoryFacts memory();

  /** Every network interface, the loopback included. */
  List<Traffic> interfaces();

  /**
   * What is asked about a process beyond what comes for nothing.
   *
   * @param memory private and peak memory
   * @param files open files
   * @param io what it reads and writes
   */
  record Detail(boolean memory, boolean files, boolean io) {

    static final Detail NONE = new Detail(false, false, false);
  }

  /**
   * Memory of the host in bytes.
   *
   * @param available what programs can still get
   */
  record MemoryFacts(long total, long available) {}

  /** Counters of a network interface since it came up. */
  record Traffic(
      String name,
      long received,
      long transmitted,
      long receivedPackets,
      long transmittedPackets,
      long receiveErrors,
      long transmitErrors) {

    /** The sum of both. */
    Traffic plus(Traffic other) {
      return new Traffic(
          name,
          received + other.received,
          transmitted + other.transmitted,
          receivedPackets + other.receivedPackets,
          transmittedPackets + other.transmittedPackets,
          receiveErrors + other.receiveErrors,
          transmitErrors + other.transmitErrors);
    }
  }
}
