package io.fairlead.runtimes.hermes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the model server itself logged, as kept beside the recordings. */
final class Truth {

  /** Tokens and answered calls by session and model. */
  final Map<String, Tally> usage = new TreeMap<>();

  /** Refused requests by session. */
  final Map<String, Long> failures = new TreeMap<>();

  /** Tool calls as {@code session id name}, sorted. */
  final List<String> tools = new ArrayList<>();

  /** Parent sessions of those that have one. */
  final Map<String, String> parents = new TreeMap<>();

  static Truth of(String file) throws IOException {
    Truth truth = new Truth();
    for (String line : Files.readAllLines(Rig.resource(file), StandardCharsets.UTF_8)) {
      String[] f = line.split("\t");
      switch (f[0]) {
        case "session" -> {
          truth.failures.put(f[1], Long.valueOf(f[4]));
          if (!f[3].equals("-")) {
            truth.parents.put(f[1], f[3]);
          }
        }
        case "usage" -> truth.add(f);
        default -> truth.tools.add(f[1] + " " + f[2] + " " + f[3]);
      }
    }
    truth.tools.sort(null);
    return truth;
  }

  private void add(String[] f) {
    Tally tally = usage.computeIfAbsent(f[1] + " " + f[3], key -> new Tally());
    tally.calls += Long.parseLong(f[4]);
    tally.input += Long.parseLong(f[5]);
    tally.output += Long.parseLong(f[6]);
    tally.cacheRead += Long.parseLong(f[7]);
    tally.cacheWrite += Long.parseLong(f[8]);
    tally.reasoning += Long.parseLong(f[9]);
  }
}
