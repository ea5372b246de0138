package io.fairlead.runtimes.openclaw;

/**
 * A set of 64-bit fingerprints: what was seen of a great many files in a few bytes each. Two files
 * of a million share one with a probability of one in ten million.
 */
final class Fingerprints {

  private static final int LEAST = 64;

  /** Open addressing; 0 is a free place. */
  private long[] places;

  private int size;

  /**
   * @param expected how many there will be, about
   */
  Fingerprints(int expected) {
    places = new long[Math.max(LEAST, Integer.highestOneBit(Math.min(expected, 1 << 28)) * 4)];
  }

  static long of(String id, long size, long time) {
    long print = 0;
    for (int i = 0; i < id.length(); i++) {
      print = mixed(print + id.charAt(i));
    }
    print = mixed(mixed(print + size) + time);
    return print == 0 ? 1 : print;
  }

  /** Finalizer of SplitMix64: every bit of the input changes half of the output's. */
  private static long mixed(long bits) {
    long z = bits + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  int size() {
    return size;
  }

  boolean contains(long print) {
    return places[place(print)] == print;
  }

  void add(long print) {
    int place = place(print);
    if (places[place] == print) {
      return;
    }
    places[place] = print;
    size++;
    if (size > places.length / 2) {
      grow();
    }
  }

  /** Where a fingerprint is, or the free place where it would be put. */
  private int place(long print) {
    int place = (int) print & (places.length - 1);
    while (places[place] != 0 && places[place] != print) {
      place = (place + 1) & (places.length - 1);
    }
    return place;
  }

  private void grow() {
    long[] old = places;
    places = new long[old.length * 2];
    for (long print : old) {
      if (print != 0) {
        places[place(print)] = print;
      }
    }
  }
}
