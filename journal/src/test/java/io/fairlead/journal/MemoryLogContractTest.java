package io.fairlead.journal;

import io.fairlead.core.log.EventLog;
import io.fairlead.core.log.MemoryLog;
import io.fairlead.core.validation.KernelSettings.Overflow;

class MemoryLogContractTest extends EventLogContract {

  @Override
  EventLog open() {
    return new MemoryLog(1000, Overflow.DROP_NEWEST, finding -> {});
  }
}
