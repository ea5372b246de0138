package io.fairlead.runtimes.hermes;

import io.fairlead.spi.event.*;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpTest {
  @Test
  void dump(@TempDir Path dir) throws Exception {
    for (String mode : new String[] {"joined", "store", "log"}) {
      Path d = dir.resolve(mode);
      Rig rig = Rig.onCopyOf("home", d);
      if (mode.equals("store")) rig.without("log");
      if (mode.equals("log")) rig.without("store");
      rig.run();
      System.out.println("=== " + mode + " open " + rig.openTurns + " diag " + rig.diagnostics);
      for (Event e : rig.events) {
        EventHeader h = e.header();
        String s = h.origin().sessionId();
        if (e instanceof ScopeEnd x)
          System.out.println(
              s
                  + " END "
                  + x.category()
                  + " "
                  + h.name()
                  + " p="
                  + (h.parentUuid() == null ? "-" : h.parentUuid().toString().substring(0, 8))
                  + " u="
                  + h.uuid().toString().substring(0, 8)
                  + " tr="
                  + h.traceRoot().toString().substring(0, 8)
                  + " "
                  + x.durationNanos() / 1e9
                  + " "
                  + x.timeQuality()
                  + (x.incomplete() ? " INC" : "")
                  + " "
                  + x.outcome().errorType()
                  + " "
                  + x.profile());
        else if (!(e instanceof ScopeStart)) System.out.println(s + " " + e);
      }
    }
  }
}
