package io.fairlead.core.dispatch;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Wakes a lane's thread; exists before the thread, because the reader needs it first. */
final class LaneWake implements Runnable {

  private volatile @Nullable Thread thread;

  void attach(Thread laneThread) {
    thread = laneThread;
  }

  @Override
  public void run() {
    LockSupport.unpark(thread);
  }
}
